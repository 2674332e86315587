"""Pages about the desk itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in, or without cookies: said plainly, since the browser still holds what was typed."""
    message = _(
        "This page is from an earlier sign-in. Go back, copy what you typed, reload the page and send it again."
    )
    return render(request, "desk/refused.html", {"message": message}, status=403)
