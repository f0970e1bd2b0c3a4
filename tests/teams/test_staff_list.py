"""Lists of staff: accounts that open to nobody yet, posts with their days, and what is never taken over."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.access.matrix import STAFF
from tests.cast import Cast, Person
from tests.exchange.lists import at_work, checked, decided, digest, faults, run, taken, undone, upload
from tests.teams.lists import PEOPLE, TABLES, community_of, grid_of, people
from wangge.access.action import Refused
from wangge.access.models import Post
from wangge.access.sessions import open_session
from wangge.exchange import actions, reading
from wangge.exchange.models import Change, Doubt, Import, Row
from wangge.ledger.models import Entry
from wangge.teams import queries
from wangge.teams.models import Account, Organisation

GOOD = {"姓名": "张测试", "登录名": "zhang.ceshi", "单位": "", "岗位": "网格员", "管辖区域": "{grid}", "开始日期": "",
        "结束日期": ""}  # fmt: skip
BAD: tuple[tuple[Mapping[str, str], str, str], ...] = (
    ({"姓名": ""}, "name", "missing"),
    ({"姓名": "张3"}, "name", "name_digits"),
    ({"姓名": "长" * 41}, "name", "too_long"),
    ({"登录名": ""}, "login", "missing"),
    ({"登录名": "张三"}, "login", "login"),
    ({"登录名": "ab"}, "login", "login"),
    ({"登录名": "13800000001"}, "login", "login_number"),
    ({"登录名": "system"}, "login", "login_taken"),
    ({"登录名": "{taken}"}, "login", "login_other_name"),
    ({"单位": "没有的单位"}, "unit", "unknown_unit"),
    ({"岗位": ""}, "role", "missing"),
    ({"岗位": "皇帝"}, "role", "unknown_role"),
    ({"岗位": "居民"}, "role", "unknown_role"),
    ({"岗位": "承办人员", "管辖区域": ""}, "unit", "unit_needed"),
    ({"管辖区域": ""}, "area", "area_needed"),
    ({"管辖区域": "没有的网格"}, "area", "unknown_area"),
    ({"管辖区域": "{community}x", "岗位": "社区书记"}, "area", "unknown_area"),
    ({"管辖区域": "{grid}", "岗位": "社区书记"}, "area", "area_level"),
    ({"管辖区域": "{community}", "岗位": "镇街工作人员"}, "area", "area_level"),
    ({"开始日期": "2026-02-30"}, "since", "not_date"),
    ({"结束日期": "2020-01-01"}, "until", "ended_already"),
    ({"开始日期": "2099-02-01", "结束日期": "2099-01-01"}, "until", "end_before_start"),
    (
        {"登录名": "{system_admin}", "姓名": "{system_name}", "岗位": "审计管理员", "管辖区域": ""},
        "role",
        "three_apart",
    ),
)


def row(cast: Cast, **otherwise: str) -> list[str]:
    names = {"grid": grid_of(cast), "community": community_of(cast), "taken": cast.lin.account.username,
             "system_admin": cast.system_admin.account.username,
             "system_name": cast.system_admin.account.name}  # fmt: skip
    return [cell.format(**names) for cell in {**GOOD, **otherwise}.values()]


def three(cast: Cast) -> bytes:
    """Two people, one of them with two posts."""
    return people(
        row(cast),
        row(cast, 姓名="李测试", 登录名="li.ceshi", 岗位="社区书记", 管辖区域="{community}", 结束日期="2099-12-31"),
        row(cast, 姓名="李测试", 登录名="Li.Ceshi", 岗位="承办人员", 单位="water", 管辖区域="", 开始日期="2098-01-01"),
    )


def test_every_bad_row_names_its_column_and_rule(cast: Cast) -> None:
    admin = cast.security_admin
    rows = [row(cast, **{"登录名": f"test.{n}", **bad}) for n, (bad, _field, _rule) in enumerate(BAD)]
    held = checked(admin, "staff", people(*rows))
    wanted = {(number, field, rule) for number, (_bad, field, rule) in enumerate(BAD, 2)}
    assert wanted - faults(admin, held) == set()


def test_accounts_are_made_with_their_posts_and_open_to_nobody_yet(cast: Cast) -> None:
    admin, before = cast.security_admin, digest(TABLES)
    held = checked(admin, "staff", three(cast))
    assert (held.counts["new"], held.state, faults(admin, held)) == (3, "decided", set())
    held = taken(admin, held)
    assert held.counts["outcomes"] == {"taken": 3}
    with admin.acting():
        li = Account.objects.get(username="li.ceshi")
        posts = {post.role_id: post for post in Post.objects.filter(account=li)}
        assert (li.name, li.has_usable_password(), li.check_password("")) == ("李测试", False, False)
        assert set(posts) == {"secretary", "handler"}
        assert timezone.localtime(posts["secretary"].valid_to).date().isoformat() == "2099-12-31"
        assert timezone.localtime(posts["handler"].valid_from).date().isoformat() == "2098-01-01"
        assert posts["handler"].organisation_id == cast.water.pk
        assert queries.posts_now(timezone.now()).filter(account=li).count() == 1
    again = checked(admin, "staff", three(cast))
    assert (again.counts["same"], again.state) == (3, "decided")
    longer = checked(admin, "staff", three(cast).decode().replace("2099-12-31", "2097-12-31").encode())
    assert (longer.counts["same"], longer.counts["changed"]) == (2, 1)
    longer = taken(admin, longer)
    for one in (longer, taken(admin, again), held):
        assert set(undone(admin, one).counts["undone"]) <= {"undone"}
    assert digest(TABLES) == before


def test_each_post_stands_in_the_book_and_each_chunk_of_accounts_once(cast: Cast) -> None:
    taken(cast.security_admin, checked(cast.security_admin, "staff", three(cast)))
    with cast.auditor.acting():
        assert Entry.objects.filter(verb="staff.open_accounts").count() == 1
        given = Entry.objects.filter(verb="post.give", purpose="import")
        assert given.count() == 3
        assert not any("测试" in str(entry.facts) for entry in given)


def test_who_has_signed_in_since_keeps_the_account_and_loses_the_post(cast: Cast) -> None:
    admin, now = cast.security_admin, timezone.now()
    held = taken(admin, checked(admin, "staff", three(cast)))
    with admin.acting():
        zhang = Account.objects.get(username="zhang.ceshi").pk
    with cast.system_admin.acting():
        open_session(zhang, kind="device", purpose="duty", now=now, lasts=timedelta(minutes=5))
    held = undone(admin, held)
    assert held.counts["undone"] == {"undone": 4, "post_ended": 2}
    with admin.acting():
        assert not Account.objects.filter(username="li.ceshi").exists()
        assert not queries.posts_open(timezone.now()).filter(account=zhang).exists()
        assert Post.objects.filter(account=zhang).count() == 1
        named = set(Change.objects.filter(of=held, undone="post_ended").values_list("number", flat=True))
    assert named == {2}


def test_two_of_one_name_in_one_unit_are_for_a_person_to_decide(cast: Cast) -> None:
    admin = cast.security_admin
    lin = cast.lin.account
    unit = Organisation.objects.get(pk=lin.organisation_id).name if lin.organisation_id else ""
    raw = people(
        row(cast, 姓名=lin.name, 登录名="another.lin", 单位=unit),
        row(cast),
        row(cast, 登录名="zhang.ceshi2", 岗位="社区书记", 管辖区域="{community}"),
    )
    held = checked(admin, "staff", raw)
    with admin.acting():
        doubts = {(one.number, one.kind): one for one in Doubt.objects.filter(of=held)}
        assert set(doubts) == {(2, "same_record"), (4, "same_row")}
        assert doubts[2, "same_record"].other_record == lin.pk
    with admin.acting() as actor, pytest.raises(Refused):
        actions.confirm(held, by=actor, now=held.at)
    held = taken(admin, decided(admin, held, "same"))
    assert held.counts["outcomes"] == {"merged": 2, "taken": 1}
    with admin.acting():
        assert not Account.objects.filter(username__in=("another.lin", "zhang.ceshi2")).exists()
        zhang = Account.objects.get(username="zhang.ceshi")
        assert set(Post.objects.filter(account=zhang).values_list("role", flat=True)) == {"grid_worker", "secretary"}


def test_a_column_of_passwords_refuses_the_file_and_it_is_gone(cast: Cast) -> None:
    for header in ("初始密码", "Password", "登录口令", "pwd"):
        raw = people([*row(cast), "geheim-123"], header=(*PEOPLE, header))
        held = upload(cast.security_admin, "staff", raw)
        assert held.trouble == {"rule": "secret_column", "detail": header}
        assert held.state == "refused"
        assert not (reading.folder() / held.stored).exists()
        assert "geheim" not in str(held.head)


def test_numbers_of_persons_are_neither_kept_nor_shown(cast: Cast) -> None:
    admin = cast.security_admin
    raw = people([*row(cast), "110101199003074514", "13800000001", "家住桂花路 13800000002"],
                 header=(*PEOPLE, "身份证号码", "手机", "备注"))  # fmt: skip
    held = checked(admin, "staff", raw)
    assert held.head["never_read"] == ["身份证号码", "手机"]
    with admin.acting():
        kept = str(list(Row.objects.filter(of=held).values_list("cells", "values"))) + str(held.head["samples"][7:9])
    assert "张测试" in kept
    assert not any(number in kept for number in ("110101199003074514", "13800000001", "13800000002"))
    assert not (reading.folder() / held.stored).exists()


def test_nobody_gives_himself_a_post_by_a_list(cast: Cast) -> None:
    admin = cast.security_admin
    own = admin.account
    raw = people(row(cast, 姓名=own.name, 登录名=own.username, 岗位="值班长", 管辖区域=""), row(cast))
    held = taken(admin, checked(admin, "staff", raw))
    assert held.counts["outcomes"] == {"failed": 1, "taken": 1}


def test_lists_of_staff_are_for_the_security_administrator_alone(cast: Cast) -> None:
    held = upload(cast.security_admin, "staff", three(cast))
    for name in STAFF:
        with getattr(cast, name).acting() as actor:
            assert Import.objects.filter(pk=held.pk).exists() is (name == "security_admin")
            if name == "security_admin":
                continue
            with pytest.raises(PermissionError):
                actions.begin(
                    held.source, "staff", file_name="x", kept=reading.Kept("x", "x", 1), by=actor, now=held.at
                )


def test_accounts_and_posts_go_only_by_giving_their_own_list_back(cast: Cast) -> None:
    held = taken(cast.security_admin, checked(cast.security_admin, "staff", three(cast)))
    with cast.security_admin.acting():
        account = Account.objects.get(username="zhang.ceshi").pk
    people_: list[Person] = [getattr(cast, name) for name in STAFF]
    for person in people_:
        for purpose in ("import", "duty"):
            with at_work(person, purpose), connection.cursor() as cursor:
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute("delete from teams_account where id = %s", [account])
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute("delete from access_post where account_id = %s", [account])
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute("select teams_forget(%s, %s, '{}')", [held.pk, [account]])
    with cast.security_admin.acting() as actor:
        actions.undo(held, by=actor, now=held.at)
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("select teams_forget(%s, %s, '{}')", [held.pk, [account]])  # a page, not the worker
    with (
        at_work(cast.security_admin),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cursor.execute("select teams_forget(%s, %s, '{}')", [held.pk, [cast.lin.account_id]])
    assert run(cast.security_admin, held).state == "undone"
