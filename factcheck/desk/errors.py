"""What the desk's services refuse, in words for the person who asked. Nothing was changed when one is raised."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A request that makes sense but cannot be carried out now; `message` says why, in the user's words."""

    status = 409

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The person may not do this."""

    status = 403


class Stale(Refused):
    """Somebody else saved in between; `current` is the row as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__(_("Somebody else saved this while you were editing. Nothing of yours is lost."))
        self.current = current


class AlreadyThere(Refused):
    """The thing exists; `existing` is the one that does."""

    def __init__(self, existing: Any, message: Any) -> None:
        super().__init__(message)
        self.existing = existing


def in_words(error: Refused | ValidationError) -> str:
    """What was refused and why, as one text for the person who asked."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error.message)
