"""The words scripts say, translated here so that there is no second catalogue."""

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    """Texts by the key a module asks for; `{name}` places are filled in the browser."""
    return _clock() | {
        "live": _("Live"),
        "stale": _("No network: the page stands still since {time}. You can read but not change."),
        "signed_out": _("Signed out: sign in again. What you wrote is kept."),
        "picked": _("{n} selected"),
        "seconds": _("{n} s"),
        "no_keys": _("No keys work on this page."),
        "draft_kept": _("What you write is kept on this device."),
        "draft_back": _("What you wrote before is still here."),
        "no_net": _("No network. What you wrote is kept here and sent when the network is back."),
        "photos_most": _("{n} photos at most. The others were not added."),
        "photo_n": _("Photo {n}"),
        "photo_remove": _("Remove"),
        "photo_remove_n": _("Remove photo {n}"),
        "copied": _("Copied"),
        "map": _("Map"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
    }


def _clock() -> dict[str, str]:
    return {
        "minutes": _("{n} min"),
        "hours": _("{h} h"),
        "hours_minutes": _("{h} h {n} min"),
        "day": _("{d} day"),
        "days": _("{d} days"),
        "days_hours": _("{days} {h} h"),
        "left": _("{time} left"),
        "left_soon": _("less than 1 min left"),
        "overdue": _("overdue by {time}"),
        "overdue_soon": _("overdue by less than 1 min"),
    }
