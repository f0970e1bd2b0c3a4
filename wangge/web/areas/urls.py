"""Addresses of the area tree, its changes and the handing over."""

from django.urls import path

from wangge.web.areas import drafting, handover, views

urlpatterns = [
    path("areas/", views.tree, name="areas"),
    path("areas/<int:pk>/", views.area, name="area"),
    path("areas/changes/", views.changes, name="area-changes"),
    path("areas/changes/new/", drafting.choose, name="area-change-new"),
    path("areas/changes/new/<slug:kind>/<int:area>/", drafting.draft_page, name="area-change-draft"),
    path("areas/changes/<int:pk>/", views.change, name="area-change"),
    path("areas/changes/<int:pk>/<slug:verb>/", views.decide, name="area-change-do"),
    path("areas/handover/<int:pk>/", handover.page, name="handover"),
    path("areas/handover/<int:pk>/print/", handover.sheet, name="handover-print"),
    path("areas/handover/<int:pk>/table/", handover.table, name="handover-csv"),
    path("areas/handover/<int:pk>/<slug:verb>/", handover.sign, name="handover-do"),
    path("areas/handover/item/<int:pk>/", handover.decide, name="handover-item"),
]
