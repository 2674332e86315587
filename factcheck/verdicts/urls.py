"""Addresses of what is done on a claim's page about evidence, verdicts and reviews."""

from django.urls import path

from . import views

app_name = "verdicts"
urlpatterns = [
    path("claim/<int:pk>/evidence/", views.add_evidence, name="add_evidence"),
    path("claim/<int:pk>/evidence/<int:evidence_pk>/", views.edit_evidence, name="edit_evidence"),
    path("claim/<int:pk>/evidence/<int:evidence_pk>/remove/", views.remove_evidence, name="remove_evidence"),
    path("claim/<int:pk>/draft/", views.save_draft, name="draft"),
    path("claim/<int:pk>/submit/", views.submit, name="submit"),
    path("claim/<int:pk>/recall/", views.recall, name="recall"),
    path("claim/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/review/", views.review, name="review"),
]
