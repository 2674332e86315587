"""What the capabilities open in Django's administration; there is no other way to a permission there."""

from typing import TYPE_CHECKING

from .capabilities import Capability

if TYPE_CHECKING:
    from .models import User

ANY = ("view", "add", "change", "delete")
SEE = ("view",)

# Model to what each capability may do with it. What is not named stays closed to everyone.
OPENS: dict[str, dict[str, tuple[str, ...]]] = {
    Capability.MANAGE: {
        "sources.source": ANY,
        "sources.sourcealias": ANY,
        "sources.sourcedomain": ANY,
        "verdicts.ratingscale": ANY,
        "verdicts.rating": ANY,
        "desk.workerheartbeat": SEE,
        "articles.article": SEE,
        "articles.articleversion": SEE,
        "articles.extractionrun": SEE,
        "articles.annotation": SEE,
        "figures.figure": SEE,
        "figures.figurechange": SEE,
        "intake.intake": SEE,
        "intake.capture": SEE,
        "feeds.feed": SEE,
        "feeds.feeditem": SEE,
        "feeds.lookuprow": SEE,
        "claims.claim": SEE,
        "claims.appearance": SEE,
        "claims.claimant": SEE,
        "claims.step": SEE,
        "verdicts.exhibit": SEE,
        "verdicts.evidence": SEE,
        "verdicts.verdict": SEE,
        "verdicts.verdictdraft": SEE,
        "verdicts.review": SEE,
    },
    Capability.ADMINISTER: {
        "accounts.user": ANY,
        "accounts.role": ANY,
        "accounts.invitation": SEE,
        "desk.workerheartbeat": SEE,
    },
}


def opens(user: "User", permission: str) -> bool:
    """Whether a permission such as `sources.change_source` follows from what this person may do."""
    app, __, name = permission.partition(".")
    action, __, model = name.partition("_")
    label = f"{app}.{model}"
    return any(action in models.get(label, ()) and user.may(cap) for cap, models in OPENS.items())
