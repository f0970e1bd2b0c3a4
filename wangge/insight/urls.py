"""Addresses of figures."""

from django.urls import path

from wangge.insight.views import community_day, figures, wall

urlpatterns = [
    path("figures/", figures.first, name="figures"),
    path("figures/today/", community_day.page, name="community-day"),
    path("figures/today/sheet/", community_day.sheet, name="community-day-sheet"),
    path("figures/how/", figures.definitions, name="figures-how"),
    path("figures/<int:area>/", figures.page, name="figures-area"),
    path("figures/<int:area>/grids/", figures.grids, name="figures-grids"),
    path("figures/<int:area>/wall/", wall.wall, name="figures-wall"),
]
