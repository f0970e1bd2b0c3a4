"""Bytes in, bytes out: JSON only, Chinese as it is written, no numbers that JSON does not know."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.parser import Parser as JSONParser
from ninja.renderers import JSONRenderer


def _unknown_number(_name: str) -> NoReturn:
    raise ValueError("JSON has no such number")


class Parser(JSONParser):
    """Reads JSON. Another content type is refused, so that no form of a strange page can post here."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise HttpError(415, _("Send JSON, with Content-Type: application/json."))
        found: dict[str, Any] = json.loads(request.body, parse_constant=_unknown_number)
        return found


class Renderer(JSONRenderer):
    """Writes JSON that people can read."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})
