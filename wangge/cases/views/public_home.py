"""The first page: report, progress, and the door for staff."""

from django.http import HttpResponse
from django.shortcuts import render

from wangge.access.pages import Request
from wangge.cases.forms.report import CodeForm
from wangge.cases.queries.tracking import any_duty_phone
from wangge.cases.views.public_door import READS, public


@public(*READS)
def home(request: Request) -> HttpResponse:
    return render(request, "cases/public/home.html", {"form": CodeForm(), "phone": any_duty_phone()})
