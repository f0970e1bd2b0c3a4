"""Template tags of the house: built files, icons, clocks, moments, QR drawings, cards and dialogs."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.core.clock_face import Face, Look, day_and_time, wording
from wangge.core.deadlines import ClockKind
from wangge.core.labels import Language
from wangge.web import assets
from wangge.web.script_words import script_words

register = template.Library()
register.simple_tag(script_words)

CLOCK_ICONS = {
    Look.IN_TIME: "clock",
    Look.HALF: "alert-triangle",
    Look.OVERDUE: "alarm",
    Look.PAUSED: "player-pause",
    Look.DONE_IN_TIME: "check",
    Look.DONE_LATE: "alarm",
}
ANY_NUMBER = 10**18
RUNNING = {Look.IN_TIME, Look.HALF, Look.OVERDUE}


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


@register.simple_tag
def page_language() -> str:
    """`zh-Hans` or `en`, as `<html lang>` wants it."""
    return language()


@register.simple_tag
def asset(name: str) -> str:
    """Style sheets, script and early hints of an entry of the build: `{% asset "console.ts" %}`."""
    return _linked(name, assets.stamp())


@lru_cache(maxsize=64)
def _linked(name: str, _stamp: tuple[Path, int]) -> str:
    script = assets.script(name)
    return format_html(
        "{}{}{}",
        format_html_join("", '<link rel="stylesheet" href="{}">', ((url,) for url in assets.styles(name))),
        format_html_join("", '<link rel="modulepreload" href="{}">', ((url,) for url in assets.preloads(name))),
        format_html('<script type="module" src="{}"></script>', script) if script else "",
    )


@register.simple_tag
def link(route: str, number: int, *rest: str) -> str:
    """The address of a page with a number in it, as `{% url %}` says it: for pages with many links of one route."""
    before, after = _around(route, *rest)
    return f"{before}{number:d}{after}"


@lru_cache(maxsize=256)
def _around(route: str, *rest: str) -> tuple[str, str]:
    before, _number, after = reverse(route, args=[ANY_NUMBER, *rest]).partition(str(ANY_NUMBER))
    return before, after


@register.simple_tag
def tab_icon() -> str:
    """The mark in the browser's tab; without it every first page asks for a /favicon.ico that nobody has."""
    return format_html('<link rel="icon" type="image/svg+xml" href="{}">', static("mark.svg"))


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """An outline icon of the sprite; with a label only where no word stands beside it (zoom, eye, close)."""
    return _drawn(assets.entry("sprite.svg")["file"], name, str(label))


@lru_cache(maxsize=1024)
def _drawn(sprite: str, name: str, label: str) -> str:
    """A page of a list has two hundred icons of a dozen kinds."""
    href = f"{assets.address(sprite)}#{name}"
    if label:
        return format_html('<svg class="wg-icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="wg-icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def mark(label: str, icon: str = "", tone: str = "warn") -> str:
    """A mark beside a case: danger, duplicate, doubt. Tones: warn, bad, check, none and those of a state."""
    return _marked(assets.entry("sprite.svg")["file"], str(label), icon, tone)


@register.simple_tag
def badge(state: Any) -> str:
    """The state of a case: what has `label`, `icon` and `tone` (waiting, work, check, good, hold, none)."""
    return mark(state.label, state.icon, state.tone)


@lru_cache(maxsize=1024)
def _marked(sprite: str, label: str, icon: str, tone: str) -> str:
    drawn = _drawn(sprite, icon, "") if icon else ""
    return format_html('<span class="wg-state wg-state-{}">{}<span>{}</span></span>', tone, drawn, label)


CLOCK = '<span class="wg-clock wg-clock-{}" title="{}"{}{}{}>{}<span data-clock-text>{}</span></span>'
IN_DAYS = format_html("{}", " data-in-days")


@register.simple_tag
def clock(face: Face | None, kind: ClockKind = ClockKind.NATURAL_DAY, half_at: datetime | None = None) -> str:
    """A clock from its face; scripts repaint it until it stops. `half_at` as given to `core.clock_face.face`."""
    if not face:
        return ""
    paused = timezone.localtime(face.paused_until) if face.paused_until else None
    face = replace(face, now=timezone.localtime(face.now), due=timezone.localtime(face.due), paused_until=paused)
    runs, counted = face.kind in RUNNING, kind in {ClockKind.NATURAL_DAY, ClockKind.EMERGENCY_HOUR}
    half = half_at or (face.due - (face.used + face.left) / 2 if counted else None)
    return format_html(
        CLOCK, face.kind.value, _("until %(until)s") % {"until": day_and_time(face.due, face.now, language())},
        _instant("due", face.due if runs else None), _instant("half", half if runs else None),
        IN_DAYS if runs and face.working_days is not None else "", icon(CLOCK_ICONS[face.kind]),
        wording(face, kind, language()),
    )  # fmt: skip


def _instant(name: str, at: datetime | None) -> str:
    return format_html(' data-{}="{}"', name, at.isoformat()) if at else ""


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None) -> str:
    """A moment as people say it: 09:45 today, else the day and the time, the year only when it differs."""
    if not at:  # a name the template does not know arrives as an empty text
        return ""
    now = timezone.localtime(getattr(context.get("request"), "now", None))
    local = timezone.localtime(at)
    text = f"{local:%H:%M}" if local.date() == now.date() else day_and_time(local, now, language())
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


@register.filter
def grouped(value: int) -> str:
    """A count with its thousands apart: 2,242."""
    return number_format(value, use_l10n=False, force_grouping=False) if abs(value) < 1000 else f"{value:,}"


@register.inclusion_tag("components/qr.html")
def qr(text: str, code: str = "", label: str = "") -> dict[str, Any]:
    """A QR as one SVG path (level M, quiet zone of 4 modules), with the code in letters below when given."""
    made = segno.make(text, error="m", micro=False, boost_error=False)
    rows = [
        f"M{x + 4} {y + 4}h1v1h-1z"
        for y, row in enumerate(made.matrix)
        for x, module in enumerate(row)
        if module & 1
    ]  # fmt: skip
    return {"side": len(made.matrix) + 8, "path": "".join(rows), "code": code, "label": label}


@register.simple_block_tag
def card(content: str, title: str = "", hint: str = "", tone: str = "") -> str:
    """`{% card title=… hint=… tone="note" %}…{% endcard %}`; tones: turn, note, warn, bad, good."""
    return render_to_string("components/card.html", {"content": content, "title": title, "hint": hint, "tone": tone})


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> str:
    """`{% dialog name="later" title=… %}…{% enddialog %}`, opened by `<a href="#later" data-dialog="later">`."""
    return render_to_string("components/dialog.html", {"content": content, "name": name, "title": title})
