"""Addresses of homes and of the people in them; nothing personal ever stands in an address."""

from django.urls import path

from wangge.web.homes import finding, persons, recording, views

urlpatterns = [
    path("homes/", views.homes, name="homes"),
    path("homes/grids/<int:pk>/", views.grid, name="homes-grid"),
    path("homes/buildings/<int:pk>/", views.building, name="homes-building"),
    path("homes/<int:pk>/", views.dwelling, name="home"),
    path("homes/<int:pk>/household/", recording.new, name="home-household"),
    path("homes/<int:pk>/use/", recording.use, name="home-use"),
    path("homes/households/<int:pk>/confirm/", recording.confirm, name="household-confirm"),
    path("homes/households/<int:pk>/join/", recording.join, name="household-join"),
    path("people/", finding.find, name="people-find"),
    path("people/<int:pk>/<slug:field>/open/", persons.reveal, name="person-open"),
    path("people/<int:pk>/<slug:field>/correct/", persons.correct, name="person-correct"),
    path("people/<int:pk>/wishes/", persons.wishes, name="person-wishes"),
    path("people/<int:pk>/leave/", persons.leave, name="person-leave"),
]
