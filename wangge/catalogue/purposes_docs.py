"""Makes docs/purposes.md and docs/purposes.zh-Hans.md from the register of purposes, data and laws."""

from collections.abc import Iterator, Mapping

from wangge.catalogue.lawful import Datum, Law, Purpose
from wangge.catalogue.lawful_words import ground, in_force, kept_for, numbered
from wangge.catalogue.reading import Catalogue
from wangge.catalogue.schema import Role

NAMES = {"en": "purposes.md", "zh-hans": "purposes.zh-Hans.md"}
HEADS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What is kept about people, and why",
        "lead": "Each piece of data has a purpose; each purpose has a law, the posts that may look, and an end. The"
        " software obeys this register: a field opens only for a purpose that names it and the post of whoever opens"
        " it, while a law it stands on is in force.",
        "origin": "Made by `wangge catalogue docs` from `wangge/catalogue/definitions/purposes.toml`, `fields.toml` and"
        " `laws.toml`: change it there.",
        "purposes": "## Purposes",
        "purpose_row": "| Purpose | What we tell you | Which data | Who looks | Ground | Kept for | If you say no |",
        "fields": "## Data",
        "field_row": "| Data | What it is | Sealed | Sensitive by law |",
        "laws": "## Laws and standards",
        "law_lead": "Marks: F found and read, F~ found in part, R from recall. Have what is marked R checked before you"
        " quote it.",
        "law_row": "| Ground | In our own words | In force | Mark |",
        "yes": "yes", "no": "no", "consent": ". Only with your consent.",
    },
    "zh-hans": {
        "title": "记了居民的什么，为什么记",
        "lead": "每一项都有用途；每个用途都写明依据哪部法律、哪些岗位能看、存到什么时候。软件照着这份"
        "登记表做：只有用途里写明了这一项和这个岗位，依据的法律也在施行，才能打开。",
        "origin": "由 `wangge catalogue docs` 从 `wangge/catalogue/definitions/purposes.toml`、`fields.toml`、"
        "`laws.toml` 生成：要改请改那里。",
        "purposes": "## 用途",
        "purpose_row": "| 用途 | 告诉您的话 | 哪些项 | 谁能看 | 依据 | 存多久 | 您说不 |",
        "fields": "## 记的项",
        "field_row": "| 项 | 是什么 | 加密封存 | 法律上的敏感信息 |",
        "laws": "## 法律和标准",
        "law_lead": "标记：F 查到并读过，F~ 查到一部分，R 凭记忆。标 R 的，引用前要核对。",
        "law_row": "| 依据 | 用我们自己的话说 | 施行时间 | 标记 |",
        "yes": "是", "no": "否", "consent": "。要您单独同意。",
    },
}  # fmt: skip
COMMA = {"en": ", ", "zh-hans": "、"}


def page(catalogue: Catalogue, language: str) -> str:
    """Return the page of the register in a language (en or zh-hans)."""
    head = HEADS[language]
    parts = [f"# {head['title']}", "", head["lead"], "", head["origin"]]
    for name, rows in (
        ("purpose", _purposes(catalogue, language)),
        ("field", _fields(catalogue, language)),
        ("law", _laws(catalogue, language)),
    ):
        row = head[f"{name}_row"]
        parts += ["", head[f"{name}s"], ""]
        parts += [head["law_lead"], ""] if name == "law" else []
        parts += [row, "|" + "---|" * (row.count("|") - 1), *rows]
    return "\n".join(parts) + "\n"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Return file name → text of both pages."""
    return {name: page(catalogue, language) for language, name in NAMES.items()}


def _purposes(catalogue: Catalogue, language: str) -> Iterator[str]:
    data, roles, laws = catalogue.of(Datum), catalogue.of(Role), catalogue.of(Law)
    comma = COMMA[language]
    for each in sorted(catalogue.of(Purpose).values(), key=lambda one: (one.order, one.code)):
        if not each.active or each.notice is None or each.refusing is None or each.retention is None:
            continue  # withdrawn before these were asked for
        consent = HEADS[language]["consent"] if each.consent else ""
        yield _row(
            f"{each.label.text(language)} `{each.code}`",
            each.notice.text(language),
            comma.join(data[code].label.text(language) for code in each.fields),
            comma.join(roles[code].label.text(language) for code in each.roles),
            comma.join(ground(basis, laws, language) for basis in each.bases) + consent,
            kept_for(each.retention, language),
            each.refusing.text(language),
        )


def _fields(catalogue: Catalogue, language: str) -> Iterator[str]:
    head = HEADS[language]
    for each in sorted(catalogue.of(Datum).values(), key=lambda one: (one.order, one.code)):
        sealed, sensitive = (head["yes" if held else "no"] for held in (each.is_sealed, each.is_sensitive))
        yield _row(f"{each.label.text(language)} `{each.code}`", each.meaning.text(language), sealed, sensitive)


def _laws(catalogue: Catalogue, language: str) -> Iterator[str]:
    laws = catalogue.of(Law)
    for law in sorted(laws.values(), key=lambda one: (one.order, one.code)):
        yield _row(law.label.text(language), "", in_force(law, language), law.mark.value)
        for article in law.articles:
            yield _row(numbered(article.number, language), article.note.text(language), "", article.mark.value)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
