"""What the pages and the command line show of imports: the list, faults by rule, rows, doubts, how far the work is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wangge.exchange import reading
from wangge.exchange.importer import Importer, importer
from wangge.exchange.models import Change, Doubt, Import, Row
from wangge.exchange.parsing import NOT_COLLECTED
from wangge.exchange.queries.uncollected import said
from wangge.exchange.words import REASONS, RULES, TROUBLE, Fate, State

PAGE = 50


@dataclass(frozen=True)
class Fault:
    """A fault as it is said: of how many rows, in which column, and what holds there."""

    field: str
    rule: str
    rows: int
    label: str
    said: str


@dataclass(frozen=True)
class Line:
    """A row of the report: its number, its cells in short, and its faults with their columns."""

    number: int
    shown: str
    outcome: str
    faults: tuple[tuple[str, str, str], ...]  # column, what stands there, rule


def imports(after: int = 0) -> list[Import]:
    """One page, the newest first, and one more to know whether there is another."""
    held = Import.objects.select_related("source", "by").order_by("-id")
    return list((held.filter(pk__lt=after) if after else held)[: PAGE + 1])


def said_trouble(rule: str, detail: str = "") -> str:
    text = str(TROUBLE.get(rule, TROUBLE["zip"]))
    return text % {"detail": detail} if "%(" in text else text


def said_rule(kind: Importer, rule: str, detail: str = "") -> str:
    text = str(kind.rules.get(rule) or RULES.get(rule, rule))
    return text % {"detail": detail} if "%(" in text else text


def said_hint(kind: Importer, hint: dict[str, str]) -> str:
    """A hint as a sentence; of what is not collected with the reason and the law."""
    if hint["rule"] == NOT_COLLECTED:
        return _("Emptied, for it is not collected: %(what)s") % {"what": " · ".join(said(hint["detail"]))}
    return said_rule(kind, hint["rule"], hint["detail"])


def said_reason(reason: Sequence[str]) -> str:
    code, value, other = [*reason, "", ""][:3]
    text = str(REASONS.get(code, code))
    return text % {"value": value, "other": other} if "%(" in text else text


def label_of(held: Import, kind: Importer, field: str) -> str:
    """The column as the file calls it, else the field as we do."""
    known = kind.field(field)
    return held.chosen.get("columns", {}).get(field) or (str(known.label) if known else _("The row"))


def closed(held: Import) -> set[str]:
    """Columns of the file of which nothing was kept."""
    return {*held.head.get("never_read", ()), *(column for column, _code, _word in held.head.get("dropped", ()))}


def unread(held: Import) -> list[str]:
    """Columns of the file that nobody chose."""
    chosen = {*held.chosen.get("columns", {}).values()} | closed(held)
    return [name for name in held.head.get("names", ()) if name not in chosen] if held.chosen else []


def faults_said(held: Import) -> list[Fault]:
    """Faults by column and rule, the most frequent first."""
    kind, found = importer(held.kind), []
    for name, rows in held.counts.get("faults", {}).items():
        field, rule = name.split("|", 1)
        found.append(Fault(field, rule, rows, label_of(held, kind, field), said_rule(kind, rule, "…")))
    return sorted(found, key=lambda one: -one.rows)


def rows_of(held: Import, *, fate: str = "", rule: str = "", field: str = "", after: int = 0) -> list[Line]:
    """One page of rows, by fate or by fault, and one more."""
    rows = Row.objects.filter(of=held, number__gt=after)
    if rule:
        rows = rows.filter(fate=Fate.FAULTY, faults__contains=[{"rule": rule, "field": field}])
    elif fate in Fate.values:
        rows = rows.filter(fate=fate)
    kind = importer(held.kind)
    return [line(held, kind, row) for row in rows.order_by("number")[: PAGE + 1]]


def line(held: Import, kind: Importer, row: Row) -> Line:
    names, columns = held.head["names"], held.chosen.get("columns", {})
    faults = []
    for fault in row.faults:
        at = names.index(columns[fault["field"]]) if columns.get(fault["field"]) in names else -1
        cell = row.cells[at] if 0 <= at < len(row.cells) else ""
        label = label_of(held, kind, fault["field"])
        faults.append((label, cell, said_rule(kind, fault["rule"], fault["detail"])))
    faults += [(hint["column"] or label_of(held, kind, hint["field"]), "", said_hint(kind, hint)) for hint in row.hints]
    shown = " · ".join(cell.strip() for cell in row.cells[:8] if cell.strip())[:120]
    return Line(row.number, shown, str(row.get_outcome_display()), tuple(faults))


def doubts_of(held: Import, *, is_open: bool = True, kind: str = "", after: int = 0) -> list[Doubt]:
    """One page of doubts and one more."""
    found = Doubt.objects.filter(of=held, pk__gt=after)
    if is_open:
        found = found.filter(decision="")
    if kind:
        found = found.filter(kind=kind)
    return list(found.order_by("pk")[: PAGE + 1])


def left_out_again(held: Import) -> int:
    """Of how many doubts holds what a person said of the same rows when the list came in before."""
    return Doubt.objects.filter(of=held, decided_at__lt=held.at).count()


def doubts_by_kind(held: Import) -> dict[str, tuple[int, int]]:
    """Open and all, by kind."""
    counts: dict[str, tuple[int, int]] = {}
    for kind, decision in Doubt.objects.filter(of=held).values_list("kind", "decision"):
        waiting, whole = counts.get(kind, (0, 0))
        counts[kind] = (waiting + (decision == ""), whole + 1)
    return counts


def hindered(held: Import, after: int = 0) -> QuerySet[Change]:
    """What could not be given back, by row."""
    return Change.objects.filter(of=held, number__gt=after).exclude(undone__in=("", "undone")).order_by("number", "id")


def share(held: Import) -> float:
    """How far the work is, between 0 and 1."""
    if held.state == State.MAPPED:
        return reading.share_read(held.stored, held.position)
    if held.state == State.COMMITTING:
        return float(held.counts.get("done", 0)) / max(1, held.rows)
    if held.state == State.UNDOING:
        return float(sum(held.counts.get("undone", {}).values())) / max(1, int(held.counts.get("to_undo", 0)))
    return 0.0 if held.state == State.READING else 1.0


def twins(held: Import) -> QuerySet[Import]:
    """The same file, brought in before."""
    return Import.objects.filter(digest=held.digest, kind=held.kind, state=State.COMMITTED).exclude(pk=held.pk)


def points(held: Import, most: int = 3000) -> list[tuple[float, float, str]]:
    """Where the rows lie, with their fate."""
    rows = Row.objects.filter(of=held, values__has_key="lon").order_by("number")
    doubted = set(Doubt.objects.filter(of=held).values_list("number", flat=True))
    return [
        (values["lon"], values["lat"], "doubtful" if number in doubted else str(fate))
        for number, values, fate in rows.values_list("number", "values", "fate")[:most]
    ]
