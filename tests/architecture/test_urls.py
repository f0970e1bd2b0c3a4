"""Every page names its rule or stands on the short public list."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tools.urls import PUBLIC, public, stale, unruled

pytestmark = pytest.mark.django


def may(_actor: object) -> None:
    return None


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def ruled(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def for_all(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


ruled.rule = may  # type: ignore[attr-defined] # what @needs leaves on a view
for_all.rule = "public"  # type: ignore[attr-defined] # what @open_to_all leaves on a view
TABLE: list[Any] = [
    path("bare", bare),
    path("ruled", ruled),
    path("in/", include(([path("bare", bare), path("open", for_all)], "toy"))),
]


def test_a_planted_page_without_a_rule_is_found_also_in_an_included_table() -> None:
    assert unruled(TABLE, set()) == [
        "bare: names no rule",
        "in/bare: names no rule",
        "in/open: public, but not on the list",
    ]


def test_the_public_list_covers_what_it_names_and_what_lies_below_a_star() -> None:
    assert unruled(TABLE, {"bare", "in/*"}) == []


def test_each_verb_of_an_api_path_is_asked(django_apps: None) -> None:
    from ninja import NinjaAPI

    def read(request: HttpRequest) -> int: ...  # type: ignore[empty-body] # never called
    def write(request: HttpRequest) -> int: ...  # type: ignore[empty-body] # never called

    write.rule = may  # type: ignore[attr-defined] # what @needs leaves on a view
    api = NinjaAPI(urls_namespace="toy-api", openapi_url=None, docs_url=None)
    api.get("/case")(read)
    api.post("/case")(write)

    assert unruled([path("api/", api.urls)], {"api/"}) == ["api/case: names no rule"]


def test_a_line_of_the_public_list_that_nobody_needs_is_found() -> None:
    assert stale(TABLE, {"bare", "ruled", "gone/*"}) == {"ruled", "gone/*"}


def test_remarks_of_the_public_list_are_no_pages() -> None:
    assert public("# residents\nr/<token>/  # report\n\nstatic/*\n") == {"r/<token>/", "static/*"}


def test_every_page_of_ours_names_its_rule_or_is_on_the_public_list(django_apps: None) -> None:
    from django.urls import get_resolver

    table, allowed = get_resolver().url_patterns, public(PUBLIC.read_text(encoding="utf-8"))
    assert (unruled(table, allowed), stale(table, allowed)) == ([], set())
