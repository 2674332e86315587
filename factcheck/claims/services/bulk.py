"""The same step on several claims at once, taken back as one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from factcheck.accounts.capabilities import Capability, demand
from factcheck.claims.models import Claim
from factcheck.desk.audit import acting
from factcheck.desk.errors import Refused

from .steps import lock_claim
from .triage import accept, assign, dismiss

if TYPE_CHECKING:
    from factcheck.accounts.models import User

MOST = 200  # claims at once


@dataclass
class Outcome:
    """The claims that took the step, and those that could not, with why."""

    done: list[Claim] = field(default_factory=list)
    refused: list[tuple[Claim, Any]] = field(default_factory=list)


def accept_all(*, actor: "User", claims: Iterable[Claim], take: bool = False) -> Outcome:
    """Open each of the claims that still can be; with `take` they are the actor's."""
    return _each(
        actor, claims, "accept", lambda claim, batch: accept(actor=actor, claim=claim, take=take, batch=batch)
    )


def dismiss_all(
    *, actor: "User", claims: Iterable[Claim], reason: str = Claim.Dismissal.NOT_WORTH
) -> Outcome:
    """Dismiss each of the claims that still can be."""
    return _each(
        actor,
        claims,
        "dismiss",
        lambda claim, batch: dismiss(actor=actor, claim=claim, reason=reason, batch=batch),
    )


def assign_all(*, actor: "User", claims: Iterable[Claim], assignee: "User | None") -> Outcome:
    """Give each of the claims to somebody, or to nobody."""
    return _each(
        actor,
        claims,
        "assign",
        lambda claim, batch: assign(actor=actor, claim=claim, assignee=assignee, batch=batch),
    )


def _each(
    actor: "User", claims: Iterable[Claim], action: str, take: Callable[[Claim, UUID], Claim]
) -> Outcome:
    demand(actor, Capability.TRIAGE)
    outcome, batch = Outcome(), uuid4()
    with acting(actor, action):
        # Always locked in the same order, so that two people's batches cannot wait for each other.
        for claim in sorted(claims, key=lambda claim: claim.pk)[:MOST]:
            try:
                outcome.done.append(take(lock_claim(claim, actor), batch))
            except Refused as refusal:
                outcome.refused.append((claim, refusal.message))
    return outcome
