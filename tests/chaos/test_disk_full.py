"""C2: the disk of a running house is full; reading goes on, nothing acknowledged is lost, space heals it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.chaos.clients import Reporter, lost_and_doubled
from tests.chaos.house import House, until, wangge
from tests.installed import installation

SPACE = 260


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("a small file system of our own needs root")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SPACE}m", "tmpfs", str(place)], check=False)
    if made.returncode != 0:
        pytest.skip("this machine lets nobody mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def house(disk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    shared = tmp_path_factory.getbasetemp()
    where = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    with installation(where, disk / "home") as made:
        made.start()
        yield made


def fill(disk: Path) -> Path:
    """Take the last byte of the disk."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 65_536)
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0")
    return filler


def warm(house: House) -> None:
    """Let every thread of the web server open its connection: PostgreSQL takes no new ones without a little space."""
    with ThreadPoolExecutor(24) as pool:
        list(pool.map(lambda _at: house.ask("GET", "/"), range(240)))


def test_a_full_disk_loses_nothing_and_heals_by_itself(house: House, disk: Path) -> None:
    reporter = Reporter(house, house.places(), 11)
    book, place = reporter.book, reporter.places[0]
    keys = [
        f"disk-full-report-{letter}{other}" for letter in "abcdefghijklmnopqrst" for other in "abcdefghijklmnopqrst"
    ]
    for key in keys:
        book.sent[key] = (place, f"楼道漏水 {key.rpartition('-')[2]}{'，水一直流' * 300}")
    assert [reporter.send(key) for key in keys[:5]] == [True] * 5
    warm(house)
    filler = fill(disk)
    tried = 0
    for key in keys[5:]:
        tried += 1
        if not reporter.send(key) and (book.away or book.broken):
            break
    assert book.away + book.broken > 0, "the disk was never full"
    reads = [house.ask("GET", path)[0] for path in ("/health", "/", f"/r/{place}/", "/api/v1/categories")]
    free = shutil.disk_usage(disk).free
    filler.unlink()
    assert until(lambda: reporter.send(keys[-1]), 60), (book.strange, house.said())
    for key in keys[: 5 + tried]:
        assert until(lambda: reporter.send(key), 30), book.strange  # noqa: B023 - used at once
    for key in set(book.sent) - set(book.numbers):
        del book.sent[key]
    found = lost_and_doubled(house, book)
    print(
        f"\n  C2: {free} bytes free, {tried} until the disk said no, {book.away} told to wait, {book.broken} lines"
        f" broken, reads {reads}; lost {len(found['lost'])}, doubled {len(found['doubled'])}"
    )
    assert (found, book.strange) == ({"lost": [], "doubled": [], "not in the book": []}, [])
    assert reads == [200] * 4, (house.home / "log" / "wangge.log").read_text(encoding="utf-8")[-3000:]
    assert wangge(house.home, "verify").returncode == 0
