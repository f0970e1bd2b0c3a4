"""Plans that change the area tree: two people, a date, one transaction, and nothing lost of what was."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from tests.cast import Cast, Person
from tests.places.changing import decided, effected, midnight, named, plan, reach, today, township, tree
from wangge.access.action import Refused
from wangge.access.models import Post
from wangge.cases.actions.handover import catch_up, take_effect
from wangge.core.areas import Deed, Part
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.places.actions import approve, draft, withdraw
from wangge.places.models import Area, AreaCode, Belonging, Change, Compound, FormerName, Grid
from wangge.places.queries import by_token, faults, plans
from wangge.places.queries.extent import preview
from wangge.places.queries.history import called, line_on, names_on, past_of, tree_on
from wangge.places.queries.plans import Line, Title
from wangge.teams.models import Organisation

BELL, APRICOT, BEND, COUNTY, TOWN = "钟楼社区", "杏花沟村", "上河湾村", "青棠县", "河湾乡"


@pytest.fixture
def ids(cast: Cast) -> dict[str, int]:
    township(TOWN)
    with as_system("test"):
        return dict(Area.objects.exclude(level="grid").values_list("name", "id"))


def test_a_moved_community_brings_everything_inside_it_along(cast: Cast, ids: dict[str, int]) -> None:
    day = today()
    effected(cast, plan("move", day, *plans.move(ids[BELL], ids[TOWN])))
    with as_system("test"):
        assert reach() == tree(day)
        assert (ids[TOWN], cast.grid_id) in tree(day) - tree(day - timedelta(days=1))
        lay = Belonging.objects.filter(child=ids[BELL]).order_by("valid_from")
        assert [(b.parent_id, b.valid_to) for b in lay] == [(ids[COUNTY], day), (ids[TOWN], None)]
        entries = Entry.objects.filter(verb="area_change.take_effect")
        assert [entry.facts["moved"] for entry in entries] == [1]


def test_the_job_twice_and_the_job_late_do_it_once(cast: Cast, ids: dict[str, int]) -> None:
    day = today()
    change = decided(cast, plan("move", day, *plans.move(ids[BELL], ids[TOWN])))
    assert catch_up(midnight(day) - timedelta(seconds=1)) == 0
    assert catch_up(midnight(day) + timedelta(days=3, hours=5)) == 1
    assert catch_up(midnight(day) + timedelta(days=3, hours=5)) == 0
    with as_system("test") as system:
        entry = Entry.objects.get(verb="area_change.take_effect")
        assert (entry.facts["days_late"], reach()) == (3, tree(day))
        with pytest.raises(Refused):
            take_effect(change, by=system, now=now())


def test_merging_ends_the_others_and_keeps_what_lay_in_them(cast: Cast, ids: dict[str, int]) -> None:
    day = today()
    with as_system("test"):
        lines = plans.merge(plans.forest(), [ids[BELL], ids[APRICOT]], ids[BELL])
        sign = Grid.objects.get(area__name=f"{APRICOT}总网格").token
    change = effected(cast, plan("merge", day, *lines, posts="follow"))
    with as_system("test"):
        ended = Area.objects.get(pk=ids[APRICOT])
        assert (ended.valid_to, ended.parent_id, reach()) == (day, ids[BELL], tree(day))
        assert Area.objects.get(pk=cast.far_grid_id).parent_id == ids[BELL]
        assert not Compound.objects.filter(community=ended).exists()
        assert not Organisation.objects.filter(area=ended).exists()
        held = Post.objects.filter(role="secretary", area_id=ids[BELL], valid_to__isnull=True)
        assert held.count() == 2
        assert not Post.objects.filter(area_id=ended.pk, valid_to__isnull=True).exists()
        place = by_token(sign)
        assert place is not None
        assert place.name == f"{BELL}总网格"
        assert [area.pk for area in past_of(Area.objects.get(pk=ids[BELL])).took_over] == [ended.pk]
        assert change.state == "in_force"


def test_merging_into_a_new_one_and_splitting_it_again(cast: Cast, ids: dict[str, int]) -> None:
    day = today() - timedelta(days=30)
    with as_system("test"):
        title = Title("新塔社区", "新塔社区居委会", "own", "LP01A601")
        lines = plans.merge_into_new(plans.forest(), [ids[BELL], ids[APRICOT]], title)
    effected(cast, plan("merge", day, *lines))
    with as_system("test"):
        new = named("新塔社区")
        assert AreaCode.objects.get(area=new).code == "LP01A601"
        assert (new.parent_id, new.valid_from, bool(new.outline)) == (ids[COUNTY], day, True)
        assert Area.objects.filter(parent=new, level="grid", name="新塔社区总网格").exists()
        assert (
            Compound.objects.filter(community=new).count()
            == Compound.objects.count() - Compound.objects.filter(community=ids[BEND]).count()
        )
        lines = plans.split(plans.forest(), new.pk, [cast.grid_id], Title("新钟社区"))
    effected(cast, plan("split", today(), *lines))
    with as_system("test"):
        assert Area.objects.get(pk=cast.grid_id).parent == named("新钟社区")
        assert reach() == tree(today())
        line = [[each.name for each in line_on(cast.grid_id, d)][-2] for d in (day - timedelta(1), day, today())]
        assert line == [BELL, "新塔社区", "新钟社区"]


def test_a_new_name_keeps_the_old_one_with_its_days(cast: Cast, ids: dict[str, int]) -> None:
    day = today()
    with as_system("test"):
        lines = plans.rename(ids[BELL], Title("钟鼓楼社区"))
    effected(cast, plan("rename", day, *lines))
    with as_system("test"):
        assert names_on([ids[BELL]], day - timedelta(days=1)) == {ids[BELL]: BELL}
        assert names_on([ids[BELL]], day) == {ids[BELL]: "钟鼓楼社区"}
        assert [area.pk for area in called(BELL)] == [ids[BELL]]
        assert Area.objects.filter(name="钟鼓楼社区总网格").exists()
        assert FormerName.objects.count() == 2
        then = {each.id: each.name for each in tree_on(day - timedelta(days=1))}
        assert then[ids[BELL]] == BELL


def test_a_withdrawn_plan_leaves_no_trace_but_the_book(cast: Cast, ids: dict[str, int]) -> None:
    day = today() + timedelta(days=9)
    with as_system("test"):
        before = list(Area.objects.order_by("pk").values()), list(Belonging.objects.order_by("pk").values()), reach()
    change = decided(cast, plan("move", day, *plans.move(ids[BELL], ids[TOWN])), now())
    with cast.system_admin.acting() as admin:
        withdraw(change, by=admin, now=now())
    assert catch_up(midnight(day)) == 0
    with as_system("test"):
        after = list(Area.objects.order_by("pk").values()), list(Belonging.objects.order_by("pk").values()), reach()
        assert after == before
        verbs = Entry.objects.filter(subject=f"area_change:{change.pk}").order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["area_change.draft", "area_change.approve", "area_change.withdraw"]


def test_two_people_and_the_right_ones(cast: Cast, ids: dict[str, int]) -> None:
    given = plan("move", today() + timedelta(days=1), *plans.move(ids[BELL], ids[TOWN]))
    with cast.chief.acting() as chief, pytest.raises(Refused):
        draft(given, by=chief, now=now())
    with cast.system_admin.acting() as admin:
        change = draft(given, by=admin, now=now())
        with pytest.raises(Refused):
            approve(change, by=admin, now=now())
    with cast.town.acting() as town, pytest.raises(Refused):
        approve(change, by=town, now=now())
    with cast.chief.acting() as chief:
        approve(change, by=chief, now=now())
        with pytest.raises(Refused):
            approve(change, by=chief, now=now())


def test_a_date_that_has_passed_has_to_be_said(cast: Cast, ids: dict[str, int]) -> None:
    lines = plans.move(ids[BELL], ids[TOWN])
    with cast.system_admin.acting() as admin:
        for day, late in (
            (today(), False),
            (today() - timedelta(days=3), False),
            (date(today().year - 1, 12, 31), True),
        ):
            with pytest.raises(Refused):
                draft(plan("move", day, *lines, late=late), by=admin, now=now())
        change = draft(plan("move", today() - timedelta(days=3), *lines, late=True), by=admin, now=now())
    with cast.chief.acting() as chief:
        approve(change, by=chief, now=now())
    assert catch_up(now()) == 1
    with as_system("test"):
        assert Belonging.objects.get(child=ids[BELL], valid_to=None).valid_from == today() - timedelta(days=3)


def test_a_plan_approved_after_its_date_is_refused(cast: Cast, ids: dict[str, int]) -> None:
    day = today()
    with cast.system_admin.acting() as admin:
        change = draft(
            plan("move", day, *plans.move(ids[BELL], ids[TOWN])), by=admin, now=midnight(day) - timedelta(hours=1)
        )
    with cast.chief.acting() as chief, pytest.raises(Refused):
        approve(change, by=chief, now=midnight(day))


def test_the_preview_counts_and_writes_nothing(cast: Cast, ids: dict[str, int]) -> None:
    given = plan("move", today() + timedelta(days=1), *plans.move(ids[BELL], ids[TOWN]))
    with as_system("test"):
        dwellings = sum(Grid.objects.filter(area__parent=ids[BELL]).values_list("households", flat=True))
    with cast.system_admin.acting():
        shown = preview(given, now())
        assert not Change.objects.exists()
    assert (shown.is_blocked, shown.extent.grids, shown.extent.communities) == (False, 3, 1)
    assert shown.extent.dwellings > 0
    assert shown.extent.households == dwellings
    assert [(fate.name, fate.lies_in, fate.goes_to) for fate in shown.extent.fates] == [(BELL, COUNTY, TOWN)]


def test_plans_about_the_same_areas_and_taken_codes_are_found(cast: Cast, ids: dict[str, int]) -> None:
    day = today() + timedelta(days=5)
    decided(cast, plan("move", day, *plans.move(ids[BELL], ids[TOWN])), now())
    with as_system("test"):
        taken = AreaCode.objects.order_by("pk")[0]
        other = plan("rename", day, *plans.rename(ids[BELL], Title(APRICOT, "", taken.scheme, taken.code)))
        found = faults.problems(other, today())
        code = [each for each in found if taken.code in each.text]
        assert bool(code) == (taken.year == day.year)
        assert [each.is_warning for each in found].count(True) == 1  # the name is somebody's beside it
        assert "(" in faults.blocking(found) or "（" in faults.blocking(found)
        ends = plan("end", day, Line(Part(Deed.END, cast.grid_id, cast.far_grid_id)))
        assert faults.blocking(faults.problems(ends, today()))


@pytest.mark.parametrize("who", ["system", "system_admin", "chief"])
def test_an_area_moves_and_ends_by_no_other_way(cast: Cast, ids: dict[str, int], who: str) -> None:
    """Not even in the system's own name, whatever is written; an approved plan opens exactly its own move."""
    decided(cast, plan("move", today() + timedelta(days=5), *plans.move(ids[APRICOT], ids[TOWN])), now())
    tries: list[dict[str, object]] = [
        {"parent_id": ids[TOWN]}, {"valid_to": today()}, {"valid_from": date(2020, 1, 1)}, {"level": "town"},
        {"parent_id": None}, {"parent_id": ids[BEND], "valid_to": today()},
    ]  # fmt: skip
    for given in tries:
        session = as_system("test") if who == "system" else getattr(cast, who).acting()
        refused = pytest.raises(DatabaseError, match="approved change|row-level security")
        with session, refused, transaction.atomic():
            Area.objects.filter(pk=ids[BELL]).update(**given)
    with as_system("test"):
        assert reach() == tree(today())


def test_a_plan_cannot_be_approved_or_put_in_force_past_its_rules(cast: Cast, ids: dict[str, int]) -> None:
    with cast.system_admin.acting() as admin:
        change = draft(
            plan("move", today() + timedelta(days=5), *plans.move(ids[BELL], ids[TOWN])), by=admin, now=now()
        )
    tries: list[tuple[Person, dict[str, object]]] = [
        (cast.system_admin, {"state": "approved", "approved_by_id": cast.chief.account_id}),
        (cast.system_admin, {"state": "in_force"}),
        (cast.chief, {"state": "approved", "approved_by_id": cast.second_chief.account_id}),
        (cast.chief, {"state": "in_force", "approved_by_id": cast.chief.account_id}),
        (cast.town, {"state": "withdrawn"}),
    ]
    for person, given in tries:
        with person.acting(), pytest.raises(DatabaseError), transaction.atomic():
            Change.objects.filter(pk=change.pk).update(**given)
    for session in (cast.chief.acting(), as_system("test")):
        with session, pytest.raises(DatabaseError, match="as it was drafted"), transaction.atomic():
            change.parts.update(parent_id=ids[BEND])
