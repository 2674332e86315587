"""The queue: what waits over all articles, ranked, with one key for each decision."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.querysets import long_of
from factcheck.claims.models import Appearance, Claim

from .context import in_context, with_surroundings
from .forms import QueueForm, verifiers
from .reads import DESK, NAMES, came_since, claims_of, earlier_checks, page_of, views_of
from .rows import rows_of

FILTERS = ("q", "outlet", "state", "kind", "assignee", "figure", "article")
PLACES = 5  # texts that a claim's panel names


@require_safe
@requires(Capability.READ)
def queue(request: HttpRequest) -> HttpResponse:
    """A view of the queue, filtered and ordered by the address; today's best candidates first of all."""
    form = QueueForm(request.GET, user=request.user)
    filters, view = form.filters, form.chosen_view
    claims = claims_of(request.user, view, filters)
    page = page_of(claims, form.chosen_order, request.GET.get("after", ""))
    views = views_of(request.user)
    context = {
        "form": form,
        "view": view,
        "title": NAMES[view],
        "views": [v for v in views if v.key in DESK],
        "more_views": [v for v in views if v.key not in DESK],
        "chips": _chips(request, form, filters),
        "rows": page.rows,
        "next": page.next,
        "after": request.GET.get("after", ""),
        "loaded_at": timezone.now().isoformat(),
        "people": form.people,
        "dismissals": Claim.Dismissal.choices,
    }
    return render(request, "queue/queue.html", context)


@require_safe
@requires(Capability.READ)
def queue_new(request: HttpRequest) -> HttpResponse:
    """How many came into this list since it was loaded; 204 when none did."""
    form = QueueForm(request.GET, user=request.user)
    try:
        since = parse_datetime(request.GET.get("since", ""))
    except ValueError:
        since = None
    if since is None or timezone.is_naive(since):
        since = timezone.now() - timedelta(minutes=1)
    count = came_since(claims_of(request.user, form.chosen_view, form.filters), since, request.user)
    if not count:
        return HttpResponse(status=204)
    return render(
        request, "queue/queue.html#new", {"count": count, "again": _address(request, "since", "after")}
    )


@require_safe
@requires(Capability.READ)
def queue_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel beside the list: the quote in its paragraph, why it ranks, its figure, earlier checks, what one may do."""
    claims = Claim.objects.visible_to(request.user)
    claim = get_object_or_404(claims.for_rows(), pk=pk)
    appearances = (
        Appearance.objects.filter(claim=claim)
        .select_related("version__article", "version__article__carried_by")
        .defer(*long_of("version"))
    )
    places = list(with_surroundings(appearances.prefetch_related("figures")).order_by("id")[:PLACES])
    context = {
        "row": rows_of([claim])[0],
        "claim": claim,
        "places": [(place, in_context(place)) for place in places],
        "more_places": max(0, claim.spread - len({place.version.article_id for place in places})),
        "earlier": earlier_checks(claim, request.user),
        "people": verifiers(request.user),
        "priorities": Claim.Priority.choices,
        "dismissals": Claim.Dismissal.choices,
        "closings": Claim.Closing.choices,
    }
    template = "queue/detail.html#panel" if request.htmx else "queue/detail.html"
    return render(request, template, context)


def _address(request: HttpRequest, *without: str, **changes: Any) -> str:
    """The queue's address with some of its words changed or left out."""
    words = request.GET.copy()
    for name in without:
        words.pop(name, None)
    for name, value in changes.items():
        words[name] = value
    return f"?{words.urlencode()}"


def _chips(request: HttpRequest, form: QueueForm, filters: dict[str, Any]) -> list[dict[str, Any]]:
    """The filters that hold, in words, each with the address without it."""
    chips = []
    for name in FILTERS:
        if name in filters:
            value = filters[name]
            field = form.fields[name]
            if name not in ("outlet", "article") and hasattr(field, "choices"):
                value = dict(field.choices).get(value, value)
            chips.append(
                {"label": field.label or "", "value": value, "without": _address(request, name, "after")}
            )
    return chips
