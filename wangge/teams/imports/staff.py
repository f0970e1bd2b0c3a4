"""Lists of staff: who holds which post over which area, from when to when; no password, no number of a person."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.exchange.importer import Checked, Fault, Field, Importer, Label, Taking, Values, Written
from wangge.exchange.queries.records import new_ids
from wangge.exchange.words import Fate
from wangge.places.queries.lookup import plain
from wangge.teams import actions
from wangge.teams.imports.posts import APART_FAULT, Finder, end_of, start_of, unit_of
from wangge.teams.models import Account
from wangge.teams.queries import posts_open
from wangge.teams.rules import APART, may_import_staff
from wangge.teams.words import AccountKind

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
NUMBER = re.compile(r"\d{7}")
SECRET = re.compile(r"密\s*码|口\s*令|pass\s*w|\bpwd\b|\bpin\b|暗号", re.IGNORECASE)
PERSONAL = re.compile(
    r"身份证|证件号|公民身份|手\s*机|电\s*话|联系方式|住\s*址|家庭|生日|出生|民族|银行|微信|\bqq\b|mobile|phone"
    r"|\bid ?card",
    re.IGNORECASE,
)
RULES: dict[str, Label] = {
    "login": _("3 to 40 small letters, digits, dots or dashes."),
    "login_number": _("A sign-in name is no telephone or identity number."),
    "login_taken": _("This sign-in name belongs to no person."),
    "login_other_name": _("This sign-in name belongs to somebody of another name: %(detail)s"),
    "name_digits": _("A name has no digits."),
    "unknown_role": _("Not one of the posts known here: %(detail)s"),
    "unknown_area": _("No area of this name or code is in the register."),
    "ambiguous_area": _("Several areas have this name: use the code."),
    "area_level": _("This post is held over an area of another level: %(detail)s"),
    "area_needed": _("Name the area of the post."),
    "unit_needed": _("Name the unit the handler works for."),
    "unknown_unit": _("No organisation of this name or code is in the register. Bring in the organisations first."),
    "ambiguous_unit": _("Several organisations have this name: use the code."),
    "ended_already": _("The last day lies in the past: there is nothing to give any more."),
    "end_before_start": _("The last day lies before the first."),
    APART_FAULT: _("System, security and audit are three persons."),
}


class Staff(Importer):
    """People with accounts and their posts; a row is one post, a person may have several."""

    kind = "staff"
    label = _("Staff and their posts")
    icon = "users"
    role = "security_admin"
    compares = True
    crosses = True
    keeps_unread = False
    apart = _("Two people")
    rules = RULES
    fields = (
        Field("name", _("Name"), names=("姓名", "人员姓名"), required=True, longest=40, examples=("张桂花", "李云杉")),
        Field("login", _("Sign-in name"), names=("登录名", "账号", "用户名", "登录账号"), required=True, longest=40,
              examples=("zhang.guihua", "li.yunshan")),
        Field("unit", _("Unit"), names=("单位", "所在单位", "工作单位", "单位名称"), longest=80, examples=("", "")),
        Field("role", _("Role"), names=("岗位", "角色", "职务"), required=True, longest=40,
              examples=("网格员", "社区书记")),
        Field("area", _("Area of the post: name, code or number of the grid"),
              names=("管辖区域", "责任区域", "区域", "网格", "社区", "所属社区"),
              examples=("桂花社区一网格", "云杉社区")),
        Field("since", _("First day"), "day", ("开始日期", "上岗日期", "任职日期", "起"), examples=("2026-01-01", "")),
        Field("until", _("Last day"), "day", ("结束日期", "离岗日期", "截止日期", "止"), examples=("", "2099-12-31")),
    )  # fmt: skip

    def may(self, actor: Actor) -> str | None:
        return may_import_staff(actor)

    def refused(self, names: Sequence[str]) -> str:
        return next((name for name in names if SECRET.search(name)), "")

    def never_read(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if PERSONAL.search(name) or SECRET.search(name))

    def check(self, rows: Sequence[Checked], options: Values) -> None:
        """The post each row means: whose, which, where and for whom; and whether it is held already."""
        now = timezone.now()
        finder = Finder(now, {one.values.get("login", "").lower() for one in rows})
        for one in rows:
            values = one.values
            _person(one, finder.accounts)
            finder.post(one)
            first, last = values.get("since"), values.get("until")
            if first and last and last < first:
                one.fault("until", "end_before_start")
            elif last and end_of(last) <= now:
                one.fault("until", "ended_already")
            if "role_code" not in values or "login" not in values:
                continue
            places = (values.get("area_id") or "", values.get("unit_id") or "")
            one.key = f"{values['login']}|{values['role_code']}|{places[0]}|{places[1]}"
            account = finder.accounts.get(values["login"])
            held = finder.held(account.pk, values) if account is not None else None
            if account is not None and values["role_code"] in APART and finder.apart(account.pk, values["role_code"]):
                one.fault("role", APART_FAULT)
            if account is not None and held is not None:
                one.record, one.differs = account.pk, last is not None and held.valid_to != end_of(last)
            values["account_id"] = account.pk if account is not None else None

    def cross(self, rows: Iterator[Checked], options: Values) -> Iterator[tuple[int, Fault]]:
        """One sign-in name with two names; one person with two of the three administrators' posts."""
        names: dict[str, str] = {}
        apart: dict[str, str] = {}
        for one in rows:
            login, name, role = (one.values.get(field, "") for field in ("login", "name", "role_code"))
            if not login or not name:
                continue
            if plain(names.setdefault(login, name)) != plain(name):
                yield one.number, {"field": "login", "rule": "login_other_name", "detail": names[login]}
            if role in APART and apart.setdefault(login, role) != role:
                yield one.number, {"field": "role", "rule": APART_FAULT, "detail": ""}

    def doubts(self, rows: Iterable[Any]) -> Iterator[Values]:
        """Two sign-in names for one name in one unit: a person says whether they are one person."""
        fresh = [row for row in rows if row.fate == Fate.NEW and not row.values.get("account_id")]
        known = defaultdict(list)
        people = Account.objects.filter(kind=AccountKind.PERSON, name__in={row.values["name"] for row in fresh})
        for account in people.order_by("id"):
            known[account.name, account.organisation_id].append(account)
        seen: dict[tuple[str, int | None], dict[str, int]] = defaultdict(dict)
        for row in fresh:
            values = row.values
            whose = values["name"], values.get("unit_id")
            if values["login"] in seen[whose]:
                continue
            why = [["same_name"], *([["same_unit", values["unit"]]] if "unit" in values else [])]
            for login, number in seen[whose].items():
                yield _doubt(row, "same_row", login, why, other_row=number)
            for account in known[whose]:
                yield _doubt(row, "same_record", account.username, why, other_record=account.pk)
            seen[whose][values["login"]] = row.number

    def take(self, rows: Sequence[Taking], options: Values, *, by: Actor, now: datetime, of: int) -> list[Written]:
        """Open the accounts that are not there, give their posts; let known posts end when the list says."""
        accounts = _accounts_of(rows)
        made = _new_accounts([row for row in rows if row.number not in accounts], now)
        if made:
            actions.open_accounts([account for _n, account in made], by=by, of=of)
        fresh = {account.username: account for _n, account in made}
        written = [Written(number, Account, account.pk) for number, account in made]
        opened = {number for number, _account in made}
        for row in rows:
            account = accounts.get(row.number) or fresh[row.values["login"]]
            if row.number not in opened:
                written.append(Written(row.number, Account, account.pk, {}))
            written += _post(row, account, by=by, now=now)
        return written

    def give_back(self, changes: Sequence[Any], *, by: Actor, now: datetime, of: int) -> dict[int, str]:
        if changes:
            actions.give_back_staff(changes, by=by, of=of)
        return {}

    def keep_back(self, changes: Sequence[Any], *, by: Actor, now: datetime, of: int) -> dict[int, str]:
        """Who has acted since keeps the account; the post of the list ends."""
        made = {one.record: one.number for one in changes if one.table == "access.post" and one.made}
        ended = set()
        for post in posts_open(now).filter(pk__in=made):
            actions.end_post(Account.objects.get(pk=post.account_id), post.pk, by=by, now=now)
            ended.add(made[post.pk])
        return {one.pk: "post_ended" for one in changes if one.number in ended}


