"""Addresses of retention."""

from django.urls import path

from wangge.web.retention import holds, views

urlpatterns = [
    path("retention/", views.overview, name="retention"),
    path("retention/ask/", views.ask, name="retention-ask"),
    path("retention/runs/", views.runs, name="retention-runs"),
    path("retention/runs/<int:pk>/", views.run, name="retention-run"),
    path("retention/certificates/", views.certificates, name="retention-certificates"),
    path("retention/certificates/<slug:number>/", views.certificate, name="retention-certificate"),
    path("retention/certificates/<slug:number>/check/", views.check, name="retention-check"),
    path("retention/holds/", holds.holds, name="retention-holds"),
    path("retention/holds/<int:pk>/end/", holds.release, name="retention-release"),
]
