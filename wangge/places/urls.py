"""Public pages of places: the card of a grid and what hangs at doors."""

from django.urls import path

from wangge.places import views

urlpatterns = [
    path("g/<slug:token>/", views.grid_card, name="grid-card"),
    path("g/<slug:token>/poster/", views.grid_poster, name="grid-poster"),
    path("b/<slug:token>/poster/", views.building_poster, name="building-poster"),
]
