"""Addresses of the register of purposes and of those who watch over it."""

from django.urls import path

from wangge.web.privacy import register

urlpatterns = [
    path("purposes/", register.purposes, name="purposes"),
]
