"""Evidence, the draft, and the two people a verdict takes."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.claims.models import Claim
from factcheck.claims.services.authorship import is_author, record_author, settle_authors
from factcheck.claims.services.editing import demand_editable
from factcheck.claims.services.steps import check_step, lock_claim, take_step
from factcheck.desk.audit import acting
from factcheck.desk.errors import NotAllowed, Refused
from factcheck.desk.revisions import save_revision
from factcheck.sources.models import Source

from .models import Evidence, Exhibit, Rating, Review, Verdict, VerdictDraft
from .snapshot import snapshot_of

if TYPE_CHECKING:
    from factcheck.accounts.models import User

State = Claim.State


def add_evidence(
    *,
    actor: "User",
    claim: Claim,
    stance: str,
    title: str,
    url: str = "",
    passage: str = "",
    publisher_name: str = "",
    note: str = "",
) -> Evidence:
    """Link an exhibit to the claim; the same page and passage is one exhibit, whoever found it.

    Raises Refused when neither an address nor a passage is given, or when the claim has this exhibit with another stance.
    """
    demand(actor, Capability.VERIFY)
    if not (url.strip() or passage.strip()):
        raise Refused(_("Give the address of the evidence, or the passage itself."))
    with acting(actor, "add evidence"):
        claim = lock_claim(claim, actor)
        demand_editable(claim)
        exhibit = _exhibit(
            actor, title.strip(), url.strip(), passage.strip(), publisher_name.strip(), claim.is_demo
        )
        said = {"stance": stance, "note": note.strip()}
        evidence, created = Evidence.objects.get_or_create(
            claim=claim, exhibit=exhibit, defaults={**said, "added_by": actor}
        )
        if not created and (evidence.stance, evidence.note) != (stance, note.strip()):
            raise Refused(_("This claim has this evidence already. Change its stance or note there."))
        if created:
            evidence.full_clean()
            record_author(claim=claim, actor=actor)
            take_step(claim=claim, actor=actor, action="evidence")
        return evidence


def edit_evidence(*, actor: "User", evidence: Evidence, revision: int, stance: str, note: str) -> Evidence:
    """Change what the exhibit says about the claim. Raises Stale, Refused."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "edit evidence"):
        claim = lock_claim(evidence.claim, actor)
        demand_editable(claim)
        if stance not in Evidence.Stance.values:
            raise Refused(_("Say whether it supports, refutes or gives context."))
        evidence = save_revision(evidence, revision=revision, stance=stance, note=note.strip())
        record_author(claim=claim, actor=actor)
        take_step(claim=claim, actor=actor, action="evidence")
        return evidence


def remove_evidence(*, actor: "User", evidence: Evidence) -> None:
    """Unlink the exhibit; it stays for other claims, and in verdicts that were submitted with it."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "remove evidence"):
        claim = lock_claim(evidence.claim, actor)
        demand_editable(claim)
        evidence.delete()
        record_author(claim=claim, actor=actor)
        take_step(claim=claim, actor=actor, action="evidence")


def save_draft(
    *, actor: "User", claim: Claim, revision: int, rating: Rating | None, summary: str, explanation: str
) -> VerdictDraft:
    """Keep what is written so far. `revision` is 0 for a claim without a draft. Raises Stale with the draft as it is now."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "draft verdict"):
        claim = lock_claim(claim, actor)
        demand_editable(claim)
        draft, __ = VerdictDraft.objects.get_or_create(
            claim=claim, defaults={"revision": 0, "updated_by": actor}
        )
        written = {"rating": rating, "summary": summary.strip(), "explanation": explanation.strip()}
        if draft.revision and all(getattr(draft, name) == value for name, value in written.items()):
            return draft  # the same save, clicked twice, or nothing changed
        draft = save_revision(
            draft, revision=revision, **written, updated_by=actor, updated_at=timezone.now()
        )
        record_author(claim=claim, actor=actor)
        return draft


def missing(claim: Claim) -> list[tuple[str, Any]]:
    """What a claim still needs before its verdict can be submitted: (place on its page, in words)."""
    draft = VerdictDraft.objects.filter(claim=claim).first()
    wanted = [
        ("claimant", _("claimant not confirmed"), not claim.claimants.filter(confirmed_at=None).exists()),
        ("evidence", _("no evidence"), claim.evidence.exists()),
        ("rating", _("no rating"), bool(draft and draft.rating_id)),
        ("summary", _("no summary"), bool(draft and draft.summary)),
        ("explanation", _("no explanation"), bool(draft and draft.explanation)),
    ]
    return [(place, words) for place, words, there in wanted if not there]


