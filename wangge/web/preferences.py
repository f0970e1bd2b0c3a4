"""Language and size of type: plain links that leave a cookie on this device and lead back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme

from wangge.access.pages import open_to_all

YEAR = 365 * 24 * 3600
SIZES = ("normal", "large")


def _remembered(request: HttpRequest, cookie: str, asked: str, known: tuple[str, ...]) -> HttpResponse:
    """Lead back to a page of ours, with the choice in a cookie when it is one of the known."""
    target = request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = redirect(target if own else "/")
    if asked in known:
        response.set_cookie(cookie, asked, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


@open_to_all
def language(request: HttpRequest) -> HttpResponse:
    known = tuple(code for code, _name in settings.LANGUAGES)
    return _remembered(request, settings.LANGUAGE_COOKIE_NAME, request.GET.get("language", ""), known)


@open_to_all
def size(request: HttpRequest) -> HttpResponse:
    return _remembered(request, "wg_size", request.GET.get("size", ""), SIZES)


urlpatterns = [
    path("settings/language/", language, name="set-language"),
    path("settings/size/", size, name="set-size"),
]
