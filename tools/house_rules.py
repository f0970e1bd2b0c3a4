"""House rules as programs: each has a name, a message, and in its test a good and a bad line."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tools.template_rules import TEMPLATE_RULES
from tools.tree import DOMAIN_APPS, NAMES_WHAT_IT_FORBIDS, ROOT, Finding, apps, files, name_of, report, templates

Check = Callable[[str, ast.Module], Iterator[int]]

DOORS = {"views", "api", "forms", "tasks", "reactions"}
NO_CLOCK = {"words", "models", "rules", "queries", "actions"}
RAW_SQL = {"migrations", "ledger", "access", "jobs", "queries", "postgres"}
ONE_QUESTION = ("cases/actions/beginning.py",)  # a write that the database must decide in one go; the file says why
DDL = ("access/rls.py", "access/grants.py")  # policies and grants take no parameters; their words are our constants
SQL_CALLS = {"execute", "executemany", "raw", "RawSQL", "RunSQL", "extra", "stream"}
WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete",
    "acreate", "aupdate", "adelete",
}  # fmt: skip
BAD_NAMES = {"utils", "util", "common", "helpers", "helper", "base", "lib", "libs", "misc", "shared", "tools"}
SQL_CASCADE = re.compile(r"on\s+delete\s+cascade|drop\s.*\scascade", re.IGNORECASE)
REASONS = ("app ready", "slow import", "optional")


@dataclass(frozen=True)
class Rule:
    """A rule over the syntax tree of one module; `check` yields the lines that break it."""

    name: str
    message: str
    check: Check


def rooms(path: str) -> list[str]:
    """The names in `wangge/cases/actions/moves.py`: wangge, cases, actions, moves."""
    return list(PurePosixPath(path).with_suffix("").parts)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def marked_safe(_path: str, tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.alias | ast.Attribute):
            named = getattr(node, "id", getattr(node, "name", getattr(node, "attr", "")))
            if named in {"mark_safe", "SafeString", "SafeText"}:
                yield node.lineno


def cascades(_path: str, tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node).rsplit(".", 1)[-1] in {"CASCADE", "DB_CASCADE"}:
            yield node.lineno
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_CASCADE.search(node.value):
            yield node.lineno


def own_clock(path: str, tree: ast.Module) -> Iterator[int]:
    inner = bool(NO_CLOCK & set(rooms(path)[2:])) or rooms(path)[1:2] == ["core"]
    forbidden = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
    for call in calls(tree):
        name = ".".join(dotted(call.func).split(".")[-2:])
        if name in forbidden or (inner and name == "timezone.now"):
            yield call.lineno


def prints(path: str, tree: ast.Module) -> Iterator[int]:
    if {"commands", "management"} & set(rooms(path)):
        return
    for call in calls(tree):
        if called(call) == "print":
            yield call.lineno


def glued(node: ast.expr) -> bool:
    """Say whether the text is put together at run time."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod | ast.Add) and not isinstance(node.right, ast.List)
    return isinstance(node, ast.Call) and called(node) in {"format", "join"} and not composed(node)


def composed(node: ast.Call) -> bool:
    """`sql.SQL("...").format(sql.Identifier(name))` of psycopg quotes what it is given."""
    made = node.func.value if isinstance(node.func, ast.Attribute) else node
    return is_literal_sql(made)


def is_literal_sql(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and called(node) == "SQL" and not any(map(glued, node.args))


def held_by(tree: ast.Module, wanted: Callable[[ast.expr], bool]) -> set[str]:
    """Names that are given a value of the wanted sort somewhere in the module."""
    assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign) and wanted(node.value))
    return {dotted(target) for node in assigned for target in node.targets}


def glued_sql(path: str, tree: ast.Module) -> Iterator[int]:
    if "migrations" in rooms(path) or path.endswith(DDL):
        return
    texts, literals = held_by(tree, glued), held_by(tree, is_literal_sql)
    for call in calls(tree):
        if called(call) in SQL_CALLS and call.args:
            text = call.args[0]
            if (
                isinstance(text, ast.Call)
                and isinstance(text.func, ast.Attribute)
                and dotted(text.func.value) in literals
            ):
                continue
            if glued(text) or (isinstance(text, ast.Name) and text.id in texts):
                yield call.lineno


def raw_sql(path: str, tree: ast.Module) -> Iterator[int]:
    if RAW_SQL & set(rooms(path)) or path.endswith(ONE_QUESTION):
        return
    for call in calls(tree):
        name = called(call)
        if name in {"cursor", "raw", "RawSQL", "RunSQL", "extra"} and (name != "cursor" or "conn" in dotted(call.func)):
            yield call.lineno


def owners(tree: ast.Module) -> dict[str, str]:
    """Which app each imported model comes from."""
    return {
        alias.asname or alias.name: node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and re.match(r"wangge\.\w+\.models", node.module)
        for alias in node.names
    }


