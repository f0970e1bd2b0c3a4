"""What every page's frame needs: menu, area, language, size, marks."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {}
