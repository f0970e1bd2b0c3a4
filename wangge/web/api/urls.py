"""The addresses of the programming interface."""

from django.urls import path

from wangge.web.api import api

urlpatterns = [path("api/v1/", api.urls)]
