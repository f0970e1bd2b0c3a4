"""What the book says of a run: counts, digest and seals recomputed from its entries alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wangge.core.retention import digest_of_parts
from wangge.ledger import seals
from wangge.ledger.models import Entry, Seal
from wangge.people.models import RetentionCertificate, RetentionRun

Line = tuple[str, int, int | None, int]


@dataclass(frozen=True)
class Proof:
    """Category, version, area and rows of everything removed; rows that went along by table; the seals over it."""

    lines: tuple[Line, ...]
    along: dict[str, int]
    entries: int
    digest: str
    first_seal: int
    last_seal: int
    seal_digest: str

    @property
    def rows(self) -> int:
        return sum(rows for *_line, rows in self.lines)


def proof_of(run: RetentionRun) -> Proof | None:
    """Read a run out of the book; None while an entry is not sealed yet, or when it removed nothing."""
    found = Entry.objects.filter(subject=run.ledger_subject, verb="retention.remove").order_by("id")
    entries = list(found.values_list("xid", "facts"))
    if not entries:
        return None
    xids = [xid for xid, _facts in entries]
    first = Seal.objects.filter(below_xid__gt=min(xids)).order_by("id").first()
    last = Seal.objects.filter(below_xid__gt=max(xids)).order_by("id").first()
    if first is None or last is None:
        return None
    rows: Counter[tuple[str, int, int | None]] = Counter()
    along: Counter[str] = Counter()
    for _xid, facts in entries:
        for area, number in _pairs(facts["areas"]):
            rows[facts["category"], facts["rule"], int(area) or None] += number
        along.update(dict(_pairs(facts["along"])))
    lines = sorted(((*key, number) for key, number in rows.items()), key=lambda line: (line[0], line[1], line[2] or 0))
    digest = digest_of_parts(facts["digest"] for _xid, facts in entries)
    return Proof(
        tuple(lines), dict(along), len(entries), digest, first.pk, last.pk, bytes(last.digest).hex()
    )  # fmt: skip


def _pairs(said: list[str]) -> Iterator[tuple[str, int]]:
    for one in said:
        name, _colon, number = one.rpartition(":")
        yield name, int(number)


def faults_of(certificate: RetentionCertificate) -> tuple[str, ...]:
    """Recompute a certificate from the book and say in sentences what does not agree; nothing when all does."""
    found = proof_of(certificate.run)
    if found is None:
        return (_("The book holds no sealed entry of this run."),)
    said = {
        _("counts by category and area"): (found.lines, tuple(_line(line) for line in certificate.lines)),
        _("rows"): (found.rows, certificate.rows),
        _("rows that went along"): (found.along, certificate.along),
        _("entries"): (found.entries, certificate.entries),
        _("digest of the removed keys"): (found.digest, certificate.digest),
        _("seals"): ((found.first_seal, found.last_seal), (certificate.first_seal, certificate.last_seal)),
        _("digest of the last seal"): (found.seal_digest, certificate.seal_digest),
    }
    differing = [_("%(what)s: the book says otherwise") % {"what": what} for what, (a, b) in said.items() if a != b]
    return (*differing, *seals.faults_between(certificate.first_seal, certificate.last_seal))


def _line(line: list[object]) -> tuple[object, ...]:
    return tuple(line)
