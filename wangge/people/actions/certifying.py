"""A certificate of what a run removed, made from the book when all of its entries are sealed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from wangge.access.action import action, note
from wangge.access.actor import Actor
from wangge.people.models import RetentionCertificate, RetentionRun
from wangge.people.queries.proof import Proof, proof_of
from wangge.people.rules import may_erase
from wangge.people.words import RunState


def certify(run: RetentionRun, *, by: Actor, now: datetime) -> RetentionCertificate | None:
    """Certify a run that is done; None while some of its entries are not sealed yet."""
    proof = proof_of(run)
    return issue(run, proof, by=by, now=now) if proof is not None else None


@action("retention.certify", needs=may_erase)
def issue(run: RetentionRun, proof: Proof, *, by: Actor, now: datetime) -> RetentionCertificate:
    """Write the certificate down; its period begins where the one before ended."""
    assert run.finished_at is not None
    before = RetentionCertificate.objects.filter(run__lt=run).order_by("-until").values_list("until", flat=True).first()
    made = RetentionCertificate.objects.create(
        run=run, number=f"{localdate(run.finished_at).year}-{run.pk:06d}", made_at=now, since=before or run.asked_at,
        until=run.finished_at, rows=proof.rows, along=proof.along, entries=proof.entries, lines=list(proof.lines),
        digest=proof.digest, first_seal=proof.first_seal, last_seal=proof.last_seal, seal_digest=proof.seal_digest,
        backups_until=localdate(run.finished_at) + timedelta(days=settings.WANGGE.old_key_days),
    )  # fmt: skip
    run.state = RunState.CERTIFIED
    run.save(update_fields=["state"])
    note(run=run.pk, rows=proof.rows, digest=proof.digest, first_seal=proof.first_seal, last_seal=proof.last_seal)
    return made
