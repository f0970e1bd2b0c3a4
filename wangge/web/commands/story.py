"""`wangge demo --story`: a day told in the running demo, one sentence for each step."""

import time
from datetime import datetime

import click
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.cases.words import VERBS
from wangge.catalogue import queries as catalogue
from wangge.jobs.system import as_system
from wangge.web.demo import mark
from wangge.web.demo.stories import RESIDENT
from wangge.web.demo.story import Day, Told

REPORTS = 24
DAY = 24 * 60


def tell(speed: float, seed: int) -> None:
    """Play the day until it is over or somebody stops it; what was done stays in the demo."""
    mark.refuse_without_demo()
    day = Day(REPORTS, seed)
    with as_system("demo"):
        roles = {
            code: held.entry.label.text("en" if (get_language() or "").startswith("en") else "zh-Hans")
            for code, held in catalogue.roles().items()
        }
    clock, done = _Clock(day.begins(), speed), 0
    try:
        for told in day.play(clock):
            done += 1
            click.echo(f"{done:>3}/{day.length} {sentence(told, roles)}")
    except KeyboardInterrupt:
        click.echo()
    finally:
        day.end()
    click.echo(_("%(done)d steps told; they stay in the demo.") % {"done": done})


def sentence(told: Told, roles: dict[str, str]) -> str:
    """What happened, in plain words."""
    at = f"{told.minute // 60 % 24:02}:{told.minute % 60:02}"
    who = _("A resident") if told.role == RESIDENT else f"{told.who} · {roles.get(told.role, told.role)}"
    end = told.words
    if told.refused:
        end = _("refused: %(reason)s") % {"reason": told.refused}
    day = _("the next day") if told.minute >= DAY else ""
    parts = (day, who, str(VERBS[told.verb].label), told.number, told.place, end)
    return f"{at}  {' · '.join(part for part in parts if part)}"


class _Clock:
    """The clock of the script beside the real one: `speed` minutes of the story in a minute."""

    def __init__(self, minute: int, speed: float) -> None:
        self._first, self._speed, self._begun = minute, speed, time.monotonic()

    def __call__(self, minute: int) -> datetime:
        """Wait until the script has come to this minute; return the real moment."""
        due = self._begun + (minute - self._first) * 60 / self._speed
        time.sleep(max(0.0, due - time.monotonic()))
        return timezone.now()
