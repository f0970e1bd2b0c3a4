"""The notice at a form that asks data about people, by a code of the register: `{% notice "register" %}`."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.timezone import localdate

from wangge.web.privacy.register import told

register = template.Library()


@register.inclusion_tag("privacy/_notice.html", takes_context=True)
def notice(context: Context, code: str) -> dict[str, Any]:
    """What the purpose is, by which law, which data, who sees it, how long; nothing where no law carries it today."""
    today = localdate(context["request"].now)
    return {"one": next((one for one in told(today) if one.code == code), None)}
