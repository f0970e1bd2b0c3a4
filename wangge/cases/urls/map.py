"""Addresses of the map."""

from django.urls import path

from wangge.cases.views import map as page

urlpatterns = [
    path("map/", page.page, name="map"),
    path("map/print/", page.on_paper, name="map-print"),
    path("map/drawing.svg", page.as_drawing, name="map-drawing"),
    path("map/ground.json", page.ground, name="map-ground"),
    path("map/buildings.json", page.buildings, name="map-buildings"),
]
