"""The page of the programming interface, drawn from the OpenAPI description that the running code gives of itself."""

from typing import Any

from tools.site.sources import CHINESE

HEADS = {
    "en": (
        "# API\n\nDrawn from the OpenAPI description that an installation gives of itself at `/api/v1/openapi.json`: a"
        " program reads it there. Every address begins with `/api/v1`.\n"
    ),
    "zh-hans": (
        "# 接口\n\n由系统自己的 OpenAPI 描述画出；程序请读 `/api/v1/openapi.json`。"
        "所有地址以 `/api/v1` 开头。字段的说明是英文。\n\n"
        "居民不需要账号：`POST /reports` 带上自己生成的 `Idempotency-Key`，重发一次得到同一个回答，内容不同则拒绝。"
        "工作人员用浏览器里登录的会话；除了读取，都要带请求头 `X-CSRFToken`，值取自 cookie `csrftoken`。"
        "每个人只看到岗位范围内的件，范围以外的回答和不存在一样（404）。"
        "没办成时回答 `error`、`detail` 和管理员查找用的 `number`，此时什么都没有改。\n"
    ),
}
WORDS = {
    "en": {
        "open": "Anybody may ask, without an account.", "staff": "Asked with the session of staff.", "takes": "Takes",
        "name": "Name", "where": "Where", "type": "Type", "must": "Needed", "yes": "yes", "no": "",
        "body": "body", "path": "address", "query": "query", "header": "header", "answers": "Answers: ",
        "shapes": "Shapes", "reports": "Reports", "cases": "Cases", "verbs": "Verbs", "places": "Places",
        "search": "Search", "grids": "Grids",
    },
    "zh-hans": {
        "open": "不用账号。", "staff": "要有工作人员的会话。", "takes": "要给的",
        "name": "名称", "where": "在哪里", "type": "类型", "must": "必填", "yes": "是", "no": "",
        "body": "正文", "path": "地址", "query": "查询串", "header": "请求头", "answers": "回答：",
        "shapes": "数据形状", "reports": "报事", "cases": "案件", "verbs": "动作", "places": "地点", "search": "查找",
        "grids": "网格",
    },
}  # fmt: skip
CALLED = {
    "Report something": "报一件事", "Categories in use": "在用的类别", "List cases": "列出案件",
    "Read a case": "读一个案件", "Find a place by its name or address": "按名称或地址找地点",
    "List drafts of grids": "列出网格草案", "Read a draft of grids": "读取一份网格草案",
    "Find places and cases by anything": "按任何说法找地点和案件",
}  # fmt: skip
"""Chinese names of the operations that are no verb of the table of moves; one that is missing stops the build."""

Schema = dict[str, Any]
Rows = list[tuple[str, ...]]


def kind(schema: Schema) -> str:
    """The type of a value in one line, with its limits; another shape as a link to it."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " / ".join(kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"[] {kind(schema['items'])}"
    names = {"minLength": "≥ {} chars", "maxLength": "≤ {} chars", "minimum": "≥ {}", "maximum": "≤ {}", "format": "{}"}
    limits = [text.format(schema[key]) for key, text in names.items() if key in schema]
    return ", ".join([str(schema.get("type", "any")), *limits])


def table(rows: Rows, *heads: str) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def asked(operation: Schema, said: dict[str, str]) -> Rows:
    """What an operation takes; a header as it is written on the wire."""
    rows: Rows = []
    for each in operation.get("parameters", []):
        name = each["name"].replace("_", "-").title() if each["in"] == "header" else each["name"]
        rows.append(
            (f"`{name}`", said[each["in"]], kind(each["schema"]), said["yes" if each.get("required") else "no"])
        )
    if body := operation.get("requestBody"):
        rows.append(("", said["body"], kind(body["content"]["application/json"]["schema"]), said["yes"]))
    return rows


def title(address: str, operation: Schema, language: str) -> str:
    """What the operation is called; a verb as its button is."""
    from wangge.cases.words import VERBS  # noqa: PLC0415 - slow import

    if "verbs" in operation["tags"]:
        return str(VERBS[address.rsplit("/", 1)[-1]].label)
    return str(operation["summary"]) if language == "en" else CALLED[operation["summary"]]


def drawn(method: str, address: str, operation: Schema, language: str) -> str:
    """One operation."""
    said = WORDS[language]
    short = address.removeprefix("/api/v1")
    lines = [f"### {title(address, operation, language)}", f"`{method.upper()} {short}`"]
    if "verbs" not in operation["tags"]:
        lines.append(operation.get("description", ""))
    lines.append(said["staff" if operation.get("security") else "open"])
    if rows := asked(operation, said):
        lines.append(table(rows, said["takes"], said["where"], said["type"], said["must"]))
    good = [(code, answer) for code, answer in operation["responses"].items() if int(code) < 400]
    shapes = [f"`{code}` {kind(answer['content']['application/json']['schema'])}" for code, answer in good]
    bad = [f"`{code}`" for code in sorted(map(str, operation["responses"])) if int(code) >= 400]
    lines.append(f"{said['answers']}{', '.join([*shapes, *bad])}")
    return "\n\n".join(lines) + "\n"


def shape(name: str, schema: Schema, said: dict[str, str]) -> str:
    """One shape with its fields."""
    needed = set(schema.get("required", ()))
    rows: Rows = [
        (f"`{key}`", kind(value), said["yes" if key in needed else "no"]) for key, value in schema["properties"].items()
    ]
    return f"### {name}\n\n{schema.get('description', '')}\n\n{table(rows, said['name'], said['type'], said['must'])}"


def page(description: Schema, language: str) -> str:
    """The whole page in a language that is switched on."""
    said = WORDS[language]
    parts = [HEADS[language], description["info"]["description"].split("\n\n", 1)[1] if language == "en" else ""]
    held: dict[str, list[str]] = {}
    for address, methods in description["paths"].items():
        for method, operation in methods.items():
            held.setdefault(operation["tags"][0], []).append(drawn(method, address, operation, language))
    for tag, drawings in held.items():
        parts += [f"## {said[tag]}\n", *drawings]
    parts.append(f"## {said['shapes']}\n")
    for name, schema in sorted(description["components"]["schemas"].items()):
        if "properties" in schema:
            parts.append(shape(name, schema, said))
        elif "enum" in schema:
            parts.append(f"### {name}\n\n{kind(schema)}\n")
    return "\n".join(parts)


def pages() -> dict[str, str]:
    """Both pages; the settings have to be there and the apps ready."""
    from django.utils import translation  # noqa: PLC0415 - slow import

    from wangge.web.api import api  # noqa: PLC0415 - slow import

    description = dict(api.get_openapi_schema())
    found = {}
    for language, name in (("en", "api.md"), ("zh-hans", f"api{CHINESE}")):
        with translation.override(language):
            found[name] = page(description, language)
    return found
