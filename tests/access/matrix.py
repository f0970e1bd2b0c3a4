"""Who may what, said a second time in plain Python from the town's own plan: the judge of the authorisation matrix."""

from dataclasses import dataclass

from tests.cast import Cast, Person
from wangge.access.models import Post, Reach
from wangge.cases.models import Case
from wangge.cases.words import MOVES
from wangge.jobs.system import as_system

STAFF = (
    "lin", "wang", "zhao", "zhou", "town", "acceptor", "dispatcher", "checker", "chief", "second_chief", "other_unit",
    "auditor", "system_admin", "security_admin",
)  # fmt: skip
DOERS: dict[str, set[str]] = {  # verb: roles, after domain 3.1; the handler only on its own unit's cases
    "verify": {"grid_worker", "secretary"},
    "self_handle": {"grid_worker", "secretary"},
    "accept": {"acceptor", "duty_chief"},
    "not_accept": {"acceptor", "duty_chief"},
    "verify_first": {"acceptor", "duty_chief"},
    "file_case": {"acceptor", "duty_chief"},
    "dispatch": {"dispatcher", "duty_chief"},
    "take_back": {"acceptor", "dispatcher", "duty_chief"},
    "start": {"handler"},
    "return_case": {"handler"},
    "ask_extension": {"handler"},
    "handle": {"handler"},
    "grant_extension": {"duty_chief"},
    "refuse_extension": {"duty_chief"},
    "suspend": {"duty_chief"},
    "resume": {"handler", "duty_chief"},
    "send_to_check": {"checker", "duty_chief"},
    "pass_check": {"checker", "grid_worker", "duty_chief"},
    "fail_check": {"checker", "grid_worker", "duty_chief"},
    "rate_solved": {"checker"},
    "rate_partly": {"checker"},
    "rate_unsolved": {"checker"},
    "close_case": {"checker", "duty_chief"},
    "reopen": {"grid_worker", "checker", "duty_chief"},
    "urge": {"duty_chief", "checker", "town_staff"},
    "add_note": {
        "grid_worker", "secretary", "town_staff", "acceptor", "dispatcher", "checker", "duty_chief", "handler",
    },
    "supplement": set(),
    "ask_void": {"duty_chief", "checker"},
    "void": {"duty_chief", "checker"},
}  # fmt: skip


@dataclass(frozen=True)
class Holder:
    """What somebody's posts are: (role, areas it reaches) and the units whose cases they handle."""

    account_id: int
    posts: tuple[tuple[str, frozenset[int]], ...]
    units: frozenset[int]

    @property
    def areas(self) -> frozenset[int]:
        return frozenset().union(*(areas for _, areas in self.posts))


def holders(cast: Cast) -> dict[str, Holder]:
    """Everybody of the cast as the plan of the town says."""
    with as_system("test"):
        below: dict[int, set[int]] = {}
        for ancestor, descendant in Reach.objects.values_list("ancestor_id", "descendant_id"):
            below.setdefault(ancestor, set()).add(descendant)
        found: dict[str, Holder] = {}
        for name in STAFF:
            person: Person = getattr(cast, name)
            posts = list(Post.objects.filter(account_id=person.account_id, valid_to__isnull=True))
            found[name] = Holder(
                person.account_id,
                tuple((p.role_id, frozenset(below.get(p.area_id or 0, ()))) for p in posts),
                frozenset(p.organisation_id for p in posts if p.role_id == "handler" and p.organisation_id),
            )
    return found


def sees(who: Holder, case: Case) -> bool:
    """Row-level security, said again."""
    return case.area_id in who.areas or case.lead_id in who.units


def may(who: Holder, case: Case, verb: str) -> bool:
    """The rules, said again."""
    fits = any(
        role in DOERS[verb] and (case.lead_id in who.units if role == "handler" else case.area_id in areas)
        for role, areas in who.posts
    )
    if not (sees(who, case) and fits and verb in MOVES.verbs(case.state)):
        return False
    match verb:
        case "accept":
            allowed = case.state != "reopened" or case.category_id is None
        case "dispatch":
            allowed = case.category_id is not None
        case "pass_check" | "fail_check":
            allowed = case.handled_by_id != who.account_id and case.lead_id not in who.units
        case "return_case":
            allowed = case.returns == 0
        case "void":
            allowed = case.void_asked_by_id not in {None, who.account_id}
        case _:
            allowed = True
    return allowed


def reaches_reporter(who: Holder, case: Case) -> bool:
    """The number is for acceptors, checkers and duty chiefs over the area; never for the unit that handles the case."""
    over = {role for role, areas in who.posts if case.area_id in areas}
    return bool(over & {"acceptor", "checker", "duty_chief"}) and case.lead_id not in who.units
