"""A list of residents from the file to the registry: sealed all the way, known once, given back."""

from tests.cast import Cast
from tests.exchange.lists import faults, taken, undone
from tests.people.lists import door, listed
from tests.people.registering import ID, dwelling_of, registered
from wangge.exchange.models import Doubt, Row
from wangge.people.actions import Member
from wangge.people.models import Arrival, Household, Occupancy, Person
from wangge.people.words import Tenure


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
