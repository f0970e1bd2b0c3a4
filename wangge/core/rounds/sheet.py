"""The round sheet (入户单) for paper: A4, the doors in walking order with boxes to tick, and the drawing of the round.

One HTML file with its print style inside and no script. It bears doors and words how to act, never a name: names and
numbers of people do not leave the house on a list.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType

from wangge.core.rounds.drawing import Ring, draw
from wangge.core.rounds.stops import Round, Visit
from wangge.core.rounds.style import STYLE
from wangge.core.rounds.words import Words, name_of, words_of

ROWS = 26
"""Doors on a page: rows of 7.4 mm."""
BESIDE, ALONE = 14, 36
"""Stops that find room under the drawing; where there are more, so many are on a page of their own."""
LARGE = {ROWS: 17, BESIDE: 12, ALONE: 25}
"""The same in large print (大字)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on a sheet beside its doors.

    `title` and `place` say what for and where; `questions` are at most three, each with the word above its column;
    `reminders` are how-to-act words by door; `footer` says where the sheet goes back to, `code` which one it is.
    `emblem` is markup that is drawn beside the title as it is, a QR code for instance: only of whoever prints.
    """

    title: str
    place: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    reminders: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    footer: str = ""
    code: str = ""
    emblem: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet: the stop and the door, which may be left to be written in; a rule above a new floor."""

    number: int
    stop: str
    door: str
    is_new: bool


Headed = Sequence[tuple[Heading, Round]]
Footprints = Mapping[str, Sequence[Ring]]


def print_sheets(
    rounds: Headed,
    language: str = "zh-Hans",
    footprints: Footprints | None = None,
    crew: int = 1,
    *,
    is_large: bool = False,
) -> str:
    """Return one file with the sheets of all rounds; see `sheets`."""
    inside = sheets(rounds, language, footprints, crew, is_large=is_large)
    title = escape(rounds[0][0].title) if rounds else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{inside}\n</body>\n</html>\n"
    )


def sheets(
    rounds: Headed,
    language: str = "zh-Hans",
    footprints: Footprints | None = None,
    crew: int = 1,
    *,
    is_large: bool = False,
    key: str = "r",
) -> str:
    """Return the sheets of all rounds, each on pages of its own; a split one as the rounds it became.

    They look right with the style `SHEETS`. In large print they have fewer rows on a page. `key` begins the names of
    what is in them, where sheets of several calls stand in one page.
    """
    words = words_of(language)
    sections = []
    for number, (heading, found) in enumerate(rounds, 1):
        for part, one in enumerate(found.split or (found,), 1):
            sheet = _Sheet(heading, one, words, language, crew, f"{key}{number}-{part}", is_large)
            sections += sheet.pages(found, part, footprints)
    return "\n".join(sections)


