"""The addresses of the programming interface, under /api/v1/."""

from wangge.web.api import api

urlpatterns = api.urls[0]
