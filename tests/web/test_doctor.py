"""`wangge doctor` finds each planted fault and says how to mend it."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.cast import Cast
from tests.chaos.house import wangge
from tests.exchange.leaving import guard
from wangge.core.machine_code import folder, note_ready
from wangge.jobs.system import as_system
from wangge.ledger import seals
from wangge.teams.models import Account
from wangge.vault.queries import store
from wangge.web.commands import doctor
from wangge.web.commands.doctor import BAD, GOOD, WARN, Finding
from wangge.web.postgres.cluster import Cluster


def seen(check: Callable[[], Iterator[Finding]]) -> list[tuple[str, str, str]]:
    return [(found.state, found.what, found.mend) for found in check()]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path, "key_copies": []})):
        yield tmp_path


def test_secrets_that_others_can_read(home: Path) -> None:
    for name in ("secrets", "keys", "a place/keys"):
        (home / name).mkdir(parents=True, mode=0o700)
    (home / "secrets" / "wg_app").touch(mode=0o644)
    (home / "keys").chmod(0o755)
    assert [found for found in seen(doctor.secrets_are_private) if found[0] != GOOD] == [
        (BAD, f"{home}/secrets/wg_app can be read by others", f"chmod go-rwx {home}/secrets/wg_app"),
        (BAD, f"{home}/keys can be read by others", f"chmod go-rwx {home}/keys"),
    ]
    for _state, _what, mend in seen(doctor.secrets_are_private):
        if mend:
            subprocess.run(mend.split(), check=True)
    assert [state for state, _what, _mend in seen(doctor.secrets_are_private)] == [GOOD, GOOD]


def test_a_demo_is_named(home: Path) -> None:
    assert seen(doctor.demo_data) == []
    (home / "DEMO").touch()
    assert [state for state, _what, _mend in seen(doctor.demo_data)] == [WARN]


def test_a_disk_that_fills_up(home: Path) -> None:
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", str(home)]).returncode:  # noqa: PLW1510 - its answer is looked at
        pytest.skip("a small file system of our own needs root")
    try:
        found = []
        for megabytes in (1, 9, 10):
            (home / "filler").write_bytes(b"\0" * int(megabytes * 0.98 * 2**20))
            ((state, what, _mend),) = seen(doctor.disk)
            found.append((state, re.sub(r".*\((\d+%)\)", r"\1", what)))
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)
    assert found == [(GOOD, "90%"), (WARN, "12%"), (BAD, "2%")]


def test_loops_that_nobody_compiled(home: Path) -> None:
    sources = home / "core"
    ((state, _what, mend),) = seen(lambda: doctor.loops(sources))
    assert (state, mend) == (WARN, "wangge up compiles them in the background, within some minutes.")
    sources.mkdir()
    note_ready(folder(sources, home))
    assert seen(lambda: doctor.loops(sources)) == [(GOOD, "the loops of divisions are compiled", "")]


def test_a_missing_and_a_provisional_calendar(system: None) -> None:
    from django.utils import timezone

    year = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute("update clocks_year set status = 'official'")
    assert seen(doctor.calendars) == [(GOOD, "calendars reach into next year", "")]
    with connection.cursor() as cursor:
        cursor.execute("update clocks_year set status = 'provisional' where year = %s", [year])
        cursor.execute("delete from clocks_day where year_id = %s", [year + 1])
        cursor.execute("update clocks_year set year = 1900 where year = %s", [year + 1])
    assert [(state, what) for state, what, mend in seen(doctor.calendars) if mend] == [
        (BAD, f"no calendar for {year + 1}"), (WARN, f"the calendar of {year} is provisional"),
    ]  # fmt: skip


def test_keys_that_are_missing_damaged_or_destroyed(system: None) -> None:
    good = [(GOOD, f"key of {code} opens", "") for code in ("accounts", "registry", "reporters")]
    assert seen(doctor.keys) == good
    held = store()
    saved = {path: path.read_bytes() for place in held.places for path in place.folder.iterdir()}
    try:
        for path in held.copies[0].glob("*.key"):
            path.write_bytes(b"damaged")
        assert seen(doctor.keys) == [
            *good, (BAD, f"{held.copies[0]} lacks 3 keys", "wangge migrate brings them from the other place."),
        ]  # fmt: skip
        for path in held.folder.glob("*.key"):
            path.unlink()
        assert [(state, what) for state, what, _mend in seen(doctor.keys)][:3] == [
            (BAD, f"the key of {code} is missing") for code in ("accounts", "registry", "reporters")
        ]
    finally:
        for path, content in saved.items():
            path.write_bytes(content)
    assert seen(doctor.keys) == good


def test_a_server_that_does_not_keep_its_word(system: None) -> None:
    """The tests' own server is fast and unsafe: the fault is there without planting it."""
    ((state, what, mend),) = seen(doctor.durability)
    assert (state, mend) == (BAD, "Acknowledged reports could be lost until it is mended.")
    assert {"fsync", "full_page_writes", "synchronous_commit"} <= set(re.findall(r"\w+", what))


def test_a_book_in_which_somebody_wrote(cluster: Cluster, db: str, home: Path) -> None:
    with as_system("test"):
        seals.seal()
    with as_system("test"):
        assert [state for state, _what, _mend in seen(doctor.book)] == [GOOD]
    with psycopg.connect(cluster.dsn("wg_super", db)) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute("update ledger_entry set verb = 'case.forged' where id = (select min(id) from ledger_entry)")
    with as_system("test"):
        assert [(state, what, mend) for state, what, mend in seen(doctor.book) if state == BAD] == [
            (BAD, "seal 1: an entry was changed", "Keep the machine as it is and call the auditor.")
        ]


def test_a_worker_that_is_silent(system: None) -> None:
    assert [state for state, _what, _mend in seen(doctor.workers)] == [WARN]
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
    assert seen(doctor.workers) == [(GOOD, "the worker gives signs of life", "")]


def test_exports_that_nobody_may_decide(cast: Cast) -> None:
    """The cast's only security administrator belongs to the organisation of those who ask."""
    with as_system("test"):
        own = Account.objects.get(pk=cast.security_admin.account_id).organisation
        assert [found[:2] for found in seen(doctor.exports)] == [
            (WARN, f"nobody may decide an export asked for by {own} (1 such)")
        ]
    guard(cast)
    with as_system("test"):
        assert seen(doctor.exports) == [(GOOD, "exports can be decided by another organisation", "")]


def test_everything_is_looked_at_and_the_exit_code_tells(db: str) -> None:
    done = CliRunner().invoke(doctor.doctor)
    assert done.exit_code == 1
    told = [line for line in done.output.splitlines() if not line.startswith("       → ")]
    words = (
        "PostgreSQL",
        "the database runs",
        "disk",
        "secrets",
        "keys",
        "ciphers",
        "fsync",
        "calendars",
        "worker",
        "book",
        "export",
    )
    assert [word for word in words if not any(word in line for line in told)] == []
    assert all(line[:5].strip() in {GOOD, WARN, BAD} for line in told)


def test_a_house_that_was_never_started_is_told_what_to_do(tmp_path: Path) -> None:
    done = wangge(tmp_path / "nobody", "doctor")
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (1, False)
    assert "the database does not answer" in done.stdout
    assert "→ wangge up, then look again" in done.stdout
