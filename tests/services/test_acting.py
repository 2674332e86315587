"""In whose name a service writes when another one calls it, and when it was only waiting for a commit."""

import pghistory.models
import pytest
from django.apps import apps
from django.db import transaction

from factcheck.desk.audit import Job, acting
from factcheck.sources.services import add_source


def actors(source):
    events = apps.get_model("sources", "SourceEvent").objects.filter(pgh_obj_id=source.pk)
    contexts = pghistory.models.Context.objects.in_bulk(events.values_list("pgh_context", flat=True))
    return [(context.metadata["actor"], context.metadata["action"]) for context in contexts.values()]


@pytest.mark.django_db
def test_a_service_that_another_calls_acts_as_a_part_of_that_one(admin):
    with acting(admin, "import sources"):
        source = add_source(actor=Job("inner"), name="Norland Herald", kind="outlet")

    assert actors(source) == [(str(admin), "import sources")]


@pytest.mark.django_db(transaction=True)
def test_what_waited_for_the_commit_acts_in_its_own_name():
    made = []

    def later():
        made.append(add_source(actor=Job("later"), name="Norland Herald", kind="outlet"))

    with acting(Job("first"), "something"):
        transaction.on_commit(later)

    assert actors(made[0]) == [("later", "add source")]
