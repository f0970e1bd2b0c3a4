"""Cases in a given state, made through the same actions a person uses."""

from datetime import datetime

from django.utils import timezone

from tests.cast import Cast, case
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.files.actions import keep_photo
from wangge.jobs.system import as_system
from wangge.ledger import outbox
from wangge.places.queries import by_token

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def reported(
    cast: Cast, text: str = "楼道漏水", *, phone: str = "", far: bool = False, at: datetime | None = None,
    danger: bool = False, photo: bool = False,
) -> str:  # fmt: skip
    """A resident's report; returns its number."""
    now = at or timezone.now()
    with cast.sun.acting() as sun:
        place = by_token(cast.far_building_token if far else cast.building_token)
        assert place is not None
        photos = (keep_photo(PNG, owner="case", now=now),) if photo else ()
        given = actions.Report(place, text, phone=phone, danger=danger, photos=photos)
        return actions.report(given, by=sun, now=now).case.number


def accepted(cast: Cast, number: str, category: str = "water.burst_pipe") -> str:
    with cast.acceptor.acting() as acceptor:
        actions.accept(case(number), category=category, by=acceptor, now=timezone.now())
    return number


def dispatched(cast: Cast, number: str) -> str:
    with cast.dispatcher.acting() as dispatcher:
        actions.dispatch(case(number), organisation=cast.water, by=dispatcher, now=timezone.now())
    return number


def handled(cast: Cast, number: str) -> str:
    with cast.zhao.acting() as zhao:
        actions.handle(case(number), by=zhao, now=timezone.now(), said=Said("换了一段水管"))
    return number


def run_the_outbox() -> None:
    """What the house does after every entry of the book."""
    with as_system("outbox"):
        news: list[outbox.News] = []
        outbox.drain(news.append)
        for each in news:
            outbox.react(each)
            outbox.react(each)  # at least once: twice makes no second message
