"""Two claims that say the same become one."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.claims.models import Claim
from factcheck.desk.audit import acting
from factcheck.desk.errors import Refused

from .authorship import record_author
from .editing import FIXED
from .steps import check_step, lock_claim, take_step

if TYPE_CHECKING:
    from factcheck.accounts.models import User
    from factcheck.verdicts.models import VerdictDraft


def merge(*, actor: "User", claim: Claim, into: Claim) -> Claim:
    """`claim` says the same as `into`: what it has moves there, and it leaves a redirect. Returns `into`.

    Raises Refused where a verdict stands on `claim`, or where its evidence could not go into what is in review or verified.
    """
    demand(actor, Capability.TRIAGE)
    if claim.pk == into.pk:
        raise Refused(_("A claim cannot be merged into itself."))
    with acting(actor, "merge"):
        # Always locked in the same order, so that two merges the other way round cannot wait for each other.
        locked = {
            row.pk: row
            for row in (lock_claim(row, actor) for row in sorted((claim, into), key=lambda row: row.pk))
        }
        claim, into = locked[claim.pk], locked[into.pk]
        check_step(claim, "merge")
        if into.state == Claim.State.MERGED:
            raise Refused(_("That claim was merged into another."))
        _move_work(claim, into)
        for appearance in claim.appearances.all():
            same = into.appearances.filter(
                version=appearance.version, start=appearance.start, end=appearance.end
            )
            if not same.exists():
                appearance.claim = into
                appearance.save(update_fields=["claim"])
        take_step(claim=claim, actor=actor, action="merge", state=Claim.State.MERGED, merged_into_id=into.pk)
        take_step(claim=into, actor=actor, action="merged")
        return into


def _move_work(claim: Claim, into: Claim) -> None:
    """Evidence and draft of a claim that is merged, and who its authors are."""
    if claim.verdicts.filter(status="approved").exists():
        raise Refused(_("A verdict stands on this claim. Merge the other one into it instead."))
    found = claim.evidence.exclude(exhibit__in=into.evidence.values("exhibit"))
    draft, theirs = (_written_draft(row) for row in (claim, into))
    if into.state in FIXED and (draft or found.exists()):
        raise Refused(
            _(
                "There is evidence or a draft on this claim. Reopen the other one first, so that it can go there."
            )
        )
    if draft and theirs:
        raise Refused(_("A verdict is being written on both claims. Empty one of them first."))
    for evidence in found:
        evidence.claim = into
        evidence.save(update_fields=["claim"])
    if draft:
        type(draft).objects.filter(claim=into).delete()
        draft.claim = into
        draft.save(update_fields=["claim"])
    for authorship in claim.authorships.filter(settled_at=None).select_related("user"):
        record_author(claim=into, actor=authorship.user)


def _written_draft(claim: Claim) -> "VerdictDraft | None":
    draft = getattr(claim, "draft", None)
    return draft if draft and (draft.rating_id or draft.summary or draft.explanation) else None
