"""X8: pictures come in, pixels stay; all else is refused with a sentence and leaves nothing (trust 1.23, 1.24)."""

import io
import os
import random
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation
from PIL import Image

from tests.files.conftest import BAD, GOOD, saved, scene
from wangge.files import actions, reencode
from wangge.files.actions import Unfit, keep_photo, path_of, sweep
from wangge.files.models import File

MARKS = (b"Exif", b"ICC_PROFILE", b"http://ns.adobe.com/xap", b"secret", b"InventedPhone", b"PK\x03\x04", b"script")


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Path]:
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=tmp_path / "media"), translation.override("en"):
        yield tmp_path / "media"


@pytest.fixture
def house(system: None, media: Path) -> Path:
    return media


def keep(raw: bytes) -> File:
    return keep_photo(raw, owner="reporter", now=timezone.now())


def kept_files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def faults_of(kept: File) -> list[str]:
    """What is wrong with a kept photo; nothing should be."""
    large, small = path_of(kept.name), path_of(kept.name, small=True)
    content = large.read_bytes() + small.read_bytes()
    wrong = [f"carries {mark!r}" for mark in MARKS if mark in content]
    with Image.open(large) as image, Image.open(small) as thumb:
        checks = {
            "format": image.format == thumb.format == "JPEG",
            "size of the row": image.size == (kept.width, kept.height),
            "profile": "icc_profile" not in image.info,
            "exif": dict(image.getexif()) == {},
            "longest side": max(image.size) <= 2048 and max(thumb.size) <= 320,
            "bytes": kept.size == large.stat().st_size,
            "private": large.stat().st_mode & 0o777 == 0o600,
            "name": re.fullmatch("[0-9a-f]{32}", kept.name) is not None,
        }
    return wrong + [name for name, right in checks.items() if not right]


def test_a_photo_is_kept_in_two_sizes_without_anything_but_its_pixels(good: dict[str, bytes], house: Path) -> None:
    assert {name: faults_of(keep(raw)) for name, raw in good.items()} == {name: [] for name in GOOD}


def test_a_photo_stands_as_the_telephone_was_held(good: dict[str, bytes], house: Path) -> None:
    kept = keep(good["telephone"])
    with Image.open(path_of(kept.name)) as image:
        red, green, _blue = image.getpixel((image.width - 20, 20))  # type: ignore[misc] # three bands
        assert (image.size, red > 200, green < 60) == ((480, 640), True, True)


def test_transparent_parts_become_white(good: dict[str, bytes], house: Path) -> None:
    with Image.open(path_of(keep(good["transparent png"]).name)) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def refusal_of(raw: bytes) -> tuple[str, float]:
    begun = time.monotonic()
    with pytest.raises(Unfit) as refused:
        keep(raw)
    return str(refused.value), time.monotonic() - begun


def test_what_is_no_photo_is_refused_with_a_sentence_and_leaves_nothing(
    bad: dict[str, tuple[bytes, str]], house: Path
) -> None:
    got = {name: refusal_of(raw) for name, (raw, _said) in bad.items()}
    wrong = {name: text for name, (text, _took) in got.items() if not text.startswith(bad[name][1])}
    longest = max(took for _text, took in got.values())
    print(f"\n  X8 uploads: {len(GOOD)} photos, {len(BAD)} others refused, slowest {longest:.1f} s, left on disk 0")
    assert (wrong, kept_files(house), File.objects.count(), longest < 11) == ({}, [], 0, True)


def test_every_refusal_is_said_in_chinese(bad: dict[str, tuple[bytes, str]], house: Path) -> None:
    with translation.override("zh-hans"):
        for raw, _said in (bad["nothing"], bad["heic"], bad["20 MB"]):
            with pytest.raises(Unfit) as refused:
                keep(raw)
            assert re.search("[\u4e00-\u9fff]", str(refused.value)), str(refused.value)


