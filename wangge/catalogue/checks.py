"""What no single entry can know: whether the codes it names exist, and whether every stage has its limit."""

from collections.abc import Iterator, Mapping

from wangge.catalogue.faults import Fault, Rule
from wangge.catalogue.lawful import Basis, Law, Purpose
from wangge.catalogue.schema import AnyEntry, Branch, Category, Reason, Role
from wangge.catalogue.words import Kind, Stage, Term

Entries = Mapping[Kind, Mapping[str, AnyEntry]]
Files = Mapping[tuple[Kind, str], str]
Known = Mapping[Kind, set[str]]


def cross(entries: Entries, files: Files, known: Known) -> Iterator[Fault]:
    """Return the faults between entries; `known` also holds codes whose entries are themselves faulty."""
    for kind, code, key, wanted, where in _named(entries):
        if wanted not in known[where]:
            yield Fault(files[kind, code], f"{kind}[{code}].{key}", Rule.UNKNOWN_CODE, f"{where} {wanted!r}")
    for stage in (*Stage, *Term):
        if stage.value not in known[Kind.LIMIT]:
            yield Fault("definitions/cases/limits.toml", f"limit[{stage}]", Rule.MISSING_LIMIT)
    yield from _grounds(entries, files)


def _grounds(entries: Entries, files: Files) -> Iterator[Fault]:
    """A purpose in use says all that residents are told; each article a purpose or reason names is in the register."""
    for code, purpose in entries[Kind.PURPOSE].items():
        if not isinstance(purpose, Purpose):
            continue
        file, key = files[Kind.PURPOSE, code], f"purpose[{code}]"
        for name in purpose.missing():
            yield Fault(file, f"{key}.{name}", Rule.MISSING_KEY)
        for number, basis in enumerate(purpose.bases):
            yield from _article(entries, basis, file, f"{key}.bases[{number}].article")
    for code, reason in entries[Kind.REASON].items():
        if isinstance(reason, Reason) and reason.basis is not None:
            file, key = files[Kind.REASON, code], f"reason[{code}].basis.article"
            yield from _article(entries, reason.basis, file, key)


def _article(entries: Entries, basis: Basis, file: str, key: str) -> Iterator[Fault]:
    law = entries[Kind.LAW].get(basis.law)
    if isinstance(law, Law) and basis.article and law.article(basis.article) is None:
        yield Fault(file, key, Rule.UNKNOWN_CODE, f"law {basis.law!r}, article {basis.article}")


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
            elif isinstance(entry, Reason) and entry.basis is not None:
                yield kind, code, "basis.law", entry.basis.law, Kind.LAW
            elif isinstance(entry, Purpose):
                yield from _of_purpose(entry)


def _of_purpose(purpose: Purpose) -> Iterator[tuple[Kind, str, str, str, Kind]]:
    for key, codes, where in (
        ("fields", purpose.fields, Kind.FIELD),
        ("roles", purpose.roles, Kind.ROLE),
        ("bases", [basis.law for basis in purpose.bases], Kind.LAW),
    ):
        for number, wanted in enumerate(codes):
            yield Kind.PURPOSE, purpose.code, f"{key}[{number}]", wanted, where
