"""The token in the transaction: known, unended and in time, or everything raises."""

import hashlib
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import Cast
from wangge.access.context import NoSession, acting, enter
from wangge.access.sessions import close_all, close_session, open_session, sign
from wangge.places.models import Dwelling


def test_without_a_context_every_scoped_question_raises(db: str) -> None:
    with pytest.raises(DatabaseError, match="no open session"), transaction.atomic():
        Dwelling.objects.count()


@pytest.mark.parametrize("forged", ["", "1", "system", "x" * 43, "' or 1=1 --", "\N{SNOWMAN}"])
def test_a_forged_token_raises(cast: Cast, forged: str) -> None:
    with pytest.raises(NoSession), transaction.atomic():
        enter(forged)
    with pytest.raises(DatabaseError, match="no open session"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('wg.token', %s, true)", [forged])
        Dwelling.objects.count()


def test_another_actors_id_or_digest_is_no_token(cast: Cast) -> None:
    token = cast.lin.token()
    for claimed in (str(cast.lin.account_id), hashlib.sha256(token.encode()).hexdigest(), token[:-1], token + " "):
        with pytest.raises(NoSession), transaction.atomic():
            enter(claimed)


def test_an_ended_session_raises(cast: Cast) -> None:
    token = cast.lin.token()
    with acting(token):
        assert Dwelling.objects.exists()
    close_session(token)
    with pytest.raises(NoSession), acting(token):
        pass


def test_a_session_out_of_time_raises(cast: Cast) -> None:
    late = open_session(
        cast.lin.account_id, kind="web", purpose="duty", now=timezone.now(), lasts=timedelta(seconds=-5)
    )
    with pytest.raises(NoSession), acting(late):
        pass


def test_a_session_ended_in_mid_transaction_raises_at_the_next_question(cast: Cast) -> None:
    token = cast.lin.token()
    with pytest.raises(DatabaseError, match="no open session"), acting(token):
        assert Dwelling.objects.exists()
        close_session(token)
        Dwelling.objects.exists()


def test_ending_all_sessions_leaves_the_one_named(cast: Cast) -> None:
    mine, other = cast.lin.token(), cast.lin.token()
    with acting(mine) as actor:
        assert close_all(actor.account_id, but=mine) == 1
    with acting(mine):
        pass
    with pytest.raises(NoSession), acting(other):
        pass


def open_by_hand(account_id: int, *, mac: bytes, issued: int) -> None:
    until = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select wg_open_session(%s, %s, 'web', 'duty', '', %s, %s, %s)",
            [account_id, hashlib.sha256(b"mine").digest(), until, issued, mac],
        )


def test_nobody_opens_a_session_without_the_key(cast: Cast) -> None:
    now = int(timezone.now().timestamp())
    for mac in (b"", b"\0" * 32, hashlib.sha256(b"guess").digest()):
        with pytest.raises(DatabaseError, match="not opened by our own process"):
            open_by_hand(cast.lin.account_id, mac=mac, issued=now)


def test_a_signature_for_one_account_opens_none_for_another_and_none_later(cast: Cast) -> None:
    until = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    digest = hashlib.sha256(b"mine").digest()

    def signed(account_id: int, issued: int) -> bytes:
        return sign("|".join((str(account_id), digest.hex(), "web", "duty", str(int(until.timestamp())), str(issued))))

    now = int(timezone.now().timestamp())
    for mac, issued in ((signed(cast.lin.account_id, now), now), (signed(cast.zhou.account_id, now - 600), now - 600)):
        with (
            pytest.raises(DatabaseError, match="not opened by our own process") as raised,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "select wg_open_session(%s, %s, 'web', 'duty', '', %s, %s, %s)",
                [cast.zhou.account_id, digest, until, issued, mac],
            )
        assert isinstance(raised.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_access_ends_with_the_post_at_read_time(cast: Cast) -> None:
    from wangge.jobs.system import as_system

    token = cast.lin.token()
    with acting(token):
        assert Dwelling.objects.exists()
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("update access_post set valid_to = now() where account_id = %s", [cast.lin.account_id])
    with acting(token):
        assert not Dwelling.objects.exists()
