"""Accounts, posts and phones: each way that has to be closed is tried."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.cast import Cast, Person
from wangge.access.action import Refused
from wangge.access.context import NoSession, acting, hold
from wangge.access.models import Post
from wangge.cases.models import Case
from wangge.ledger.models import Entry
from wangge.teams import actions, queries
from wangge.teams.actions.devices import MOST_TRIES, digest
from wangge.teams.models import Device
from wangge.teams.words import DeviceState

now = timezone.now
PASSWORD = "a long enough sentence"
PIN = "204816"


def bound(cast: Cast) -> tuple[Device, str]:
    """林's phone, bound by 王's code; with the secret the phone keeps."""
    with cast.wang.acting() as wang:
        offer = actions.offer_device(cast.lin.account, area_id=cast.grid_id, by=wang, now=now())
    with cast.sun.acting(offer.secret) as sun:
        device = queries.device_by_offer(digest(offer.secret))
        assert device is not None
        given = actions.bind_device(device, PIN, label="a phone", by=sun, now=now())
    return given.device, given.secret


def a_new_account(cast: Cast, username: str = "new.person") -> Person:
    with cast.system_admin.acting() as admin:
        return Person(actions.add_account(username, "Invented", PASSWORD, by=admin, now=now()).pk)


def test_nobody_gives_himself_a_post_neither_by_the_rule_nor_past_it(cast: Cast) -> None:
    with cast.security_admin.acting() as admin:
        with pytest.raises(Refused):
            actions.give_post(cast.security_admin.account, "duty_chief", by=admin, now=now())
        with pytest.raises(DatabaseError), transaction.atomic():
            Post.objects.create(account_id=admin.account_id, role_id="duty_chief", valid_from=now())
    with cast.auditor.acting():
        held = set(queries.posts_now(now()).filter(account_id=cast.security_admin.account_id).values_list("role"))
    assert held == {("security_admin",)}


def test_a_secretary_gives_worker_posts_in_her_own_area_and_nowhere_else(cast: Cast) -> None:
    new = a_new_account(cast)
    with cast.wang.acting() as wang:
        actions.give_post(new.account, "grid_worker", area_id=cast.grid_id, by=wang, now=now())
        with pytest.raises(Refused):
            actions.give_post(new.account, "grid_worker", area_id=cast.far_grid_id, by=wang, now=now())
        with pytest.raises(Refused):
            actions.give_post(new.account, "checker", area_id=cast.grid_id, by=wang, now=now())
        with pytest.raises(DatabaseError), transaction.atomic():
            Post.objects.create(
                account_id=new.account_id, role_id="grid_worker", area_id=cast.far_grid_id, valid_from=now()
            )
        given = list(queries.posts_now(now()).filter(account_id=new.account_id).values_list("role", "area_id"))
    assert given == [("grid_worker", cast.grid_id)]


def test_a_secretary_does_not_end_a_post_outside_her_area(cast: Cast) -> None:
    with cast.wang.acting() as wang:
        post = queries.posts_now(now()).get(account_id=cast.zhou.account_id, area_id=cast.far_grid_id)
        with pytest.raises(Refused):
            actions.end_post(cast.zhou.account, post.pk, by=wang, now=now())
        with pytest.raises(DatabaseError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(valid_to=now())


def test_the_three_administrators_stay_three(cast: Cast) -> None:
    with cast.security_admin.acting() as admin, pytest.raises(Refused):
        actions.give_post(cast.system_admin.account, "auditor", by=admin, now=now())


def test_the_system_administrator_opens_accounts_and_gives_no_rights(cast: Cast) -> None:
    new = a_new_account(cast)
    with cast.system_admin.acting() as admin, pytest.raises(Refused):
        actions.give_post(new.account, "acceptor", by=admin, now=now())
    with cast.security_admin.acting() as admin, pytest.raises(Refused):
        actions.add_account("another", "Invented", PASSWORD, by=admin, now=now())


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_administrators_see_no_case(cast: Cast, who: str) -> None:
    from wangge.cases import actions as cases
    from wangge.places.queries import by_token

    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        cases.report(cases.Report(place, "路灯不亮"), by=sun, now=now())
    with getattr(cast, who).acting():
        seen = Case.objects.count()
    with cast.acceptor.acting():
        assert (seen, Case.objects.count() > 0) == (0, True)


def test_a_new_role_that_asks_for_a_second_factor_ends_the_sessions_opened_without(cast: Cast) -> None:
    token = cast.lin.token()
    with cast.security_admin.acting() as admin:
        actions.give_post(cast.lin.account, "checker", area_id=cast.grid_id, by=admin, now=now())
    with pytest.raises(NoSession), acting(token):
        pass


def test_closing_an_account_and_a_new_password_end_its_sessions_at_once(cast: Cast) -> None:
    for change in ("close", "password"):
        token = cast.zhao.token()
        with cast.system_admin.acting() as admin:
            if change == "close":
                actions.set_active(cast.zhao.account, active=False, by=admin)
            else:
                actions.set_password(cast.zhao.account, PASSWORD, by=admin)
        with pytest.raises(NoSession), acting(token):
            pass


def test_changing_my_password_keeps_this_session_and_ends_the_others(cast: Cast) -> None:
    new = a_new_account(cast)
    here, elsewhere = new.token(), new.token()
    with acting(here) as me:
        with pytest.raises(Refused):
            actions.change_password(new.account, "not my password", "another long sentence", by=me)
        actions.change_password(new.account, PASSWORD, "another long sentence", by=me)
    with acting(here) as me:
        assert me.account_id == new.account_id
    with pytest.raises(NoSession), acting(elsewhere):
        pass


def test_a_second_factor_is_reset_by_another_security_administrator_and_it_stands_in_the_book(cast: Cast) -> None:
    with cast.security_admin.acting() as admin:
        with pytest.raises(Refused):
            actions.reset_second_factor(cast.security_admin.account, by=admin)
        actions.reset_second_factor(cast.checker.account, by=admin)
    with cast.system_admin.acting() as admin, pytest.raises(Refused):
        actions.reset_second_factor(cast.checker.account, by=admin)
    with cast.auditor.acting():
        entries = list(Entry.objects.filter(verb="account.reset_second_factor").values_list("actor_id", "subject"))
    assert entries == [(cast.security_admin.account_id, f"account:{cast.checker.account_id}")]


def test_a_phone_is_bound_once_within_half_an_hour(cast: Cast) -> None:
    with cast.wang.acting() as wang:
        offer = actions.offer_device(cast.lin.account, area_id=cast.grid_id, by=wang, now=now())
        late = actions.offer_device(cast.lin.account, area_id=cast.grid_id, by=wang, now=now() - timedelta(minutes=31))
    with cast.sun.acting(late.secret) as sun, pytest.raises(Refused):
        actions.bind_device(late.device, PIN, label="", by=sun, now=now())
    with cast.sun.acting(offer.secret) as sun:
        actions.bind_device(offer.device, PIN, label="", by=sun, now=now())
        with pytest.raises(Refused):
            actions.bind_device(offer.device, "739152", label="", by=sun, now=now())
    with cast.wang.acting():
        assert [d.state for d in queries.devices_of([cast.lin.account])[cast.lin.account_id]].count("bound") == 1


def test_without_the_code_nobody_sees_the_phone(cast: Cast) -> None:
    device, secret = bound(cast)
    with cast.sun.acting() as _sun:
        assert Device.objects.filter(pk=device.pk).exists() is False
        hold(secret)
        assert queries.device_by_secret(digest(secret)) == device
    with cast.zhou.acting():
        assert Device.objects.filter(pk=device.pk).exists() is False


@pytest.mark.parametrize("whose", ["zhou", "checker", "security_admin", "town", "wang"])
def test_a_phone_is_offered_for_workers_of_the_own_area_only(cast: Cast, whose: str) -> None:
    account = getattr(cast, whose).account
    with cast.wang.acting() as wang:
        with pytest.raises(Refused):
            actions.offer_device(account, area_id=cast.grid_id, by=wang, now=now())
        with pytest.raises(DatabaseError), transaction.atomic():
            Device.objects.create(
                account=account, area_id=cast.grid_id, offer_digest=b"x" * 32, offered_by_id=wang.account_id,
                offered_at=now(), offer_ends_at=now(),
            )  # fmt: skip


@pytest.mark.parametrize("pin", ["12345", "1234567", "111111", "123456", "987654", "abcdef", "１２３９８７"])
def test_a_pin_has_six_digits_and_is_not_easy(cast: Cast, pin: str) -> None:
    with cast.wang.acting() as wang:
        offer = actions.offer_device(cast.lin.account, area_id=cast.grid_id, by=wang, now=now())
    with cast.sun.acting(offer.secret) as sun, pytest.raises(Refused):
        actions.bind_device(offer.device, pin, label="", by=sun, now=now())


def test_five_wrong_pins_lock_the_phone_also_for_the_right_one(cast: Cast) -> None:
    device, secret = bound(cast)
    with cast.sun.acting(secret):
        wrong = [actions.unlock_device(device, "000111") for _try in range(MOST_TRIES)]
        assert (wrong, actions.unlock_device(device, PIN)) == ([False] * MOST_TRIES, False)


def test_a_good_pin_forgets_the_wrong_ones(cast: Cast) -> None:
    device, secret = bound(cast)
    with cast.sun.acting(secret):
        for _try in range(MOST_TRIES - 1):
            actions.unlock_device(device, "000111")
        assert (actions.unlock_device(device, PIN), queries.tries_of(device)) == (True, 0)


@pytest.mark.parametrize("who", ["wang", "town", "security_admin"])
def test_a_revoked_phone_is_out_at_the_next_request(cast: Cast, who: str) -> None:
    device, secret = bound(cast)
    token = Person(cast.lin.account_id, "device").token()
    with getattr(cast, who).acting() as by:
        actions.revoke_device(Device.objects.get(pk=device.pk), by=by, now=now())
    with pytest.raises(NoSession), acting(token):
        pass
    with cast.sun.acting(secret):
        assert queries.device_by_secret(digest(secret)) is None
        assert Device.objects.get(pk=device.pk).state == DeviceState.REVOKED


def test_a_secretary_elsewhere_neither_sees_nor_revokes_the_phone(cast: Cast) -> None:
    device, _secret = bound(cast)
    with cast.zhou.acting() as zhou, pytest.raises(Refused):
        actions.revoke_device(device, by=zhou, now=now())
