"""Lists of persons by door: sealed from the file to the registry; by whom, where, and who they are already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.exchange.importer import Checked, Fault, Field, Option, Values
from wangge.exchange.sealed_list import Decided, Gone, SealedList
from wangge.people.actions import importing
from wangge.people.imports import deciding
from wangge.people.imports.doors import Door, doors_named
from wangge.people.imports.knowing import Coming, judge
from wangge.people.imports.told import RULES, tell
from wangge.people.queries import arrivals
from wangge.people.queries.arrivals import Known
from wangge.people.rules import may_bring_persons
from wangge.people.words import COMPARTMENT, KEPT, Kept, Relation, Tenure, folded, number_of
from wangge.vault import queries as vault

TENURES: Mapping[str, tuple[str, ...]] = {
    Tenure.OWNER: ("owner", "自住", "自有", "业主", "产权人", "自有住房"),
    Tenure.TENANT: ("tenant", "租住", "租赁", "承租", "租户", "租客", "租房"),
    Tenure.DORMITORY: ("dormitory", "宿舍", "集体宿舍", "单位宿舍"),
    Tenure.GUEST: ("guest", "借住", "探亲", "访客", "暂住"),
}
RELATIONS: Mapping[str, tuple[str, ...]] = {
    Relation.FIRST: ("first", "户主", "本人"),
    Relation.SPOUSE: ("spouse", "配偶", "妻", "夫", "妻子", "丈夫"),
    Relation.CHILD: ("child", "子女", "子", "女", "儿子", "女儿", "长子", "次子", "长女", "次女"),
    Relation.PARENT: ("parent", "父母", "父", "母", "父亲", "母亲", "岳父", "岳母", "公公", "婆婆"),
    Relation.RELATIVE: ("relative", "亲属", "其他亲属", "孙子", "孙女", "兄弟姐妹", "祖父母"),
    Relation.SHARING: ("sharing", "合租", "同住", "非亲属"),
}
KINDS = {
    "citizen_id": ("citizen_id", "身份证", "居民身份证", "公民身份证"),
    "residence_permit": ("residence_permit", "港澳台居民居住证", "居住证（港澳台）"),
    "home_permit": ("home_permit", "回乡证", "港澳居民来往内地通行证"),
    "strait_permit": ("strait_permit", "台胞证", "台湾居民来往大陆通行证"),
    "permanent_residence": ("permanent_residence", "外国人永久居留身份证", "永久居留证"),
    "passport": ("passport", "护照"),
}


class Persons(SealedList):
    """Who lives behind which door, as a community or an office has it in a sheet; only name and door are needed."""

    kind = "persons"
    label = _("Residents by door")
    icon = "users-group"
    seals = COMPARTMENT
    apart = _("Two people")
    rules = RULES
    options = (
        Option("tenure", _("How people live there, where the row does not say it"), "choice",
               choices=(("", "—"), *Tenure.choices)),
    )  # fmt: skip
    fields = (
        Field("compound", _("Compound"), names=("小区", "小区名称", "所属小区"), required=True,
              examples=("桂花小区", "桂花小区")),
        Field("community", _("Community"), names=("社区", "所属社区"), examples=("桂花社区", "桂花社区")),
        Field("building", _("Building"), names=("楼栋", "幢号", "楼号", "幢"), required=True, longest=40,
              examples=("1幢", "1幢")),
        Field("unit", _("Unit"), names=("单元", "单元号"), longest=12, examples=("1单元", "1单元")),
        Field("room", _("Room"), names=("室号", "房号", "房间", "门牌号"), longest=12,
              examples=("502", "502")),
        Field("household", _("Household, when several share the door"), names=("户编号", "户号", "家庭编号"),
              longest=40, examples=("", "")),
        Field("name", _("Name"), names=("姓名", "居民姓名", "人员姓名"), required=True, examples=("张桂花", "李云杉")),
        Field("document_kind", _("Kind of document"), "choice", ("证件种类", "证件类型"), choices=KINDS,
              examples=("身份证", "")),
        Field("document", _("Number of the document"), longest=40,
              names=("证件号码", "身份证号", "身份证号码", "证件号", "公民身份号码"),
              examples=("11010119491001001X", "")),
        Field("phone", _("Telephone"), "phone", ("电话", "手机", "手机号", "联系电话", "联系方式", "手机号码"),
              examples=("13800000000", "")),
        Field("tenure", _("How they live there"), "choice", ("居住方式", "居住类型", "住房性质"), choices=TENURES,
              examples=("自住", "租住")),
        Field("relation", _("To who is named first"), "choice", ("与户主关系", "关系"), choices=RELATIONS,
              examples=("户主", "")),
        Field("since", _("Since"), "day", ("入住日期", "入住时间", "起"), examples=("2019-05-01", "")),
    )  # fmt: skip

    def may(self, actor: Actor) -> str | None:
        return may_bring_persons(actor)

    def role_of(self, actor: Actor) -> str:
        return "system_admin" if actor.has("system_admin", "system") else "secretary"

    def stage(self, rows: Sequence[Checked], options: Values, *, by: Actor, now: datetime, of: int) -> list[Values]:
        today = localdate(now)
        for one in rows:
            tell(one, today=today)
            if "tenure" not in one.values and not any(fault["field"] == "tenure" for fault in one.faults):
                if not (tenure := options.get("tenure")):
                    one.fault("tenure", "missing")
                one.values["tenure"] = tenure
        doors = doors_named(rows, by=by)
        coming, doubts = _compared([(one, doors[one.number]) for one in rows if not one.faults])
        importing.stage(coming, of=of)
        return doubts

    def unstage(self, of: int, first: int, last: int) -> None:
        importing.unstage(of, first, last)

    def doubled(self, of: int) -> list[tuple[int, Fault]]:
        found = arrivals.take_doubled(of)
        return [(number, {"field": "", "rule": "duplicate", "detail": str(first)}) for number, first in found]

    def fates(self, of: int) -> dict[str, int]:
        counts = arrivals.fates(of)
        return {fate: counts.get(fate, 0) for fate in ("new", "changed", "same")}

    def settle(self, of: int, decided: Iterable[Decided], *, now: datetime) -> None:
        deciding.settle(of, list(decided))

    def piece_end(self, of: int, after: int) -> int | None:
        return arrivals.last_door(of, after)

    def take_piece(self, of: int, after: int, *, by: Actor, now: datetime) -> tuple[int, int] | None:
        last = arrivals.last_door(of, after)
        return None if last is None else (importing.take(of, after, last, by=by, now=now).rows, last)

    def outcomes(self, of: int) -> dict[str, int]:
        counts = arrivals.fates(of)
        return {
            "taken": counts.get("new", 0), "merged": counts.get("changed", 0), "unchanged": counts.get("same", 0),
            "left_out": counts.get("out", 0),
        }  # fmt: skip

    def written(self, of: int) -> int:
        return arrivals.written(of)

    def give_back_piece(self, of: int, after: int, *, by: Actor, now: datetime) -> Gone | None:
        ids = arrivals.made_after(of, after)
        if not ids:
            return None
        gone = importing.give_back(of, ids, by=by, now=now)
        return Gone(gone.counts, ids[-1])

    def forget(self, of: int) -> None:
        arrivals.forget(of)

    def shown(self, of: int, doubts: Sequence[Any]) -> dict[int, tuple[str, str]]:
        return deciding.shown(of, doubts)


def _compared(rows: Sequence[tuple[Checked, Door]]) -> tuple[list[Coming], list[Values]]:
    """The good rows with their blind indexes, compared with whom the registry knows."""
    asked = [
        (n, kept, *_index_of(kept, one.values[code], door))
        for n, (one, door) in enumerate(rows)
        for kept, code in KEPT
        if code in one.values
    ]
    newest, *older = vault.blind_indexes_many(COMPARTMENT, [(value, area) for _n, _kept, value, area in asked])
    indexes: list[dict[Kept, bytes]] = [{} for _ in rows]
    now_called: dict[bytes, bytes] = {}  # an index under an older key: the same value under the newest
    for at, (n, kept, _value, _area) in enumerate(asked):
        indexes[n][kept] = newest[at]
        now_called |= {other[at]: newest[at] for other in older}
    coming = [Coming(one, door, found) for (one, door), found in zip(rows, indexes, strict=True)]
    wanted: dict[Kept, list[bytes]] = defaultdict(list)
    for each in ([*newest], *older):
        for (_n, kept, _value, _area), index in zip(asked, each, strict=True):
            wanted[kept].append(index)
    known = arrivals.known(
        wanted[Kept.DOCUMENT], wanted[Kept.PHONE], [door.dwelling for _one, door in rows], now_called
    )
    return coming, list(judge(coming, *_sorted(known, coming)))


def _index_of(kept: Kept, value: str, door: Door) -> tuple[str, int | None]:
    if kept is Kept.NAME:
        return folded(value), door.community
    return (number_of(value), None) if kept is Kept.DOCUMENT else (value, None)


def _sorted(
    known: Sequence[Known], coming: Sequence[Coming]
) -> tuple[dict[bytes, Known], dict[int, list[Known]], dict[bytes, Known]]:
    """Whom the registry knows: by document, by door, and by telephone where the name is the same."""
    names = {each.indexes[Kept.NAME] for each in coming}
    at_door: dict[int, list[Known]] = defaultdict(list)
    for each in known:
        if each.dwelling is not None:
            at_door[each.dwelling].append(each)
    return (
        {each.document_index: each for each in known if each.document_index},
        at_door,
        {each.phone_index: each for each in known if each.phone_index and each.name_index in names},
    )
