"""Addresses of this part."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [path("remove/", views.remove, name="remove")]