@dataclass(frozen=True, slots=True)
class _Sheet:
    heading: Heading
    found: Round
    words: Words
    language: str
    crew: int
    key: str
    is_large: bool

    def _most(self, rows: int) -> int:
        return LARGE[rows] if self.is_large else rows

    def pages(self, whole: Round, part: int, footprints: Footprints | None) -> list[str]:
        """The page with the drawing and the stops, then as many as the doors need."""
        split = ""
        if whole.split:
            said = self.words.split.format(number=part, count=len(whole.split))
            told = self.words.whole.format(minutes=_up(whole.minutes), limit=f"{whole.limit:g}", count=len(whole.split))
            split = f'<p class="split"><b>{escape(said)}</b> {escape(told)}</p>'
        drawing = draw(self.found, footprints, self.language, self.key)
        stops, lines = list(enumerate(self.found.visits, 1)), list(self._lines())
        beside, alone = (stops, []) if len(stops) <= self._most(BESIDE) else ([], stops)
        most, rows = self._most(ALONE), self._most(ROWS)
        bodies = [f"{split}<figure>{drawing}</figure>{self._stops(beside) if beside else ''}"]
        bodies += [self._stops(alone[at : at + most]) for at in range(0, len(alone), most)]
        bodies += [self._doors(lines[at : at + rows]) for at in range(0, len(lines), rows)]
        kind = "page" + " full" * bool(beside) + " large" * self.is_large
        return [
            f'<section class="{kind}">{self._head()}{body}{self._foot(number, len(bodies))}</section>'
            for number, body in enumerate(bodies, 1)
        ]

    def _head(self) -> str:
        words, found = self.words, self.found
        facts = [
            escape(self.heading.place),
            f"<b>{escape(words.households.format(count=found.households))}</b>",
            escape(words.about.format(minutes=_up(found.minutes)))
            + (escape(words.crew.format(count=self.crew)) if self.crew > 1 else ""),
        ]
        blanks = "".join(
            f"<span>{escape(one)} <i></i></span>" for one in (words.name, words.day, words.began, words.ended)
        )
        emblem = self.heading.emblem
        begin = f'<header class="marked"><div class="emblem">{emblem}</div>' if emblem else "<header>"
        return (
            f"{begin}<h1>{escape(self.heading.title)}</h1><p>{' '.join(one for one in facts if one)}</p>"
            f'<p class="blanks">{blanks}</p></header>'
        )

    def _foot(self, number: int, count: int) -> str:
        words = self.words
        page = escape(words.page.format(number=number, count=count))
        code = f"{escape(self.heading.code)} " if self.heading.code else ""
        return (
            f"<footer><p>{escape(words.rules)}</p><p><span>{escape(self.heading.footer)}</span>"
            f"<span>{code}{page}</span></p></footer>"
        )

    def _stops(self, stops: Sequence[tuple[int, Visit]]) -> str:
        words = self.words
        heads = (words.order, words.stop, words.count, words.arrives, words.at_the_door, words.walked)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in self._stop(number, visit)) + "</tr>"
            for number, visit in stops
        )
        head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
        return f'<table class="stops"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'

    def _stop(self, number: int, visit: Visit) -> Iterator[str]:
        minute, late = self.words.minute, visit.stop.id in self.found.late
        yield str(number)
        yield self._name(visit) + (f" ({self.words.late})" if late else "")
        yield str(visit.stop.households)
        yield self._clock(visit.begins)
        yield minute.format(count=_up(visit.leaves - visit.begins))
        yield self.words.metres.format(count=math.ceil(visit.walked_m))

    def _name(self, visit: Visit) -> str:
        return name_of(visit.stop.building, visit.stop.id, visit.stop.part, visit.stop.parts, self.words)

    def _clock(self, minutes: float) -> str:
        """A time of the day where the round has one, else minutes since it began."""
        if not self.found.begins:
            return self.words.minute.format(count=f"+{math.floor(minutes)}")
        return f"{int(minutes) // 60 % 24:02}:{int(minutes) % 60:02}"

    def _lines(self) -> Iterator[Line]:
        number = 0
        for visit in self.found.visits:
            stop, floor = visit.stop, None
            known = [(door.name, door.floor) for door in stop.downward()] or [("", 0)] * stop.households
            for door, on in known:
                number += 1
                yield Line(number, "" if door else self._name(visit), door, is_new=on != floor)
                floor = on

    def _doors(self, lines: Sequence[Line]) -> str:
        words, asked = self.words, self.heading.questions
        marks = "①②③"
        ask = " ".join(f"{mark} {question}" for mark, (question, _) in zip(marks, asked, strict=False))
        box = f'<p class="ask">{f"<b>{escape(words.ask)}</b> {escape(ask)}<br>" if asked else ""}'
        columns = (words.order, words.door, *((words.reminder,) if self.heading.reminders else ()))
        heads = [f"<th>{escape(one)}</th>" for one in columns]
        heads += [
            f'<th class="answer">{mark}<br>{escape(over)}</th>' for mark, (_, over) in zip(marks, asked, strict=False)
        ]
        heads += [f"<th>{escape(one)}</th>" for one in words.outcomes]
        ticks = '<td class="answer"><i></i></td>' * len(asked) + "<td><i></i></td>" * len(words.outcomes)
        rows = "".join(
            f"<tr{' class=new' if line.is_new else ''}><td>{line.number}</td>{self._door(line)}{ticks}<td></td></tr>"
            for line in lines
        )
        return (
            f'{box}<b>{escape(words.never)}</b></p><table class="doors"><thead><tr>{"".join(heads)}'
            f"<th>{escape(words.writing)}</th></tr></thead><tbody>{rows}</tbody></table>"
        )

    def _door(self, line: Line) -> str:
        reminders = self.heading.reminders
        if not line.door:
            wide = ' colspan="2"' if reminders else ""
            return f'<td class="open"{wide}>{escape(line.stop)} <u></u></td>'
        reminder = f'<td class="reminder">{escape(reminders.get(line.door, ""))}</td>' if reminders else ""
        return f'<td class="door">{escape(line.door)}</td>{reminder}'


def _up(minutes: float) -> int:
    """Minutes as people plan with them: a begun one counts."""
    return math.ceil(minutes - 1e-9)
