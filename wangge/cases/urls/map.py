"""Addresses of the map."""

from django.urls import path

from wangge.cases.views import map as page

urlpatterns = [
    path("map/", page.page, name="map"),
    path("map/areas.json", page.areas, name="map-areas"),
    path("map/grids.json", page.grids, name="map-grids"),
    path("map/buildings.json", page.buildings, name="map-buildings"),
    path("map/cases.json", page.cases, name="map-cases"),
]
