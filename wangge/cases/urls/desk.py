"""Addresses of the desk: lists, cases, verbs, photos, registering."""

from django.urls import path

from wangge.cases.views import bulk, case, changes, contact, desk, move, register

urlpatterns = [
    path("desk/", desk.first, name="desk"),
    path("desk/bulk/", bulk.bulk, name="bulk"),
    path("desk/bulk/undo/", bulk.undo, name="bulk-undo"),
    path("desk/<slug:desk>/", desk.worklist, name="worklist"),
    path("case/<str:number>/", case.page, name="case"),
    path("case/<str:number>/do/<slug:verb>/", move.make, name="case-do"),
    path("case/<str:number>/undo/", move.undo, name="undo"),
    path("case/<str:number>/contact/", contact.reveal, name="case-contact"),
    path("case/<str:number>/print/", case.sheet, name="case-print"),
    path("photo/<slug:name>/", case.photo, name="photo"),
    path("changes", changes.changes, name="changes"),
    path("register/", register.register, name="register"),
]
