"""Addresses of the rights desk and of one's own pages; nothing personal stands in an address."""

from django.urls import path

from wangge.web.homes.same import follows
from wangge.web.rights import answering, desk, door, own, papers, taking

urlpatterns = [
    path("rights/", desk.listed, name="rights"),
    path("rights/new/", taking.new, name="rights-new"),
    path("rights/<int:pk>/", desk.card, name="rights-card"),
    path("rights/<int:pk>/find/", taking.find, name="rights-find"),
    path("rights/<int:pk>/found/<int:person_pk>/", taking.found, name="rights-found"),
    path("rights/<int:pk>/identity/", answering.identity, name="rights-identity"),
    path("rights/<int:pk>/answer/", answering.answer, name="rights-answer"),
    path("rights/<int:pk>/told/", answering.told, name="rights-told"),
    path("rights/<int:pk>/back/", answering.back, name="rights-back"),
    path("rights/<int:pk>/sheet/", papers.sheet, name="rights-sheet"),
    path("rights/<int:pk>/copy/", papers.copy, name="rights-copy"),
    path("people/<int:pk>/rights/", follows(taking.person), name="person-rights"),
    path("people/<int:pk>/rights/new/", follows(taking.new), name="person-rights-new"),
    path("people/<int:pk>/rights/link/", papers.link, name="person-link"),
    path("people/<int:pk>/rights/link/end/", papers.end, name="person-link-end"),
    path("mine/", door.door, name="mine"),
    path("mine/l/<slug:token>/", door.door, name="mine-door"),
    path("mine/home/", own.home, name="mine-home"),
    path("mine/held/", own.held, name="mine-held"),
    path("mine/copy/", own.copy, name="mine-copy"),
    path("mine/looked/", own.looked, name="mine-looked"),
    path("mine/ask/", own.ask, name="mine-ask"),
    path("mine/requests/<int:pk>/", own.asked, name="mine-request"),
    path("mine/requests/<int:pk>/read/", own.read_it, name="mine-read"),
    path("mine/requests/<int:pk>/back/", own.back, name="mine-back"),
    path("mine/close/", door.close, name="mine-close"),
]
