"""Who wrote on a claim since its last approval, and so may not approve it."""

from typing import TYPE_CHECKING

from django.utils import timezone

from factcheck.claims.models import Authorship, Claim
from factcheck.desk.audit import Job, person

if TYPE_CHECKING:
    from factcheck.accounts.models import User


def record_author(*, claim: Claim, actor: "User | Job") -> None:
    """The actor changed the verdict, a figure or the evidence. Call it under the claim's lock."""
    user = person(actor)
    if user is not None:
        Authorship.objects.get_or_create(claim=claim, user=user, settled_at=None)


def settle_authors(*, claim: Claim) -> None:
    """The claim was approved: a new round begins."""
    Authorship.objects.filter(claim=claim, settled_at=None).update(settled_at=timezone.now())


def is_author(*, claim: Claim, user: "User") -> bool:
    return Authorship.objects.filter(claim=claim, user=user, settled_at=None).exists()
