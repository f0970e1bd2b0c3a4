"""A clerk who brings lists in through the pages: uploads, maps, decides, confirms, reads the report, gives back."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.cast import Cast, Person
from tests.live import Live
from wangge.exchange.models import Import

PATIENCE = 150.0
AT_WORK = ("reading", "mapped", "committing", "undoing")


def until(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def bare(address: str) -> str:
    """The address of a page without what is asked of it and where on it one stands."""
    return re.split(r"[?#]", address)[0]


@dataclass(frozen=True)
class List:
    """A file as somebody sends it, and what the clerk says of it."""

    name: str
    raw: bytes
    kind: str = "compounds"
    system: str = "wgs84"
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    never: tuple[str, ...] = ()  # places the clerk leaves out by name


@dataclass(frozen=True)
class Clerk:
    """An administrator at the pages of imports. The worker does the work meanwhile."""

    page: Page
    live: Live
    cast: Cast
    folder: Path
    who: Person

    def state(self, pk: int) -> str:
        with self.who.acting():
            return Import.objects.values_list("state", flat=True).get(pk=pk)

    def rested(self, pk: int) -> None:
        """Wait until it is a person's turn, and look at that page."""
        until(lambda: self.state(pk) not in AT_WORK, f"import {pk} is still {self.state(pk)}")
        self.page.goto(f"{self.live.url}/imports/{pk}/")

    def checked(self, one: List) -> int:
        """Upload, choose columns, and stand before the preview."""
        page, path = self.page, self.folder / f"{one.name}.csv"
        path.write_bytes(one.raw)
        page.goto(f"{self.live.url}/imports/new/")
        page.locator(f"input[name=kind][value={one.kind}]").check()
        page.fill("input[name=source]", one.name)
        page.set_input_files("input[name=file]", str(path))
        page.locator("main form button.wg-primary").click()
        found = re.search(r"/imports/(\d+)/", page.url)
        assert found, page.url
        self.rested(pk := int(found[1]))
        for name, column in one.columns.items():
            page.locator(f"select[name=column-{name}]").select_option(column)
        if one.kind == "compounds":
            page.locator("select[name=system-kind]").select_option(one.system)
        for name, value in one.options.items():
            told = page.locator(f"[name=option-{name}]")
            told.select_option(value) if told.evaluate("one => one.tagName") == "SELECT" else told.fill(value)
        page.locator("main form button.wg-primary").click()
        self.rested(pk)
        return pk

    def decided(self, one: List, rest: str = "take") -> list[str]:
        """Say no to the places named, join what is surely the same, leave out what cannot be; then what is left.

        Who leaves out the rest joins nothing either.
        """
        page, refused = self.page, []
        for name in one.never:
            page.goto(f"{bare(page.url)}?doubt=outside")
            row = page.locator("#doubt-rows tr", has_text=name).filter(has=page.locator("button[value$=':out']"))
            if row.count():
                row.first.locator("button[value$=':out']").click()
                page.wait_for_url(re.compile(r"/preview/#doubts$"))
                refused.append(name)
            page.goto(bare(page.url))
        for decision in ("same", "out") if rest == "take" else ("out",):
            if (every := page.locator(f"#doubts form.wg-verbs button[value={decision}]")).count():
                every.click()
        while (boxes := page.locator("#doubt-rows input[name=doubt]")).count():
            for box in boxes.all():
                box.check()
            page.locator(f"#doubts .wg-bulk button[value={rest}]").click()
        return refused

    def confirm(self) -> None:
        if (without := self.page.locator("input[name=without_faulty]")).count():
            without.check()
        self.page.locator("#confirm ~ form button.wg-primary").click()

    def taken(self, one: List, rest: str = "take") -> int:
        pk = self.checked(one)
        self.decided(one, rest)
        self.confirm()
        self.rested(pk)
        expect(self.page).to_have_url(re.compile(r"/report/$"))
        return pk

    def given_back(self, pk: int) -> None:
        self.page.goto(f"{self.live.url}/imports/{pk}/undo/")
        self.page.locator("main form button.wg-primary").click()
        self.rested(pk)
        expect(self.page.locator(".wg-says-good")).to_be_visible()

    def outcome_of(self, pk: int, name: str) -> str:
        """What the report says became of a row."""
        after = "0"
        self.page.goto(f"{self.live.url}/imports/{pk}/rows/")
        while not (row := self.page.locator("#rows tr", has_text=name)).count():
            last = self.page.locator("#rows tr").last.locator("td").first.inner_text().strip()
            assert last != after, f"{name} is in no row of import {pk}"
            self.page.goto(f"{self.live.url}/imports/{pk}/rows/?after={(after := last)}")
        return row.first.locator("td").last.inner_text()
