"""What the queue's tests start from."""

import pytest

from factcheck.claims.models import Claim
from factcheck.claims.services import editing, triage
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Rating


@pytest.fixture
def verified(claim, editor, reviewer):
    """The claim, rated mostly true and approved."""
    triage.accept(actor=editor, claim=claim)
    editing.confirm_claimant(actor=editor, claim=claim, claimant=None, revision=None, name="Ryan Holt")
    verdicts.add_evidence(
        actor=editor, claim=claim, stance="supports", title="Map 31", url="https://maps.example/31"
    )
    rating = Rating.objects.get(scale__in_use=True, label="Mostly true")
    verdicts.save_draft(
        actor=editor, claim=claim, revision=0, rating=rating, summary="It has.", explanation="Count."
    )
    verdict = verdicts.submit(actor=editor, claim=Claim.objects.get(pk=claim.pk))
    verdicts.review(actor=reviewer, verdict=verdict, outcome="approved")
    claim.refresh_from_db()
    return claim
