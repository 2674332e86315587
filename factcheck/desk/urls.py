"""Addresses of pages about the desk itself."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [path("", views.status, name="status")]
