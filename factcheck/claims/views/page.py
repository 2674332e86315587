"""The page of a claim, whole or in fragments, and what the views of its parts share."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from factcheck.claims.forms import ClaimantForm, PeopleForm, WordingForm
from factcheck.claims.history import last_change
from factcheck.claims.models import Claim
from factcheck.claims.reads import ClaimPage
from factcheck.figures.forms import FigureForm, NewFigureForm
from factcheck.verdicts.forms import DraftForm, EvidenceForm, ReviewForm, StanceForm

TEMPLATES = {
    "wording": "claims/parts/wording.html",
    "claimant": "claims/parts/claimant.html",
    "new_claimant": "claims/parts/claimant_new.html",
    "figure": "claims/parts/figure.html",
    "new_figure": "claims/parts/figure_new.html",
    "evidence": "verdicts/parts/evidence.html",
    "new_evidence": "verdicts/parts/evidence_new.html",
    "removed_evidence": "verdicts/parts/evidence_removed.html",
    "draft_state": "verdicts/parts/draft_state.html",
    "review": "verdicts/parts/review.html",
    "people": "claims/parts/people.html",
    "missing": "claims/parts/missing.html",
}
# Parts that stand once on the page, with a form of the same name; the rows of a list bring theirs along.
WITH_A_FORM = {"wording", "new_claimant", "new_figure", "new_evidence", "review", "people"}


class Forms:
    """The forms of the page. `bound` holds those that came back with errors, by part, or by part and key of the row."""

    def __init__(self, page: ClaimPage, bound: Mapping[Any, Any]) -> None:
        self._page, self._bound = page, bound

    def _of(self, part: Any, fresh: Any) -> Any:
        return self._bound[part] if part in self._bound else fresh()

    @cached_property
    def wording(self) -> WordingForm:
        return self._of("wording", lambda: WordingForm(claim=self._page.claim))

    @cached_property
    def claimants(self) -> list[tuple[Any, ClaimantForm]]:
        user = self._page.user
        return [
            (row, self._of(("claimant", row.pk), lambda row=row: ClaimantForm(user=user, claimant=row)))
            for row in self._page.claimants
        ]

    @cached_property
    def new_claimant(self) -> ClaimantForm:
        outlet = self._page.suggested_outlet
        initial = {"name": outlet.name, "source": outlet.name} if outlet else None
        return self._of("new_claimant", lambda: ClaimantForm(user=self._page.user, initial=initial))

    @cached_property
    def figures(self) -> list[tuple[Any, FigureForm]]:
        return [
            (read, self._of(("figure", read.figure.pk), lambda read=read: figure_form(read.figure)))
            for read in self._page.figures
        ]

    @cached_property
    def new_figure(self) -> NewFigureForm | None:
        appearances = [place.appearance for place in self._page.places]
        return self._of("new_figure", lambda: NewFigureForm(appearances=appearances) if appearances else None)

    @cached_property
    def evidence(self) -> list[tuple[Any, StanceForm]]:
        return [
            (row, self._of(("evidence", row.pk), lambda row=row: StanceForm(evidence=row)))
            for row in self._page.evidence
        ]

    @cached_property
    def new_evidence(self) -> EvidenceForm:
        return self._of("new_evidence", EvidenceForm)

    @cached_property
    def draft(self) -> DraftForm:
        return self._of("draft", lambda: DraftForm(draft=self._page.draft))

    @cached_property
    def review(self) -> ReviewForm | None:
        verdict = self._page.submitted
        return self._of("review", lambda: ReviewForm(verdict=verdict) if verdict else None)

    @cached_property
    def people(self) -> PeopleForm:
        return self._of("people", lambda: PeopleForm(claim=self._page.claim))


def figure_form(figure: Any, data: Any = None) -> FigureForm:
    """The form of one figure, its ids its own on a page with several."""
    return FigureForm(data, instance=figure, auto_id=f"figure-{figure.pk}-%s")


def claim_for(request: HttpRequest, pk: int) -> Claim:
    """The claim, or 404 where there is none that this person may see."""
    claims = Claim.objects.visible_to(request.user).select_related(
        "lead_article__carried_by",
        "assignee",
        "merged_into",
        "created_by",
        "draft__updated_by",
        "draft__rating",
    )
    return get_object_or_404(claims, pk=pk)


def show_page(
    request: HttpRequest,
    claim: Claim,
    *,
    status: int = 200,
    bound: Mapping[Any, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """The whole page; with `bound` forms in their places."""
    page = ClaimPage(claim, request.user)
    told = {"page": page, "claim": claim, "forms": Forms(page, bound or {}), **context}
    return render(request, "claims/show.html", told, status=status)


def saved(
    request: HttpRequest, claim: Claim, said: Any, *parts: tuple[str, dict[str, Any]], anchor: str = ""
) -> HttpResponse:
    """After a save: the parts that changed and what is still missing for HTMX, else back to the page, where it says what happened."""
    if not request.htmx:
        messages.success(request, said)
        return redirect(f"{claim.get_absolute_url()}#{anchor}" if anchor else claim.get_absolute_url())
    claim = claim_for(request, claim.pk)
    response = HttpResponse(_fragments(request, claim, {}, [*parts, ("missing", {"oob": True})]))
    response["HX-Trigger"] = json.dumps({"announce": {"text": str(said), "kind": "good", "quiet": True}})
    return response


def refused(
    request: HttpRequest,
    claim: Claim,
    part: str,
    *,
    bound: Mapping[Any, Any],
    status: int = 422,
    **context: Any,
) -> HttpResponse:
    """The part again with what was typed and what is wrong with it, alone for HTMX, else on the whole page."""
    if not request.htmx:
        return show_page(request, claim, status=status, bound=bound, refused_part=part, **context)
    return HttpResponse(_fragments(request, claim, bound, [(part, context)]), status=status)


def conflict(row: Model, *texts: tuple[Any, str, str]) -> dict[str, Any]:
    """What the block of a stale save shows: who was first, when, and each text as (label, theirs, yours)."""
    who, when = last_change(row)
    differing = [(label, theirs, yours) for label, theirs, yours in texts if theirs != yours]
    return {
        "who": who,
        "when": when,
        "conflicts": [{"label": label, "theirs": t, "yours": y} for label, t, y in differing],
    }


def again(request: HttpRequest, **changes: Any) -> Any:
    """The data of the request with some fields replaced, for showing a form once more."""
    data = request.POST.copy()
    for name, value in changes.items():
        data[name] = str(value)
    return data


def _fragments(
    request: HttpRequest, claim: Claim, bound: Mapping[Any, Any], parts: list[tuple[str, dict[str, Any]]]
) -> str:
    page = ClaimPage(claim, request.user)
    forms = Forms(page, bound)
    shared = {"page": page, "claim": claim, "forms": forms, "alone": True}
    html = []
    for name, own in parts:
        form = {"form": getattr(forms, name)} if name in WITH_A_FORM else {}
        html.append(render_to_string(TEMPLATES[name], {**shared, **form, **own}, request))
    return "".join(html)
