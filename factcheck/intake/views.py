"""Pages of what comes in: the list, one thing, many handed in together, and trying again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.models import Article
from factcheck.desk.errors import Refused

from . import reads, services
from .models import Intake
from .querysets import IntakeQuerySet

NOTHING_NEW, STOP_POLLING = 204, 286
PER_PAGE = 50
# A row is written a moment before others can see it.
MARGIN = timedelta(seconds=3)
EVERY = 2  # seconds between two questions after rows that are under way


@require_GET
@requires(Capability.TRIAGE)
def list_intakes(request: HttpRequest) -> HttpResponse:
    """What was handed in, newest first; the filters are in the address."""
    asked = reads.Asked.of(request.GET)
    intakes = asked.apply(Intake.objects.visible_to(request.user), request.user)
    paginator = Paginator(reads.for_rows(intakes), PER_PAGE)
    # The count needs none of the columns that the rows show.
    paginator.count = intakes.count()
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "states": reads.STATES,
        "people": reads.who_handed_in(request.user),
        "under_way": any(not intake.is_over for intake in page),
        **_news_context(),
    }
    return render(request, "intake/list.html", context)


@require_GET
@requires(Capability.TRIAGE)
def news(request: HttpRequest) -> HttpResponse:
    """The rows that changed since the page was written, each to take the place of itself; 286 ends the asking."""
    since = _since(request.GET.get("since", ""))
    batch = _uuid(request.GET.get("batch", ""))
    mine = Intake.objects.visible_to(request.user)
    context: dict[str, Any] = {"oob": True, **_news_context()}
    if batch is not None:
        shown = mine.filter(batch=batch)
        context |= {"batch": batch, "together": reads.together(batch, request.user)}
    else:
        shown = mine.filter(pk__in=_numbers(request.GET.getlist("pk")))
    changed = shown.changed_since(since) if since else shown
    rows = list(reads.for_rows(changed).order_by("pk"))
    context["rows"] = rows
    under_way = context["together"].under_way > 0 if batch else shown.under_way().exists()
    context["under_way"] = under_way
    response = render(request, "intake/news.html", context, status=200 if under_way else STOP_POLLING)
    if batch is not None:
        _tell(response, context["together"], request.GET.get("told", ""))
    return response


@require_GET
@requires(Capability.TRIAGE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing that was handed in: how far it is, or what became of it."""
    intake = _intake(request, pk)
    context = {"intake": intake, "progress": None if intake.is_over else reads.progress_of(intake)}
    return render(request, "intake/show.html", context)


@require_GET
@requires(Capability.TRIAGE)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one thing is, asked again and again: 204 where there is nothing new, 286 when it is over."""
    intake = _intake(request, pk)
    now = None if intake.is_over else reads.progress_of(intake)
    if now is not None and now.seen == request.GET.get("seen"):
        return HttpResponse(status=NOTHING_NEW)
    context = {"intake": intake, "progress": now, "arrived": now is None}
    status = 200 if now else STOP_POLLING
    response = render(request, "intake/show.html#progress", context, status=status)
    said = now.title if now else f"{intake.get_status_display()}. {intake.words}".strip()
    trigger_client_event(response, "announce", {"text": said, "quiet": True})
    return response


@require_GET
@requires(Capability.TRIAGE)
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What was handed in together, in the order in which it was given."""
    rows = list(reads.for_rows(Intake.objects.visible_to(request.user).filter(batch=batch)).order_by("pk"))
    if not rows:
        raise Http404
    context = {
        "batch": batch,
        "rows": rows,
        "together": reads.together(batch, request.user),
        "under_way": any(not intake.is_over for intake in rows),
        **_news_context(),
    }
    return render(request, "intake/batch.html", context)


@require_POST
@requires(Capability.TRIAGE)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it once more, now."""
    return _done(request, pk, services.retry, _("It is tried again."))


@require_POST
@requires(Capability.TRIAGE)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a failure wait for nobody any more."""
    return _done(request, pk, services.set_aside, _("Set aside."))


