"""Real lists, read from where the developers keep them: five dirty ones of one county, two code systems, footprints."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.data import DATA
from tests.exchange.lists import at_work, checked, decided, digest, faults, sheet, taken, undone
from wangge.exchange.models import Doubt, Import, Row
from wangge.places.models import Area, AreaCode, Building, Compound

pytestmark = pytest.mark.skipif(not DATA, reason="the real lists are not here")
NBS, MCA = {"scheme": "nbs", "year": "2023"}, {"scheme": "mca", "year": "2025"}
COUNTY = {"area": "320585000000"}


def real(*parts: str) -> bytes:
    return Path(DATA, *parts).read_bytes()


def table(*parts: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(real(*parts).decode("utf-8-sig"))))


def county(cast: Cast) -> Import:
    """The real county beside the invented one, whose outlines would say that everything real lies far outside."""
    with at_work(cast.system_admin):
        Area.objects.filter(outline__isnull=False).update(outline=None)
    held = checked(cast.system_admin, "areas", real("divisions", "taicang_nbs2023.csv"), options=NBS)
    return taken(cast.system_admin, held)


def ministry() -> bytes:
    """The county's own part of the ministry's list."""
    rows = [row for row in table("divisions", "four_cities_mca2025.csv") if row["code"].startswith(("3205",))]
    return sheet(list(rows[0]), *(list(row.values()) for row in rows))


def list_of(source: str) -> bytes:
    rows = [row for row in table("compounds", "taicang.csv") if row["source"] == source]
    return sheet(list(rows[0]), *(list(row.values()) for row in rows))


BD09: dict[str, Any] = {
    "columns": {"ref": "source_no", "town": "area_path", "lon": "bd09_lon", "lat": "bd09_lat"},
    "system": {"kind": "bd09"},
}


def test_two_code_systems_never_meet_in_one_code(cast: Cast) -> None:
    admin = cast.system_admin
    assert county(cast).counts["outcomes"] == {"taken": 170}
    held = checked(admin, "areas", ministry(), options=MCA)
    assert held.counts["doubts"] == 0
    held = taken(admin, held)
    with at_work(admin):
        meaning = {
            (scheme, code): name
            for scheme, code, name in AreaCode.objects.filter(scheme__in=("nbs", "mca")).values_list(
                "scheme", "code", "area__name"
            )
        }
        assert (meaning["nbs", "320585105000"], meaning["mca", "320585105"]) == ("双凤镇", "璜泾镇")
        assert Area.objects.filter(name="璜泾镇").count() == 1
        assert Area.objects.filter(name="娄东街道").count() == 1


def test_a_list_under_the_wrong_scheme_raises_doubts_and_renames_nothing_by_itself(cast: Cast) -> None:
    admin = cast.system_admin
    levels = ("2_city", "3_county", "4_town")
    short = [row for row in table("divisions", "taicang_nbs2023.csv") if row["level"] in levels]
    for row in short:
        row["code"] = row["code12"][: {"2_city": 4, "3_county": 6}.get(row["level"], 9)]
        row["parent"] = row["parent12"][: {"2_city": 2, "3_county": 4}.get(row["level"], 6)]
    wanted = ["code", "name", "level", "parent"]
    own = sheet(wanted, *([row[name] for name in wanted] for row in short))
    taken(admin, checked(admin, "areas", own, source="statistics", options=MCA))
    held = checked(admin, "areas", ministry(), source="ministry", options=MCA)
    with admin.acting():
        doubts = {d.name: d.other_name for d in Doubt.objects.filter(of=held, kind="other_name")}
    assert doubts["璜泾镇"] == "双凤镇"


def test_five_dirty_lists_of_one_county(cast: Cast) -> None:
    admin = cast.system_admin
    county(cast)
    before, seen, taken_lists = digest(), Counter[str](), []
    for source in ("fccs", "sofang", "souloula", "lianjia", "5khouse"):
        held = checked(admin, "compounds", list_of(source), source=source, options=COUNTY, **BD09)
        with admin.acting():
            seen.update(Doubt.objects.filter(of=held).values_list("kind", flat=True))
            seen.update(rule for _, _, rule in faults(admin, held))
            names = set(Doubt.objects.filter(of=held, kind="outside").values_list("name", flat=True))
        if source == "sofang":
            assert "大庆锦绣" in names
        held = decided(admin, held, "out", kind__in=("outside", "far_from_town", "shared_point"))
        held = decided(admin, held, "same", score__gte=0.85)
        held = decided(admin, held, "take")
        taken_lists.append(taken(admin, held))
    print(f"I22: five lists: {dict(sorted(seen.items()))}")
    assert seen["no_place"] > 200
    assert min(seen["same_row"], seen["same_record"], seen["outside"], seen["far_from_town"], seen["shared_point"]) > 0
    with at_work(admin):
        assert not Compound.objects.filter(lat__gt=40, community__name="太仓市").exists()
        assert 150 < Compound.objects.filter(community__codes__scheme="nbs").count() < 450
        home = Compound.objects.get(name="金仓华府")
        assert (round(home.lon, 3), round(home.lat, 3)) == (121.085, 31.442)
    again = checked(admin, "compounds", list_of("fccs"), source="fccs", options=COUNTY, **BD09)
    assert not again.counts.get("changed")
    for held in reversed(taken_lists):
        undone(admin, held)
    assert digest() == before


def test_a_large_list_is_compared_as_well(cast: Cast) -> None:
    admin = cast.system_admin
    taken(admin, checked(admin, "areas", real("divisions", "chengdu_nbs2023.csv"), options=NBS))
    held = checked(admin, "compounds", real("compounds", "chengdu.csv"), options={"area": "510100000000"}, **BD09)
    assert held.rows == 2967
    with admin.acting():
        assert 20 < Doubt.objects.filter(of=held, kind="same_row").count() < 400


def test_footprints_with_heights_become_storeys_and_homes_marked_as_estimated(cast: Cast) -> None:
    admin = cast.system_admin
    with at_work(admin):
        from wangge.places.models import Grid

        number = Grid.objects.order_by("area_id")[0].number
    import json

    features = json.loads(real("buildings", "shanghai_huangpu_osm.geojson"))["features"]
    houses = [f for f in features if f["properties"].get("layer") == "buildings"][:400]
    for feature in houses:
        feature["properties"]["grid"] = number
    raw = json.dumps({"type": "FeatureCollection", "features": houses}).encode()
    held = checked(admin, "buildings", raw, columns={"ref": "osm_id", "name": ""})
    high = sum("height" in f["properties"] for f in houses)
    with admin.acting():
        rules = Counter(
            f["rule"] for faults in Row.objects.filter(of=held).values_list("faults", flat=True) for f in faults
        )
    assert rules["no_floors"] == len(houses) - high
    held = taken(admin, held)
    with at_work(admin):
        made = Building.objects.filter(grid__grid__number=number, estimated__contains="floors")
        assert made.count() == held.counts["outcomes"]["taken"] > 100
        assert all(one.floors >= 1 and one.homes and "homes" in one.estimated for one in made)
