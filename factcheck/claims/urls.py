"""Addresses of claims: the steps of triage, which the queue, an article's page and a claim's page share, and the claim itself."""

from django.urls import path

from .views import triage

app_name = "claims"
urlpatterns = [
    path("undo/", triage.undo, name="undo"),
    path("bulk/", triage.bulk, name="bulk"),
    path("of/<int:article>/dismiss/", triage.dismiss_rest, name="dismiss_rest"),
    path("<int:pk>/accept/", triage.accept, name="accept"),
    path("<int:pk>/dismiss/", triage.dismiss, name="dismiss"),
    path("<int:pk>/park/", triage.park, name="park"),
    path("<int:pk>/close/", triage.close, name="close"),
    path("<int:pk>/restore/", triage.restore, name="restore"),
    path("<int:pk>/priority/", triage.priority, name="priority"),
    path("<int:pk>/assign/", triage.assign, name="assign"),
    path("<int:pk>/merge/", triage.merge, name="merge"),
    path("<int:pk>/looked/", triage.looked, name="looked"),
]
