"""What a database is brought to, once and again."""

from pathlib import Path

from django.db import connection, connections
from django.utils import timezone

from wangge.jobs.system import PUBLIC, SYSTEM, account_of, as_system
from wangge.vault.models import Compartment
from wangge.web import house

TABLES = (
    "access_role", "access_post", "access_sessionkey", "teams_account", "catalogue_version", "clocks_year",
    "clocks_day",
    "vault_compartment", "django_migrations",
)  # fmt: skip


def counts() -> dict[str, int]:
    found = {}
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_settling_twice_changes_nothing(db: str) -> None:
    before = counts()
    house.settle(timezone.now())
    assert counts() == before
    assert min(before.values()) > 0


def test_the_two_accounts_that_are_no_person_cannot_sign_in(db: str) -> None:
    assert account_of(SYSTEM) != account_of(PUBLIC)
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("select username, password, is_active from teams_account where kind = username order by 1")
        assert cursor.fetchall() == [("public", "!", False), ("system", "!", False)]


def test_the_compartments_of_the_house_are_open(system: None) -> None:
    assert set(Compartment.objects.filter(destroyed_at=None).values_list("code", flat=True)) == set(house.COMPARTMENTS)


def test_the_folders_of_an_installation_are_its_owners_alone(tmp_path: Path) -> None:
    house.folders(tmp_path)
    house.folders(tmp_path)
    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("secrets", "keys", "media", "anchors", "backups", "log", "destroyed"), "700")
