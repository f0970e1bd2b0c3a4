"""A real Chromium on the served house; skipped, and counted, where there is none."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cast import Cast
from tests.live import Live, serving
from wangge.web.postgres.cluster import Cluster

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: `apt install chromium fonts-noto-cjk`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def live(cluster: Cluster, db: str, cast: Cast, tmp_path: Path) -> Iterator[Live]:
    with serving(cluster, db, tmp_path) as served:
        yield served


def page_of(browser: Browser, *, width: int, language: str = "zh-hans", script: bool = True) -> Page:
    """A page of somebody else's browser, with a size and a language."""
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 600 else 900}, java_script_enabled=script
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.add_init_script("window.wgStarted = Date.now()")
    return page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Photograph every open page of a test that failed."""
    report = yield
    shots = os.environ.get("WANGGE_TEST_SHOTS")
    if report.when == "call" and report.failed and shots:
        browser: Browser = item.funcargs["chromium"]  # type: ignore[attr-defined] # a function's item has them
        for number, page in enumerate(page for context in browser.contexts for page in context.pages):
            page.screenshot(path=Path(shots, f"{item.name}-{number}.png"))
    return report
