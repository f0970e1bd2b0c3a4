"""Addresses of daily sheets: the firm's under `sheets/`, the community's under `sheets/lines/`."""

from django.urls import path

from wangge.web.sheets import answering, reporting, taking

urlpatterns = [
    path("sheets/", reporting.sheets, name="sheets"),
    path("sheets/<int:pk>/", reporting.day, name="sheet-day"),
    path("sheets/<int:pk>/nothing/", reporting.nothing, name="sheet-nothing"),
    path("sheets/<int:pk>/file/", reporting.file, name="sheet-file"),
    path("sheets/<int:pk>/blank/<slug:form>/", reporting.blank, name="sheet-blank"),
    path("sheets/inbox/", answering.inbox, name="sheets-inbox"),
    path("sheets/mine/<int:pk>/", answering.line, name="sheet-mine"),
    path("sheets/mine/<int:pk>/<slug:verb>/", answering.line, name="sheet-say"),
    path("sheets/lines/", taking.lines, name="sheet-lines"),
    path("sheets/lines/<int:pk>/", taking.line, name="sheet-line"),
    path("sheets/lines/<int:pk>/<slug:verb>/", taking.line, name="sheet-do"),
    path("sheets/lines/<int:pk>/open/<slug:field>/", taking.reveal, name="sheet-open"),
]
