"""The queue, the search, and the way in."""

from django.urls import path  # noqa: F401

urlpatterns = []
