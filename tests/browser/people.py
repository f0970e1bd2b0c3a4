"""People of the cast at their own browsers."""

import io
from dataclasses import dataclass, field

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.cast import Cast, Person
from tests.live import Live
from wangge.teams import actions as teams
from wangge.web.demo.staffing import DEMO_PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PIN = "402817"


def picture(colour: str = "steelblue") -> bytes:
    """A photo as a phone would take it, small enough for a test."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


def page_of(
    browser: Browser,
    *,
    width: int,
    script: bool = True,
    state: StorageState | None = None,
) -> Page:
    """A page of somebody else's browser, with a size and a language."""
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 600 else 900},
        java_script_enabled=script,
        storage_state=state,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.add_init_script("window.wgStarted = Date.now()")
    return page


@dataclass(frozen=True)
class Browsers:
    """Opens browsers on one served house."""

    browser: Browser
    live: Live
    cast: Cast
    signed: dict[int, StorageState] = field(default_factory=dict)

    def resident(self, width: int = 390) -> Page:
        return page_of(self.browser, width=width)

    def desk(self, person: Person, width: int = 1440) -> Page:
        """Sign in with password and, where asked, the second factor; who came once today is still signed in."""
        if person.account_id in self.signed:
            return page_of(self.browser, width=width, state=self.signed[person.account_id])
        with person.acting():
            account = person.account
            TOTP.activate(account, SECRET)
        page = page_of(self.browser, width=width)
        page.goto(f"{self.live.url}/accounts/login/")
        page.fill("input[name=login]", account.username)
        page.fill("input[name=password]", DEMO_PASSWORD)
        page.locator("form button.wg-primary").click()
        page.fill("input[name=code]", format_hotp_value(hotp_value(SECRET, int(timezone.now().timestamp()) // 30)))
        page.locator("form button.wg-primary").click()
        expect(page).not_to_have_url(f"{self.live.url}/accounts/2fa/authenticate/")
        self.signed[person.account_id] = page.context.storage_state()
        return page

    def without_scripts(self, signed: Page) -> Page:
        """The same person in a browser that runs no scripts."""
        return page_of(self.browser, width=1440, script=False, state=signed.context.storage_state())

    def phone(self, person: Person, secretary: Person, area_id: int) -> Page:
        """Bind a grid worker's phone by the code the secretary shows."""
        with secretary.acting() as by:
            offer = teams.offer_device(person.account, area_id=area_id, by=by, now=timezone.now()).secret
        page = page_of(self.browser, width=390)
        page.goto(f"{self.live.url}/phone/{offer}/")
        for box in page.locator("input[inputmode=numeric], input[type=password]").all():
            box.fill(PIN)
        page.locator("form button.wg-primary").click()
        expect(page).to_have_url(f"{self.live.url}/my/")
        return page


def act(page: Page, live: Live, number: str, verb: str, **fields: str) -> None:
    """Fill in the form of a verb on its own page and send it."""
    page.goto(f"{live.url}/case/{number}/do/{verb}/")
    for summary in page.locator("form[data-draft] details:not([open]) > summary").all():
        summary.click()
    for name, value in fields.items():
        choice = page.locator(f"[name={name}][value='{value}']")
        if choice.count():
            choice.first.check()
        elif page.locator(f"select[name={name}]").count():
            page.locator(f"select[name={name}]").select_option(value)
        elif page.locator(f"select[name={name}_other]").count():
            page.locator(f"select[name={name}_other]").select_option(value)
        else:
            page.locator(f"[name={name}]").first.fill(value)
    page.locator("form[data-draft] button.wg-primary").click()
    page.wait_for_url(lambda url: f"/do/{verb}/" not in url)
