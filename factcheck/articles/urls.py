"""Addresses of articles."""

from django.urls import path

from factcheck.intake import adding

from . import text_views, version_views, views

app_name = "articles"
urlpatterns = [
    path("", views.list_articles, name="list"),
    path("add/", adding.add, name="add"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/date/", views.set_date, name="set_date"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/figures/", views.figures, name="figures"),
    path("<int:pk>/quotations/", views.quotations, name="quotations"),
    path("<int:pk>/original/", views.original, name="original"),
    path("<int:pk>/not-a-copy/", views.not_a_copy, name="not_a_copy"),
    path("<int:pk>/versions/", version_views.compare, name="compare"),
    path("changed-figures/", version_views.changed_figures, name="changed_figures"),
    path("changed-figures/<int:pk>/seen/", version_views.figure_seen, name="figure_seen"),
    path("<int:pk>/claims/add/", text_views.add_claim, name="add_claim"),
    path("<int:pk>/notes/add/", text_views.annotate, name="annotate"),
    path("appearances/<int:pk>/move/", text_views.move, name="move"),
    path("appearances/<int:pk>/reword/", text_views.reword, name="reword"),
    path("notes/<int:pk>/edit/", text_views.edit_note, name="edit_note"),
    path("notes/<int:pk>/remove/", text_views.remove_note, name="remove_note"),
]
