"""Around the sign-in: what a session remembers of its browser, and the answer to too many wrong passwords."""

from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .devices import device_of
from .sessions import CREATED_KEY, DEVICE_KEY


@receiver(user_logged_in, dispatch_uid="accounts.note_device")
def note_device(request: HttpRequest, **kwargs: Any) -> None:
    """Write into the new session from what device it is and when it began."""
    request.session[DEVICE_KEY] = device_of(request.headers.get("User-Agent", ""))[:200]
    request.session[CREATED_KEY] = timezone.now().isoformat()


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """The 429 that axes gives for a locked name and address, with when to try again."""
    wait = int(get_cool_off(request).total_seconds())
    response = render(request, "accounts/locked.html", {"minutes": max(1, round(wait / 60))}, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response
