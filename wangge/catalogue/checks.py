"""What no single entry can know: whether the codes it names exist, and whether every stage has its limit."""

from collections.abc import Iterator, Mapping

from wangge.catalogue.faults import Fault, Rule
from wangge.catalogue.schema import AnyEntry, Branch, Category, Role
from wangge.catalogue.words import Kind, Stage

Entries = Mapping[Kind, Mapping[str, AnyEntry]]
Files = Mapping[tuple[Kind, str], str]
Known = Mapping[Kind, set[str]]


def cross(entries: Entries, files: Files, known: Known) -> Iterator[Fault]:
    """Return the faults between entries; `known` also holds codes whose entries are themselves faulty."""
    for kind, code, key, wanted, where in _named(entries):
        if wanted not in known[where]:
            yield Fault(files[kind, code], f"{kind}[{code}].{key}", Rule.UNKNOWN_CODE, f"{where} {wanted!r}")
    for stage in Stage:
        if stage.value not in known[Kind.LIMIT]:
            yield Fault("definitions/cases/limits.toml", f"limit[{stage}]", Rule.MISSING_LIMIT)


def _named(entries: Entries) -> Iterator[tuple[Kind, str, str, str, Kind]]:
    for kind, group in entries.items():
        for code, entry in group.items():
            if isinstance(entry, Category):
                yield kind, code, "owner", entry.owner, Kind.FUNCTION
                yield kind, code, "code", entry.branch, Kind.BRANCH
            elif isinstance(entry, Branch) and "." in code:
                yield kind, code, "code", code.rpartition(".")[0], Kind.BRANCH
            elif isinstance(entry, Role):
                for number, giver in enumerate(entry.granted_by):
                    yield kind, code, f"granted_by[{number}]", giver, Kind.ROLE
