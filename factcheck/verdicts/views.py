"""Evidence, the verdict being written, and the second person's review. All of them stand on the claim's page."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from factcheck.accounts.capabilities import Capability, requires
from factcheck.claims.models import Claim
from factcheck.claims.reads import next_to_review
from factcheck.claims.views.page import again, claim_for, conflict, refused, saved, show_page
from factcheck.desk.errors import NotAllowed, Refused, Stale

from . import services
from .forms import DraftForm, EvidenceForm, ReviewForm, StanceForm
from .models import Evidence, Verdict, VerdictDraft


@require_POST
@requires(Capability.VERIFY)
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Link an exhibit to the claim."""
    claim = claim_for(request, pk)
    form = EvidenceForm(request.POST)
    bound = {"new_evidence": form}
    if not form.is_valid():
        return refused(request, claim, "new_evidence", bound=bound)
    try:
        evidence = services.add_evidence(actor=request.user, claim=claim, **form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return refused(request, claim, "new_evidence", bound=bound, status=refusal.status)
    row = {"evidence": evidence, "form": StanceForm(evidence=evidence), "append": True}
    parts = [("new_evidence", {"done": True}), ("evidence", row)]
    return saved(request, claim, _("Added."), *parts, anchor=f"evidence-{evidence.pk}")


@require_POST
@requires(Capability.VERIFY)
def edit_evidence(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Change its stance or note."""
    claim = claim_for(request, pk)
    evidence = _evidence(claim, evidence_pk)
    form = StanceForm(request.POST, evidence=evidence)
    row: dict[str, Any] = {"evidence": evidence, "form": form}
    bound = {("evidence", evidence.pk): form}
    if not form.is_valid():
        return refused(request, claim, "evidence", bound=bound, **row)
    mine = form.cleaned_data
    try:
        evidence = services.edit_evidence(actor=request.user, evidence=evidence, **mine)
    except Stale as stale:
        now = _evidence(claim, stale.current.pk)
        stances = dict(Evidence.Stance.choices)
        both = conflict(
            now,
            (_("Stance"), str(stances[now.stance]), str(stances[mine["stance"]])),
            (_("Note"), now.note, mine["note"]),
        )
        form = StanceForm(again(request, revision=now.revision), evidence=now)
        row = {"evidence": now, "form": form, "evidence_conflict": both, "conflict_of": now.pk}
        return refused(request, claim, "evidence", bound={("evidence", now.pk): form}, status=409, **row)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return refused(request, claim, "evidence", bound=bound, status=refusal.status, **row)
    evidence = _evidence(claim, evidence.pk)
    row = {"evidence": evidence, "form": StanceForm(evidence=evidence), "done": True}
    return saved(request, claim, _("Saved."), ("evidence", row), anchor=f"evidence-{evidence.pk}")


@require_POST
@requires(Capability.VERIFY)
def remove_evidence(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Unlink an exhibit, with the way back; a second click finds it gone, which is what it asked for."""
    claim = claim_for(request, pk)
    evidence = claim.evidence.select_related("exhibit").filter(pk=evidence_pk).first()
    if evidence is None:
        return saved(request, claim, _("Removed."), anchor="evidence")
    exhibit = evidence.exhibit
    back = EvidenceForm(
        initial={
            "stance": evidence.stance,
            "note": evidence.note,
            "title": exhibit.title,
            "url": exhibit.url,
            "passage": exhibit.passage,
            "publisher_name": exhibit.publisher_name,
        }
    )
    try:
        services.remove_evidence(actor=request.user, evidence=evidence)
    except NotAllowed:
        raise
    except Refused as refusal:
        if request.htmx:
            raise
        messages.error(request, refusal.message)
        return redirect(claim)
    if not request.htmx:
        return show_page(request, claim_for(request, pk), removed=back, removed_title=exhibit.title)
    removed = {"removed": back, "removed_title": exhibit.title}
    return saved(request, claim, _("Removed."), ("removed_evidence", removed), anchor="evidence")


@require_POST
@requires(Capability.VERIFY)
def save_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is written so far; the page saves by itself while one writes."""
    claim = claim_for(request, pk)
    form, draft, response = _save(request, claim)
    if response is not None:
        return response
    if not request.htmx:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(f"{claim.get_absolute_url()}#verdict")
    answer = saved(request, claim, _("Saved."), ("draft_state", {"draft": draft, "form": form}))
    # The line beside the text says it; a person who writes should not hear it every few seconds.
    del answer["HX-Trigger"]
    return answer


@require_POST
@requires(Capability.VERIFY)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands in the form, and send it to review."""
    claim = claim_for(request, pk)
    form = None
    if "revision" in request.POST:
        form, __, response = _save(request, claim)
        if response is not None:
            return response
    try:
        services.submit(actor=request.user, claim=claim)
    except NotAllowed:
        raise
    except Refused as refusal:
        claim = claim_for(request, pk)
        bound = {"draft": _as_saved(request, claim)} if form else {}
        return refused(
            request, claim, "draft_state", bound=bound, status=refusal.status, draft_error=refusal.message
        )
    return _to(request, claim, _("Submitted. A second person reviews it now."))


@require_POST
@requires(Capability.VERIFY)
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the verdict back out of review."""
    claim = claim_for(request, pk)
    return _step(request, claim, lambda: services.recall(actor=request.user, claim=claim), _("Recalled."))


@require_POST
@requires(Capability.VERIFY)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Work on it again; the verdict stands until a new one is approved."""
    claim = claim_for(request, pk)
    why = request.POST.get("why", "").replace("\0", "")
    said = _("Reopened. The verdict stands until a new one is approved.")
    return _step(request, claim, lambda: services.reopen(actor=request.user, claim=claim, why=why), said)


@require_POST
@requires(Capability.REVIEW)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or return the verdict `pk`; then the next one to review, where that was asked for."""
    visible = Claim.objects.visible_to(request.user)
    verdict = get_object_or_404(Verdict.objects.filter(claim__in=visible).select_related("claim"), pk=pk)
    claim = claim_for(request, verdict.claim_id)
    outcome, __, then = request.POST.get("outcome", "").partition("-")
    form = ReviewForm(again(request, outcome=outcome), verdict=verdict)
    if not form.is_valid():
        return refused(request, claim, "review", bound={"review": form})
    try:
        services.review(actor=request.user, verdict=verdict, **form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal.message))
        # HTMX leaves a page alone that gets a 403, so the refusal goes where the eyes are only on a plain page.
        if request.htmx:
            raise
        return show_page(request, claim, status=403, bound={"review": form})
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return refused(request, claim, "review", bound={"review": form}, status=refusal.status)
    approved = form.cleaned_data["outcome"] == "approved"
    said = _("Approved. It is verified.") if approved else _("Returned to its author.")
    following = next_to_review(request.user, claim) if then == "next" else None
    if following is not None:
        return _to(request, following, f"{said} {_('This is the next one.')}")
    if then == "next":
        said = f"{said} {_('Nothing else waits for your review.')}"
    return _to(request, claim, said)


def _save(request: HttpRequest, claim: Claim) -> tuple[DraftForm, VerdictDraft | None, HttpResponse | None]:
    """The form and the saved draft; or else the answer that says why it was not saved, with everything typed in it."""
    form = DraftForm(request.POST, draft=VerdictDraft.objects.filter(claim=claim).first())
    bound = {"draft": form}
    if not form.is_valid():
        return form, None, refused(request, claim, "draft_state", bound=bound)
    mine = dict(form.cleaned_data)
    over = request.POST.get("over", "")
    if over.isdecimal():
        mine["revision"] = int(over)
    try:
        return form, services.save_draft(actor=request.user, claim=claim, **mine), None
    except Stale as stale:
        return form, None, _stale_draft(request, claim, stale.current, mine)
    except NotAllowed:
        raise
    except Refused as refusal:
        message = refusal.message
        answer = refused(
            request, claim, "draft_state", bound=bound, status=refusal.status, draft_error=message
        )
        return form, None, answer


def _stale_draft(request: HttpRequest, claim: Claim, now: VerdictDraft, mine: dict[str, Any]) -> HttpResponse:
    both = conflict(
        now,
        (_("Rating"), str(now.rating or ""), str(mine["rating"] or "")),
        (_("Summary"), now.summary, mine["summary"]),
        (_("Explanation"), now.explanation, mine["explanation"]),
    )
    # On a plain page the next save is a deliberate one. The page that saves by itself keeps its old revision, and its
    # button sends the new one.
    revision = mine["revision"] if request.htmx else now.revision
    form = DraftForm(again(request, revision=revision), draft=now)
    return refused(
        request,
        claim_for(request, claim.pk),
        "draft_state",
        bound={"draft": form},
        status=409,
        draft_conflict=both,
        over=now.revision,
    )


def _as_saved(request: HttpRequest, claim: Claim) -> DraftForm:
    """The form again after its text was saved: at the revision that the save made."""
    draft = claim.draft
    return DraftForm(again(request, revision=draft.revision), draft=draft)


def _step(request: HttpRequest, claim: Claim, take: Any, said: str) -> HttpResponse:
    try:
        take()
    except NotAllowed:
        raise
    except Refused as refusal:
        if request.htmx:
            raise
        return show_page(
            request, claim_for(request, claim.pk), status=refusal.status, refusal=refusal.message
        )
    return _to(request, claim, said)


def _to(request: HttpRequest, claim: Claim, said: str) -> HttpResponse:
    messages.success(request, said)
    if not request.htmx:
        return redirect(claim)
    response = HttpResponseClientRedirect(claim.get_absolute_url())
    response["HX-Trigger"] = json.dumps({"draftSaved": {"key": f"claim-{claim.pk}-verdict"}})
    return response


def _evidence(claim: Claim, pk: int) -> Evidence:
    rows = claim.evidence.select_related("exhibit__publisher", "added_by")
    return get_object_or_404(rows, pk=pk)
