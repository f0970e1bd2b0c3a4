"""Addresses of the search."""

from django.urls import path

from wangge.web.search import views

urlpatterns = [
    path("search/", views.page, name="search"),
    path("search/suggestions/", views.suggestions, name="search-suggestions"),
]
