"""Removing the demonstration in the browser."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.models import Article
from factcheck.claims.models import Claim

from .removing import remove as remove_demonstration


@requires(Capability.ADMINISTER)
def remove(request: HttpRequest) -> HttpResponse:
    """Say what will go, then remove it."""
    if request.method == "POST":
        remove_demonstration(actor=request.user)
        messages.success(request, _("The demonstration is gone."))
        if not request.user.__class__.objects.filter(pk=request.user.pk).exists():
            return redirect("accounts:login")
        return redirect("queue")
    counts = {
        "articles": Article.objects.filter(is_demo=True).count(),
        "claims": Claim.objects.filter(is_demo=True).exclude(state=Claim.State.MERGED).count(),
    }
    return render(request, "demo/remove.html", {"counts": counts})
