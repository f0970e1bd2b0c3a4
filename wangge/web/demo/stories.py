"""The table of stories: which verbs a demo case lives through, by whom, how fast. Verbs are those of the moves."""

from dataclasses import dataclass

RESIDENT = "resident"
STAFF_OPENING = "register"
RESIDENT_OPENING = "report"


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes from the step before: ordinary and when there is danger; `waits` stops at night."""

    ordinary: tuple[int, int]
    danger: tuple[int, int]
    waits: bool = True


PACES = {
    "soon": Pace((4, 35), (1, 5)),
    "trip": Pace((12, 90), (5, 20)),
    "hour": Pace((35, 200), (10, 40)),
    "work": Pace((120, 2600), (25, 110)),
    "long": Pace((1500, 4200), (240, 900)),
    "answer": Pace((60, 1900), (60, 900), waits=False),
    "silence": Pace((4320, 5000), (4320, 5000)),
    "season": Pace((60_000, 500_000), (60_000, 500_000)),
}


@dataclass(frozen=True, slots=True)
class Beat:
    """One move of a story. `asks` names the value: category, unit, other_unit, until:MINUTES, or the word itself."""

    verb: str
    role: str
    pace: str
    asks: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A way through the closed loop; `opening` is the verb it begins with, `weight` how often it is told."""

    name: str
    opening: str
    weight: int
    beats: tuple[Beat, ...]
    danger: bool = True


def _beats(text: str) -> tuple[Beat, ...]:
    return tuple(Beat(*row.split()) for row in text.split(";"))


_LOOK = "verify grid_worker trip exists"
_ACCEPT = "accept acceptor soon category"
_SEND = "dispatch dispatcher soon unit"
_IN = f"{_ACCEPT}; {_SEND}"
_DONE = "start handler hour; handle handler work"
_CHECKED = "send_to_check checker hour; pass_check checker trip"
_SOLVED = "rate_solved resident answer"
_SEEN = f"{_CHECKED}; {_SOLVED}"
_AGAIN = f"{_SEND} dispatch_again; {_DONE}; pass_check checker hour; {_SOLVED}"
_WRONG = "dispatch dispatcher soon other_unit; return_case handler hour returned.wrong_unit"
_BAD = "send_to_check checker hour; fail_check checker trip"
_LONGER = f"{_IN}; start handler hour; ask_extension handler work"
_URGED = "supplement resident long; urge duty_chief soon"
_PAUSE = "until:14400; suspend duty_chief hour until:14400"

_WAYS: tuple[tuple[str, int, str], ...] = (
    ("smooth", 34, f"{_IN}; {_DONE}; {_SEEN}"),
    ("no_answer", 12, f"{_IN}; {_DONE}; {_CHECKED}; close_case checker silence closed.solved"),
    ("quick", 8, f"{_IN}; handle handler hour; pass_check checker hour; {_SOLVED}"),
    ("filed", 4, f"{_ACCEPT}; file_case acceptor soon category; {_SEND}; {_DONE}; {_SEEN}"),
    ("rework", 7, f"{_IN}; {_DONE}; {_BAD}; {_DONE}; pass_check checker hour; {_SOLVED}"),
    ("not_solved", 5, f"{_IN}; {_DONE}; {_CHECKED}; rate_unsolved resident answer; {_AGAIN}"),
    ("partly", 4, f"{_IN}; {_DONE}; {_CHECKED}; rate_partly resident answer; {_AGAIN}"),
    ("came_back", 3, f"{_IN}; {_DONE}; {_SEEN}; reopen resident silence reopened.came_back; {_AGAIN}"),
    ("returned", 6, f"{_ACCEPT}; {_WRONG}; {_SEND} dispatch_again; {_DONE}; {_SEEN}"),
    ("urged", 5, f"{_IN}; start handler hour; {_URGED}; handle handler work; {_SEEN}"),
)

_SLOW_WAYS: tuple[tuple[str, int, str], ...] = (
    ("extended", 4, f"{_LONGER} until:4320; grant_extension duty_chief hour until:4320; handle handler long; {_SEEN}"),
    ("not_extended", 2, f"{_LONGER} until:4320; refuse_extension duty_chief hour; handle handler work; {_SEEN}"),
    ("suspended", 4, f"{_LONGER} until:43200; suspend duty_chief hour until:43200"),
    ("resumed", 2, f"{_LONGER} {_PAUSE}; resume handler long; handle handler work; {_SEEN}"),
)

_NOTHING = "not_accept acceptor soon not_accepted"
_SHORT_WAYS: tuple[tuple[str, str, int, str], ...] = (
    ("on_the_spot", RESIDENT_OPENING, 9, "self_handle grid_worker trip"),
    ("on_patrol", STAFF_OPENING, 9, "self_handle grid_worker soon"),
    ("nothing_there", RESIDENT_OPENING, 5, f"verify grid_worker trip not_exists; {_NOTHING}.not_found"),
    ("beyond", STAFF_OPENING, 3, f"{_NOTHING}.beyond_government"),
    ("court", RESIDENT_OPENING, 2, f"{_NOTHING}.legal_channel"),
    ("void", RESIDENT_OPENING, 2, f"{_LOOK}; ask_void checker hour; void duty_chief hour"),
    ("seen_first", STAFF_OPENING, 5, f"verify_first acceptor soon; {_LOOK}; {_IN}; {_DONE}; {_SEEN}"),
)


def _all() -> tuple[Story, ...]:
    stories: list[Story] = []
    for ways, danger in ((_WAYS, True), (_SLOW_WAYS, False)):
        for name, weight, text in ways:
            stories.append(Story(name, RESIDENT_OPENING, weight, _beats(f"{_LOOK}; {text}"), danger))
            stories.append(Story(name, STAFF_OPENING, weight, _beats(text), danger))
    for name, opening, weight, text in _SHORT_WAYS:
        stories.append(Story(name, opening, weight, _beats(text), danger=False))
    return tuple(stories)


def _past() -> tuple[Story, ...]:
    """Long ago, what was put off for a year was taken up again."""
    ended = f"resume handler season; handle handler work; {_SEEN}"
    put_off = f"{_LONGER} until:525600; suspend duty_chief hour until:525600; {ended}"
    kept = tuple(story for story in STORIES if story.name != "suspended")
    by_resident = Story("put_off", RESIDENT_OPENING, 3, _beats(f"{_LOOK}; {put_off}"), danger=False)
    return (*kept, by_resident, Story("put_off", STAFF_OPENING, 3, _beats(put_off), danger=False))


STORIES = _all()
PAST = _past()
