"""Signing in at a desk and by a phone: what is let in, what is kept out, and what is said."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast, Person
from wangge.access.context import NoSession, acting
from wangge.access.sessions import TOKEN
from wangge.ledger.models import Entry
from wangge.teams import actions, queries
from wangge.web.demo.staffing import DEMO_PASSWORD
from wangge.web.signin.adapter import is_own_path
from wangge.web.signin.marks import SEEN

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN = "/accounts/login/?by=password"
PIN = "204816"


def name_of(person: Person) -> str:
    with person.acting():
        return str(person.account.username)


def try_password(client: Client, name: str, password: str = DEMO_PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"login": name, "password": password, **more})  # type: ignore[return-value] # the test's own kind


def with_factor(person: Person) -> str:
    with person.acting():
        TOTP.activate(person.account, SECRET)
    return name_of(person)


def code_now(offset: int = 0) -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(timezone.now().timestamp()) // 30 + offset)))


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_name_and_password_open_a_session_of_its_own_that_stands_in_the_book(cast: Cast) -> None:
    client = Client()
    answer = try_password(client, name_of(cast.zhao))
    assert (answer.status_code, answer.headers["Location"], is_in(client)) == (302, "/desk/", True)
    with cast.auditor.acting():
        entry = Entry.objects.filter(verb="session.open").values_list("actor_id", "subject", "facts").get()
    assert entry == (cast.zhao.account_id, f"account:{cast.zhao.account_id}", {"kind": "web"})


def test_a_password_hashed_at_the_strength_of_an_older_release_opens_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cast.zhao.acting():
        held = cast.zhao.account.password
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 2 * int(held.split("$")[1]))
    assert try_password(Client(), name_of(cast.zhao)).status_code == 302
    with cast.zhao.acting():
        assert cast.zhao.account.password == held


def test_signing_in_again_is_another_session_and_no_token_from_before_survives(cast: Cast) -> None:
    client, name = Client(), name_of(cast.zhao)
    try_password(client, name)
    first = client.session[TOKEN]
    client.post("/accounts/logout/")
    try_password(client, name)
    assert client.session[TOKEN] != first
    with pytest.raises(NoSession), acting(first):
        pass


def test_unknown_names_wrong_passwords_and_closed_accounts_get_the_same_words(cast: Cast) -> None:
    with cast.system_admin.acting() as admin:
        actions.set_active(cast.other_unit.account, active=False, by=admin)
    tries = [("nobody.here", "x" * 12), (name_of(cast.zhao), "x" * 12), (name_of(cast.other_unit), DEMO_PASSWORD)]
    said = {tuple(try_password(Client(), *one).context["form"].non_field_errors()) for one in tries}  # type: ignore[attr-defined]
    assert len(said) == 1


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_passwords_lock_a_name_for_half_an_hour_known_or_not(
    cast: Cast,
    known: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    name = name_of(cast.zhao) if known else "nobody.here"
    tried = [try_password(Client(), name, "wrong words").status_code for _try in range(6)]
    assert (tried, try_password(Client(), name).status_code) == ([200] * 5 + [429], 429)


def test_a_good_sign_in_gives_the_tries_back_and_the_administrator_lifts_a_lock(cast: Cast) -> None:
    name = name_of(cast.zhao)
    for _round in range(2):
        assert [try_password(Client(), name, "wrong words").status_code for _try in range(4)] == [200] * 4
        assert try_password(Client(), name).status_code == 302
    for _try in range(6):
        try_password(Client(), name, "wrong words")
    with cast.system_admin.acting() as admin:
        actions.unlock_account(cast.zhao.account, by=admin)
    assert try_password(Client(), name).status_code == 302


def test_a_lock_of_one_name_does_not_lock_another(cast: Cast) -> None:
    for _try in range(6):
        try_password(Client(), name_of(cast.zhao), "wrong words")
    assert try_password(Client(), name_of(cast.other_unit)).status_code == 302


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil", " //e.x"],
)
def test_after_signing_in_only_own_paths_follow(cast: Cast, target: str) -> None:
    answer = try_password(Client(), name_of(cast.zhao), next=target)
    assert (answer.headers["Location"], is_own_path(target)) == ("/desk/", False)


def test_an_own_path_follows(cast: Cast) -> None:
    assert try_password(Client(), name_of(cast.zhao), next="/me/").headers["Location"] == "/me/"


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert try_password(strict, name_of(cast.zhao)).status_code == 403
    assert is_in(strict) is False


def test_a_role_that_asks_for_a_second_factor_reaches_nothing_before_it_is_set_up(cast: Cast) -> None:
    client = Client()
    try_password(client, name_of(cast.acceptor))
    for path in ("/desk/", "/me/", "/map/"):
        assert client.get(path).headers["Location"].startswith("/accounts/second/set-up/"), path
    told = client.get("/api/v1/cases")  # a program is told so, not led to a page; a poll hears nothing at all
    assert (told.status_code, told.headers["Content-Type"]) == (403, "application/json")
    assert client.get("/changes").content == b""
    page = client.get("/accounts/second/set-up/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    done = client.post("/accounts/second/set-up/", {"code": code})
    assert done.headers["Location"] == "/accounts/second/recovery/"
    assert len(client.get("/accounts/second/recovery/").context["unused_codes"]) == 10
    assert is_in(client)


def test_the_second_step_lets_in_with_a_right_code_only(cast: Cast) -> None:
    client, name = Client(), with_factor(cast.acceptor)
    assert try_password(client, name).headers["Location"] == "/accounts/second/code/"
    assert is_in(client) is False
    wrong = client.post("/accounts/second/code/", {"code": "000000"})
    assert (wrong.status_code, is_in(client)) == (200, False)
    client.post("/accounts/second/code/", {"code": code_now()})
    assert is_in(client)


def test_a_code_works_once(cast: Cast) -> None:
    name, code = with_factor(cast.acceptor), code_now()
    seen = []
    for _who in range(2):
        client = Client()
        try_password(client, name)
        client.post("/accounts/second/code/", {"code": code})
        seen.append(is_in(client))
    assert seen == [True, False]


def test_five_wrong_codes_lock_the_second_step_also_for_the_right_one(cast: Cast) -> None:
    client, name = Client(), with_factor(cast.acceptor)
    try_password(client, name)
    for _try in range(5):
        client.post("/accounts/second/code/", {"code": "000000"})
    client.post("/accounts/second/code/", {"code": code_now()})
    assert is_in(client) is False


def test_the_secret_of_a_second_factor_is_not_in_the_table_in_clear(cast: Cast) -> None:
    with_factor(cast.acceptor)
    from allauth.mfa.models import Authenticator

    with cast.acceptor.acting():
        assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_signing_out_is_a_form_ends_the_session_and_clears_the_browser(cast: Cast) -> None:
    client = signed_in(cast.zhao)
    token = client.session[TOKEN]
    assert (client.get("/accounts/logout/").status_code, is_in(client)) == (200, True)
    answer = client.post("/accounts/logout/")
    assert (answer.headers["Clear-Site-Data"], is_in(client)) == ('"cache"', False)
    with pytest.raises(NoSession), acting(token):
        pass


def leave_alone(client: Client, minutes: int) -> None:
    session = client.session
    session[SEEN] = int(timezone.now().timestamp()) - minutes * 60
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""


def test_a_desk_left_alone_is_signed_out_and_told_that_the_words_are_kept(cast: Cast) -> None:
    client = signed_in(cast.zhao)
    token = client.session[TOKEN]
    leave_alone(client, 31)
    assert client.get("/me/").headers["Location"] == "/accounts/login/?next=/me/"
    assert "is kept on this device" in client.get("/accounts/login/?next=/me/").content.decode()
    with pytest.raises(NoSession), acting(token):
        pass


def test_asking_for_changes_keeps_no_desk_open(cast: Cast) -> None:
    client = signed_in(cast.zhao)
    leave_alone(client, 29)
    before = client.session[SEEN]
    client.get("/changes?since=0")
    assert client.session[SEEN] == before
    client.get("/me/")
    assert client.session[SEEN] > before


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "password/change/", "login/code/", "inactive/"]
)
def test_pages_of_allauth_that_we_do_not_use_do_not_exist(cast: Cast, path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404


def offer(cast: Cast) -> str:
    with cast.wang.acting() as wang:
        return actions.offer_device(cast.lin.account, area_id=cast.grid_id, by=wang, now=timezone.now()).secret


def bound_phone(cast: Cast) -> Client:
    phone = Client()
    phone.post(f"/phone/{offer(cast)}/", {"pin": PIN, "again": PIN})
    return phone


def test_a_worker_comes_in_by_the_code_and_from_then_on_by_the_pin(cast: Cast) -> None:
    address, phone = f"/phone/{offer(cast)}/", Client()
    with cast.wang.acting():
        assert cast.lin.account.name in phone.get(address).content.decode()
    answer = phone.post(address, {"pin": PIN, "again": PIN})
    cookie = answer.cookies["wg_device"]
    assert (answer.headers["Location"], cookie["httponly"], cookie["samesite"]) == ("/my/", True, "Lax")
    assert (is_in(phone), Client().get(address).status_code) == (True, 410)
    phone.post("/accounts/logout/")
    assert phone.get("/accounts/login/?next=/my/").headers["Location"] == "/phone/unlock/?next=%2Fmy%2F"
    phone.post("/phone/unlock/", {"pin": PIN, "next": "https://evil.example/"})
    assert is_in(phone)


def test_a_phone_left_alone_asks_for_its_pin(cast: Cast) -> None:
    phone = bound_phone(cast)
    leave_alone(phone, 16)
    phone.get("/my/")
    assert is_in(phone) is False
    assert phone.post("/phone/unlock/", {"pin": PIN, "next": "/me/"}).headers["Location"] == "/me/"


def test_five_wrong_pins_ask_for_a_new_code(cast: Cast) -> None:
    phone = bound_phone(cast)
    phone.post("/accounts/logout/")
    tried = [phone.post("/phone/unlock/", {"pin": "000111"}).status_code for _try in range(5)]
    assert (tried, phone.post("/phone/unlock/", {"pin": PIN}).status_code, is_in(phone)) == (
        [200] * 4 + [403],
        403,
        False,
    )


def test_a_revoked_phone_is_out_with_its_next_request_and_its_pin_opens_nothing(cast: Cast) -> None:
    phone = bound_phone(cast)
    with cast.wang.acting() as wang:
        device = queries.devices_of([cast.lin.account])[cast.lin.account_id][0]
        actions.revoke_device(device, by=wang, now=timezone.now())
    assert (is_in(phone), phone.post("/phone/unlock/", {"pin": PIN}).status_code) == (False, 403)


def test_a_phone_does_not_open_an_account_that_needs_a_second_factor(cast: Cast) -> None:
    phone = bound_phone(cast)
    with cast.security_admin.acting() as admin:
        actions.give_post(cast.lin.account, "checker", area_id=cast.grid_id, by=admin, now=timezone.now())
    assert (is_in(phone), phone.post("/phone/unlock/", {"pin": PIN}).status_code) == (False, 403)


def test_the_code_does_not_bind_the_machine_of_somebody_who_is_signed_in(cast: Cast) -> None:
    client, address = signed_in(cast.wang), f"/phone/{offer(cast)}/"
    assert client.post(address, {"pin": PIN, "again": PIN}).status_code == 409
    with cast.wang.acting():
        assert [d.state for d in queries.devices_of([cast.lin.account])[cast.lin.account_id]] == ["offered"]


def test_i_see_my_sessions_and_end_the_others(cast: Cast) -> None:
    here, there, third, name = Client(), Client(), Client(), name_of(cast.zhao)
    for client in (here, third, there):
        try_password(client, name)
    newest = here.get("/me/").context["sessions"][0]
    here.post(f"/me/sessions/{newest.handle}/end/")
    assert (is_in(here), is_in(third), is_in(there)) == (True, True, False)
    here.post("/me/sessions/end/")
    assert (is_in(here), is_in(third), len(here.get("/me/").context["sessions"])) == (True, False, 1)


def test_my_new_password_holds_here_and_ends_the_other_sessions(cast: Cast) -> None:
    here, there, name = Client(), Client(), name_of(cast.zhao)
    for client in (here, there):
        try_password(client, name)
    here.post("/me/password/", {"old": DEMO_PASSWORD, "new": "another long sentence"})
    assert (is_in(here), is_in(there)) == (True, False)
    assert try_password(Client(), name, "another long sentence").status_code == 302
