"""The steps of triage, taken from the queue, from an article's page or from a claim's page.

`as` in the form says what to answer with: "row" of the queue, "card" beside an article, else the page one came from (`next`).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.accounts.capabilities import Capability, requires
from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.claims.services import bulk as several
from factcheck.claims.services import merging, steps, triage
from factcheck.desk.errors import NotAllowed, Refused
from factcheck.queue.answers import answer, safe_next
from factcheck.queue.forms import ParkForm

State = Claim.State
CHOICES = 12  # claims offered to be the same one


@require_POST
@requires(Capability.TRIAGE)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a candidate; with take=1 it becomes one's own."""
    claim, me = _claim(request, pk), request.user
    take = request.POST.get("take") == "1"
    return _step(
        request,
        claim,
        lambda: triage.accept(actor=me, claim=claim, take=take),
        said=_("Accepted; it is yours.") if take else _("Accepted."),
        there=lambda now: now.state == State.OPEN and (not take or now.assignee_id == me.pk),
    )


@require_POST
@requires(Capability.TRIAGE)
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss, or give the reason of a dismissal afterwards."""
    claim = _claim(request, pk)
    reason = request.POST.get("reason") or Claim.Dismissal.NOT_WORTH
    label = dict(Claim.Dismissal.choices).get(reason, reason)
    return _step(
        request,
        claim,
        lambda: triage.dismiss(actor=request.user, claim=claim, reason=reason),
        said=_("Dismissed: %(reason)s.") % {"reason": label},
        there=lambda now: now.state == State.DISMISSED and now.reason == reason,
    )


@require_POST
@requires(Capability.TRIAGE)
def dismiss_rest(request: HttpRequest, article: int) -> HttpResponse:
    """Dismiss every candidate left of an article."""
    of = get_object_or_404(Article.objects.visible_to(request.user), pk=article)
    reason = request.POST.get("reason") or Claim.Dismissal.NOT_WORTH
    done = triage.dismiss_rest(actor=request.user, article=of, reason=reason)
    if not done:
        return answer(
            request,
            [],
            _("No candidate is left of this article."),
            kind="info",
            next_url=safe_next(request) or of.get_absolute_url(),
        )
    said = ngettext(
        "Dismissed %(n)s candidate of “%(title)s”.", "Dismissed %(n)s candidates of “%(title)s”.", len(done)
    )
    said %= {"n": len(done), "title": of.title}
    return answer(request, done, said, decided=True, next_url=safe_next(request) or of.get_absolute_url())


@require_http_methods(["GET", "POST"])
@requires(Capability.TRIAGE)
def park(request: HttpRequest, pk: int) -> HttpResponse:
    """Put aside until a day, for whom or what; asked for with GET, the form for it."""
    claim = _claim(request, pk)
    form = ParkForm(request.POST or None)
    context = {"claim": claim, "form": form, "next": safe_next(request), "shape": _shape(request)}
    if request.method == "GET":
        return render(request, _sheet(request, "queue/park.html"), context)
    if not form.is_valid():
        return _sheet_again(request, "queue/park.html", context)
    until = form.cleaned_data["until"]
    try:
        claim = triage.park(
            actor=request.user, claim=claim, until=until, waiting_for=form.cleaned_data["waiting_for"]
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("until", str(refusal.message))
        return _sheet_again(request, "queue/park.html", context, status=refusal.status)
    return answer(request, [claim], _("Put aside for later."), decided=True)


@require_POST
@requires(Capability.VERIFY)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End without a verdict, for a reason."""
    claim = _claim(request, pk)
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    return _step(
        request,
        claim,
        lambda: triage.close(actor=request.user, claim=claim, reason=reason, note=note.replace("\0", "")),
        said=_("Closed without a verdict."),
        there=lambda now: now.state == State.CLOSED and now.reason == reason,
    )


@require_POST
@requires(Capability.TRIAGE)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back from being set aside or parked."""
    claim = _claim(request, pk)
    return _step(
        request,
        claim,
        lambda: triage.restore(actor=request.user, claim=claim),
        said=_("It is back."),
        there=lambda now: now.state in (State.CANDIDATE, State.OPEN),
        decided=False,
    )


@require_POST
@requires(Capability.TRIAGE)
def priority(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the priority, 0 to 3."""
    claim = _claim(request, pk)
    wanted = _number(request.POST.get("priority"))
    label = dict(Claim.Priority.choices).get(wanted, "")
    return _step(
        request,
        claim,
        lambda: triage.set_priority(
            actor=request.user, claim=claim, priority=wanted, was=_was(request, "priority")
        ),
        said=_("Priority: %(priority)s.") % {"priority": label},
        decided=False,
    )


@require_POST
@requires(Capability.TRIAGE)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody (`assignee` is their key, "me", or empty for nobody)."""
    claim = _claim(request, pk)
    assignee = _assignee(request)
    return _step(
        request,
        claim,
        lambda: triage.assign(
            actor=request.user, claim=claim, assignee=assignee, was=_was(request, "assignee")
        ),
        said=_assigned(assignee),
        decided=False,
    )


@require_http_methods(["GET", "POST"])
@requires(Capability.TRIAGE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is the same as another claim; asked for with GET, the claims it may be the same as."""
    claim = _claim(request, pk)
    words = (request.GET.get("q") or request.POST.get("q") or "").replace("\0", "").strip()
    context = {
        "claim": claim,
        "q": words,
        "found": _same_as(claim, request.user, words),
        "next": safe_next(request),
        "shape": _shape(request),
    }
    if request.method == "GET":
        return render(request, _sheet(request, "queue/merge.html"), context)
    into = _claims(request).filter(pk=_number(request.POST.get("into"))).first()
    if into is None:
        context["error"] = _("Choose the claim that it is the same as.")
        return _sheet_again(request, "queue/merge.html", context)
    try:
        merging.merge(actor=request.user, claim=claim, into=into)
    except NotAllowed:
        raise
    except Refused as refusal:
        context["error"] = refusal.message
        return _sheet_again(request, "queue/merge.html", context, status=refusal.status)
    there = safe_next(request) or into.get_absolute_url()
    return answer(request, [claim, into], _("Merged: it stands there now."), decided=True, next_url=there)


