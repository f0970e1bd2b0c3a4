"""Address of the book."""

from django.urls import path

from wangge.web.book import views

urlpatterns = [path("book/", views.book, name="book")]
