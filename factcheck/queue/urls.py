"""The queue, the search, and the way in."""

from django.urls import path

from . import search, views

urlpatterns = [
    path("", views.queue, name="home"),
    path("queue/", views.queue, name="queue"),
    path("queue/new/", views.queue_new, name="queue_new"),
    path("queue/<int:pk>/", views.queue_detail, name="queue_detail"),
    path("search/", search.search, name="search"),
]