def submit(*, actor: "User", claim: Claim) -> Verdict:
    """Send the draft to review as a numbered verdict with everything as it stands. Raises Refused when something is missing."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "submit"):
        claim = lock_claim(claim, actor)
        check_step(claim, "submit")
        if lacks := missing(claim):
            raise Refused(_("Not yet: %(what)s.") % {"what": ", ".join(str(words) for __, words in lacks)})
        draft = claim.draft
        last = claim.verdicts.order_by("-number").first()
        verdict = Verdict.objects.create(
            claim=claim,
            number=last.number + 1 if last else 1,
            rating=draft.rating,
            rating_label=draft.rating.label,
            summary=draft.summary,
            explanation=draft.explanation,
            snapshot=snapshot_of(claim),
            submitted_by=actor,
        )
        record_author(claim=claim, actor=actor)
        take_step(claim=claim, actor=actor, action="submit", state=State.IN_REVIEW)
        return verdict


def recall(*, actor: "User", claim: Claim) -> Claim:
    """Take the verdict back out of review to change it."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "recall"):
        claim = lock_claim(claim, actor)
        check_step(claim, "recall")
        claim.verdicts.filter(status=Verdict.Status.SUBMITTED).update(status=Verdict.Status.RECALLED)
        return take_step(claim=claim, actor=actor, action="recall", state=State.OPEN)


def review(
    *, actor: "User", verdict: Verdict, outcome: str, comment: str = "", rating: Rating | None = None
) -> Review:
    """The second person's decision on one verdict: approved, and the claim is verified; or returned, with what is missing.

    Raises NotAllowed for an author of the claim, Refused when the verdict is no longer in review.
    """
    demand(actor, Capability.REVIEW)
    with acting(actor, outcome):
        claim = lock_claim(verdict.claim, actor)
        verdict = Verdict.objects.select_for_update(of=("self",)).get(pk=verdict.pk)
        check_step(claim, "approve")
        if verdict.status != Verdict.Status.SUBMITTED:
            raise Refused(_("This verdict is not in review any more; a newer one may be."))
        if is_author(claim=claim, user=actor) or verdict.submitted_by_id == actor.pk:
            raise NotAllowed(_("You wrote on this claim, so somebody else must review it."))
        made = Review(
            verdict=verdict, reviewer=actor, outcome=outcome, comment=comment.strip(), rating=rating
        )
        made.full_clean(exclude=["verdict", "reviewer", "rating"])
        made.save()
        if outcome == Review.Outcome.APPROVED:
            _approve(claim, verdict, actor)
        else:
            Verdict.objects.filter(pk=verdict.pk).update(status=Verdict.Status.RETURNED)
            take_step(claim=claim, actor=actor, action="return", state=State.OPEN)
        return made


def reopen(*, actor: "User", claim: Claim, why: str = "") -> Claim:
    """Work on a verified claim again. Its verdict stands until a new one is approved."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "reopen"):
        claim = lock_claim(claim, actor)
        check_step(claim, "reopen")
        return take_step(
            claim=claim,
            actor=actor,
            action="reopen",
            state=State.OPEN,
            reason="",
            reason_note=why.strip(),
            needs_look="",
        )


def _approve(claim: Claim, verdict: Verdict, actor: "User") -> None:
    claim.verdicts.filter(status=Verdict.Status.APPROVED).update(status=Verdict.Status.REPLACED)
    Verdict.objects.filter(pk=verdict.pk).update(status=Verdict.Status.APPROVED)
    # What was flagged while it was in review is not in the verdict, so the flag stays.
    take_step(claim=claim, actor=actor, action="approve", state=State.VERIFIED)
    settle_authors(claim=claim)


def _exhibit(
    actor: "User", title: str, url: str, passage: str, publisher_name: str, is_demo: bool
) -> Exhibit:
    sha256 = hashlib.sha256(f"{url}\n{passage}".encode()).hexdigest()
    exhibit = Exhibit.objects.filter(sha256=sha256).first()
    if exhibit is not None:
        return exhibit
    publisher = (
        Source.objects.named(publisher_name).first() if publisher_name else Source.objects.for_url(url)
    )
    exhibit = Exhibit(
        kind=Exhibit.Kind.PASSAGE if passage else Exhibit.Kind.PAGE,
        title=title or url[:300],
        url=url,
        passage=passage,
        publisher=publisher,
        publisher_name=publisher_name or (publisher.name if publisher else ""),
        sha256=sha256,
        added_by=actor,
        is_demo=is_demo,
    )
    exhibit.full_clean(exclude=["publisher", "added_by"], validate_unique=False)
    with transaction.atomic():
        made, __ = Exhibit.objects.get_or_create(
            sha256=sha256,
            defaults={
                f.name: getattr(exhibit, f.name)
                for f in Exhibit._meta.fields
                if f.name not in ("id", "sha256")
            },
        )
    return made
