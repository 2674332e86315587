"""Pages about the desk itself."""

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.demo.models import Loading

from . import status as reads

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@require_safe
@requires(Capability.TRIAGE)
def status(request: HttpRequest) -> HttpResponse:
    """What waits, is late, came in and is being read. The page asks again by itself; 204 says that nothing changed."""
    for_admins = request.user.opens_admin
    context = {
        "work": reads.work(request.user),
        "coming": reads.coming_in(request.user),
        "runs": reads.extractions(request.user),
        "queues": reads.queue_lengths(),
        "workers": reads.workers() if for_admins else None,
    }
    told = render_to_string("desk/status.html#told", context, request=request)
    # The token is masked anew in each answer, which is no news.
    seen = hashlib.sha256(TOKEN.sub("", told).encode()).hexdigest()[:16]
    if request.htmx and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    if request.htmx:
        return render(request, "desk/status.html#live", {"told": told, "seen": seen})
    days = reads.came_in(request.user)
    demonstration = request.user.may(Capability.ADMINISTER) and Loading.objects.exists()
    more = {
        "told": told,
        "seen": seen,
        "days": days,
        "chart": reads.bars(days),
        "demonstration": demonstration,
    }
    return render(request, "desk/status.html", context | more)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in, or without cookies: said plainly, since the browser still holds what was typed."""
    message = _(
        "This page is from an earlier sign-in. Go back, copy what you typed, reload the page and send it again."
    )
    if not getattr(request, "htmx", False):
        return render(request, "desk/refused.html", {"message": message}, status=403)
    response = render(request, "desk/refused_fragment.html", {"message": message}, status=403)
    response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    return response
