"""Claims that went the whole way, for tests of what leaves the desk."""

from django.utils import timezone

from factcheck.claims.models import Claimant
from factcheck.claims.services import triage
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Rating
from tests.factories import ClaimFactory


def verified_claim(editor, reviewer, *, rating="true", claimant="Ryan Holt", role="", source=None, **claim):
    """A claim accepted, evidenced and submitted by the editor, approved by the reviewer."""
    made = triage.accept(actor=editor, claim=ClaimFactory(**claim))
    made = made[0] if isinstance(made, tuple | list) else made
    Claimant.objects.create(
        claim=made, name=claimant, role=role, source=source, confirmed_by=editor, confirmed_at=timezone.now()
    )
    verdicts.add_evidence(
        actor=editor,
        claim=made,
        stance="refutes",
        title="Area by month",
        url=f"https://data.example/{made.pk}",
        passage="Table 3",
    )
    given = Rating.objects.get(scale__in_use=True, key=rating)
    verdicts.save_draft(
        actor=editor, claim=made, revision=0, rating=given, summary="It was less.", explanation="By the map."
    )
    verdict = verdicts.submit(actor=editor, claim=made)
    verdicts.review(actor=reviewer, verdict=verdict, outcome="approved")
    made.refresh_from_db()
    return made