@require_POST
@requires(Capability.TRIAGE)
def looked(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody took the other look that it needed."""
    claim = _claim(request, pk)
    return _step(
        request,
        claim,
        lambda: triage.clear_look(actor=request.user, claim=claim),
        said=_("Looked at again."),
        decided=False,
    )


@require_POST
@requires(Capability.TRIAGE)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back one's last step, all of it where it was a batch; on `claim` only, where one is given."""
    only = _claim(request, _number(request.POST["claim"])) if request.POST.get("claim") else None
    try:
        back = steps.undo_last(actor=request.user, claim=only)
    except Refused as refusal:
        return answer(request, [only] if only else [], refusal.message, kind="warn", status=refusal.status)
    said = ngettext("Taken back.", "Taken back on %(n)s claims.", len(back)) % {"n": len(back)}
    return answer(request, back, said, go_to=back[0])


@require_POST
@requires(Capability.TRIAGE)
def bulk(request: HttpRequest) -> HttpResponse:
    """Accept, dismiss or assign all the `claims` that were selected (`do` says which), as one step to undo."""
    keys = [_number(key) for key in request.POST.getlist("claims")[: several.MOST]]
    claims = list(_claims(request).filter(pk__in=keys))
    do, me = request.POST.get("do", ""), request.user
    if not claims:
        return answer(request, [], _("Select some claims first."), kind="warn", status=422)
    if do in ("accept", "take"):
        outcome = several.accept_all(actor=me, claims=claims, take=do == "take")
        said = ngettext("Accepted %(n)s claim.", "Accepted %(n)s claims.", len(outcome.done))
    elif do == "dismiss":
        reason = request.POST.get("reason") or Claim.Dismissal.NOT_WORTH
        outcome = several.dismiss_all(actor=me, claims=claims, reason=reason)
        said = ngettext("Dismissed %(n)s claim.", "Dismissed %(n)s claims.", len(outcome.done))
    elif do == "assign":
        outcome = several.assign_all(actor=me, claims=claims, assignee=_assignee(request))
        said = ngettext("Assigned %(n)s claim.", "Assigned %(n)s claims.", len(outcome.done))
    else:
        return answer(request, [], _("Say what to do with the selected claims."), kind="warn", status=422)
    said %= {"n": len(outcome.done)}
    if left := len(outcome.refused):
        said = f"{said} " + ngettext("%(n)s could not be.", "%(n)s could not be.", left) % {"n": left}
    kind = "warn" if outcome.refused else "good"
    return answer(request, claims, said, kind=kind, decided=do != "assign")


def _step(
    request: HttpRequest,
    claim: Claim,
    take: Callable[[], Claim],
    *,
    said: Any,
    there: Callable[[Claim], bool] | None = None,
    decided: bool = True,
) -> HttpResponse:
    """Take a step and show the claim. `there` tells whether it stands where the step leads, so that a second click is no error."""
    try:
        return answer(request, [take()], said, decided=decided)
    except NotAllowed:
        raise
    except Refused as refusal:
        now = _claim(request, claim.pk)
        if there is not None and there(now):
            return answer(request, [now], said, decided=decided)
        return answer(request, [now], refusal.message, kind="bad", status=refusal.status, decided=decided)


def _claims(request: HttpRequest) -> Any:
    return Claim.objects.visible_to(request.user)


def _claim(request: HttpRequest, pk: int) -> Claim:
    return get_object_or_404(_claims(request), pk=pk)


def _number(text: str | None) -> int:
    """A key or number from a form; -1, which nothing has, for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else -1


def _was(request: HttpRequest, what: str) -> int | None:
    """What a field said on the page that was decided on; None where the form does not tell."""
    told = request.POST.get(f"was_{what}", "")
    return _number(told) if told else None


def _assignee(request: HttpRequest) -> User | None:
    wanted = request.POST.get("assignee", "")
    if wanted == "me":
        return request.user
    if not wanted:
        return None
    return get_object_or_404(User.objects.visible_to(request.user), pk=_number(wanted))


def _assigned(assignee: User | None) -> str:
    return _("Assigned to %(name)s.") % {"name": assignee} if assignee else _("Nobody's now.")


def _same_as(claim: Claim, user: User, words: str) -> list[Claim]:
    """What a claim may be the same as: with the words, or else in words like its own."""
    others = Claim.objects.visible_to(user).exclude(pk=claim.pk).exclude(state__in=["merged", "superseded"])
    found = others.matching(words).ranked() if words else others.like(str(claim))
    return list(found.select_related("lead_article").with_rating()[:CHOICES])


def _shape(request: HttpRequest) -> dict[str, str]:
    """What a sheet's form sends on, so that its answer fits the page it was opened from."""
    asked = request.POST if request.method == "POST" else request.GET
    return {name: asked[name] for name in ("as", "appearance", "article", "shown") if asked.get(name)}


def _sheet(request: HttpRequest, template: str) -> str:
    return f"{template}#sheet" if request.htmx else template


def _sheet_again(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 422
) -> HttpResponse:
    response = render(request, _sheet(request, template), context, status=status)
    if request.htmx:
        response["HX-Retarget"], response["HX-Reswap"] = "#sheet", "innerHTML"
    return response
