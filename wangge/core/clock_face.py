"""What a clock says: in time, half used, overdue, paused or done, as data and as a sentence in two languages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wangge.core.deadlines import BadLimit, ClockKind
from wangge.core.labels import Language

_MINUTE = timedelta(minutes=1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Look(StrEnum):
    """The six looks of a clock."""

    IN_TIME = "in_time"
    HALF = "half"
    OVERDUE = "overdue"
    PAUSED = "paused"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"


@dataclass(frozen=True, slots=True)
class Face:
    """What to show.

    `left` is the time to `due` from now (from the end, once done), negative when late; `used` the time since the
    start; `share` = used / (used + left), above 1 when late; `working_days` those after today up to the due day, when
    the caller has counted them. Instants keep their zone: give them in the reader's.
    """

    kind: Look
    left: timedelta
    used: timedelta
    share: float
    now: datetime
    due: datetime
    paused_until: datetime | None = None
    working_days: int | None = None


def face(
    now: datetime,
    due: datetime,
    started: datetime,
    paused_until: datetime | None = None,
    done_at: datetime | None = None,
    *,
    half_at: datetime | None = None,
    working_days: int | None = None,
) -> Face:
    """Return what a clock shows at `now`.

    `half_at` is the instant at which half of the limit was used (`deadlines.reached`); without it, the middle
    between start and due. A clock that is done stays as it ended; a pause shows until it ends, whatever is left. The
    instants are aware and `due` lies after `started`; else BadLimit.
    """
    moments = (now, due, started, paused_until, done_at, half_at)
    if any(moment is not None and moment.utcoffset() is None for moment in moments):
        raise BadLimit("a clock needs instants with a time zone")
    if due <= started:
        raise BadLimit("a clock is due after its start")
    until = done_at or now
    half = half_at or started + (due - started) / 2
    return Face(
        kind=_look(now, due, half, paused_until, done_at),
        left=due - until,
        used=until - started,
        share=(until - started) / (due - started),
        now=now,
        due=due,
        paused_until=paused_until,
        working_days=working_days,
    )


def wording(face: Face, kind: ClockKind, language: Language) -> str:
    """Return the sentence of a face: "还剩 1 小时 12 分", "4 h left", "还剩 2 个工作日（到 11 月 24 日 17:00）"."""
    return _english(face, kind) if language == "en" else _chinese(face, kind)


def duration(span: timedelta, language: Language) -> str:
    """Return the length of a span, rounded down: minutes below an hour, hours and minutes below a day, then days."""
    days, hours, minutes = _parts(span)
    units = ("day" if days == 1 else "days", "h", "min") if language == "en" else ("天", "小时", "分")
    amounts = (days, hours, 0 if days else minutes)
    return " ".join(f"{n} {unit}" for n, unit in zip(amounts, units, strict=True) if n) or f"0 {units[2]}"


def day_and_time(moment: datetime, now: datetime, language: Language) -> str:
    """Return a moment as people say it, with the year only when it is another year than that of `now`."""
    return f"{_day(moment, now, language)} {moment:%H:%M}"


def _look(
    now: datetime, due: datetime, half: datetime, paused_until: datetime | None, done_at: datetime | None
) -> Look:
    if done_at is not None:
        return Look.DONE_IN_TIME if done_at <= due else Look.DONE_LATE
    if paused_until is not None and now < paused_until:
        return Look.PAUSED
    if now > due:
        return Look.OVERDUE
    return Look.HALF if now >= half else Look.IN_TIME


def _chinese(face: Face, kind: ClockKind) -> str:
    used = duration(face.used, "zh-Hans")
    match face.kind:
        case Look.DONE_IN_TIME:
            return f"按时，用了 {used}"
        case Look.DONE_LATE:
            return f"超时{_short(-face.left, 'zh-Hans')}，用了 {used}"
        case Look.PAUSED:
            return f"停表：挂账到 {_day(face.paused_until or face.due, face.now, 'zh-Hans')}"
        case Look.OVERDUE:
            return f"超时{_short(-face.left, 'zh-Hans')}"
    if kind is ClockKind.WORKING_DAY and face.working_days:
        return f"还剩 {face.working_days} 个工作日（到 {day_and_time(face.due, face.now, 'zh-Hans')}）"
    return f"还剩{_short(face.left, 'zh-Hans')}"


def _english(face: Face, kind: ClockKind) -> str:
    used = duration(face.used, "en")
    match face.kind:
        case Look.DONE_IN_TIME:
            return f"in time, took {used}"
        case Look.DONE_LATE:
            return f"overdue by {_short(-face.left, 'en')}, took {used}"
        case Look.PAUSED:
            return f"paused: suspended until {_day(face.paused_until or face.due, face.now, 'en')}"
        case Look.OVERDUE:
            return f"overdue by {_short(-face.left, 'en')}"
    if kind is ClockKind.WORKING_DAY and face.working_days:
        days = "working day" if face.working_days == 1 else "working days"
        return f"{face.working_days} {days} left (until {day_and_time(face.due, face.now, 'en')})"
    return f"{_short(face.left, 'en')} left"


def _short(span: timedelta, language: Language) -> str:
    if span < _MINUTE:
        return "less than 1 min" if language == "en" else "不到 1 分"
    return duration(span, language) if language == "en" else f" {duration(span, language)}"


def _parts(span: timedelta) -> tuple[int, int, int]:
    minutes = max(span // _MINUTE, 0)
    return minutes // 1440, minutes // 60 % 24, minutes % 60


def _day(moment: datetime, now: datetime, language: Language) -> str:
    same_year = moment.year == now.astimezone(moment.tzinfo).year
    if language == "en":
        return f"{moment.day} {_MONTHS[moment.month - 1]}" + ("" if same_year else f" {moment.year}")
    return ("" if same_year else f"{moment.year} 年 ") + f"{moment.month} 月 {moment.day} 日"
