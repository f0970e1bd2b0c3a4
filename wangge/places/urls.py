"""Public pages of places: the card of a grid and what hangs at doors."""

from django.urls import path

from wangge.places.views import building_poster, grid_card, grid_poster

urlpatterns = [
    path("g/<slug:token>/", grid_card, name="grid-card"),
    path("g/<slug:token>/poster/", grid_poster, name="grid-poster"),
    path("b/<slug:token>/poster/", building_poster, name="building-poster"),
]
