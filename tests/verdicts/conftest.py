"""Claims at the stations of their way, brought there by the services."""

import pytest

from factcheck.claims.services import editing, triage
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Rating


@pytest.fixture
def rating(db):
    """A rating of the scale in use, by its key."""
    return lambda key="true": Rating.objects.get(scale__in_use=True, key=key)


@pytest.fixture
def ready(claim, editor, rating):
    """An open claim with all that a submission needs, written by the editor."""
    triage.accept(actor=editor, claim=claim, take=True)
    editing.confirm_claimant(
        actor=editor, claim=claim, claimant=None, revision=None, name="Ryan Holt", role="spokesman"
    )
    verdicts.add_evidence(
        actor=editor,
        claim=claim,
        stance="supports",
        title="Map 31",
        url="https://maps.example/31",
        passage="87 of 100 squares",
    )
    verdicts.save_draft(
        actor=editor,
        claim=claim,
        revision=0,
        rating=rating(),
        summary="It has.",
        explanation="Count the squares.",
    )
    claim.refresh_from_db()
    return claim


@pytest.fixture
def in_review(ready, editor):
    """The verdict that the editor submitted."""
    return verdicts.submit(actor=editor, claim=ready)


@pytest.fixture
def verified(in_review, reviewer):
    """A claim whose verdict the reviewer approved."""
    verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")
    in_review.claim.refresh_from_db()
    return in_review.claim
