"""The team page: what each sees and may press."""

import re

import pytest

from tests.browse import signed_in
from tests.cast import Cast
from wangge.access.models import Post
from wangge.teams import queries
from wangge.teams.models import Account


def test_a_secretary_sees_her_own_team_and_nobody_else(cast: Cast) -> None:
    page = signed_in(cast.wang).get("/team/").content.decode()
    with cast.wang.acting():
        lin, zhou = cast.lin.account.username, cast.zhou.account.username
    assert (f">{lin}" in page, f">{zhou}" in page) == (True, False)
    assert signed_in(cast.wang).get(f"/team/{cast.zhou.account_id}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "seen"), [("wang", "device-offer"), ("system_admin", "password"), ("security_admin", "post")]
)
def test_each_sees_the_verbs_of_the_own_post(cast: Cast, who: str, seen: str) -> None:
    page = signed_in(getattr(cast, who)).get(f"/team/{cast.lin.account_id}/").content.decode()
    addresses = {
        "device-offer": f"/team/{cast.lin.account_id}/device/", "password": f"/team/{cast.lin.account_id}/password/",
        "post": f"/team/{cast.lin.account_id}/post/",
    }  # fmt: skip
    held = {name for name, address in addresses.items() if f'"{address}"' in page}
    assert held == {seen, "post"} - ({"post"} if who == "system_admin" else set())


def test_a_worker_has_no_team_page(cast: Cast) -> None:
    assert signed_in(cast.lin).get("/team/").status_code == 409


def test_the_code_of_a_phone_is_in_one_answer_only(cast: Cast) -> None:
    client = signed_in(cast.wang)
    address = f"/team/{cast.lin.account_id}/device/"
    shown, again = client.post(address).content.decode(), client.get(address).content.decode()
    assert ("wg-qr" in shown, "wg-qr" in again) == (True, False)


def test_an_account_is_opened_and_gets_its_post_from_somebody_else(cast: Cast) -> None:
    form = {"username": "worker.new", "name": "Invented", "password": ""}
    signed_in(cast.system_admin).post("/team/new/", form)
    with cast.security_admin.acting():
        account = Account.objects.get(username="worker.new")
    given = {"role": "grid_worker", "area": str(cast.grid_id)}
    signed_in(cast.security_admin).post(f"/team/{account.pk}/post/?q={_name(cast)}", given)
    with cast.wang.acting() as wang:
        assert (account.has_usable_password(), queries.may_bind(account.pk)) == (False, True)
        assert wang.account_id != account.pk


def _name(cast: Cast) -> str:
    from tests.cast import area

    with cast.wang.acting():
        return area(cast.grid_id).name


def test_a_forged_area_is_told_and_changes_nothing(cast: Cast) -> None:
    client = signed_in(cast.wang)
    answer = client.post(
        f"/team/{cast.lin.account_id}/post/", {"role": "grid_worker", "area": str(cast.far_grid_id)}
    ).content.decode()
    with cast.wang.acting():
        held = Post.objects.filter(account_id=cast.lin.account_id, area_id=cast.far_grid_id).exists()
    assert (held, bool(re.search("wg-errors", answer))) == (False, True)


def test_an_easy_password_is_refused_with_words(cast: Cast) -> None:
    with cast.system_admin.acting():
        before = cast.zhao.account.password
    answer = signed_in(cast.system_admin).post(f"/team/{cast.zhao.account_id}/password/", {"password": "password12"})
    with cast.system_admin.acting():
        assert (answer.status_code, cast.zhao.account.password) == (200, before)


@pytest.mark.parametrize("verb", ["close", "reopen", "unlock", "sessions", "second-factor"])
def test_a_secretary_cannot_press_the_buttons_of_administrators(cast: Cast, verb: str) -> None:
    assert signed_in(cast.wang).post(f"/team/{cast.lin.account_id}/{verb}/").status_code == 409


def test_the_list_goes_on_by_name(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 3)
    client = signed_in(cast.system_admin)
    first = client.get("/team/").context
    second = client.get(first["more_url"]).context
    names = [account.username for account, _posts, _devices in [*first["rows"], *second["rows"]]]
    assert (len(names), names) == (6, sorted(names))
