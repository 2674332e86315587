"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """The desk's name, and whether single-key shortcuts are on for this person."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "desk_name": settings.DESK_NAME,
        "shortcuts_on": user.shortcuts if signed_in else True,
        "theme": user.theme if signed_in else "auto",
    }
