"""The mark of a demo installation, and the refusal to serve one to the public."""

from pathlib import Path

from django.conf import settings

from wangge.web.trouble import Trouble, gettext_noop


class DemoData(Trouble):
    """Demo accounts and demo keys do not go into production."""


class RealData(Trouble):
    """The demo does not go into an installation people work with."""


class NoDemo(Trouble):
    """A story is told in a running demo only."""


def path() -> Path:
    home: Path = settings.WANGGE.home
    return home / "DEMO"


def is_demo() -> bool:
    return path().exists()


def refuse_in_production() -> None:
    """A home with the demo's accounts is not served over TLS or under a public name."""
    if is_demo() and (settings.WANGGE.https or settings.WANGGE.hosts):
        raise DemoData(
            gettext_noop("%(home)s holds the demo with its known passwords. Choose an empty folder in WANGGE_HOME."),
            home=settings.WANGGE.home,
        )


def refuse_elsewhere() -> None:
    """The demo's accounts are not loaded into a home that was made without them."""
    if (settings.WANGGE.home / "pg").exists() and not is_demo():
        raise RealData(
            gettext_noop("%(home)s holds an installation that is no demo. Choose an empty folder in WANGGE_HOME."),
            home=settings.WANGGE.home,
        )


def refuse_without_demo() -> None:
    """Invented reports do not go among real ones."""
    if not is_demo():
        raise NoDemo(gettext_noop("%(home)s holds no demo. Start one with: wangge demo"), home=settings.WANGGE.home)
