"""A real Chromium on the served house; skipped, and counted, where there is none."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.people import Browsers
from tests.cast import Cast
from tests.conftest import fresh
from tests.live import Live, serving
from wangge.web.postgres.cluster import Cluster

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
expect.set_options(timeout=30_000)  # what is right comes at once or a little later: no test is about speed


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


@pytest.fixture(scope="module")
def db(cluster: Cluster) -> Iterator[str]:
    """One database for the browser tests of a file: starting a house for each would take longer than the tests."""
    with fresh(cluster) as name:
        yield name


@pytest.fixture(scope="module")
def cast(db: str) -> Cast:
    return Cast.of_the_invented_town()


@pytest.fixture(scope="module")
def live(cluster: Cluster, db: str, cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with serving(cluster, db, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def browsers(chromium: Browser, live: Live, cast: Cast) -> Browsers:
    return Browsers(chromium, live, cast)


@pytest.fixture(autouse=True)
def one_window_less(chromium: Browser) -> Iterator[None]:
    """What a test opened is closed with it."""
    yield
    for context in chromium.contexts:
        context.close()


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