def _person(one: Checked, accounts: dict[str, Account]) -> None:
    """A name without digits, a sign-in name that is free or belongs to the person of this name."""
    values = one.values
    if "name" in values and re.search(r"\d", values["name"]):
        one.fault("name", "name_digits")
        del values["name"]
    if "login" not in values:
        return
    values["login"] = values["login"].lower()
    account = accounts.get(values["login"])
    if NUMBER.search(values["login"]):
        one.fault("login", "login_number")
        del values["login"]
    elif not LOGIN.fullmatch(values["login"]):
        one.fault("login", "login")
        del values["login"]
    elif account is not None and account.kind != AccountKind.PERSON:
        one.fault("login", "login_taken")
    elif account is not None and "name" in values and plain(account.name) != plain(values["name"]):
        one.fault("login", "login_other_name", account.name)


def _doubt(row: Any, kind: str, login: str, why: list[list[str]], **other: int) -> Values:
    name = row.values["name"]
    return {
        "number": row.number, "kind": kind, "name": f"{name} ({row.values['login']})"[:120],
        "other_name": f"{name} ({login})"[:120], "reasons": [*why, ["signs_in", login]], **other,
    }  # fmt: skip


def _accounts_of(rows: Sequence[Taking]) -> dict[int, Account]:
    """The account of each row that has one: that of its sign-in name, or whom a person said it is."""
    by_name = Account.objects.filter(username__in={row.values["login"] for row in rows}).in_bulk(field_name="username")
    joined = Account.objects.in_bulk([row.record for row in rows if row.is_joined and row.record])
    found = {row.number: joined.get(row.record or 0) or by_name.get(row.values["login"]) for row in rows}
    return {number: account for number, account in found.items() if account is not None}


