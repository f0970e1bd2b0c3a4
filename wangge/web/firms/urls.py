"""Addresses of organisations and of what belongs to them."""

from django.urls import path

from wangge.web.firms import parts, views

urlpatterns = [
    path("firms/", views.firms, name="firms"),
    path("firms/new/", views.new, name="firm-new"),
    path("firms/silent/", views.silent, name="firms-silent"),
    path("firms/<int:pk>/", views.firm, name="firm"),
    path("firms/<int:pk>/correct/", views.correct, name="firm-correct"),
    path("firms/<int:pk>/<slug:part>/new/", parts.add, name="firm-add"),
    path("firms/<slug:part>/<int:pk>/end/", parts.end, name="firm-end"),
    path("firms/reach/<int:pk>/open/", parts.open_contact, name="firm-reach"),
    path("firms/compounds/<int:pk>/remind/", parts.remind, name="firm-remind"),
]
