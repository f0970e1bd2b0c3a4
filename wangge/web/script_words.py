"""The words scripts say, translated here so that there is no second catalogue."""

from django.utils.translation import gettext as _


def script_words(page: str = "") -> dict[str, str]:
    """Texts by the key a module asks for, with those of one page; `{name}` places are filled in the browser."""
    return _everywhere() | (_bench() if page == "bench" else {})


def _everywhere() -> dict[str, str]:
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


def _bench() -> dict[str, str]:
    """The workbench of a division."""
    return {
        "bench_moving": _("Moving: {what}, {n} households"),
        "bench_chosen": _("Chosen: {what}, {n} households"),
        "bench_choose": _("Choose houses: click, Shift adds, Shift and drag frames; then click where they go."),
        "bench_houses": _("{n} houses"),
        "bench_part": _("part of {name}"),
        "bench_becomes": _("{grid}: {before} → {after}"),
        "bench_under": _("under {n}"),
        "bench_over": _("over {n}"),
        "bench_drop": _("Click or let go to move; Z undoes it"),
        "bench_label": _("{n} · {says}"),
        "bench_rounds": _("{n} · {minutes} min"),
        "bench_locked": _("locked"),
        "bench_fit": _("All fit"),
        "bench_out": _("{n} do not fit"),
        "bench_counts": _("Grids: {grids} · micro-grids: {micro}"),
        "bench_house": _("{name}, {n} households, {grid}"),
        "bench_first": _("First: {grid}. Now the second."),
        "bench_point": _("Point set. Now the other end."),
        "bench_at_home": _("They lie there already: choose another grid."),
        "bench_none": _("No house is chosen: choose houses first."),
        "bench_name": _("{grid}: write its new name, then Enter."),
        "bench_nameless": _("Write a name first."),
        "bench_same": _("Choose two different grids."),
        "bench_busy": _("Working on it …"),
        "bench_no_net": _("No answer from the server; nothing was changed. Try again."),
    }
