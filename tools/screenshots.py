"""Photograph ten pages of the small demo in both languages into docs/pictures: `make screenshots`."""

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

from playwright.sync_api import Browser, Page, sync_playwright

from tools.tree import ROOT

PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "demo-wangge-2026"  # noqa: S105 - the demo's, printed at its start
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
LANGUAGES = {"zh-hans": "zh", "en": "en"}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

SHOTS = (  # name, who, where ("case" and "tokens" are filled in below), width
    ("home", "", "/", 390),
    ("report", "", "/r/{building}/", 390),
    ("grid-card", "", "/g/{grid}/", 390),
    ("grid-poster", "", "/g/{grid}/poster/", 900),
    ("desk", "acceptor01", "/desk/intake/", 1440),
    ("case", "duty_chief01", "/case/{case}/", 1440),
    ("dispatch", "dispatcher01", "/desk/dispatch/", 1440),
    ("map", "checker01", "/map/", 1440),
    ("team", "secretary01", "/team/", 1440),
    ("book", "auditor01", "/book/", 1440),
)


@contextmanager
def demo(home: Path) -> Iterator[dict[str, str]]:
    """The small demo, served from a folder of its own until the block ends."""
    environment = {**os.environ, "WANGGE_HOME": str(home), "WANGGE_PORT": str(PORT)}
    command = [str(ROOT / ".venv/bin/wangge"), "demo", "--size", "small"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as served:
        try:
            until = time.monotonic() + 180
            while time.monotonic() < until:
                try:
                    urlopen(f"{ADDRESS}/health", timeout=2).close()  # noqa: S310 - our own address
                except (URLError, OSError):
                    time.sleep(0.5)
                else:
                    break
            yield environment
        finally:
            served.terminate()
            served.wait(30)


def second_factor(environment: dict[str, str]) -> str:
    told = subprocess.run(
        [str(ROOT / ".venv/bin/wangge"), "code"], env=environment, capture_output=True, text=True, check=True
    )
    return told.stdout.split()[0]


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


def page_for(browser: Browser, width: int, language: str) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 844 if width < 600 else 900})
    context.add_cookies([{"name": "wg_language", "value": language, "url": ADDRESS}])
    return context.new_page()


def places(environment: dict[str, str]) -> dict[str, str]:
    """Tokens of a building and a grid, and the number of a case in progress."""
    program = (
        "import django; django.setup()\n"
        "from wangge.jobs.system import as_system\n"
        "from wangge.places.models import Building, Grid\n"
        "from wangge.cases.models import Case\n"
        "with as_system('look'):\n"
        "    print(Building.objects.order_by('id')[0].token, Grid.objects.exclude(kind='total_grid')[0].token,"
        " Case.objects.filter(state='in_progress').order_by('id').values_list('number', flat=True)[0])\n"
    )
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "wangge.web.settings"}
    told = subprocess.run(
        [sys.executable, "-c", program], env=settings, cwd=ROOT, capture_output=True, text=True, check=True
    )
    building, grid, case = told.stdout.split()
    return {"building": building, "grid": grid, "case": case}


def photograph(browser: Browser, environment: dict[str, str]) -> None:
    tokens = places(environment)
    for language, short in LANGUAGES.items():
        for name, who, where, width in SHOTS:
            page = page_for(browser, width, language)
            if who:
                sign_in(page, who, environment)
            page.goto(ADDRESS + where.format(**tokens))
            if name == "map":
                page.wait_for_function("document.body.dataset.map !== undefined", timeout=30_000)
            page.wait_for_timeout(600)
            page.screenshot(path=PICTURES / f"{name}-{short}.png", full_page=width < 600)
            print(f"{name}-{short}.png")
            page.context.close()


def main() -> int:
    """Take all pictures; asks for Chromium on the path."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("No Chromium on this machine: apt install chromium fonts-noto-cjk")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wangge-pictures-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        with demo(Path(folder)) as environment:
            photograph(browser, environment)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
