"""Addresses of sources."""

from django.urls import path

from . import views

app_name = "sources"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/", views.show, name="show"),
]
