"""All pages of cases: residents' first, then the desks', the field's and the map."""

from django.urls import URLResolver, include, path

PARTS = ("public", "desk", "field", "map")

urlpatterns: list[URLResolver] = [path("", include(f"{__name__}.{part}")) for part in PARTS]
