"""The register of purposes as residents read it: what is kept, why, by which law, who sees it, how long."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, open_to_all
from wangge.catalogue import queries as catalogue
from wangge.catalogue.lawful import Law, Purpose
from wangge.catalogue.lawful_words import ground, kept_for
from wangge.catalogue.purposes import in_order, laws
from wangge.web.templatetags.wg import language


@dataclass(frozen=True)
class Told:
    """One purpose in the words of the page."""

    code: str
    label: str
    notice: str
    refusing: str
    kept: str
    fields: tuple[str, ...]
    roles: tuple[str, ...]
    grounds: tuple[str, ...]
    is_by_consent: bool


@open_to_all
@require_safe
def purposes(request: Request) -> HttpResponse:
    """Every purpose in use that a law in force carries today; with `only` one of them, as a notice to print."""
    today, only = localdate(request.now), request.GET.get("only", "")
    register = told(today)
    alone = [one for one in register if one.code == only]
    return render(request, "privacy/purposes.html", {
        "register": alone or register, "is_alone": bool(alone), "today": today,
    })  # fmt: skip


def told(today: date) -> list[Told]:
    """The purposes in use that a law in force carries on a day, in the language of the page."""
    known = laws()
    fields = {held.code: held.entry.label.text(language()) for held in catalogue.fields()}
    roles = {code: held.entry.label.text(language()) for code, held in catalogue.roles().items()}
    return [_told(held.entry, known, fields, roles) for held in in_order() if held.entry.is_lawful(known, today)]


def _told(purpose: Purpose, laws: dict[str, Law], fields: dict[str, str], roles: dict[str, str]) -> Told:
    said = language()
    return Told(
        purpose.code,
        purpose.label.text(said),
        purpose.notice.text(said) if purpose.notice else "",
        purpose.refusing.text(said) if purpose.refusing else "",
        kept_for(purpose.retention, said) if purpose.retention else "",
        tuple(fields[code] for code in purpose.fields if code in fields),
        tuple(roles[code] for code in purpose.roles if code in roles),
        tuple(ground(basis, laws, said) for basis in purpose.bases),
        purpose.consent,
    )
