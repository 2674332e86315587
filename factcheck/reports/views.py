"""What can be taken out of the desk, and taking it out."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.claims.models import Claim
from factcheck.verdicts.models import Verdict

from .claimreview import jsonld_parts
from .csv_export import csv_lines
from .forms import ExportFilter
from .querysets import APPROVED, exportable, with_verdict

SHOWN = 25
LINES_A_CHUNK = 50


@require_safe
@requires(Capability.READ)
def index(request: HttpRequest) -> HttpResponse:
    """The verified claims that the filters leave, how they are rated, and the links that export exactly these."""
    form = ExportFilter(request.GET, user=request.user)
    claims = exportable(user=request.user, **form.cleaned_data) if form.is_valid() else Claim.objects.none()
    ratings = (
        Verdict.objects.filter(status=APPROVED, claim__in=claims.order_by().values("pk"))
        .values("rating_label", "rating__tone", "rating__position")
        .annotate(n=Count("pk"))
        .order_by("rating__position", "rating_label")
    )
    shown = with_verdict(claims).prefetch_related("claimants")[:SHOWN] if form.is_valid() else []
    context = {
        "form": form,
        "claims": shown,
        "ratings": ratings,
        "count": sum(row["n"] for row in ratings),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
@requires(Capability.READ)
def as_csv(request: HttpRequest) -> HttpResponse:
    """The verified claims for a spreadsheet, streamed."""
    return _export(request, csv_lines, "text/csv; charset=utf-8", "csv")


@require_safe
@requires(Capability.READ)
def as_jsonld(request: HttpRequest) -> HttpResponse:
    """The verified claims as schema.org ClaimReviews, streamed."""
    return _export(request, jsonld_parts, "application/ld+json", "jsonld")


def _export(
    request: HttpRequest,
    written: Callable[["QuerySet[Claim]", str], Iterator[str]],
    content_type: str,
    ending: str,
) -> HttpResponse:
    form = ExportFilter(request.GET, user=request.user)
    if not form.is_valid():
        return index(request)
    base = (settings.DESK_URL or request.build_absolute_uri("/")).rstrip("/")
    claims = exportable(user=request.user, **form.cleaned_data)
    response = StreamingHttpResponse(_chunks(written(claims, base)), content_type=content_type)
    name = f"verified-claims-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _chunks(lines: Iterator[str]) -> Iterator[bytes]:
    """Lines gathered to a size worth sending."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == LINES_A_CHUNK:
            yield "".join(held).encode()
            held = []
    yield "".join(held).encode()
