"""P1: invented people are put through the house; the hunter finds each planted copy, and nothing of the people."""

import os
import time
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.hunt import desks, planting, playing
from tests.hunt.forms import traces
from tests.hunt.marked import Marked
from tests.hunt.planting import FIRST, Planted
from tests.hunt.scanning import Found, Scanner
from tests.hunt.sources import Sources, whole_pages
from tests.live import serving
from wangge.web.postgres import backup
from wangge.web.postgres.cluster import Cluster

PEOPLE = 10_000 if os.environ.get("WANGGE_SOAK") else 60
AT_PAGES = 40 if os.environ.get("WANGGE_SOAK") else 3
AT_WORK = 300 if os.environ.get("WANGGE_SOAK") else 30


@pytest.mark.soak(minutes=8)
def test_the_hunter_finds_what_was_planted_and_nothing_else(
    cluster: Cluster, db: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted, answers, saved = Planted(), playing.Answers(), tmp_path / "saved"
    folders = {name: tmp_path / name for name in ("temporary", "archive", "served")}
    for folder in folders.values():
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folders["temporary"]))
    sources = Sources(cluster, db, answers, folders, (saved,))
    people = [Marked(number) for number in range(PEOPLE)]
    guests = [Marked(FIRST - 1 - number) for number in range(AT_PAGES)]
    others = [Marked(PEOPLE + number) for number in range(AT_WORK)]
    with whole_pages(cluster), serving(cluster, db, folders["served"]) as live:
        played(cast, live.port, people, guests, others, answers)
        with sources.connect() as power:
            for plant in planting.IN_THE_DATABASE:
                plant(power, planted)
            planting.in_an_archive(folders["archive"], power, cluster.home.data, planted)
        planting.in_folders(cluster.home.root, folders["temporary"], planted)
        planting.in_memory(answers, planted)
        backup.take(cluster, saved, taken_at=timezone.now())
        begun = time.monotonic()
        wanted = (trace for one in [*people, *guests, *others] for trace in traces(one.number, one.values))
        scanner = Scanner.of([*wanted, *planted.wanted])
        found = [one for label, piece in sources.all() for one in scanner.scan(piece, label)]
    missed, leaks = planting.missed(planted, found), [one for one in found if one.trace.person < FIRST]
    cells, places = planting.cells(planted), len(planted.places)
    print(
        f"P1: {places} places × shapes = {cells} planted copies, {cells - len(missed)} found; {PEOPLE} people,"
        f" {scanner.traces} traces, {scanner.places} pieces, {scanner.read / 1e9:.2f} GB in"
        f" {time.monotonic() - begun:.0f} s: {len(leaks)} hits"
    )
    assert (missed, told(leaks)) == ([], [])


def played(
    cast: Cast, port: int, people: list[Marked], guests: list[Marked], others: list[Marked], answers: playing.Answers
) -> None:
    """The whole story: `people` are registered, `guests` are at the pages, `others` stand in lists."""
    playing.registered(cast, people)
    playing.worked_on(cast, min(len(people), AT_WORK))
    playing.reported(cast, people[: len(people) // 5])
    desks.in_lists(cast, others)
    desks.at_desks(cast, people[-AT_PAGES:])
    playing.refused_by_the_database(people[:20])
    playing.visited(cast, port, guests, answers)
    playing.exported(cast)


def told(leaks: list[Found]) -> list[str]:
    """The leaks in few lines: where, what, how often, and the first of each as it lay there."""
    first: dict[tuple[str, str, str], Found] = {}
    counts = Counter[tuple[str, str, str]]()
    for one in leaks:
        key = (one.label, one.trace.kind, one.trace.form)
        first.setdefault(key, one)
        counts[key] += 1
    return [f"{count} × {key}: {first[key].around!r}" for key, count in counts.most_common(60)]
