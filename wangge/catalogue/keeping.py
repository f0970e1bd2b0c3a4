"""Rules of retention: how long each kind of thing is kept after what, and on what ground; a city may set them anew."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from wangge.catalogue.faults import Fault, Rule
from wangge.catalogue.lawful import Basis, Law, Purpose
from wangge.catalogue.parts import Code, Entry, Label
from wangge.catalogue.words import Kind, Mark
from wangge.core.retention import Start, Way


class RetentionRule(Entry):
    """How long things of one category are kept: `days` natural days after `start`, then `way` is done.

    The code is that of a category which an app has registered. `purpose` is the purpose for which it was collected: it
    is kept no longer than that purpose tells residents.
    """

    kind = Kind.RETENTION
    code: Code
    start: Start
    way: Way
    days: int = Field(ge=0, le=36_500)
    bases: tuple[Basis, ...] = Field(min_length=1)
    reason: Label
    purpose: Code | None = None
    order: int = 0
    mark: Mark


def faults_of_keeping(
    entries: Mapping[Kind, Mapping[str, Entry]], files: Mapping[tuple[Kind, str], str], known: Mapping[Kind, set[str]]
) -> Iterator[Fault]:
    """Return a fault for each code that nothing has, and for each rule that keeps longer than residents were told.

    `known` also holds codes whose entries are themselves faulty.
    """
    for code, rule in entries[Kind.RETENTION].items():
        if not isinstance(rule, RetentionRule):
            continue
        file, key = files[Kind.RETENTION, code], f"retention[{code}]"
        if rule.purpose and rule.purpose not in known[Kind.PURPOSE]:
            yield Fault(file, f"{key}.purpose", Rule.UNKNOWN_CODE, f"purpose {rule.purpose!r}")
        for number, basis in enumerate(rule.bases):
            if basis.law not in known[Kind.LAW]:
                yield Fault(file, f"{key}.bases[{number}].law", Rule.UNKNOWN_CODE, f"law {basis.law!r}")
            law = entries[Kind.LAW].get(basis.law)
            if isinstance(law, Law) and basis.article and law.article(basis.article) is None:
                detail = f"law {basis.law!r}, article {basis.article}"
                yield Fault(file, f"{key}.bases[{number}].article", Rule.UNKNOWN_CODE, detail)
        purpose = entries[Kind.PURPOSE].get(rule.purpose or "")
        told = purpose.retention if isinstance(purpose, Purpose) and purpose.active else None
        if rule.active and told is not None and rule.days > told.days:
            yield Fault(file, f"{key}.days", Rule.KEPT_TOO_LONG, f"{rule.days} > {told.days}")
