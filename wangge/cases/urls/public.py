"""Pages of residents: report, receipt, progress, answer."""

from django.urls import path

from wangge.cases.views import public, public_answer, public_code, public_home, public_tracking

urlpatterns = [
    path("", public_home.home, name="home"),
    path("r/", public.find, name="report-find"),
    path("r/<slug:token>/", public.report, name="report"),
    path("t/", public_code.find, name="tracking-find"),
    path("t/by-code/", public_code.by_code, name="tracking-by-code"),
    path("t/<slug:tracking>/", public_tracking.tracking, name="tracking"),
    path("t/<slug:tracking>/received/", public_tracking.received, name="received"),
    path("t/<slug:tracking>/photo/<slug:name>/", public_tracking.photo, name="tracking-photo"),
    path("t/<slug:tracking>/add/", public_answer.add, name="tracking-add"),
    path("t/<slug:tracking>/rate/<slug:answer>/", public_answer.rate, name="rate"),
    path("t/<slug:tracking>/reopen/", public_answer.reopen, name="tracking-reopen"),
]
