"""Addresses of the team: people, their posts, phones and accounts."""

from django.urls import path

from wangge.teams import views

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/new/", views.new_account, name="team-new"),
    path("team/<int:pk>/", views.person, name="team-person"),
    path("team/<int:pk>/device/", views.offer, name="device-offer"),
    path("team/<int:pk>/device/<int:device>/revoke/", views.revoke, name="device-revoke"),
    path("team/<int:pk>/post/", views.give, name="post-give"),
    path("team/<int:pk>/post/<int:post>/end/", views.end, name="post-end"),
    path("team/<int:pk>/password/", views.password, name="team-password"),
    path("team/<int:pk>/<slug:verb>/", views.simple, name="team-verb"),
]
