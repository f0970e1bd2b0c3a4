"""Nobody rewrites the book unseen: the app role is refused, a superuser found by verifying, a re-seal by the anchor."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from tests.cast import Cast, case
from tests.ledger.conftest import Connect, Connection
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.jobs.system import as_system
from wangge.ledger import seals
from wangge.ledger.seals import Anchor, Verdict
from wangge.places.queries import by_token

ATTACKS = (
    "update ledger_entry set facts = '{}'",
    "update ledger_entry set actor_id = 1",
    "update ledger_entry set at = now()",
    "update ledger_entry set area_id = null",
    "update only ledger_entry set verb = 'x'",
    "delete from ledger_entry",
    "delete from only ledger_entry where id = 1",
    "truncate ledger_entry",
    "truncate only ledger_entry",
    "truncate ledger_entry_default",
    "insert into ledger_entry (id, verb, subject, facts) values (1, 'x', 'x', '{}')",
    "insert into ledger_entry (actor_id, verb, subject, facts) values (1, 'x', 'x', '{}')",
    "insert into ledger_entry (at, verb, subject, facts) values ('2020-01-01', 'x', 'x', '{}')",
    "insert into ledger_entry (xid, verb, subject, facts) values (1, 'x', 'x', '{}')",
    "insert into ledger_entry overriding system value values (1, now(), 1, 1, 'x', 'x', 'x', null, '{}')",
    "insert into ledger_entry_default select * from ledger_entry",
    "copy ledger_entry (id, verb, subject, facts) from stdin",
    "merge into ledger_entry e using (select 1) s on true when matched then update set verb = 'x'",
    "merge into ledger_entry e using (select 1) s on true when matched then delete",
    "alter table ledger_entry disable trigger refuse",
    "drop trigger refuse on ledger_entry",
    "drop table ledger_entry",
    "alter table ledger_entry detach partition ledger_entry_default",
    "alter table ledger_entry rename to old",
    "create or replace function ledger_refuse() returns trigger language plpgsql as 'begin return new; end'",
    "create or replace function ledger_stamp() returns trigger language plpgsql as 'begin return new; end'",
    "set session_replication_role = replica",
    "update ledger_seal set digest = ''",
    "delete from ledger_seal",
    "truncate ledger_seal",
    "insert into ledger_seal values (99, now(), 99, 0, '', '')",
    "alter sequence ledger_entry_id restart with 1",
    "select setval('ledger_entry_id', 1)",
    "select ledger_close_door('ledger_entry')",
)
Tamper = Callable[[Connection], object]


@pytest.fixture
def book(cast: Cast) -> list[int]:
    """A book of three seals over a dozen entries; the ids of the entries of one case, in order."""
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        number = actions.report(actions.Report(place, "井盖松动"), by=sun, now=timezone.now()).case.number
    for turn in range(3):
        for _ in range(3):
            with cast.lin.acting() as lin:
                actions.add_note(case(number), by=lin, now=timezone.now(), said=Said(f"{turn}"))
        seal()
    with as_system("test"):
        from wangge.ledger.models import Entry

        return list(Entry.objects.filter(subject=f"case:{number}").order_by("id").values_list("id", flat=True))


def seal() -> None:
    with as_system("test"):
        seals.seal()


def verdict(*anchors: Anchor) -> Verdict:
    with as_system("test"):
        return seals.verify(anchors)


def with_power(connect: Connect, tamper: Tamper) -> None:
    """As a superuser with the triggers switched off: what nobody can prevent and everybody has to be able to see."""
    power = connect("wg_super")
    power.execute("set session_replication_role = replica")
    tamper(power)
    power.commit()


def test_the_app_role_is_refused_each_attack(book: list[int], cast: Cast, connect: Connect) -> None:
    app, token, refused = connect("wg_app"), cast.auditor.token(), 0
    for attack in ATTACKS:
        with (
            pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported), match=r"\w"),
            app.transaction(force_rollback=True),
        ):
            app.execute("select set_config('wg.token', %s, true)", [token])
            app.execute(attack.encode())
        refused += 1
    print(f"I6: {refused} of {len(ATTACKS)} attacks of the app role refused")
    assert verdict().faults == ()


CHANGES: dict[str, Callable[[list[int]], Tamper]] = {
    "one byte changed": lambda ids: (
        lambda c: c.execute("update ledger_entry set verb = 'case.add_notf' where id = %s", [ids[2]])
    ),
    "facts changed": lambda ids: (
        lambda c: c.execute("""update ledger_entry set facts = facts || '{"reason": "x"}' where id = %s""", [ids[4]])
    ),
    "actor changed": lambda ids: lambda c: c.execute("update ledger_entry set actor_id = 1 where id = %s", [ids[4]]),
    "time moved": lambda ids: (
        lambda c: c.execute("update ledger_entry set at = at + interval '1 microsecond' where id = %s", [ids[4]])
    ),
    "one removed": lambda ids: lambda c: c.execute("delete from ledger_entry where id = %s", [ids[5]]),
    "one inserted": lambda ids: (
        lambda c: c.execute(
            "insert into ledger_entry (id, at, xid, actor_id, purpose, verb, subject, facts)"
            " select 99999, at, xid, actor_id, purpose, verb, subject, facts from ledger_entry where id = %s",
            [ids[3]],
        )
    ),
    "two swapped": lambda ids: (
        lambda c: c.execute(
            "update ledger_entry e set facts = o.facts, at = o.at from ledger_entry o"
            " where (e.id, o.id) in ((%s, %s), (%s, %s))",
            [ids[1], ids[2], ids[2], ids[1]],
        )
    ),
    "a seal removed": lambda _ids: lambda c: c.execute("delete from ledger_seal where id = 2"),
    "a digest changed": lambda _ids: lambda c: c.execute("update ledger_seal set digest = sha256(digest) where id = 2"),
    "a batch emptied": lambda _ids: (
        lambda c: c.execute(
            "delete from ledger_entry e using ledger_seal s where s.id = 2 and e.xid < s.below_xid"
            " and e.xid >= (select below_xid from ledger_seal where id = 1)"
        )
    ),
}


@pytest.mark.parametrize("how", CHANGES)
def test_what_a_superuser_changed_is_found(book: list[int], connect: Connect, how: str) -> None:
    assert verdict().whole
    with_power(connect, CHANGES[how](book))
    assert not verdict().whole


def reseal(connection: Connection) -> None:
    """Recompute every seal over what stands there now, as somebody who knows the recipe would."""
    rows = connection.execute("select id, below_xid from ledger_seal order by id").fetchall()
    previous, low = b"", 0
    for number, below in rows:
        texts = connection.execute(
            "select ledger_text(e) from ledger_entry e where xid >= %s and xid < %s order by xid, id", [low, below]
        ).fetchall()
        parts = b"".join(hashlib.sha256(str(text).encode()).digest() for (text,) in texts)
        digest = hashlib.sha256(previous + f"{below}|{len(texts)}|".encode() + parts).digest()
        connection.execute(
            "update ledger_seal set previous = %s, digest = %s, entries = %s where id = %s",
            [previous, digest, len(texts), number],
        )
        previous, low = digest, below


def test_a_book_sealed_anew_looks_whole_but_not_to_the_anchor(
    book: list[int], connect: Connect, tmp_path: Path
) -> None:
    target = tmp_path / "anchors.jsonl"
    with as_system("test"):
        seals.export(target, now=timezone.now())
    anchors = seals.read_anchors(target)
    with_power(connect, CHANGES["one removed"](book))
    with_power(connect, reseal)

    assert verdict().whole
    assert [fault.split(" exported")[0] for fault in verdict(*anchors).faults] == [
        f"seal {anchors[0].seal} differs from the copy"
    ]


def test_recomputing_all_seals_after_the_exported_one_does_not_help_either(
    book: list[int], connect: Connect, tmp_path: Path
) -> None:
    target = tmp_path / "anchors.jsonl"
    with as_system("test"):
        seals.export(target, now=timezone.now())
    with_power(connect, CHANGES["one byte changed"](book))
    seal()  # the sealer goes on over the changed book
    assert any("an entry was changed" in fault for fault in verdict(*seals.read_anchors(target)).faults)


def test_seals_taken_away_behind_the_exported_one_are_missed(book: list[int], connect: Connect, tmp_path: Path) -> None:
    target = tmp_path / "anchors.jsonl"
    with as_system("test"):
        seals.export(target, now=timezone.now())
    with_power(connect, lambda c: c.execute("delete from ledger_seal where id = (select max(id) from ledger_seal)"))

    assert verdict().whole
    assert "no longer in the book" in verdict(*seals.read_anchors(target)).faults[0]


def test_the_newest_seal_is_exported_once(book: list[int], tmp_path: Path) -> None:
    target = tmp_path / "off" / "anchors.jsonl"
    with as_system("test"):
        first, second = (seals.export(target, now=timezone.now()) for _ in range(2))
    assert first is not None
    assert (second, len(seals.read_anchors(target))) == (None, 1)


def test_the_age_of_the_oldest_unsealed_entry_is_known(cast: Cast, book: list[int]) -> None:
    from wangge.ledger.queries import lag
    from wangge.ledger.record import record

    with as_system("test"):
        seals.seal()
    with as_system("test"):
        before = lag()
    with cast.lin.acting():
        record("test.unsealed", "x", area_id=None, facts={})
    with as_system("test"):
        assert (before.total_seconds(), lag().total_seconds() > 0) == (0, True)
