"""The way of a claim: which step leads from where to where, how it is written down, and how it is undone."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.claims.models import Claim, Step
from factcheck.desk.audit import Job, acting, person
from factcheck.desk.errors import Refused

if TYPE_CHECKING:
    from factcheck.accounts.models import User

State = Claim.State

# Each step's name to the states it may be taken from.
FROM: dict[str, set[str]] = {
    "accept": {State.CANDIDATE, State.DISMISSED, State.SUPERSEDED},
    "dismiss": {State.CANDIDATE, State.OPEN, State.SUPERSEDED},
    "restore": {State.DISMISSED, State.CLOSED, State.SUPERSEDED, State.PARKED},
    "park": {State.CANDIDATE, State.OPEN},
    "close": {State.CANDIDATE, State.OPEN},
    "merge": {State.CANDIDATE, State.OPEN, State.PARKED, State.DISMISSED},
    "submit": {State.OPEN},
    "recall": {State.IN_REVIEW},
    "return": {State.IN_REVIEW},
    "approve": {State.IN_REVIEW},
    "reopen": {State.VERIFIED, State.PUBLISHED, State.CLOSED},
}
UNDOABLE = ("accept", "dismiss", "restore", "park", "close", "priority", "assign")
UNDO_FOR = timedelta(hours=12)


def lock_claim(claim: Claim, user: "User | Job") -> Claim:
    """The claim as it is now, locked until the transaction ends. Raises Refused when this person may not see it."""
    claims = Claim.objects if isinstance(user, Job) else Claim.objects.visible_to(user)
    locked = claims.filter(pk=claim.pk).order_by().select_for_update(of=("self",)).first()
    if locked is None:
        raise Refused(_("This claim is not there any more."))
    return locked


def check_step(claim: Claim, action: str) -> None:
    """Raise Refused unless the step leads on from where the claim is."""
    if claim.state not in FROM[action]:
        raise Refused(
            _("This claim is %(state)s now; somebody was faster. Nothing was changed.")
            % {"state": claim.get_state_display()}
        )


def take_step(
    *,
    claim: Claim,
    actor: "User | Job",
    action: str,
    batch: UUID | None = None,
    undo: bool = True,
    **changes: Any,
) -> Claim:
    """Write `changes` to a locked claim and the step beside them. A step by a person marks the claim as touched."""
    if "state" in changes and changes["state"] != claim.state:
        changes["state_at"] = timezone.now()
    if not isinstance(actor, Job):
        changes["touched"] = True
    before = {name: _plain(getattr(claim, name)) for name in changes}
    for name, value in changes.items():
        setattr(claim, name, value)
    claim.revision += 1
    claim.save(update_fields=[*changes, "revision"])
    after = {name: _plain(getattr(claim, name)) for name in changes}
    Step.objects.create(
        claim=claim,
        action=action,
        before=before,
        after=after,
        actor=person(actor),
        actor_name=str(actor),
        batch=batch,
    )
    return claim


def undo_last(*, actor: "User", claim: Claim | None = None) -> list[Claim]:
    """Take back this person's last step (a whole batch where it was one), on `claim` if given.

    Returns the claims as they are again. Raises Refused when there is none, or when somebody acted on a claim since.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "undo"):
        mine = Step.objects.filter(
            actor=actor, undone_at=None, action__in=UNDOABLE, at__gte=timezone.now() - UNDO_FOR
        )
        if claim is not None:
            mine = mine.filter(claim=claim)
        last = mine.order_by("-at", "-id").first()
        if last is None:
            raise Refused(_("There is nothing to undo."))
        # Locked in the order in which every batch is, so that two batches cannot wait for each other.
        steps = [last] if last.batch is None else list(mine.filter(batch=last.batch).order_by("claim_id"))
        return [_undo(step, actor) for step in steps]


def _undo(step: Step, actor: "User") -> Claim:
    claim = lock_claim(step.claim, actor)
    later = Step.objects.filter(claim=claim, undone_at=None, id__gt=step.pk).exists()
    moved = any(_plain(getattr(claim, name)) != value for name, value in step.after.items())
    if later or moved:
        raise Refused(_("Somebody acted on this claim since; it stays as it is."))
    # It stays touched: what a person wrote on it beside its steps is not taken back by one.
    back = {name: value for name, value in step.before.items() if name != "touched"}
    for name, value in back.items():
        setattr(claim, name, _parsed(name, value))
    claim.revision += 1
    claim.save(update_fields=[*(_column(name) for name in back), "revision"])
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])
    return claim


def _column(name: str) -> str:
    return Claim._meta.get_field(name).name


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return getattr(value, "pk", value)


def _parsed(name: str, value: Any) -> Any:
    return Claim._meta.get_field(name).to_python(value) if value is not None else None
