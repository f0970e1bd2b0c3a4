"""Addresses of the register of purposes and of those who watch over it; no person and no home stands in one."""

from django.urls import path

from wangge.web.privacy import assessments, canaries, dashboard, looks, register, unusual

urlpatterns = [
    path("purposes/", register.purposes, name="purposes"),
    path("privacy/", dashboard.privacy, name="privacy"),
    path("privacy/ages/", dashboard.ages, name="privacy-ages"),
    path("privacy/looks/", looks.looks, name="looks"),
    path("privacy/looks/print/", looks.on_paper, name="looks-print"),
    path("privacy/unusual/", unusual.unusual, name="looks-unusual"),
    path("privacy/unusual/<int:account>/<slug:day>/", unusual.asked, name="looks-asked"),
    path("privacy/canaries/", canaries.canaries, name="canaries"),
    path("privacy/canaries/<int:pk>/end/", canaries.end, name="canary-end"),
    path("privacy/assessments/", assessments.assessments, name="assessments"),
    path("privacy/assessments/new/", assessments.new, name="assessment-new"),
    path("privacy/assessments/<int:pk>/", assessments.assessment, name="assessment"),
]
