"""Addresses of claims: the steps of triage, which the queue, an article's page and a claim's page share, and the claim itself."""

from django.urls import path

from .views import claim, claimant, figure, triage

app_name = "claims"
urlpatterns = [
    path("", claim.listing, name="list"),
    path("add/", claim.add, name="add"),
    path("sources/", claim.sources, name="sources"),
    path("<int:pk>/", claim.show, name="show"),
    path("<int:pk>/wording/", claim.wording, name="wording"),
    path("<int:pk>/people/", claim.people, name="people"),
    path("<int:pk>/history/", claim.history, name="history"),
    path("<int:pk>/claimants/", claimant.add, name="add_claimant"),
    path("<int:pk>/claimants/<int:claimant_pk>/", claimant.confirm, name="confirm_claimant"),
    path("<int:pk>/claimants/<int:claimant_pk>/remove/", claimant.remove, name="remove_claimant"),
    path("<int:pk>/figures/", figure.add, name="add_figure"),
    path("<int:pk>/figures/<int:figure_pk>/", figure.correct, name="correct_figure"),
    path("<int:pk>/figures/<int:figure_pk>/back/", figure.back, name="figure_back"),
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
