"""Addresses of what leaves the desk."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="list"),
    path("claims.csv", views.as_csv, name="csv"),
    path("claims.jsonld", views.as_jsonld, name="jsonld"),
]
