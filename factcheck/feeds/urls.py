"""Addresses of feeds."""

from django.urls import path

from . import lookup_views, views

app_name = "feeds"
urlpatterns = [
    path("", views.index, name="list"),
    path("add/", views.add, name="add"),
    path("opml/", views.export, name="opml"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/switch/", views.switch, name="switch"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/items/<int:item_pk>/add/", views.add_item, name="add_item"),
    path("add-many/", lookup_views.add_many, name="add_many"),
    path("add-many/<int:pk>/", lookup_views.show, name="lookup"),
    path("add-many/<int:pk>/news/", lookup_views.news, name="lookup_news"),
    path("add-many/<int:pk>/add/", lookup_views.add, name="lookup_add"),
    path("add-many/<int:pk>/look/", lookup_views.look, name="lookup_look"),
    path("add-many/<int:pk>/retry/<int:row_pk>/", lookup_views.retry, name="lookup_retry"),
    path("add-many/<int:pk>/apart/<int:row_pk>/<int:other_pk>/", lookup_views.apart, name="lookup_apart"),
]