def chain_root(node: ast.expr) -> tuple[str, bool]:
    """(first name, whether `.objects` is in the chain) of `Case.objects.filter(...).update`."""
    managed = False
    while isinstance(node, ast.Attribute | ast.Call):
        managed = managed or (isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager"})
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return (node.id if isinstance(node, ast.Name) else ""), managed


def stray_writes(path: str, tree: ast.Module) -> Iterator[int]:
    """Rows are written by actions; those of another app by that app's actions."""
    parts = rooms(path)
    app = parts[1] if len(parts) > 1 else ""
    owner, free = owners(tree), app not in {*DOMAIN_APPS, "web"} or "migrations" in parts
    for call in calls(tree):
        if not isinstance(call.func, ast.Attribute):
            continue
        root, managed = chain_root(call.func)
        if managed and call.func.attr in WRITES:
            foreign = owner.get(root, app) != app
            if foreign or not (free or "actions" in parts):
                yield call.lineno
        elif call.func.attr == "save" and not call.args and not (free or "actions" in parts):
            yield call.lineno


def foreign_doors(path: str, tree: ast.Module) -> Iterator[int]:
    app = rooms(path)[1]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and app != "web":
            parts = node.module.split(".")
            asked = {*parts[2:3], *(alias.name for alias in node.names if len(parts) == 2)}
            if parts[0] == "wangge" and len(parts) > 1 and parts[1] != app and DOORS & asked:
                yield node.lineno


def vague_names(path: str, tree: ast.Module) -> Iterator[int]:
    if BAD_NAMES & set(rooms(path)[1:]):
        yield 1
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and re.match(r"_?(do|process|handle)_", node.name):
            yield node.lineno
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Service|Helper|Utils?)$", node.name):
            yield node.lineno


def future_annotations(_path: str, tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            yield node.lineno


PYTHON_RULES = (
    Rule("safe", "never mark text as safe: use format_html or a template", marked_safe),
    Rule("cascade", "never delete by cascade: PROTECT, and an action that says what goes", cascades),
    Rule("clock", "the moment is an argument; only doors ask timezone.now()", own_clock),
    Rule("print", "only commands print; everything else logs", prints),
    Rule("glued-sql", "SQL is one literal with parameters", glued_sql),
    Rule("raw-sql", "SQL stands in migrations, ledger, access, jobs and queries only", raw_sql),
    Rule("write", "rows are written by an action of the app that owns them", stray_writes),
    Rule("foreign-door", "views, api, forms, tasks and reactions belong to their own app", foreign_doors),
    Rule("name", "a plain verb or a noun of the domain, not a drawer (utils, do_, handle_, Manager)", vague_names),
    Rule("future", "Python 3.11 needs no __future__", future_annotations),
)


@dataclass(frozen=True)
class LineRule:
    """A rule over single lines, for what the syntax tree does not keep."""

    name: str
    message: str
    pattern: re.Pattern[str]


LINE_RULES = (
    LineRule("unfinished", "finish it or file an issue", re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")),
    LineRule("noqa", "an exception names its rule and its reason: `# noqa: X1 - why`",
             re.compile(r"#\s*noqa(?!: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)* - \w)")),
    LineRule("deferred", f"a deferred import needs one of the reasons: {', '.join(REASONS)}",
             re.compile(rf"noqa: PLC0415 - (?!{'|'.join(REASONS)})")),
)  # fmt: skip


def check_python(path: str, text: str) -> list[Finding]:
    """What one module of wangge breaks."""
    tree = ast.parse(text)
    return [
        Finding(path, line, rule.name, rule.message)
        for rule in PYTHON_RULES
        for line in sorted(set(rule.check(path, tree)))
    ]


def check_lines(path: str, text: str) -> list[Finding]:
    """What single lines of any file of ours break."""
    wanted = LINE_RULES if path.endswith(".py") else LINE_RULES[:1]
    return [
        Finding(path, number, rule.name, rule.message)
        for number, line in enumerate(text.splitlines(), 1)
        for rule in wanted
        if rule.pattern.search(line)
    ]


def check_template(path: str, text: str, names: set[str]) -> list[Finding]:
    """What one template breaks."""
    app = path.split("/")[1]
    return [
        Finding(path, line, rule.name, rule.message)
        for rule in TEMPLATE_RULES
        for line in sorted(set(rule.check(text, app, names)))
    ]


def check(root: Path = ROOT) -> list[Finding]:
    """Everything the tree breaks."""
    wrong: list[Finding] = []
    names = {path.name for path in apps(root)}
    for path in files(root / "wangge", ".py"):
        wrong += check_python(name_of(path, root), path.read_text(encoding="utf-8"))
    for path in templates(root):
        wrong += check_template(name_of(path, root), path.read_text(encoding="utf-8"), names)
    for path in files(root, ".py", ".ts", ".css", ".html", ".sql", ".toml", ".mjs", ".sh"):
        if name_of(path, root) not in NAMES_WHAT_IT_FORBIDS:
            wrong += check_lines(name_of(path, root), path.read_text(encoding="utf-8"))
    return wrong


if __name__ == "__main__":
    raise SystemExit(report(check(), "house rules"))
