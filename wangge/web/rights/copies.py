"""What is held about a person as a file that machines read; names of the keys stay the same in every language."""

from typing import Any

from wangge.people.actions.rights_state import Stated

FORMAT = "wangge-my-data/1"


def body(stated: Stated) -> dict[str, Any]:
    """The statement as JSON: facts, purposes, looks; moments in ISO 8601."""
    return {
        "format": FORMAT,
        "given_at": stated.at.isoformat(),
        "facts": [
            {
                "code": fact.code, "label": fact.label, "value": fact.value, "told_by": fact.told_by,
                "told_on": fact.told_on, "purposes": list(fact.purposes),
            }
            for fact in stated.held.facts
        ],
        "purposes": [
            {"code": why.code, "label": why.label, "laws": list(why.laws), "kept": why.kept, "refusing": why.refusing}
            for why in stated.held.why
        ],
        "looks": [
            {
                "at": look.at.isoformat(), "what": look.what, "role": look.role, "organisation": look.organisation,
                "purpose": look.purpose, "task": look.task,
            }
            for look in stated.looks
        ],
    }  # fmt: skip
