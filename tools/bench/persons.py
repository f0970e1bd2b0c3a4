"""1,000,000 persons on 460,800 dwellings: brought in, found, shown, given back."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tools.bench import cards, imports
from tools.bench.figures import Figure, Part
from wangge.core.identifiers.citizen import id_check
from wangge.jobs.system import as_system
from wangge.places.actions import keep
from wangge.places.models import Building, Dwelling
from wangge.web.environment import Environment
from wangge.web.postgres.cluster import Cluster

PERSONS = 1_000_000
HOW = (
    f"`wangge import persons.csv --kind persons --yes` of {PERSONS:,} invented persons on {imports.DWELLINGS:,}"
    " dwellings: read, validated, sealed field by field, compared with whom the registry knows, written with"
    " households, occupancies and use; whole pages of the secretary with all of them in the registry; the same file"
    " again (nothing to change); given back."
)
HEADER = ("小区", "楼栋", "单元", "室号", "姓名", "身份证号", "手机", "居住方式", "入住日期")
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "一丁三上不专且世东丝中丰丹丽久之乐书云互井亚亦京亮仁今介从仪任伊伟伦伯佩佳依侠俊信修倩健元光兰"


def dwellings() -> None:
    """The doors of the bench's compounds."""
    imports.compounds()
    with as_system("bench") as system:
        houses = Building.objects.filter(compound__name__startswith="新苑").order_by("pk")
        if Dwelling.objects.filter(building__in=houses[:1].values("pk")).exists():
            return
        made: list[Dwelling] = []
        for pk, grid in houses.values_list("pk", "grid_id"):
            made += [
                Dwelling(building_id=pk, area_id=grid, unit=str(unit), floor=floor, room=f"{floor}{room:02}")
                for unit in range(1, imports.UNITS + 1)
                for floor in range(1, imports.FLOORS + 1)
                for room in range(1, imports.ROOMS + 1)
            ]
            if len(made) > 20_000:
                keep(made, by=system)
                made = []
        keep(made, by=system)


def persons(count: int = PERSONS) -> Iterator[tuple[str, ...]]:
    """Rows of a list, from a seed: every door has two or three people, each a document, four of five a telephone."""
    chance, doors, born = Random(7), list(imports.rows()), date(1930, 1, 1)  # noqa: S311 - the same file each time
    for at in range(count):
        compound, house, unit, _floor, room = doors[at * len(doors) // count]
        day = born + timedelta(days=at // 1000 * 31 % 32_000)  # no two of them have one number
        digits = f"110101{day:%Y%m%d}{at % 1000:03}"
        number = digits + id_check(digits)
        phone = f"138{at:08}" if chance.random() < 0.8 else ""
        name = chance.choice(FAMILY) + GIVEN[at % len(GIVEN)] + chance.choice(GIVEN)
        yield compound, house, unit, room, name, number, phone, "自住" if at % 3 else "租住", "2019-05-01"


def measure(environment: Environment, cluster: Cluster, count: int = PERSONS) -> Part:
    dwellings()
    path = environment.home / "persons.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *persons(count)])
    given = (str(path), "--kind", "persons", "--source", "bench", "--yes")
    database = cluster.pid()
    assert database is not None
    first, known = imports.ran(environment, database, *given), cards.measure(cluster, persons(count))
    again = imports.ran(environment, database, *given)
    back = imports.ran(environment, database, "--undo", first.said.split()[0])
    path.unlink()
    return Part("Persons", HOW, (
        Figure("persons brought in", count, "rows"),
        Figure("staged import, whole", first.seconds, "s", "<= 120", str(first)),
        Figure("persons a second", count / first.seconds, "rows"),
        *known,
        Figure("the same file again", again.seconds, "s", "", f"nothing changed; {again}"),
        Figure("the whole given back", back.seconds, "s", "", str(back)),
        Figure("largest memory of the command", max(one.memory for one in (first, again, back)), "MB", "<= 1024"),
    ))  # fmt: skip
