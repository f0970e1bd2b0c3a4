"""A small history in the database: each case is what the actions would have left, checked one by one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from tests.cast import Cast
from tests.town import invented_draft
from wangge.access.action import Refused
from wangge.access.context import actor_now
from wangge.access.models import Post
from wangge.cases.actions.history import Chapter, keep_history
from wangge.cases.actions.moves import set_clock
from wangge.cases.models import Case, Step
from wangge.cases.words import MOVES, OPEN, VERBS, State
from wangge.core.states import ForbiddenMove
from wangge.jobs.system import PUBLIC, account_of, as_system
from wangge.ledger.models import Entry
from wangge.places.models import Building, Compound, Grid
from wangge.places.queries import ancestors
from wangge.teams.models import Account, Organisation
from wangge.web.demo.chapters import write_history
from wangge.web.demo.load import Loaded, token_of

COUNT = 1200
Story = tuple[Case, list[Step]]


def loaded() -> Loaded:
    """The ids of the town that every test database holds."""
    town = invented_draft().town
    buildings, compounds = (dict(table.objects.values_list("token", "id")) for table in (Building, Compound))
    return Loaded(
        areas=dict(Grid.objects.values_list("number", "area_id")),
        compounds={one.key: compounds[token_of(town, one.key)] for one in town.compounds},
        buildings={one.key: buildings[token_of(town, one.key)] for one in town.buildings},
        organisations=dict(Organisation.objects.values_list("code", "id")),
        accounts=dict(Account.objects.values_list("username", "id")),
    )


@pytest.fixture
def stories(db: str) -> Iterator[list[Story]]:
    with as_system("test"):
        made = loaded()
    write_history(invented_draft(), made, COUNT, now=timezone.now())
    with as_system("test"):
        steps: dict[int, list[Step]] = defaultdict(list)
        for step in Step.objects.order_by("at", "pk"):
            steps[step.case_id].append(step)
        yield [(case, steps[case.pk]) for case in Case.objects.order_by("reported_at")]


def as_the_actions_would(case: Case, steps: list[Step]) -> Case:
    """Live the steps once more with the clocks of the actions themselves."""
    lived = Case(urgent=case.urgent)
    for step in steps:
        if step.verb == "accept":
            lived.category_id = case.category_id
        elif step.verb == "return_case":
            lived.handle_due_at = None
        elif step.verb == "grant_extension":
            lived.handle_due_at = step.until
        elif step.verb == "resume" and lived.handle_due_at:
            lived.handle_due_at += step.at - lived.stage_at
        lived.state = step.target
        if step.target != step.origin:
            set_clock(lived, step.at)
        if step.until and step.verb != "ask_extension":
            lived.due_at = step.until
    return lived


def test_every_case_is_what_the_actions_would_have_left(stories: list[Story]) -> None:
    roles = defaultdict(set)
    for post in Post.objects.all():
        roles[post.account_id].add((post.role_id, post.area_id, post.organisation_id))
    public, now = account_of(PUBLIC), timezone.now()
    assert len(stories) == COUNT
    for case, steps in stories:
        state = ""
        for step in steps:
            assert (step.origin, MOVES.after(state, step.verb)) == (state, step.target)
            state = step.target
            may = VERBS[step.verb].roles
            if step.actor_id == public:
                assert "resident" in may
            else:
                above = ancestors(case.area_id)
                assert any(
                    role in may and (area in above if role != "handler" else organisation is not None)
                    for role, area, organisation in roles[step.actor_id]
                )
        assert state == case.state
        assert steps[0].at == case.reported_at
        assert all(earlier.at <= later.at for earlier, later in pairwise(steps))
        assert steps[-1].at <= now
        lived = as_the_actions_would(case, steps)
        assert (case.due_at, case.clock) == (lived.due_at, lived.clock)
        assert (case.stage_at, case.handle_due_at) == (lived.stage_at, lived.handle_due_at)


def test_the_figures_of_a_case_agree_with_its_steps(stories: list[Story]) -> None:
    for case, steps in stories:
        verbs = Counter(step.verb for step in steps)
        sent = [step.at for step in steps if step.verb == "dispatch"]
        done = [step for step in steps if step.verb in ("handle", "self_handle")]
        assert case.returns == verbs["return_case"]
        assert case.reworks == verbs["fail_check"]
        assert case.reopens == verbs["reopen"] + verbs["rate_partly"] + verbs["rate_unsolved"]
        assert case.dispatched_at == (sent[-1] if sent else None)
        assert case.handled_by_id == (done[-1].actor_id if done else None)
        assert (case.done_at is None) == (case.state in OPEN.split(" | "))
        assert case.done_at in {None, steps[-1].at}
        assert (case.category_id is not None) == ("accept" in verbs)
        assert "pass_check" not in verbs or done[-1].actor_id not in {
            step.actor_id for step in steps if step.verb == "pass_check"
        }


def test_two_years_have_seasons_nights_and_an_end(stories: list[Story]) -> None:
    cases = [case for case, _ in stories]
    now = timezone.now()
    assert now - timedelta(days=732) <= cases[0].reported_at <= now - timedelta(days=700)
    assert timedelta() < now - cases[-1].reported_at <= timedelta(days=4)
    hours = Counter(localtime(case.reported_at).hour for case in cases)
    assert sum(hours[hour] for hour in range(8, 20)) > 2 * sum(hours[hour] for hour in (*range(6), 22, 23))
    wet = sum(case.category_code in ("drainage.overflow", "roads.standing_water") for case in cases
              if localtime(case.reported_at).month in (6, 7, 8))  # fmt: skip
    dry = sum(case.category_code in ("drainage.overflow", "roads.standing_water") for case in cases
              if localtime(case.reported_at).month in (12, 1, 2))  # fmt: skip
    assert wet > 3 * dry
    states = Counter(case.state for case in cases)
    assert {"closed", "self_handled", "not_accepted", "voided"} <= set(states) <= set(State.values)
    assert 0.01 < sum(states[state] for state in OPEN.split(" | ")) / COUNT < 0.08


def test_nobody_holds_the_secrets_of_a_kept_case_and_the_book_has_one_entry_a_chapter(stories: list[Story]) -> None:
    assert len({bytes(case.tracking_digest) for case, _ in stories}) == COUNT
    entry = Entry.objects.get(verb="case.keep_history")
    assert entry.facts["cases"] == COUNT
    assert entry.facts["steps"] == sum(len(steps) for _, steps in stories)
    assert len(entry.facts["digest"]) == 128
    assert not Entry.objects.filter(verb__in=["case.report", "case.accept", "case.dispatch"]).exists()


def test_steps_that_are_no_walk_are_refused(system: None) -> None:
    for state, verb, target in (("closed", "register", "reported"), ("reported", "accept", "accepted")):
        steps = {"origin": [""], "verb": [verb], "target": [target]}
        with pytest.raises(ForbiddenMove):
            keep_history(Chapter({"state": [state]}, steps, [0]), by=actor_now())


def test_only_the_system_keeps_history(cast: Cast) -> None:
    with cast.chief.acting() as chief, pytest.raises(Refused):
        keep_history(Chapter({"state": []}, {}, []), by=chief)