def _new_accounts(rows: Sequence[Taking], now: datetime) -> list[tuple[int, Account]]:
    """One account for each sign-in name, made by the first row that has it."""
    first: dict[str, Taking] = {}
    for row in rows:
        first.setdefault(row.values["login"], row)
    return [
        (row.number, Account(
            id=pk, username=login, name=row.values["name"], organisation_id=row.values.get("unit_id"), created_at=now,
        ))
        for (login, row), pk in zip(first.items(), new_ids(Account, len(first)), strict=True)
    ]  # fmt: skip


def _post(row: Taking, account: Account, *, by: Actor, now: datetime) -> list[Written]:
    """Give the post, or let the one that is held end when the list says."""
    values = row.values
    role, area, unit = values["role_code"], values.get("area_id"), values.get("unit_id")
    same = posts_open(now).filter(account=account, role=role, area_id=area).order_by("id")
    held = same.filter(organisation_id=unit_of(role, unit)).first()
    until = end_of(values["until"]) if "until" in values else None
    if held is None:
        actions.give_post(
            account, role, by=by, now=now, area_id=area, organisation_id=unit_of(role, unit), until=until,
            since=start_of(values["since"]) if "since" in values else None,
        )  # fmt: skip
        post = Post.objects.filter(account=account, role=role).latest("id")
        return [Written(row.number, Post, post.pk)]
    if until is None or held.valid_to == until:
        return []
    before = {"valid_to": held.valid_to.isoformat() if held.valid_to else None}
    actions.set_end(account, role, post=held, until=until, by=by)
    return [Written(row.number, Post, held.pk, before)]
