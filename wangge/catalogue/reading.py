"""Reads the definition files: ours first, then the city's on top, code by code; finds all faults at once."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import ValidationError

from wangge.catalogue.checks import cross
from wangge.catalogue.faults import Fault, Faulty, Rule, of_error
from wangge.catalogue.keeping import faults_of_keeping
from wangge.catalogue.kept import core_of, lost
from wangge.catalogue.needs import betraying
from wangge.catalogue.parts import Entry
from wangge.catalogue.schema import SCHEMA, AnyEntry, Category, StageLimit
from wangge.catalogue.words import Kind, Stage

SHIPPED = Path(__file__).parent / "definitions"

KINDS = frozenset(kind.value for kind in Kind)
T = TypeVar("T", bound=Entry)

_parse = lru_cache(maxsize=64)(tomllib.loads)  # our own files are read again and again; tables are never changed


class Body(NamedTuple):
    """An entry in its normal form, ready to be kept as a version."""

    kind: Kind
    code: str
    body: dict[str, Any]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the body's canonical JSON."""
        return hashlib.sha256(canonical(self.body)).hexdigest()


@dataclass
class Raw:
    """An entry as the files have it; `files` says which file gave which key."""

    body: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def overlay(self, body: Mapping[str, Any], file: str) -> None:
        """Lay a later layer on top: a key given replaces ours, a key left out stays."""
        self.body.update(body)
        self.files.update(dict.fromkeys(body, file))
        self.last = file


@dataclass(frozen=True)
class Catalogue:
    """All entries of a reading, by kind and code, and the file each came from."""

    entries: Mapping[Kind, Mapping[str, AnyEntry]]
    files: Mapping[tuple[Kind, str], str]

    def of(self, model: type[T]) -> dict[str, T]:
        return cast("dict[str, T]", dict(self.entries[model.kind]))

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """Return every entry in its normal form: keys of the files, defaults left out, sorted."""
        return tuple(
            Body(kind, code, body_of(entry))
            for kind, entries in sorted(self.entries.items())
            for code, entry in sorted(entries.items())
        )

    @property
    def digest(self) -> str:
        """Return one digest over all entries; it changes when anything changes."""
        return hashlib.sha256(canonical([[b.kind, b.code, b.digest] for b in self.bodies])).hexdigest()


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def body_of(entry: AnyEntry) -> dict[str, Any]:
    return entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def entry_of(kind: str, body: Mapping[str, Any]) -> AnyEntry:
    """Return the typed entry of a kept body. Raises pydantic's ValidationError."""
    return SCHEMA[Kind(kind)].model_validate_json(json.dumps(body))


def read(city: Path | None = None, *, shipped: Path = SHIPPED) -> Catalogue:
    """Read our definitions and, on top, the city's folder. Raises Faulty with every fault found."""
    faults: list[Fault] = []
    raws: dict[tuple[Kind, str], Raw] = {}
    _overlay(raws, shipped, faults)
    core = core_of({key: raw.body for key, raw in raws.items()})
    if city:
        _overlay(raws, city, faults)
    entries: dict[Kind, dict[str, AnyEntry]] = {kind: {} for kind in Kind}
    for (kind, code), raw in raws.items():
        if (entry := _checked(kind, code, raw, faults)) is not None:
            entries[kind][code] = entry
    files = {key: raw.last for key, raw in raws.items()}
    known = {kind: {code for k, code in raws if k is kind} for kind in Kind}
    faults += cross(entries, files, known)
    faults += lost(core, entries[Kind.UNCOLLECTED], files)
    faults += betraying(entries, files)
    faults += faults_of_keeping(entries, files, known)
    if faults:
        raise Faulty(faults)
    _fill_clocks(entries)
    return Catalogue(entries, files)


def _overlay(raws: dict[tuple[Kind, str], Raw], folder: Path, faults: list[Fault]) -> None:
    if not folder.is_dir():
        faults.append(Fault(str(folder), "", Rule.NO_FOLDER))
        return
    seen: dict[tuple[Kind, str], str] = {}
    for path in sorted(folder.rglob("*.toml")):
        file = path.relative_to(folder.parent).as_posix()
        for kind, code, body in _tables(path, file, faults):
            if (kind, code) in seen:
                faults.append(Fault(file, f"{kind}[{code}]", Rule.DUPLICATE_CODE, seen[kind, code]))
                continue
            seen[kind, code] = file
            raws.setdefault((kind, code), Raw()).overlay(body, file)


def _tables(path: Path, file: str, faults: list[Fault]) -> Iterator[tuple[Kind, str, dict[str, Any]]]:
    try:
        document = _parse(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        faults.append(Fault(file, "", Rule.NOT_TOML, str(problem)))
        return
    for name, tables in document.items():
        if name not in KINDS:
            faults.append(Fault(file, name, Rule.UNKNOWN_KEY))
        elif not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            faults.append(Fault(file, name, Rule.WRONG_TYPE, f"write [[{name}]]"))
        else:
            for number, table in enumerate(tables, start=1):
                if isinstance(code := table.get("code"), str):
                    yield Kind(name), code, table
                else:
                    faults.append(Fault(file, f"{name}[{number}].code", Rule.MISSING_KEY))


def _checked(kind: Kind, code: str, raw: Raw, faults: list[Fault]) -> AnyEntry | None:
    try:
        return SCHEMA[kind].model_validate_json(json.dumps(raw.body, default=lambda value: value.isoformat()))
    except ValidationError as problem:
        for error in problem.errors():
            file = raw.files.get(str(error["loc"][0]) if error["loc"] else "", raw.last)
            faults.append(of_error(file, f"{kind}[{code}]", error))
        return None


def _fill_clocks(entries: dict[Kind, dict[str, AnyEntry]]) -> None:
    """Give every category all its clocks, so that its version stands on its own when the limits change later."""
    limits = [entry for entry in entries[Kind.LIMIT].values() if isinstance(entry, StageLimit)]
    for code, entry in entries[Kind.CATEGORY].items():
        if isinstance(entry, Category):
            usual = {
                each.code: (each.urgent if entry.urgent else None) or each.ordinary
                for each in limits
                if isinstance(each.code, Stage)
            }
            entries[Kind.CATEGORY][code] = entry.model_copy(update={"clocks": usual | dict(entry.clocks)})
