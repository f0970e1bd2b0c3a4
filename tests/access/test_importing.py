"""Staged lists, said again person by person: who sees them, and who may write the register from them."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.access.matrix import STAFF
from tests.cast import Cast
from tests.exchange.lists import at_work, checked, decided, taken
from tests.exchange.made import AREAS, COMPOUNDS, OWN
from wangge.exchange.models import Change, Doubt, Import, Known, Row
from wangge.exchange.queries.staging import objects_of
from wangge.places.models import Area, Compound, Dwelling

STAGED = (Import, Row, Doubt, Change, Known)


@pytest.fixture
def brought_in(cast: Cast) -> None:
    admin = cast.system_admin
    taken(admin, checked(admin, "areas", AREAS, options=OWN))
    taken(admin, decided(admin, checked(admin, "compounds", COMPOUNDS), "out"))


@pytest.mark.usefixtures("brought_in")
def test_staged_lists_are_seen_by_the_administrator_of_their_kind_alone(cast: Cast) -> None:
    seen = {}
    for name in STAFF:
        with getattr(cast, name).acting():
            seen[name] = [objects_of(model).exists() for model in STAGED]
    assert seen == {name: [name == "system_admin"] * len(STAGED) for name in STAFF}


@pytest.mark.usefixtures("brought_in")
def test_a_job_for_importing_opens_doors_to_the_system_administrator_and_to_nobody_else(cast: Cast) -> None:
    with at_work(cast.system_admin):
        every = Dwelling.objects.count()
    with cast.system_admin.acting():
        assert Dwelling.objects.count() == 0
    for name in set(STAFF) - {"system_admin"}:
        person = getattr(cast, name)
        with person.acting():
            own = Dwelling.objects.count()
        with at_work(person):
            assert (name, Dwelling.objects.count()) == (name, own)
    assert every > 0


def test_only_that_job_writes_and_nobody_removes(cast: Cast) -> None:
    wrote = set()
    for name in STAFF:
        with at_work(getattr(cast, name)):
            try:
                with transaction.atomic():
                    Compound.objects.create(
                        community_id=cast.grid_id, name="x", kind="old", token=f"t-{name}"[:16], lon=1.0, lat=1.0
                    )
                wrote.add(name)
            except DatabaseError:
                pass
            with connection.cursor() as cursor:
                cursor.execute("delete from places_compound")
                assert cursor.rowcount == 0
    assert wrote == {"system_admin"}
    with at_work(cast.system_admin):
        assert Area.objects.exists()
