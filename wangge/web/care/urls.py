"""Addresses of the care register; neither a person nor a need ever stands in one, only the number of the row."""

from django.urls import path

from wangge.web.care import changing, lists, mine, recording
from wangge.web.homes.same import follows

urlpatterns = [
    path("care/", lists.care, name="care"),
    path("care/counts/", lists.counts, name="care-counts"),
    path("care/mine/", mine.mine, name="care-mine"),
    path("care/mine/print/", mine.sheet, name="care-mine-print"),
    path("care/<int:pk>/", mine.card, name="care-need"),
    path("care/<int:pk>/confirm/", changing.confirm, name="care-confirm"),
    path("care/<int:pk>/withdraw/", changing.withdraw, name="care-withdraw"),
    path("care/<int:pk>/end/", changing.end, name="care-end"),
    path("care/<int:pk>/consent/", recording.consent, name="care-consent"),
    path("care/<int:pk>/carers/", recording.carers, name="care-carers"),
    path("care/<int:pk>/note/", recording.note, name="care-note"),
    path("care/<int:pk>/<slug:hand>/open/", changing.reveal, name="care-open"),
    path("people/<int:pk>/care/", follows(recording.new), name="care-new"),
]
