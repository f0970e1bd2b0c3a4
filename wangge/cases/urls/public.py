"""Pages of residents: report, receipt, progress, answer."""

from django.urls import path

from wangge.cases.views.public import find, report
from wangge.cases.views.public_answer import add, rate, reopen
from wangge.cases.views.public_code import by_code
from wangge.cases.views.public_code import find as find_by_code
from wangge.cases.views.public_home import home
from wangge.cases.views.public_tracking import photo, received, tracking

urlpatterns = [
    path("", home, name="home"),
    path("r/", find, name="report-find"),
    path("r/<slug:token>/", report, name="report"),
    path("t/", find_by_code, name="tracking-find"),
    path("t/by-code/", by_code, name="tracking-by-code"),
    path("t/<slug:tracking>/", tracking, name="tracking"),
    path("t/<slug:tracking>/received/", received, name="received"),
    path("t/<slug:tracking>/photo/<slug:name>/", photo, name="tracking-photo"),
    path("t/<slug:tracking>/add/", add, name="tracking-add"),
    path("t/<slug:tracking>/rate/<slug:answer>/", rate, name="rate"),
    path("t/<slug:tracking>/reopen/", reopen, name="tracking-reopen"),
]
