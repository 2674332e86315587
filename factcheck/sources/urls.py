"""Addresses of sources."""

from django.urls import path

from .views import editing, exchange, merging, pages, suggested

app_name = "sources"
urlpatterns = [
    path("", pages.index, name="list"),
    path("add/", editing.add, name="add"),
    path("likely/", editing.likely, name="likely"),
    path("export.csv", exchange.export, name="csv"),
    path("import/", exchange.import_, name="import"),
    path("options/", editing.options, name="options"),
    path("<int:pk>/", pages.show, name="show"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/delete/", editing.delete, name="delete"),
    path("<int:pk>/same/", editing.same, name="same"),
    path("<int:pk>/not-the-same/", editing.not_same, name="not_same"),
    path("<int:pk>/history/", pages.history, name="history"),
    path("<int:pk>/merge/", merging.choose, name="merge_choose"),
    path("<int:pk>/merge/<int:other_pk>/", merging.merge, name="merge"),
    path("merges/<int:pk>/undo/", merging.undo, name="undo_merge"),
    path("suggested/", suggested.index, name="suggested"),
    path("suggested/accept/", suggested.accept, name="accept"),
    path("suggested/link/", suggested.link, name="link"),
    path("suggested/ignore/", suggested.ignore, name="ignore"),
    path("suggested/several/", suggested.several, name="several"),
    path("suggested/again/", suggested.again, name="suggest_again"),
    path("suggested/undo/", suggested.undo, name="undo_link"),
]