def test_three_hundred_damaged_photos_leave_the_house_standing(good: dict[str, bytes], media: Path) -> None:
    """Bytes flipped, cut and repeated at chance in the child's own code, here without a child of its own each."""
    chance, refused, read = random.Random(20_260_301), 0, 0
    corpus = [good[name] for name in ("telephone", "png", "palette png", "webp", "cmyk jpeg", "moving webp")]
    for _ in range(300):
        raw = bytearray(chance.choice(corpus))
        for _ in range(chance.randint(1, 20)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        if chance.random() < 0.3:
            del raw[chance.randrange(len(raw)) :]
        try:
            with warnings.catch_warnings(action="ignore"):
                reencode.reencode(bytes(raw), [2048, 320])
            read += 1
        except reencode.NotAPicture:
            refused += 1
    print(f"\n  X8 damaged photos: {refused + read} tried, {refused} refused, {read} still pictures, crashed 0")
    assert refused + read == 300
    assert refused > 20


def run(raw: bytes, *asked: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", reencode.__file__, *(asked or ("2048", "320"))]
    return subprocess.run(command, input=raw, capture_output=True, check=False, env={}, cwd="/", timeout=30)


def test_the_child_has_limits_of_its_own(tmp_path: Path) -> None:
    probe = (
        f"import os, runpy, resource; m = runpy.run_path({reencode.__file__!r}); m['limit']()\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[1], resource.getrlimit(resource.RLIMIT_CPU)[1])\n"
        f"try: os.write(os.open({str(tmp_path / 'x')!r}, os.O_CREAT | os.O_WRONLY), b'x'); print('wrote')\n"
        "except OSError: print('no file')\n"
        "try: bytearray(600 * 2**20); print('took it')\n"
        "except MemoryError: print('no memory')\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + probe],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == [f"{512 * 2**20} 8", "no file", "no memory"], done.stderr


def test_the_child_knows_neither_our_environment_nor_our_folder(monkeypatch: pytest.MonkeyPatch, house: Path) -> None:
    seen: dict[str, object] = {}
    honest = subprocess.run

    def look(command: list[str], **given: object) -> object:
        seen.update(given, command=command)
        return honest(command, **given)  # type: ignore[call-overload] # passed on as it came

    monkeypatch.setattr("wangge.files.actions.subprocess.run", look)
    keep(saved(scene(), "PNG"))
    assert (seen["env"], seen["cwd"], seen["command"][1]) == ({}, "/", "-I")  # type: ignore[index] # a list


def test_a_decoder_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, house: Path, tmp_path: Path) -> None:
    (tmp_path / "hang.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr("wangge.files.actions.reencode.__file__", str(tmp_path / "hang.py"))
    monkeypatch.setattr(actions, "SECONDS", 0.5)
    with pytest.raises(Unfit, match="could not be read in time"):
        keep(saved(scene(), "PNG"))


@pytest.mark.parametrize(
    "crash", ["import os; os.abort()", "import os; os.kill(os.getpid(), 11)", "raise SystemExit(7)"]
)
def test_a_decoder_that_crashes_takes_nobody_with_it(
    crash: str, monkeypatch: pytest.MonkeyPatch, house: Path, tmp_path: Path
) -> None:
    (tmp_path / "crash.py").write_text(crash)
    monkeypatch.setattr("wangge.files.actions.reencode.__file__", str(tmp_path / "crash.py"))
    with pytest.raises(Unfit, match="damaged"):
        keep(saved(scene(), "PNG"))


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, house: Path) -> None:
    def full(place: Path, content: bytes) -> None:
        if place.name.endswith(".small.jpg"):
            raise OSError(28, "No space left on device")
        honest(place, content)

    honest = actions._write
    monkeypatch.setattr(actions, "_write", full)
    with pytest.raises(Unfit, match="Photos cannot be kept at the moment"):
        keep(saved(scene(), "PNG"))
    assert (kept_files(house), File.objects.count()) == ([], 0)


def test_what_a_rolled_back_report_left_is_swept_after_a_day(house: Path) -> None:
    kept = keep(saved(scene(), "PNG"))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(saved(scene(), "PNG"))
        raise ZeroDivisionError
    now = timezone.now()
    assert (len(kept_files(house)), sweep(now=now)) == (4, 0)
    yesterday = (now - timedelta(days=1, minutes=1)).timestamp()
    for path in kept_files(house):
        os.utime(path, (yesterday, yesterday))
    assert sweep(now=now) == 2
    assert sorted(kept_files(house)) == sorted([path_of(kept.name), path_of(kept.name, small=True)])
    assert sweep(now=now) == 0


def test_the_nightly_round_is_in_the_workers_plan() -> None:
    from procrastinate.contrib.django import app

    plan = {registered.task.name for registered in app.periodic_registry.periodic_tasks.values()}
    assert {"files.sweep", "jobs.revive", "jobs.seal", "jobs.drain", "jobs.anchor"} <= plan


def test_a_photo_costs_one_child(monkeypatch: pytest.MonkeyPatch, house: Path) -> None:
    calls: list[object] = []
    honest = subprocess.run

    def counted(*given: Any, **more: Any) -> Any:
        calls.append(given)
        return honest(*given, **more)

    monkeypatch.setattr("wangge.files.actions.subprocess.run", counted)
    keep(saved(scene(), "PNG"))
    assert len(calls) == 1


def test_words_in_the_way_of_a_photo_are_no_command() -> None:
    for name in ("2048; touch x", "-1", "\u202egpj.exe"):
        assert run(saved(scene(), "PNG"), name).returncode != 0
    out = run(b"", "2048")
    assert (out.returncode, out.stderr) == (3, b"kind")
    assert io.BytesIO(out.stdout).read() == b""
