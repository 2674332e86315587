"""A claim: the list of all, adding one without an article, its page, its wording, and who may see it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.claims.forms import ClaimForm, ListForm, PeopleForm, WordingForm, people_signature
from factcheck.claims.history import history_of
from factcheck.claims.models import Claim, Claimant
from factcheck.claims.reads import sources_named_like
from factcheck.claims.services import editing
from factcheck.desk.errors import NotAllowed, Refused, Stale
from factcheck.verdicts.models import Rating

from .page import again, claim_for, conflict, refused, saved, show_page

A_PAGE = 50


@require_safe
@requires(Capability.READ)
def listing(request: HttpRequest) -> HttpResponse:
    """All claims one may see, filtered by what is in the address. A verified one never without its rating."""
    ratings = Rating.objects.filter(verdicts__status="approved").distinct().order_by("position")
    form = ListForm(request.GET, ratings=[(str(rating.pk), rating.label) for rating in ratings])
    wanted = form.filters
    claims = Claim.objects.visible_to(request.user)
    claims = claims.filter(state=wanted["state"]) if wanted.get("state") else claims.exclude(state="merged")
    if rating := wanted.get("rating"):
        claims = claims.verified().filter(verdicts__status="approved", verdicts__rating=rating)
    if words := wanted.get("q"):
        claims = claims.matching(words)
    in_order = claims.order_by("-state_at", "-id").for_rows()
    page = Paginator(in_order, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "claims/list.html", {"form": form, "page": page, "filtered": bool(wanted)})


@requires(Capability.TRIAGE)
def add(request: HttpRequest) -> HttpResponse:
    """A claim without an article: a tip, or something heard."""
    form = ClaimForm(request.POST or None)
    if request.method != "POST":
        return render(request, "claims/add.html", {"form": form})
    status = 422
    if form.is_valid():
        try:
            claim = editing.add_claim(actor=request.user, **_without(form.cleaned_data, "role"))
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            _give_role(request, claim, form.cleaned_data["role"])
            messages.success(request, _("Added. It is open."))
            return redirect(claim)
    return render(request, "claims/add.html", {"form": form}, status=status)


@require_safe
@requires(Capability.READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a claim; a merged one leads to the claim that it became part of."""
    claim = claim_for(request, pk)
    if claim.state == Claim.State.MERGED:
        messages.info(request, _("Claim %(number)s was merged into this one.") % {"number": claim.pk})
        return redirect(claim.merged_into)
    return show_page(request, claim)


@require_POST
@requires(Capability.TRIAGE)
def wording(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the neutral wording."""
    claim = claim_for(request, pk)
    form = WordingForm(request.POST, claim=claim)
    if not form.is_valid():
        return refused(request, claim, "wording", bound={"wording": form})
    try:
        claim = editing.edit_claim(actor=request.user, claim=claim, **form.cleaned_data)
    except Stale as stale:
        now, mine = stale.current, form.cleaned_data["wording"]
        form = WordingForm(again(request, was=now.wording, revision=now.revision), claim=now)
        both = conflict(now, (_("Neutral wording"), now.wording, mine))
        return refused(
            request,
            claim_for(request, pk),
            "wording",
            bound={"wording": form},
            status=409,
            wording_conflict=both,
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("wording", str(refusal.message))
        return refused(request, claim, "wording", bound={"wording": form}, status=refusal.status)
    return saved(request, claim, _("Saved."), ("wording", {"done": True}), anchor="wording")


@require_POST
@requires(Capability.VERIFY)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Set when it is due, and who may see it."""
    claim = claim_for(request, pk)
    form = PeopleForm(request.POST, claim=claim)
    if not form.is_valid():
        return refused(request, claim, "people", bound={"people": form})
    said = form.cleaned_data
    # Evidence or a step counts the claim's revision up too; only what this form edits can be overwritten by it.
    unchanged = said["was"] == people_signature(claim)
    try:
        editing.set_people(
            actor=request.user,
            claim=claim,
            revision=claim.revision if unchanged else said["revision"],
            due_on=said["due_on"],
            restricted=said["restricted"],
            people=list(said["people"]),
        )
    except Stale:
        now = claim_for(request, pk)
        data = again(request, was=people_signature(now), revision=now.revision)
        both = conflict(
            now,
            (_("Due"), str(now.due_on or ""), str(said["due_on"] or "")),
            (
                _("Seen by"),
                _seen_by(now.restricted, now.people.all()),
                _seen_by(said["restricted"], said["people"]),
            ),
        )
        return refused(
            request,
            now,
            "people",
            bound={"people": PeopleForm(data, claim=now)},
            status=409,
            people_conflict=both,
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return refused(request, claim, "people", bound={"people": form}, status=refusal.status)
    return saved(request, claim, _("Saved."), ("people", {"done": True}), anchor="people")


@require_GET
@requires(Capability.READ)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what, when, from what to what: a fragment, or a page of its own."""
    claim = claim_for(request, pk)
    template = "claims/history.html#entries" if request.htmx else "claims/history.html"
    return render(request, template, {"claim": claim, "entries": history_of(claim)})


@require_GET
@requires(Capability.READ)
def sources(request: HttpRequest) -> HttpResponse:
    """A few sources by name, as the options of a field's list."""
    words = request.GET.get("source", "")
    found = sources_named_like(words, request.user) if words.strip() else []
    return render(request, "claims/parts/source_options.html", {"sources": found})


def _seen_by(restricted: bool, people: Any) -> str:
    return ", ".join(sorted(str(user) for user in people)) if restricted else _("everybody")


def _without(said: dict, *names: str) -> dict:
    return {name: value for name, value in said.items() if name not in names}


def _give_role(request: HttpRequest, claim: Claim, role: str) -> None:
    claimant: Claimant | None = claim.claimants.first()
    if claimant is not None and role:
        editing.confirm_claimant(
            actor=request.user,
            claim=claim,
            claimant=claimant,
            revision=claimant.revision,
            name=claimant.name,
            role=role,
        )
