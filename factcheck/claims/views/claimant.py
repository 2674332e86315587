"""Whom the desk checks for a claim: confirm the suggestion, correct it, name another, remove one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factcheck.accounts.capabilities import Capability, requires
from factcheck.claims.forms import ClaimantForm
from factcheck.claims.models import Claimant
from factcheck.claims.services import editing
from factcheck.desk.errors import NotAllowed, Refused, Stale

from .page import again, claim_for, conflict, refused, saved


@require_POST
@requires(Capability.TRIAGE)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a claimant; they are confirmed by it."""
    claim = claim_for(request, pk)
    form = ClaimantForm(request.POST, user=request.user)
    bound = {"new_claimant": form}
    if not form.is_valid():
        return refused(request, claim, "new_claimant", bound=bound)
    try:
        claimant = editing.confirm_claimant(
            actor=request.user, claim=claim, claimant=None, **{**form.cleaned_data, "revision": None}
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("name", str(refusal.message))
        return refused(request, claim, "new_claimant", bound=bound, status=refusal.status)
    said = _("%(name)s is the claimant.") % {"name": claimant.name}
    row = {"claimant": claimant, "form": ClaimantForm(user=request.user, claimant=claimant), "append": True}
    return saved(
        request, claim, said, ("new_claimant", {"done": True}), ("claimant", row), anchor="claimants"
    )


@require_POST
@requires(Capability.TRIAGE)
def confirm(request: HttpRequest, pk: int, claimant_pk: int) -> HttpResponse:
    """Confirm a suggestion as it is, or corrected."""
    claim = claim_for(request, pk)
    claimant = get_object_or_404(Claimant, claim=claim, pk=claimant_pk)
    form = ClaimantForm(request.POST, user=request.user, claimant=claimant)
    bound = {("claimant", claimant.pk): form}
    row = {"claimant": claimant, "form": form}
    if not form.is_valid():
        return refused(request, claim, "claimant", bound=bound, **row)
    mine = form.cleaned_data
    try:
        claimant = editing.confirm_claimant(actor=request.user, claim=claim, claimant=claimant, **mine)
    except Stale as stale:
        now = stale.current
        form = ClaimantForm(again(request, revision=now.revision), user=request.user, claimant=now)
        both = conflict(
            now, (_("Name"), now.name, mine["name"]), (_("Role at the time"), now.role, mine["role"])
        )
        bound, row = {("claimant", now.pk): form}, {"claimant": now, "form": form}
        return refused(
            request,
            claim,
            "claimant",
            bound=bound,
            status=409,
            claimant_conflict=both,
            conflict_of=now.pk,
            **row,
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("name", str(refusal.message))
        return refused(request, claim, "claimant", bound=bound, status=refusal.status, **row)
    said = _("%(name)s is the claimant.") % {"name": claimant.name}
    row = {
        "claimant": claimant,
        "form": ClaimantForm(user=request.user, claimant=claimant),
        "done": True,
    }
    return saved(request, claim, said, ("claimant", row), anchor="claimants")


@require_POST
@requires(Capability.TRIAGE)
def remove(request: HttpRequest, pk: int, claimant_pk: int) -> HttpResponse:
    """Not by them after all; a second click finds them gone, which is what it asked for."""
    claim = claim_for(request, pk)
    claimant = Claimant.objects.filter(claim=claim, pk=claimant_pk).first()
    said = _("Removed.")
    if claimant is not None:
        try:
            editing.remove_claimant(actor=request.user, claimant=claimant)
        except NotAllowed:
            raise
        except Refused as refusal:
            if request.htmx:
                raise
            messages.error(request, refusal.message)
            return redirect(claim)
        said = _("%(name)s is no claimant any more.") % {"name": claimant.name}
    return saved(request, claim, said, anchor="claimants")
