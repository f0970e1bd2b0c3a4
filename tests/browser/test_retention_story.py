"""The time of keeping passes: counted, removed, certified, checked by the auditor; persons are invented.

The worker does not run here: the story says itself when its turn has come, and no nightly run comes between.
"""

import re
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.cast import Cast
from tests.live import Live, serving
from tests.people.registering import dwelling_of
from wangge.jobs.system import as_system
from wangge.people.actions import Member, leave, record_household, retaining
from wangge.people.models import Person, RetentionRun
from wangge.people.words import Tenure
from wangge.web.postgres.cluster import Cluster

KEPT = 365
"""Days the shipped rules keep somebody who moved away."""
STORY = timedelta(minutes=4)


@pytest.fixture(scope="module")
def live(cluster: Cluster, db: str, cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with serving(cluster, db, tmp_path_factory.mktemp("served"), worker=False) as served:
        yield served


def one_day() -> datetime:
    """This moment; shortly before midnight the first of the next day, so that the story has one day."""
    now = timezone.now()
    if timezone.localdate(now + STORY) != timezone.localdate(now):
        time.sleep(STORY.total_seconds())
    return timezone.now()


def moved_away(cast: Cast, name: str, at: int, day: date, now: datetime) -> int:
    """Somebody who left an own dwelling on a day and moved nowhere else; returns the number of the person."""
    with cast.lin.acting() as lin:
        household = record_household(
            dwelling_of(cast.grid_id, at), members=(Member(f"{name}（虚构）", Tenure.OWNER, phone="138 0000 0001"),),
            source="worker:1", by=lin, now=now - timedelta(days=400),
        )  # fmt: skip
        person = household.persons.get()
        leave(person, on=day, source="worker:1", by=lin, now=now)
    return person.pk


def asked(page: Page, house: str, *, dry: bool) -> None:
    """Ask for a run with the button of the page."""
    page.goto(f"{house}/retention/")
    page.locator(f"form:has(input[name=dry][value='{int(dry)}']) button").click()
    page.wait_for_load_state()


def worker_comes() -> None:
    """The worker's turn: what was asked for is carried out, sealed and certified."""
    with as_system("test"):
        assert RetentionRun.objects.filter(finished_at__isnull=True).exists()
    for _step in retaining.carry_on(clock=timezone.now, seconds=600):
        pass


def held_back(page: Page, house: str, person: int, until: date) -> None:
    """The security administrator holds the rows of one person for a case at court; a day long past is refused."""
    page.goto(f"{house}/retention/holds/")
    look(page, "retention-1-holds")
    page.fill("input[name=person_id]", str(person))
    page.fill("input[name=reference]", "2026 民初 15")
    page.fill("input[name=until]", "2000-01-01")
    page.locator("main form button.wg-primary").click()
    expect(page.locator("[data-errors]")).to_be_visible()
    page.fill("input[name=until]", until.isoformat())
    page.locator("main form button.wg-primary").click()
    expect(page.locator("#holds tr")).to_have_count(1)
    look(page, "retention-2-held")


def newest(page: Page, house: str, kind: str, name: str) -> None:
    """Open the newest run of a kind from the list."""
    page.goto(f"{house}/retention/runs/?kind={kind}")
    page.locator("#runs a").first.click()
    look(page, name)


def there(*persons: int) -> list[bool]:
    with as_system("test"):
        return [Person.objects.filter(pk=one).exists() for one in persons]


def of_people(page: Page) -> str:
    """The line of the run that counts people who moved away."""
    return page.locator("main tr", has_text="搬走、不再住在本地的人").first.inner_text()


def test_what_is_over_is_counted_removed_and_proven(browsers: Browsers, tmp_path: Path) -> None:
    cast, house = browsers.cast, browsers.live.url
    now = one_day()
    today = timezone.localdate(now)
    over = moved_away(cast, "孙兰", 0, today - timedelta(days=KEPT), now)
    almost = moved_away(cast, "郭强", 1, today - timedelta(days=KEPT - 1), now)
    held = moved_away(cast, "何燕", 2, today - timedelta(days=KEPT), now)
    wang, guard, auditor = browsers.desk(cast.wang), browsers.desk(cast.security_admin), browsers.desk(cast.auditor)
    for path in ("", "runs/", "holds/", "certificates/"):  # the secretary of the community has no part in it
        assert wang.goto(f"{house}/retention/{path}").status == 409  # type: ignore[union-attr] # there is an answer

    guard.goto(f"{house}/retention/")
    expect(guard.locator("main")).to_contain_text("搬走、不再住在本地的人")
    look(guard, "retention-0-rules")
    held_back(guard, house, held, today + timedelta(days=30))

    asked(guard, house, dry=True)
    worker_comes()
    newest(guard, house, "dry", "retention-3-dry")
    assert re.search(r"\s1\s", of_people(guard)), of_people(guard)  # 何燕 is held, 郭强 has a day left
    assert "孙兰" not in guard.content()
    assert there(over, almost, held) == [True, True, True]

    asked(guard, house, dry=False)
    asked(guard, house, dry=False)
    expect(guard.locator("body")).to_contain_text("已经有一次在进行")
    worker_comes()
    assert there(over, almost, held) == [False, True, True]
    newest(guard, house, "real", "retention-4-run")
    assert re.search(r"\s1\s", of_people(guard)), of_people(guard)
    guard.locator("a.wg-primary").click()
    expect(guard.locator("h1")).to_contain_text("清理凭证")
    expect(guard.locator("main form")).to_have_count(0)  # whoever removes does not check the proof
    look(guard, "retention-5-certificate")
    guard.emulate_media(media="print")
    guard.pdf(path=str(tmp_path / "certificate.pdf"), format="A4")

    auditor.goto(f"{house}/retention/")
    expect(auditor.locator("form[action$='/ask/']")).to_have_count(0)  # who checks does not remove
    auditor.goto(f"{house}/retention/certificates/")
    look(auditor, "retention-6-certificates")
    auditor.locator("#certificates a").first.click()
    auditor.locator("form button").first.click()
    expect(auditor.locator("[role=status]")).to_contain_text("账本证实这份凭证的每个数")
    gone_for_the_keeper(wang, house, over, almost)

    guard.emulate_media(media="screen")
    guard.goto(f"{house}/retention/holds/")
    guard.locator("#holds form button").click()
    asked(guard, house, dry=False)
    worker_comes()
    assert there(over, almost, held) == [False, True, False]  # nothing keeps it any more


def gone_for_the_keeper(page: Page, house: str, over: int, almost: int) -> None:
    """The secretary's page of somebody who is gone answers that there is nobody; the one a day under is there."""
    assert page.goto(f"{house}/people/{over}/rights/").status == 404  # type: ignore[union-attr] # there is an answer
    assert page.goto(f"{house}/people/{almost}/rights/").status == 200  # type: ignore[union-attr] # there is an answer