@require_POST
@requires(Capability.TRIAGE)
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a failure that was set aside wait again."""
    return _done(request, pk, services.bring_back, _("It is back among the failed."))


@require_POST
@requires(Capability.TRIAGE)
def retry_all(request: HttpRequest) -> HttpResponse:
    """Try all that failed of a list, or of what was handed in together, once more; the filters are in the address."""
    failed = _asked_for(request).retriable().order_by("pk")
    left = max(0, failed.count() - services.MANY)
    tried = services.retry_all(actor=request.user, intakes=failed[: services.MANY])
    said = ngettext("%(n)s is tried again.", "%(n)s are tried again.", tried) % {"n": tried}
    if left:
        words = ngettext(
            "%(n)s are tried again, %(left)s is left.", "%(n)s are tried again, %(left)s are left.", left
        )
        said = words % {"n": tried, "left": left}
    return _all_done(request, said if tried else "", _("Nothing here can be tried again."), "under_way")


@require_POST
@requires(Capability.TRIAGE)
def set_aside_all(request: HttpRequest) -> HttpResponse:
    """Set aside all that failed of a list, or of what was handed in together; the filters are in the address."""
    aside = services.set_aside_all(actor=request.user, intakes=_asked_for(request))
    said = ngettext("%(n)s was set aside.", "%(n)s were set aside.", aside) % {"n": aside}
    return _all_done(request, said if aside else "", _("Nothing here can be set aside."), "set_aside")


@require_POST
@requires(Capability.TRIAGE)
def bring_back_all(request: HttpRequest) -> HttpResponse:
    """Bring back all of a list, or of what was handed in together, that somebody set aside."""
    back = services.bring_back_all(actor=request.user, intakes=_asked_for(request))
    said = ngettext("%(n)s is back.", "%(n)s are back.", back) % {"n": back}
    return _all_done(request, said if back else "", _("Nothing here can be brought back."), "failed")


@require_POST
@requires(Capability.TRIAGE)
def fetch_again(request: HttpRequest, article: int) -> HttpResponse:
    """Fetch an article's page once more, to see whether it changed."""
    there = get_object_or_404(Article.objects.visible_to(request.user), pk=article)
    try:
        intake = services.fetch_again(actor=request.user, article=there)
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return redirect("articles:original", there.pk)
    return redirect(intake)


def _intake(request: HttpRequest, pk: int) -> Intake:
    intakes = Intake.objects.visible_to(request.user).select_related(
        "article", "asked_by", "source", "capture", "set_aside_by"
    )
    return get_object_or_404(intakes, pk=pk)


def _done(request: HttpRequest, pk: int, do: Callable[..., Intake], said: str) -> HttpResponse:
    """Do something with a row, and show it as it is then: in its place, or on the page that the form was on."""
    refusal = ""
    try:
        do(actor=request.user, intake=_intake(request, pk))
    except Refused as refused:
        # Somebody, or the calendar, was faster: what the page showed is old, and the answer shows how it is.
        refusal = str(refused.message)
    if not request.htmx:
        messages.add_message(request, messages.WARNING if refusal else messages.SUCCESS, refusal or said)
        return redirect(_back(request) or reverse("intake:show", args=[pk]))
    context: dict[str, Any] = {"rows": [_intake(request, pk)], "under_way": True, **_news_context()}
    if (batch := _uuid(request.POST.get("batch", ""))) is not None:
        context |= {"batch": batch, "together": reads.together(batch, request.user)}
    response = render(request, "intake/news.html#one", context)
    kind = {"kind": "warn"} if refusal else {"quiet": True}
    return trigger_client_event(response, "announce", {"text": refusal or said, **kind})


def _asked_for(request: HttpRequest) -> IntakeQuerySet:
    """What the list showed, or all that was handed in together: the filters are in the address."""
    intakes = Intake.objects.visible_to(request.user)
    batch = _uuid(request.GET.get("batch", ""))
    if batch is not None:
        intakes = intakes.filter(batch=batch)
    return reads.Asked.of(request.GET).apply(intakes, request.user)


def _all_done(request: HttpRequest, said: str, nothing: str, state: str) -> HttpResponse:
    """Say what was done with many, and show them: together as they were handed in, or in the list of their new state."""
    messages.add_message(request, messages.SUCCESS if said else messages.WARNING, said or nothing)
    if (batch := _uuid(request.GET.get("batch", ""))) is not None:
        return redirect("intake:batch", batch)
    query = request.GET.copy()
    query["state"] = state
    return redirect(f"{reverse('intake:list')}?{query.urlencode()}")


def _news_context() -> dict[str, Any]:
    return {"now": timezone.now(), "every": EVERY}


def _tell(response: HttpResponse, together: reads.Together, told: str) -> None:
    """Read out how far many are: at each quarter, and at the end with the numbers."""
    if str(together.quarter) == told:
        return
    if together.under_way:
        words = _("%(over)s of %(total)s done.") % {"over": together.over, "total": together.total}
    else:
        numbers = {"in": together.came_in, "failed": together.failed, "elsewhere": together.elsewhere}
        words = _("All done: %(in)s came in, %(failed)s failed.")
        if together.elsewhere:
            words = _("All done: %(in)s came in, %(failed)s failed, %(elsewhere)s handed in elsewhere.")
        words %= numbers
    trigger_client_event(response, "announce", {"text": words, "quiet": True})


def _back(request: HttpRequest) -> str:
    """The page that a form was on, if that is one of ours."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if ours else ""


def _since(text: str) -> datetime | None:
    """A little before the moment that a page gives; None for one that is none, or at an end of the calendar."""
    try:
        moment = parse_datetime(text)
        if moment is None or timezone.is_naive(moment):
            return None
        return moment.astimezone(UTC) - MARGIN
    except (ValueError, OverflowError):
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts[:PER_PAGE] if text.isdecimal() and len(text) < 16]
