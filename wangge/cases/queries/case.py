"""One case with all that stands around it: its way, its timeline, whose turn it is, what lies near."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.cases.models import Case, Contact, Photo, Step
from wangge.cases.queries.faces import Badge, badge, said
from wangge.cases.rules import holds, may, may_open_contact
from wangge.cases.words import ICONS, STEPS, VERBS, Verb
from wangge.catalogue import queries as catalogue
from wangge.core.clock_face import day_and_time
from wangge.core.labels import Language
from wangge.core.masking import masked_phone
from wangge.vault import queries as vault

NEAR = timedelta(weeks=12)
WAITING_STEPS = 3  # a case waits at the end of the first three steps, and stands inside the later ones

TURNS: dict[str, str | Promise] = {
    "reported": _("The intake desk"), "verifying": _("The grid worker"), "accepted": _("The dispatcher"),
    "filed": _("The dispatcher"), "returned": _("The duty chief"), "reopened": _("The dispatcher"),
    "extension": _("The duty chief"), "suspended": _("The duty chief"),
    "handled": _("Somebody who did not do the work"),
    "checking": _("Somebody who did not do the work"), "revisiting": _("The reporter"),
}  # fmt: skip

FIRST = (
    "accept", "verify", "dispatch", "grant_extension", "start", "handle", "resume", "pass_check", "rate_solved",
    "close_case", "urge", "reopen",
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A photo of the case."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Told:
    """One entry of the timeline."""

    verb: str
    at: datetime
    icon: str
    tone: str
    title: str
    who: str
    text: str
    is_public: bool
    photos: list[Picture] = field(default_factory=list)


@dataclass(frozen=True)
class WayStep:
    """One of the seven named steps: done, now or still to come."""

    label: str
    look: str
    note: str
    icon: str


@dataclass(frozen=True)
class Open:
    """A verb this person may see on the case; `reason` says why it is locked."""

    verb: Verb
    reason: str
    is_first: bool


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


def whole(number: str) -> Case | None:
    """The case as the actor may see it, with what its page needs."""
    found = Case.objects.select_related("area__parent", "area__grid", "lead", "compound", "building")
    return found.filter(number=number).first()


def steps(case: Case) -> list[Step]:
    """The steps of a case with actors, units and photos, the oldest first."""
    photos = Prefetch("photos", Photo.objects.select_related("file").order_by("order"))
    found: QuerySet[Step] = case.steps.select_related("actor__organisation", "unit").prefetch_related(photos)
    return list(found.order_by("at", "pk"))


def pictures(step: Step) -> list[Picture]:
    return [Picture(each.file.name, each.file.width, each.file.height) for each in step.photos.all()]


def posts(those: Iterable[Step]) -> dict[int, str]:
    """What the actors of the steps are: the label of their post."""
    names = catalogue.roles()
    held = Post.objects.filter(account_id__in={step.actor_id for step in those}).order_by("-id")
    return {post.account_id: said(names[post.role_id].entry.label) for post in held if post.role_id in names}


def story(case: Case, those: list[Step], now: datetime) -> list[Told]:
    """The timeline, the newest entry first."""
    roles = posts(those)
    last_dispatch = max((step.pk for step in those if step.verb == "dispatch"), default=0)
    return [_told(case, step, roles, now, is_last=step.pk == last_dispatch) for step in reversed(those)]


def _told(case: Case, step: Step, roles: dict[int, str], now: datetime, *, is_last: bool) -> Told:
    tone, icon = ICONS[step.target]
    title = str(VERBS[step.verb].label)
    if is_last and case.lead:
        title = str(_("%(verb)s: %(unit)s")) % {"verb": title, "unit": case.lead.name}
    return Told(
        step.verb, step.at, icon, {"wait": "waiting", "done": "good", "off": "hold"}.get(tone, tone), title,
        _who(step, roles), " · ".join(part for part in (_reason(step), step.note, _until(step, now)) if part),
        step.told, pictures(step),
    )  # fmt: skip


def _who(step: Step, roles: dict[int, str]) -> str:
    if step.verb in ("report", "supplement") and step.actor.kind == "public":
        return str(_("Resident"))
    if step.actor.kind != "person":
        return str(_("Resident")) if step.actor.kind == "public" else str(_("Automatic"))
    unit = step.unit or step.actor.organisation
    parts = (unit.name if unit else "", roles.get(step.actor_id, ""), step.actor.name)
    return " · ".join(part for part in parts if part)


def _reason(step: Step) -> str:
    if not step.reason:
        return ""
    try:
        return said(catalogue.reason(step.reason).entry.label)
    except catalogue.UnknownCode:
        return step.reason


def _until(step: Step, now: datetime) -> str:
    if step.until is None:
        return ""
    return str(_("until %(when)s")) % {"when": _moment(step.until, now)}


def _moment(at: datetime, now: datetime) -> str:
    local, today = localtime(at), localtime(now)
    return f"{local:%H:%M}" if local.date() == today.date() else day_and_time(local, today, language())


def way(case: Case, those: list[Step], now: datetime) -> list[WayStep]:
    """The seven named steps with the times at which they were reached, and the limit of the present one."""
    at = next(i for i, (_code, _label, states) in enumerate(STEPS) if case.state in states.split(" | "))
    present = at + 1 if at < WAITING_STEPS else at
    is_over = present == len(STEPS) - 1
    reached = _reached(those)
    made = []
    for i, (code, label, _states) in enumerate(STEPS):
        then = reached.get(code)
        is_done = (i < present and then is not None) or (is_over and i == present)
        note = _moment(then, now) if is_done and then else ""
        if i == present and not is_over:
            note = str(_("by %(when)s")) % {"when": _moment(case.due_at, now)}
        look = "done" if is_done else "now" if i == present else "next"
        made.append(WayStep(str(label), look, note, ICONS[case.state][1]))
    return made


def _reached(those: list[Step]) -> dict[str, datetime]:
    ends = {
        "report": "report", "register": "report", "accept": "accept", "dispatch": "dispatch", "handle": "handle",
        "pass_check": "check", "rate_solved": "revisit",
    }  # fmt: skip
    reached = {ends[step.verb]: step.at for step in those if step.verb in ends}
    last = [step.at for step in those if step.target in STEPS[-1][2].split(" | ") and step.origin != step.target]
    return reached | ({"close": last[-1]} if last else {})


def turn(case: Case) -> str:
    """Who has to do something now; empty when the case is over."""
    if case.state in ("dispatched", "in_progress", "rework") and case.lead:
        return case.lead.name
    return str(TURNS.get(case.state, ""))


def open_verbs(case: Case, actor: Actor) -> list[Open]:
    """The verbs of this person now, the first one first; locked ones with their reason, foreign ones not at all."""
    from_roles = [code for code in case.verbs if code != "take_back" and holds(actor, case, VERBS[code].roles)]
    judged = [(code, may(code)(actor, case) or "") for code in from_roles]
    free = [code for code, reason in judged if not reason]
    first = next((code for code in FIRST if code in free), "")
    verbs = [Open(VERBS[code], reason, code == first) for code, reason in judged]
    return sorted(verbs, key=lambda each: (not each.is_first, bool(each.reason)))


@dataclass(frozen=True)
class Reporter:
    """What the page may show of the reporter before a purpose is stated."""

    is_anonymous: bool
    masked: str
    may_open: bool
    has_original: bool
    is_destroyed: bool = False  # the key is gone: nobody opens it again


def reporter(case: Case, actor: Actor) -> Reporter:
    """The masked number for those who may ask for it; for the others only whether there is one."""
    if may_open_contact(actor, case):
        return Reporter(case.anonymous, "", may_open=False, has_original=False)
    held = Contact.objects.filter(case=case).first()
    if held is None:
        return Reporter(is_anonymous=True, masked="", may_open=True, has_original=False)
    try:
        phone = vault.open_sealed(
            held.compartment, bytes(held.phone), table=Contact._meta.db_table, column="phone", row=case.number
        )
    except vault.KeyDestroyed:
        return Reporter(case.anonymous, masked="", may_open=True, has_original=False, is_destroyed=True)
    return Reporter(
        case.anonymous, masked_phone(phone) if phone else "", may_open=True, has_original=held.original is not None
    )


@dataclass(frozen=True)
class Near:
    """Another case at the same place."""

    number: str
    state: Badge
    text: str
    reported_at: datetime


def same_place(case: Case, now: datetime, *, most: int = 5) -> list[Near]:
    """What was reported of the same building, else of the same place, in the last twelve weeks."""
    found = Case.objects.filter(reported_at__gte=now - NEAR).exclude(pk=case.pk)
    if case.building_id:
        found = found.filter(building_id=case.building_id)
    else:
        found = found.filter(area_id=case.area_id, compound=case.compound, building=None)
    rows = found.order_by("-reported_at", "-id").only("number", "state", "text", "reported_at")[:most]
    return [Near(each.number, badge(each.state), each.text, each.reported_at) for each in rows]


def photo(name: str) -> Photo | None:
    """A photo the actor may see, by its random name."""
    return Photo.objects.select_related("file").filter(file__name=name).first()
