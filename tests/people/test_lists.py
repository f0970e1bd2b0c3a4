"""A list of residents from the file to the registry: sealed all the way, known once, given back."""

from datetime import timedelta

from tests.browse import signed_in
from tests.cast import Cast
from tests.exchange.lists import at_work, decided, faults, taken, undone
from tests.people.lists import door, listed
from tests.people.registering import ID, NOW, dwelling_of, registered
from wangge.exchange import reading
from wangge.exchange.actions.beginning import UNFINISHED, give_up_old
from wangge.exchange.models import Doubt, Import, Row
from wangge.jobs.system import as_system
from wangge.people.actions import Member, correct, open_field
from wangge.people.models import Arrival, Household, Occupancy, Person
from wangge.people.words import Kept, Tenure
from wangge.places.models import Dwelling


def test_rows_become_residents_sealed_and_the_same_list_again_changes_nothing(cast: Cast) -> None:
    with cast.wang.acting():
        first, second = (door(dwelling_of(cast.grid_id, at)) for at in (0, 1))
    rows = [
        (*first, "周树", ID, "13800000002", "自住", "户主"),
        (*first, "周小树", "", "", "自住", "子女"),
        (*second, "欧阳·测", "", "0512-00000001", "租住", ""),
        (*second, "户主", "", "", "租住", ""),
        (*second, "何某", "110101194910010011", "", "租住", ""),
        ("没有的小区", "1幢", "", "101", "何花", "", "", "租住", ""),
        (*first, "周小树", "", "", "自住", "子女"),
    ]
    held = listed(cast.wang, *rows)
    assert held.counts["new"] == 3, held.counts
    assert faults(cast.wang, held) == {
        (5, "name", "name_placeholder"), (6, "document", "document_id_check"), (7, "compound", "unknown_compound"),
        (8, "", "duplicate"),
    }  # fmt: skip
    with cast.wang.acting():
        assert Arrival.objects.filter(of=held).count() == 3
        assert not Row.objects.filter(of=held).exclude(cells=[]).exists()
    held = taken(cast.wang, held)
    assert held.counts["outcomes"] == {"taken": 3, "left_out": 4}
    assert held.file_name == "persons.csv"
    with cast.wang.acting():
        assert Person.objects.filter(source=f"import:{held.pk}").count() == 3
        assert Household.objects.count() == 2
        assert Occupancy.objects.filter(until=None).count() == 3
        assert not Arrival.objects.exists()
    again = listed(cast.wang, *rows[:3])
    assert (again.counts["new"], again.counts["same"]) == (0, 3)
    back = undone(cast.wang, taken(cast.wang, again))
    assert back.counts["undone"] == {}
    back = undone(cast.wang, held)
    assert back.counts["undone"] == {"undone": 3}
    with cast.wang.acting():
        assert not Person.objects.exists()
        assert not Household.objects.exists()


def test_who_is_known_is_not_written_down_twice(cast: Cast) -> None:
    registered(cast, Member("孙兰", Tenure.OWNER, phone="13800000001"))
    with cast.wang.acting():
        here, there = (door(dwelling_of(cast.grid_id, at)) for at in (0, 1))
        known = Person.objects.get()
    held = listed(cast.wang, (*here, "孙蓝", "", "", "自住", ""), (*there, "孙兰", "", "13800000001", "租住", ""))
    with cast.wang.acting():
        assert set(Doubt.objects.filter(of=held).values_list("number", "other_record")) >= {(3, known.pk)}


def test_a_secretary_brings_in_her_own_community_and_sees_her_own_lists_alone(cast: Cast) -> None:
    with at_work(cast.system_admin):
        far = door(Dwelling.objects.filter(area_id=cast.far_grid_id).order_by("id")[0])
        assert far[0]
    held = listed(cast.wang, (*far, "周树", "", "", "自住", ""))
    assert held.counts["new"] == 0
    assert held.counts["faulty"] == 1
    for other in (cast.system_admin, cast.lin, cast.auditor):
        with other.acting():
            assert not Import.objects.filter(pk=held.pk).exists()


def test_what_somebody_worked_on_since_stays_when_the_list_is_given_back(cast: Cast) -> None:
    with cast.wang.acting():
        here = door(dwelling_of(cast.grid_id))
    held = taken(
        cast.wang, listed(cast.wang, (*here, "周树", ID, "", "自住", ""), (*here, "周小树", "", "", "自住", ""))
    )
    with cast.lin.acting() as lin:
        person = Person.objects.order_by("id")[0]
        correct(person, field=Kept.PHONE, value="13800000009", source="worker:1", by=lin, now=NOW)
    back = undone(cast.wang, held)
    assert back.counts["undone"] == {"undone": 1, "changed_since": 1}
    report = signed_in(cast.wang).get(f"/imports/{back.pk}/report/")
    assert report.context["stayed"] == [(1, "Somebody has changed it since.")]
    assert b"Somebody has changed it since." in report.content
    with cast.wang.acting():
        assert list(Person.objects.values_list("pk", flat=True)) == [person.pk]
        assert Household.objects.count() == 1


def test_a_doubt_shows_masked_names_and_who_moved_is_moved(cast: Cast) -> None:
    registered(cast, Member("孙兰", Tenure.OWNER, document_kind="citizen_id", document=ID))
    with cast.wang.acting():
        there = door(dwelling_of(cast.grid_id, 1))
        person = Person.objects.get()
    held = listed(cast.wang, (*there, "孙兰", ID, "13800000001", "租住", ""))
    client = signed_in(cast.wang)
    page = client.get(f"/imports/{held.pk}/preview/").content.decode()
    assert ("孙*" in page, "孙兰" in page) == (True, False)
    decided(cast.wang, held, "same")
    held = taken(cast.wang, held)
    assert held.counts["outcomes"] == {"merged": 1}
    with cast.wang.acting():
        moved = Person.objects.select_related("home").get(pk=person.pk)
        assert moved.home is not None
        assert moved.home.dwelling_id == dwelling_of(cast.grid_id, 1).pk
        assert moved.told["phone"][0] == f"import:{held.pk}"
        assert Occupancy.objects.filter(person=moved, until=None).count() == 1
    with cast.lin.acting() as lin:
        opened = open_field(moved, field=Kept.PHONE, purpose="visit", by=lin, now=NOW)
        assert opened.value == "13800000001"


def test_a_list_nobody_went_on_with_is_given_up_with_its_rows(cast: Cast) -> None:
    with cast.wang.acting():
        here = door(dwelling_of(cast.grid_id))
    held = listed(cast.wang, (*here, "周树", ID, "", "自住", ""))
    with as_system("import") as system:
        assert give_up_old(by=system, now=held.at + UNFINISHED) == 0
        assert Arrival.objects.filter(of=held).count() == 1
        assert give_up_old(by=system, now=held.at + UNFINISHED + timedelta(seconds=1)) == 1
        assert Arrival.objects.filter(of=held).count() == 0
    assert not reading.rows_path(held.stored).exists()
