"""Addresses of homes and of the people in them; nothing personal ever stands in an address."""

from django.urls import path

from wangge.web.homes import finding, persons, recording, same, views
from wangge.web.homes.same import follows

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
    path("people/same/", same.pairs, name="people-same"),
    path("people/same/<int:first>/<int:second>/", same.pair, name="people-pair"),
    path("people/same/<int:first>/<int:second>/apart/", same.apart, name="people-apart"),
    path("people/merges/<int:pk>/undo/", same.undo, name="people-unmerge"),
    path("people/<int:pk>/same/", follows(same.person), name="person-same"),
    path("people/<int:pk>/<slug:field>/open/", follows(persons.reveal), name="person-open"),
    path("people/<int:pk>/<slug:field>/correct/", follows(persons.correct), name="person-correct"),
    path("people/<int:pk>/wishes/", follows(persons.wishes), name="person-wishes"),
    path("people/<int:pk>/leave/", follows(persons.leave), name="person-leave"),
]
