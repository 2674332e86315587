"""Addresses of the API and of the page of its tokens."""

from django.urls import include, path

from . import views
from .endpoints import urls

tokens = (
    [path("", views.tokens, name="tokens"), path("<int:pk>/revoke/", views.revoke, name="revoke")],
    "api",
)
urlpatterns = [path("tokens/", include(tokens)), path("v1/", urls())]
