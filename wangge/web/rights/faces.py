"""How a request looks in lists and on its card: the badge of its state, its clock, reason and law in words."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import get_language

from wangge.cases.queries.faces import Badge, calendar
from wangge.catalogue import queries as catalogue
from wangge.catalogue.lawful import Basis
from wangge.catalogue.lawful_words import ground as said
from wangge.catalogue.purposes import laws
from wangge.catalogue.queries import UnknownCode
from wangge.core.clock_face import Face, face
from wangge.core.deadlines import MissingYear, working_days_left
from wangge.people.models import RightsRequest
from wangge.people.models.rights_words import OPEN, State

LOOKS = {
    State.RECEIVED: ("inbox", "waiting"), State.CHECKED: ("user-check", "work"), State.GRANTED: ("check", "good"),
    State.PARTLY: ("equal", "warn"), State.REFUSED: ("ban", "hold"), State.TOLD: ("checks", "none"),
    State.TAKEN_BACK: ("arrow-back-up", "none"),
}  # fmt: skip
SHORTEST = timedelta(minutes=1)


def badge(request: RightsRequest) -> Badge:
    """The state as the component badge draws it."""
    icon, tone = LOOKS[State(request.state)]
    return Badge(str(State(request.state).label), icon, tone)


def clock(request: RightsRequest, now: datetime) -> Face | None:
    """What the clock of the answer shows; a request taken back has none."""
    if request.state == State.TAKEN_BACK:
        return None
    due, moment = localtime(request.due_at), localtime(now)
    days = None
    if request.state in OPEN and due > moment:
        try:
            days = working_days_left(moment, due, calendar())
        except MissingYear:
            days = None
    return face(
        moment, due, min(localtime(request.received_at), due - SHORTEST),
        done_at=localtime(request.answered_at) if request.answered_at else None, working_days=days,
    )  # fmt: skip


def ground(request: RightsRequest) -> str:
    """Why something was refused and by which law, in words; empty when nothing was."""
    if not request.reason:
        return ""
    language = get_language() or "zh-hans"
    try:
        reason = catalogue.reason(request.reason).entry.label.text(language)
    except UnknownCode:
        reason = request.reason
    basis = Basis(law=request.law, article=request.article or None)
    return f"{reason} · {said(basis, laws(), language)}"
