"""Many sources at once: paste homepages, watch the table fill, tick, add."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.outlets import and_linked
from factcheck.desk.errors import NotAllowed, Refused
from factcheck.desk.services import worker_seen_lately
from factcheck.sources.models import Source

from . import services
from .forms import ManyForm
from .models import Lookup
from .table import table, together

NOTHING_NEW, STOP_POLLING = 204, 286
EVERY = 2  # seconds between two questions after rows that are under way
LATEST = 10


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def add_many(request: HttpRequest) -> HttpResponse:
    """Homepages or an OPML file to look up, and the lists that were looked up before."""
    form = ManyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect(services.start_lookup(actor=request.user, sites=form.cleaned_data["sites"]))
    before = Lookup.objects.visible_to(request.user).select_related("asked_by")
    context = {"form": form, "before": before.with_counts()[:LATEST]}
    return render(request, "feeds/add_many.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@requires(Capability.MANAGE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of a list, in the order in which it was given. `again` in the address ticks rows: those that were refused, for one."""
    lookup = _lookup(request, pk)
    context = {
        **_table_context(lookup),
        "rows": table(lookup.rows.select_related("source"), request.user),
        "again": {int(pk) for pk in _decimals(request.GET.get("again", "").split(","))},
    }
    return render(request, "feeds/lookup.html", context)


@require_GET
@requires(Capability.MANAGE)
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that read otherwise than `seen` says, each to take its own place; 204 where none does, 286 when all are over.

    Only rows that are under way are asked after: what somebody may be typing into is never replaced.
    """
    lookup = _lookup(request, pk)
    seen = dict.fromkeys(request.GET.getlist("seen")[: services.MOST])
    asked = lookup.rows.filter(pk__in=_decimals(stamp.partition("-")[0] for stamp in seen))
    changed = [row for row in asked.select_related("source") if row.stamp not in seen]
    context = _table_context(lookup)
    if not changed and context["under_way"]:
        return HttpResponse(status=NOTHING_NEW)
    context |= {"rows": table(changed, request.user), "oob": True}
    status = 200 if context["under_way"] else STOP_POLLING
    response = render(request, "feeds/lookup.html#news", context, status=status)
    if not context["under_way"]:
        trigger_client_event(
            response, "announce", {"text": _("All homepages were looked at."), "quiet": True}
        )
    return response


@require_POST
@requires(Capability.MANAGE)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the ticked rows. Those that are refused stay, with the reason and what was typed."""
    lookup = _lookup(request, pk)
    _keep_names(request, lookup)
    wanted = _wanted(request)
    if not wanted:
        messages.warning(request, _("No row is ticked."))
        return redirect(lookup)
    done = services.add_ticked(
        actor=request.user, lookup=lookup, ticked=[_ticked(request, row) for row in wanted]
    )
    if done.added:
        words = ngettext("%(n)s was added.", "%(n)s were added.", done.added)
        messages.success(request, and_linked(words % {"n": done.added}, done.linked))
    if done.refused:
        words = ngettext(
            "%(n)s was not added: its row says why.",
            "%(n)s were not added: their rows say why.",
            len(done.refused),
        )
        messages.error(request, words % {"n": len(done.refused)})
    return _to_table(lookup, done.refused)


@require_POST
@requires(Capability.MANAGE)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as it is now, for who has no JavaScript; corrected names and ticked rows stay."""
    lookup = _lookup(request, pk)
    _keep_names(request, lookup)
    return _to_table(lookup, _wanted(request))


@require_POST
@requires(Capability.MANAGE)
def retry(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Look at one homepage once more."""
    lookup = _lookup(request, pk)
    _keep_names(request, lookup)
    row = get_object_or_404(lookup.rows, pk=row_pk)
    try:
        services.retry_row(actor=request.user, row=row)
    except NotAllowed:
        raise
    except Refused as refused:
        if not request.htmx:
            messages.warning(request, refused.message)
    return _one_row(request, lookup, row_pk, _("It is looked at again."))


@require_POST
@requires(Capability.MANAGE)
def apart(request: HttpRequest, pk: int, row_pk: int, other_pk: int) -> HttpResponse:
    """What a row found is another source than the one that it resembles, now and later."""
    lookup = _lookup(request, pk)
    _keep_names(request, lookup)
    row = get_object_or_404(lookup.rows, pk=row_pk)
    other = get_object_or_404(Source.objects.visible_to(request.user), pk=other_pk)
    services.tell_apart(actor=request.user, row=row, other=other)
    return _one_row(request, lookup, row_pk, _("Remembered: not the same."))


def _lookup(request: HttpRequest, pk: int) -> Lookup:
    return get_object_or_404(Lookup.objects.visible_to(request.user), pk=pk)


def _table_context(lookup: Lookup) -> dict[str, Any]:
    numbers = together(lookup)
    under_way = numbers.over < numbers.total
    return {
        "lookup": lookup,
        "together": numbers,
        "under_way": under_way,
        "no_worker": under_way and not worker_seen_lately(),
        "every": EVERY,
    }


def _one_row(request: HttpRequest, lookup: Lookup, row_pk: int, said: str) -> HttpResponse:
    """The row as it is now in its place, or the whole table without JavaScript."""
    if not request.htmx:
        messages.success(request, said)
        return _to_table(lookup, _wanted(request))
    rows = lookup.rows.filter(pk=row_pk).select_related("source")
    context = {**_table_context(lookup), "rows": table(rows, request.user), "oob": True, "bar_oob": True}
    response = render(request, "feeds/lookup.html#news", context)
    return trigger_client_event(response, "announce", {"text": said, "quiet": True})


def _to_table(lookup: Lookup, again: list[int]) -> HttpResponseRedirect:
    query = f"?again={','.join(map(str, again))}" if again else ""
    return HttpResponseRedirect(reverse("feeds:lookup", args=[lookup.pk]) + query)


def _wanted(request: HttpRequest) -> list[int]:
    """The keys of the ticked rows."""
    return [int(row) for row in _decimals(request.POST.getlist("row")[: services.MOST])]


def _keep_names(request: HttpRequest, lookup: Lookup) -> None:
    """Whatever button was pressed, no name that somebody corrected is lost."""
    rows = _decimals(key.removeprefix("name-") for key in request.POST if key.startswith("name-"))
    names = {int(row): _name_in(request, int(row)) for row in rows}
    services.keep_names(actor=request.user, lookup=lookup, names=names)


def _ticked(request: HttpRequest, row: int) -> services.Ticked:
    named = request.POST.get(f"as-{row}", "")
    source = None
    if list(_decimals([named])):
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=named)
    return services.Ticked(
        row=row,
        name=_name_in(request, row),
        feeds=tuple(request.POST.getlist(f"feed-{row}")),
        source=source,
    )


def _name_in(request: HttpRequest, row: int) -> str:
    return " ".join(request.POST.get(f"name-{row}", "").replace("\x00", "").split())[:200]


def _decimals(texts: Any) -> list[str]:
    return [text for text in texts if text.isdecimal() and len(text) < 16]
