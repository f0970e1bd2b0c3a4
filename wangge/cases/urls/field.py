"""Addresses of work outside: my day."""

from django.urls import path

from wangge.cases.views import my_day

urlpatterns = [path("my/", my_day.page, name="my-day")]
