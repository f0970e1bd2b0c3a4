"""Every figure counted again, slowly: written from the definitions alone, in plain Python over all rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median, median_low
from typing import Any
from zoneinfo import ZoneInfo

from wangge.access.models import Post
from wangge.cases.models import Case, Step
from wangge.clocks.models import Day
from wangge.places.models import Area, Belonging, Grid

ZONE = ZoneInfo("Asia/Shanghai")
OVER_STATES = {"closed", "self_handled", "not_accepted", "voided"}


@dataclass
class Ground:
    """Everything there is, read row by row."""

    cases: list[Case]
    steps: dict[int, list[Step]]
    belongings: list[Belonging]
    off: dict[date, str]

    @staticmethod
    def read() -> "Ground":
        steps: dict[int, list[Step]] = defaultdict(list)
        for step in Step.objects.all():
            steps[step.case_id].append(step)
        for each in steps.values():
            each.sort(key=lambda step: (step.at, step.pk))
        off = dict(Day.objects.values_list("date", "kind"))
        return Ground(list(Case.objects.all()), steps, list(Belonging.objects.all()), off)

    def lies_in(self, area: int, top: int, day: date) -> bool:
        """Whether an area lay in another on a day; before its first record it lay where that begins."""
        at: int | None = area
        while at is not None:
            if at == top:
                return True
            rows = sorted((b for b in self.belongings if b.child_id == at), key=lambda b: b.valid_from)
            at = ([b for b in rows if b.valid_from <= day] or rows[:1])[-1].parent_id
        return False

    def said(self, case: Case, verb: str) -> list[Step]:
        return [step for step in self.steps[case.pk] if step.verb == verb]

    def is_duplicate(self, case: Case) -> bool:
        refusals = self.said(case, "not_accept")
        return case.state == "not_accepted" and bool(refusals) and refusals[-1].reason == "not_accepted.same_pending"

    def office_minutes(self, case: Case) -> int:
        """Minutes of 9–12 and 13–17 on working days from report to end, without suspended time."""
        stops = [step for step in self.steps[case.pk] if step.verb in ("suspend", "resume")]
        seconds = 0.0
        assert case.done_at is not None
        day = case.reported_at.astimezone(ZONE).date()
        while day <= case.done_at.astimezone(ZONE).date():
            works = self.off.get(day, "workday" if day.weekday() < 5 else "holiday") == "workday"
            for opens, closes in ((9, 12), (13, 17)) if works else ():
                a = max(datetime(day.year, day.month, day.day, opens, tzinfo=ZONE), case.reported_at)
                b = min(datetime(day.year, day.month, day.day, closes, tzinfo=ZONE), case.done_at)
                seconds += max(0.0, (b - a).total_seconds())
                for stop, go in zip(stops[::2], stops[1::2], strict=False):
                    seconds -= max(0.0, (min(b, go.at) - max(a, stop.at)).total_seconds())
            day += timedelta(days=1)
        return int(seconds) // 60


def local(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def of_period(ground: Ground, area: int, first: date, last: date, by: date | None) -> dict[str, Any]:
    """Counts of a period; `by` is the day whose plan is used, None for the plan of each day."""
    found: dict[str, Any] = dict.fromkeys(
        ("reports", "voided", "duplicates", "closed", "asked", "answered", "solved"), 0
    )
    dispatch, close = [], []
    for case in ground.cases:
        day = local(case.reported_at)
        if first <= day <= last and ground.lies_in(case.area_id, area, by or day):
            kind = "voided" if case.state == "voided" else "duplicates" if ground.is_duplicate(case) else "reports"
            found[kind] += 1
            if kind == "reports" and case.dispatched_at:
                dispatch.append(int((case.dispatched_at - case.reported_at).total_seconds()) // 60)
        if case.done_at and case.state in ("closed", "self_handled"):
            day = local(case.done_at)
            if first <= day <= last and ground.lies_in(case.area_id, area, by or day):
                found["closed"] += 1
                close.append(ground.office_minutes(case))
        askings = ground.said(case, "pass_check")
        if askings and case.state != "voided":
            last_asking = askings[-1]
            day = local(last_asking.at)
            if first <= day <= last and ground.lies_in(case.area_id, area, by or day):
                order = ground.steps[case.pk]
                after = [step.verb for step in order[order.index(last_asking) + 1 :] if step.verb.startswith("rate_")]
                found["asked"] += 1
                found["answered"] += bool(after)
                found["solved"] += after[:1] == ["rate_solved"]
    return found | {
        "dispatch": median_low(dispatch) if dispatch else None, "close": median_low(close) if close else None
    }  # fmt: skip


def of_now(ground: Ground, area: int, now: datetime) -> dict[str, Any]:
    """What is open at a moment in an area as it is today."""
    found: dict[str, Any] = dict.fromkeys(("over", "near", "calm", "paused", "danger"), 0)
    units: dict[int, int] = defaultdict(int)
    for case in ground.cases:
        if case.state in OVER_STATES or not ground.lies_in(case.area_id, area, local(now)):
            continue
        used, left = now - case.stage_at, case.due_at - now
        if case.due_at < now:
            colour = "over"
            units[case.lead_id or 0] += 1
        elif case.state == "suspended":
            colour = "paused"
        else:
            colour = "near" if used >= left else "calm"
        found[colour] += 1
        found["danger"] += case.urgent
    return found | {"units": dict(units)}


def of_weekdays(ground: Ground, area: int, now: datetime) -> tuple[int, float]:
    """Reports today until now, and the median of the eight same weekdays before, until the same time."""
    numbers = []
    for weeks in range(9):
        then = now.astimezone(ZONE) - timedelta(weeks=weeks)
        numbers.append(
            sum(
                local(case.reported_at) == then.date() and case.reported_at <= then and case.state != "voided"
                and not ground.is_duplicate(case) and ground.lies_in(case.area_id, area, then.date())
                for case in ground.cases
            )
        )  # fmt: skip
    return numbers[0], float(median(numbers[1:]))


def unstaffed(ground: Ground, area: int, now: datetime) -> set[int]:
    """Grids of today without anybody in the post of a grid worker."""
    held = {
        post.area_id
        for post in Post.objects.filter(role_id="grid_worker")
        if post.valid_from <= now and (post.valid_to is None or post.valid_to > now)
    }
    wholes = {grid.area_id for grid in Grid.objects.all() if grid.kind in ("total_grid", "dedicated_grid")}
    grids = {one.pk for one in Area.objects.all() if one.level == "grid" and one.valid_to is None} - wholes
    return {one for one in grids - held if ground.lies_in(one, area, local(now))}
