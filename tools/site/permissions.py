"""The page of who may what, drawn from the roles of the catalogue, the table of moves and the menu."""

from collections.abc import Iterator

from tools.site.reference import Rows, table
from tools.site.sources import CHINESE

TEXTS = {
    "en": {
        "head": "# Who may what\n\nDrawn from the roles of the catalogue, the table of moves and the menu. A role"
        " counts over the area of its post and everything below; a handler's over the cases of the own unit. The"
        " database shows nobody a row outside of that, whatever the page asks.\n",
        "roles": "Roles", "role": "Role", "code": "Code", "does": "Does", "given": "The post is given by",
        "second": "Second factor", "pages": "Pages", "page": "Page", "verbs": "Verbs", "verb": "Verb",
        "more": "And only if", "yes": "yes", "nobody": "nobody: needs no account",
    },
    "zh-hans": {
        "head": "# 谁可以做什么\n\n由业务目录里的角色、动作表和菜单画出。角色的效力是岗位所在的区域及其下级；"
        "承办人员的效力是本单位承办的案件。不管页面怎么问，数据库都不会把范围以外的一行给任何人看。\n",
        "roles": "角色", "role": "角色", "code": "代码", "does": "做什么", "given": "谁授岗", "second": "两步验证",
        "pages": "页面", "page": "页面", "verbs": "动作", "verb": "动作", "more": "还要满足", "yes": "要",
        "nobody": "不用授岗：不需要账号",
    },
}  # fmt: skip
CONDITIONS = {  # rule of wangge/cases/rules.py: what it asks besides the role
    "accepted_before": ("the case is not one that was accepted before and reopened", "不是受理过又重新打开的"),
    "not_the_doer": ("it is not the person or the unit that did the work", "不是办这件事的人和单位"),
    "first_return": ("the case was not returned before", "以前没有退回过"),
    "second_person": ("somebody else has asked for it", "另一个人先提出过"),
    "has_category": ("the case has a category", "已经有类别"),
}  # fmt: skip
"""One that is missing stops the build."""
MARK = "●"


def menu() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each page of the menu with the roles that see it."""
    from wangge.cases.words import DESKS  # noqa: PLC0415 - slow import
    from wangge.web.shell import AFTER, BEFORE  # noqa: PLC0415 - slow import

    yield from ((str(entry.label), entry.roles) for entry in BEFORE)
    yield from ((str(label), roles) for label, _states, roles in DESKS.values())
    yield from ((str(entry.label), entry.roles) for entry in AFTER)


def page(language: str) -> str:
    """The page in a language that is switched on."""
    from wangge.cases.rules import EXTRA  # noqa: PLC0415 - slow import
    from wangge.cases.words import VERBS  # noqa: PLC0415 - slow import
    from wangge.catalogue.reading import read  # noqa: PLC0415 - slow import
    from wangge.catalogue.schema import Role  # noqa: PLC0415 - slow import

    said, between = TEXTS[language], ", " if language == "en" else "、"
    roles = read().of(Role)
    label = {code: role.label.text(language) for code, role in roles.items()}
    workers = [code for code in roles if any(code in verb.roles for verb in VERBS.values())]

    def marks(held: tuple[str, ...], columns: list[str]) -> list[str]:
        return [MARK if code in held else "" for code in columns]

    people: Rows = []
    for code, role in roles.items():
        givers = between.join(label[one] for one in role.granted_by) or said["nobody"]
        second = said["yes"] if role.second_factor else ""
        people.append((label[code], f"`{code}`", role.meaning.text(language), givers, second))
    staff = [code for code in roles if code != "resident"]
    shown: Rows = [(name, *marks(held, staff)) for name, held in menu()]
    verbs: Rows = []
    for code, verb in VERBS.items():
        more = CONDITIONS[EXTRA[code].__name__][language != "en"] if code in EXTRA else ""
        verbs.append((f"{verb.label}", f"`{code}`", *marks(verb.roles, workers), more))
    return "\n".join([
        said["head"],
        f"## {said['roles']}\n", table(people, said["role"], said["code"], said["does"], said["given"], said["second"]),
        f"## {said['pages']}\n", table(shown, said["page"], *(label[code] for code in staff)),
        f"## {said['verbs']}\n",
        table(verbs, said["verb"], said["code"], *(label[code] for code in workers), said["more"]),
    ])  # fmt: skip


def pages() -> dict[str, str]:
    """Both pages; the settings have to be there and the apps ready."""
    from django.utils import translation  # noqa: PLC0415 - slow import

    found = {}
    for language, name in (("en", "permissions.md"), ("zh-hans", f"permissions{CHINESE}")):
        with translation.override(language):
            found[name] = page(language)
    return found
