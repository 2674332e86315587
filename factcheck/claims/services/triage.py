"""Deciding what the desk works on, by whom, and in which order."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.desk.audit import Job, acting
from factcheck.desk.errors import Refused
from factcheck.desk.revisions import save_revision

from .steps import check_step, lock_claim, take_step

if TYPE_CHECKING:
    from factcheck.accounts.models import User

State = Claim.State
SET_BACK = {"reason": "", "reason_note": "", "parked_until": None}


def accept(*, actor: "User", claim: Claim, take: bool = False, batch: UUID | None = None) -> Claim:
    """The claim is worth checking: it opens. With `take` it is the actor's. Steps of one `batch` are undone together."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "accept"):
        claim = lock_claim(claim, actor)
        check_step(claim, "accept")
        mine = {"assignee_id": actor.pk} if take else {}
        return take_step(
            claim=claim, actor=actor, action="accept", batch=batch, state=State.OPEN, **SET_BACK, **mine
        )


def dismiss(
    *,
    actor: "User",
    claim: Claim,
    reason: str = Claim.Dismissal.NOT_WORTH,
    batch: UUID | None = None,
) -> Claim:
    """Not for this desk, for a reason of Claim.Dismissal. Later runs of the extractor leave it dismissed."""
    demand(actor, Capability.TRIAGE)
    _known(reason, Claim.Dismissal)
    with acting(actor, "dismiss"):
        claim = lock_claim(claim, actor)
        if claim.state == State.DISMISSED and claim.reason != reason:
            return _give_reason(claim, actor, reason)
        check_step(claim, "dismiss")
        return take_step(
            claim=claim, actor=actor, action="dismiss", batch=batch, state=State.DISMISSED, reason=reason
        )


def dismiss_rest(*, actor: "User", article: Article, reason: str = Claim.Dismissal.NOT_WORTH) -> list[Claim]:
    """Dismiss every candidate left of an article, as one step to undo."""
    demand(actor, Capability.TRIAGE)
    _known(reason, Claim.Dismissal)
    batch = uuid4()
    with acting(actor, "dismiss the rest"):
        left = Claim.objects.visible_to(actor).candidates().filter(lead_article=article)
        return [
            take_step(
                claim=claim, actor=actor, action="dismiss", batch=batch, state=State.DISMISSED, reason=reason
            )
            for claim in left.order_by("pk").select_for_update(of=("self",))
        ]


def park(*, actor: "User", claim: Claim, until: date | None, waiting_for: str = "") -> Claim:
    """Put it aside for later; it comes back by itself on `until`. Raises Refused for a day that is not ahead."""
    demand(actor, Capability.TRIAGE)
    if until is not None and until <= timezone.localdate():
        raise Refused(_("Choose a day that is still to come."))
    with acting(actor, "park"):
        claim = lock_claim(claim, actor)
        check_step(claim, "park")
        note = {"reason_note": waiting_for, "parked_until": until}
        return take_step(claim=claim, actor=actor, action="park", state=State.PARKED, **note)


def wake_parked(*, actor: Job, today: date) -> int:
    """Bring back what was parked until today or before. Returns how many came back."""
    with acting(actor, "wake"):
        due = Claim.objects.filter(state=State.PARKED, parked_until__lte=today).order_by("pk")
        woken = list(due.select_for_update(skip_locked=True, of=("self",)))
        for claim in woken:
            take_step(
                claim=claim, actor=actor, action="wake", state=_state_before(claim, "park"), parked_until=None
            )
    return len(woken)


def close(*, actor: "User", claim: Claim, reason: str, note: str = "") -> Claim:
    """End the work without a verdict, for a reason of Claim.Closing."""
    demand(actor, Capability.VERIFY)
    _known(reason, Claim.Closing)
    with acting(actor, "close"):
        claim = lock_claim(claim, actor)
        check_step(claim, "close")
        return take_step(
            claim=claim, actor=actor, action="close", state=State.CLOSED, reason=reason, reason_note=note
        )


def restore(*, actor: "User", claim: Claim) -> Claim:
    """Take it back from being dismissed, closed, parked or superseded, to where it was before."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "restore"):
        claim = lock_claim(claim, actor)
        check_step(claim, "restore")
        back = _state_before(claim, "dismiss", "close", "park", "supersede")
        return take_step(claim=claim, actor=actor, action="restore", state=back, **SET_BACK)


def set_priority(*, actor: "User", claim: Claim, priority: int, was: int | None = None) -> Claim:
    """A person's priority (0 none to 3 urgent) outranks the machine's score. `was` as for `assign`."""
    demand(actor, Capability.TRIAGE)
    if priority not in Claim.Priority.values:
        raise Refused(_("There is no such priority."))
    with acting(actor, "priority"):
        claim = lock_claim(claim, actor)
        if was is not None and claim.priority not in (was, priority):
            raise Refused(
                _("Somebody set the priority to %(priority)s meanwhile. Look, and set it again if you like.")
                % {"priority": claim.get_priority_display()}
            )
        return take_step(claim=claim, actor=actor, action="priority", priority=priority)


def assign(
    *,
    actor: "User",
    claim: Claim,
    assignee: "User | None",
    was: int | None = None,
    batch: UUID | None = None,
) -> Claim:
    """Give the claim to somebody who may verify, or to nobody.

    `was` is the key of whose it was on the page that the actor decided on, 0 for nobody's and None where that is not known;
    raises Refused when it is somebody else's by now.
    """
    demand(actor, Capability.TRIAGE)
    if assignee is not None and not assignee.may(Capability.VERIFY):
        raise Refused(_("%(name)s may not verify claims.") % {"name": assignee})
    with acting(actor, "assign"):
        claim = lock_claim(claim, actor)
        wanted = assignee.pk if assignee else None
        if was is not None and claim.assignee_id not in (was or None, wanted):
            raise Refused(
                _("It was given to %(name)s meanwhile. Look, and assign it again if you like.")
                % {"name": claim.assignee or _("nobody")}
            )
        return take_step(
            claim=claim,
            actor=actor,
            action="assign",
            batch=batch,
            assignee_id=wanted,
        )


def clear_look(*, actor: "User", claim: Claim) -> Claim:
    """Somebody looked again."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "looked again"):
        return take_step(claim=lock_claim(claim, actor), actor=actor, action="looked", needs_look="")


def _give_reason(claim: Claim, actor: "User", reason: str) -> Claim:
    """The reason follows the decision by a second key: written into the same step, so that one undo takes both back."""
    last = claim.steps.filter(undone_at=None).first()
    if last is None or last.action != "dismiss" or last.actor_id != actor.pk:
        return take_step(claim=claim, actor=actor, action="dismiss", reason=reason)
    last.after = {**last.after, "reason": reason}
    last.save(update_fields=["after"])
    return save_revision(claim, revision=None, reason=reason)


def _state_before(claim: Claim, *actions: str) -> str:
    step = claim.steps.filter(action__in=actions, undone_at=None).exclude(before__state=None).first()
    before = step.before.get("state") if step else None
    return before if before in (State.CANDIDATE, State.OPEN) else State.CANDIDATE


def _known(reason: str, reasons: type) -> None:
    if reason not in reasons.values:
        raise Refused(_("There is no such reason."))
