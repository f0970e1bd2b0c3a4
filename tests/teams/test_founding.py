"""The three first people of an installation in which nobody is yet. All names are invented."""

import psycopg
import pytest
from click.testing import CliRunner, Result
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.cast import Cast
from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.context import actor_now
from wangge.access.models import Post
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.teams import actions
from wangge.teams.actions.founding import Founded, Founder
from wangge.teams.models import Account
from wangge.web.commands.main import main
from wangge.web.postgres.cluster import Cluster

WORDS = ("--system", "lin", "林一", "--security", "zhou", "周二", "--audit", "wu.3", "吴三")
THREE = {
    "system_admin": Founder("lin", "林一", "a long enough word"),
    "security_admin": Founder("zhou", "周二", "a long enough word"),
    "auditor": Founder("wu.3", "吴三", "a long enough word"),
}


def run(*words: str) -> Result:
    return CliRunner(env={"LC_ALL": "C"}).invoke(main, ["administrators", *words])


@pytest.fixture
def empty(cluster: Cluster, db: str) -> None:
    """A furnished house before anybody came."""
    with psycopg.connect(cluster.dsn("wg_super", db)) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute("delete from access_post using teams_account a where a.id = account_id and a.kind = 'person'")
        superuser.execute("delete from teams_account where kind = 'person'")


def founded(people: dict[str, Founder], by: Actor) -> Founded:
    return actions.found(people, by=by, now=timezone.now())


def test_an_empty_house_gets_its_three_first_administrators(empty: None) -> None:
    result = run(*WORDS)
    lines = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.output
    with as_system("test"):
        held = {
            each.account.username: (each.role_id, each.account) for each in Post.objects.filter(account__kind="person")
        }
        assert {name: role for name, (role, _account) in held.items()} == {
            "lin": "system_admin", "zhou": "security_admin", "wu.3": "auditor",
        }  # fmt: skip
        assert all(held[name][1].check_password(password) for name, password, _name in lines[:3])
        assert Entry.objects.filter(verb="team.found").count() == 1
    again = run(*WORDS)
    assert (again.exit_code, "There are accounts already" in again.stderr) == (2, True)


def test_three_are_not_two(empty: None) -> None:
    result = run(*WORDS[:4], "lin", "林一", *WORDS[6:])
    assert (result.exit_code, "are three persons" in result.stderr) == (2, True)
    with as_system("test"):
        assert not Account.objects.filter(kind="person").exists()


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (Founder("林", "林一", "a long enough word"), ValidationError),
        (Founder("lin", "", "a long enough word"), ValidationError),
        (Founder("lin", "林一", "short"), ValidationError),
    ],
)
def test_a_wrong_person_opens_no_account(empty: None, change: Founder, trouble: type[Exception]) -> None:
    with pytest.raises(trouble), as_system("test"):
        founded({**THREE, "system_admin": change}, actor_now())
    with as_system("test"):
        assert not Account.objects.filter(kind="person").exists()


def test_nobody_but_the_command_line_founds(cast: Cast) -> None:
    with cast.system_admin.acting() as admin, pytest.raises(Refused):
        founded(THREE, admin)
