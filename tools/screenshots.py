"""Photograph pages of the small demo in both languages into docs/pictures: `make screenshots`.

`python -m tools.screenshots register team` takes these alone.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.tree import ROOT

PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "demo-wangge-2026"  # noqa: S105 - the demo's, printed at its start
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
LANGUAGES = {"zh-hans": "zh", "en": "en"}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

PHONE, DESK = 390, 1440
TALL = 844
SETTLED, PATIENCE = 600, 20_000  # ms
LOADED = 300  # s
GROUND = (232, 235, 230)
WORKER, PIN = "the worker's phone", "402817"

SHOTS = (  # name, who, where (`{...}` is filled in from tools/picture_story.py), width, height; 0: the whole page
    ("report", "", "/r/{building}/", PHONE, 0),
    ("tracking", "", "/t/{tracking}/", PHONE, 0),
    ("answer", "", "/t/{answer}/", PHONE, 0),
    ("grid-card", "", "/g/{grid}/", PHONE, 0),
    ("bind", "", "/phone/{phone}/", PHONE, 0),
    ("my-day", WORKER, "/my/", PHONE, 844),
    ("desk", "acceptor01", "/desk/intake/", DESK, 960),
    ("case", "duty_chief01", "/case/{case}/", DESK, 1000),
    ("register", "acceptor01", "/register/?place={building}", DESK, 900),
    ("team", "secretary01", "/team/", DESK, 700),
    ("map", "checker01", "/map/", DESK, 900),
    ("figures", "duty_chief01", "/figures/", DESK, 1100),
    ("community-day", "secretary01", "/figures/today/", DESK, 800),
    ("grids", "town_staff01", "/grids/drafts/{grids}/", DESK, 1300),
    ("areas", "duty_chief01", "/areas/", DESK, 800),
    ("imports", "system_admin01", "/imports/new/", DESK, 900),
    ("export", "dispatcher01", "/exports/new/cases/", DESK, 1100),
    ("book", "auditor01", "/book/?subject=case:{case}", DESK, 900),
    ("grid-poster", "", "/g/{grid}/poster/", 900, 0),
)
README = ("desk", "tracking")  # side by side at the head of the README


def answers() -> bool:
    try:
        urlopen(f"{ADDRESS}/health", timeout=2).close()  # noqa: S310 - our own address
    except (URLError, OSError):
        return False
    return True


@contextmanager
def demo(home: Path) -> Iterator[dict[str, str]]:
    """The small demo, served from a folder of its own until the block ends. Raises RuntimeError when it does not."""
    if answers():
        raise RuntimeError(f"{ADDRESS} is taken: stop what is served there, it would be photographed instead")
    environment = {**os.environ, "WANGGE_HOME": str(home), "WANGGE_PORT": str(PORT)}
    command = [str(ROOT / ".venv/bin/wangge"), "demo", "--size", "small"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as served:
        try:
            until = time.monotonic() + LOADED
            while not answers():
                if served.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the demo did not come up: `wangge doctor` tells more")
                time.sleep(0.5)
            yield environment
        finally:
            served.terminate()
            served.wait(30)


def second_factor(environment: dict[str, str]) -> str:
    told = subprocess.run(
        [str(ROOT / ".venv/bin/wangge"), "code"], env=environment, capture_output=True, text=True, check=True
    )
    return told.stdout.split()[0]


def story(environment: dict[str, str]) -> dict[str, str]:
    """Play the reports of the pictures; returns what stands in the addresses."""
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "wangge.web.settings"}
    command = [sys.executable, "-c", "import django; django.setup(); from tools.picture_story import main; main()"]
    told = subprocess.run(command, env=settings, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(told.stdout.splitlines()[-1])
    return found


def sign_in(page: Page, who: str, environment: dict[str, str]) -> None:
    page.goto(f"{ADDRESS}/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button.wg-primary").click()
    page.wait_for_load_state()
    if page.locator("input[name=code]").count():
        page.fill("input[name=code]", second_factor(environment))
        page.locator("form button.wg-primary").click()
        page.wait_for_load_state()


def bind(page: Page, offer: str) -> None:
    """Bind a grid worker's phone by the address the secretary shows."""
    page.goto(f"{ADDRESS}/phone/{offer}/")
    for field in page.locator("input[inputmode=numeric], input[type=password]").all():
        field.fill(PIN)
    page.locator("form button.wg-primary").click()
    page.wait_for_url(f"{ADDRESS}/my/")


def photograph(page: Page, name: str, height: int) -> Image.Image:
    """The page as it stands when its scripts are done; a phone grows until the page ends."""
    if name == "map":
        page.locator("body[data-map]").wait_for()
    if name == "desk":
        page.keyboard.press("KeyJ")
        page.locator("[data-detail-part]").wait_for()
    page.wait_for_load_state("networkidle")
    if not height:
        width, end = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        page.set_viewport_size({"width": width, "height": end})
    page.wait_for_timeout(SETTLED)
    return Image.open(io.BytesIO(page.screenshot()))


def keep(image: Image.Image, name: str) -> None:
    """Write a picture with a palette, which keeps text sharp in a fraction of the bytes."""
    path = PICTURES / f"{name}.png"
    few = image.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} KB")


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages on one ground, as high as the left one."""
    gap, height = 24, left.height
    whole = Image.new("RGB", (left.width + right.width + 3 * gap, height + 2 * gap), GROUND)
    whole.paste(left, (gap, gap))
    whole.paste(right.crop((0, 0, right.width, height)), (left.width + 2 * gap, gap))
    return whole


def take(browser: Browser, environment: dict[str, str], wanted: set[str]) -> None:
    """The wanted pages in both languages; each person signs in once."""
    told = story(environment)
    for name, who, where, width, height in SHOTS:
        if name not in wanted:
            continue
        page = browser.new_page(viewport={"width": width, "height": height or TALL}, locale="zh-CN")
        page.set_default_timeout(PATIENCE)
        if who == WORKER:
            bind(page, told["phone"])
        elif who:
            sign_in(page, who, environment)
        for language, short in LANGUAGES.items():
            page.context.add_cookies([{"name": "wg_language", "value": language, "url": ADDRESS}])
            page.set_viewport_size({"width": width, "height": height or TALL})
            page.goto(ADDRESS + where.format(**told))
            keep(photograph(page, name, height), f"{name}-{short}")
        page.close()
    if wanted >= set(README):
        head_of_the_readme()


def head_of_the_readme() -> None:
    for short in LANGUAGES.values():
        left, right = (Image.open(PICTURES / f"{name}-{short}.png").convert("RGB") for name in README)
        keep(side_by_side(left, right), f"readme-{short}")


def main(words: list[str]) -> int:
    """Take the pictures that were named, or all; asks for Chromium on the path."""
    every = {name for name, *_rest in SHOTS}
    if unknown := sorted(set(words) - every):
        print(f"no such picture: {', '.join(unknown)}; pictures are {', '.join(sorted(every))}")
        return 2
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("No Chromium on this machine: apt install chromium fonts-noto-cjk")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wangge-pictures-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        with demo(Path(folder)) as environment:
            take(browser, environment, set(words) or every)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
