"""The addresses of the house: each part brings its own."""

from django.urls import URLPattern, URLResolver, include, path

PARTS = (  # the busiest first
    "wangge.cases.urls",
    "wangge.insight.urls",
    "wangge.web.preferences",
    "wangge.web.signin.urls",
    "wangge.teams.urls",
    "wangge.places.urls",
    "wangge.web.search.urls",
    "wangge.web.areas.urls",
    "wangge.web.grids.urls",
    "wangge.web.homes.urls",
    "wangge.web.care.urls",
    "wangge.web.privacy.urls",
    "wangge.web.firms.urls",
    "wangge.web.sheets.urls",
    "wangge.web.rights.urls",
    "wangge.web.retention.urls",
    "wangge.exchange.urls",
    "wangge.web.book.urls",
    "wangge.web.health",
    "wangge.web.api.urls",
)
urlpatterns: list[URLPattern | URLResolver] = [path("", include(part)) for part in PARTS]

handler400 = "wangge.web.errors.bad_request"
handler403 = "wangge.web.errors.forbidden"
handler404 = "wangge.web.errors.not_found"
handler500 = "wangge.web.errors.broken"
