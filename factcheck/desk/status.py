"""What the desk's own page tells: what waits, is late and came in, and how the machines are doing."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from factcheck.articles.models import Article, ExtractionRun
from factcheck.articles.querysets import long_of
from factcheck.articles.reads import changes_of
from factcheck.claims.models import Claim
from factcheck.feeds.models import Feed
from factcheck.intake.models import Intake

from . import broker
from .models import WorkerHeartbeat
from .services import LATELY

if TYPE_CHECKING:
    from factcheck.accounts.models import User

DAYS = 14
SHOWN = 20


def work(user: "User") -> dict[str, int]:
    """How many claims are in which state and late, among those the person may see."""
    today = timezone.localdate()
    unfinished = ["candidate", "open", "in_review", "parked"]
    return Claim.objects.visible_to(user).aggregate(
        candidates=Count("pk", filter=Q(state="candidate")),
        open=Count("pk", filter=Q(state="open")),
        review=Count("pk", filter=Q(state="in_review")),
        parked=Count("pk", filter=Q(state="parked")),
        late=Count("pk", filter=Q(state__in=unfinished, due_on__lt=today)),
        look=Count("pk", filter=~Q(needs_look="") & ~Q(state__in=["dismissed", "merged", "superseded"])),
    )


def coming_in(user: "User") -> dict[str, int]:
    """What came in otherwise than it should, or waits: intakes, feeds that answer with errors, figures that outlets changed."""
    intakes = Intake.objects.visible_to(user)
    return {
        "under_way": intakes.under_way().count(),
        "failed": intakes.failed().count(),
        "feeds": Feed.objects.visible_to(user).filter(is_on=True, failures__gt=0).count(),
        "changes": changes_of(user).filter(seen_at=None).count(),
    }


def came_in(user: "User") -> list[dict[str, Any]]:
    """Articles and verified claims of each of the last `DAYS` days of the desk's zone, oldest first, today last."""
    first = timezone.localdate() - timedelta(days=DAYS - 1)
    start = timezone.make_aware(datetime.combine(first, time.min))
    articles = _by_day(Article.objects.visible_to(user).filter(added_at__gte=start), "added_at")
    verified = _by_day(Claim.objects.visible_to(user).verified().filter(state_at__gte=start), "state_at")
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return [{"day": day, "articles": articles.get(day, 0), "verified": verified.get(day, 0)} for day in days]


def bars(days: list[dict[str, Any]]) -> dict[str, Any]:
    """The same as a bar chart's geometry, in user units of an SVG, with its highest value."""
    height, width, gap = 90, 30, 6
    top = max([day["articles"] for day in days] + [1])
    drawn = []
    for n, day in enumerate(days):
        tall = round(day["articles"] / top * height)
        drawn.append({**day, "x": n * (width + gap), "y": height - tall + 16, "height": tall, "width": width})
    return {
        "bars": drawn,
        "width": len(days) * (width + gap) - gap,
        "height": height + 36,
        "base": height + 16,
    }


def extractions(user: "User") -> dict[str, Any]:
    """Counts of extractions under way, and the ones a person should look at: stalled, and failed without a later one."""
    runs = ExtractionRun.objects.filter(version__article__in=Article.objects.visible_to(user))
    last = ExtractionRun.objects.filter(version=OuterRef("version")).order_by("-queued_at", "-id")
    failed = (
        runs.filter(status=ExtractionRun.Status.FAILED)
        .annotate(last=Subquery(last.values("pk")[:1]))
        .filter(last=F("pk"))
    )
    stalled = runs.stalled()
    counts = runs.aggregate(
        queued=Count("pk", filter=Q(status="queued")), running=Count("pk", filter=Q(status="running"))
    )
    return {
        **counts,
        "stalled": stalled.count(),
        "failed": failed.count(),
        "stalled_runs": _listed(stalled),
        "failed_runs": _listed(failed),
    }


def workers() -> list[WorkerHeartbeat]:
    """The workers of the last day, each with `alive`: it answered lately."""
    limit = timezone.now() - LATELY
    found = list(WorkerHeartbeat.objects.all())
    for worker in found:
        worker.alive = worker.seen_at >= limit
    return found


def queue_lengths() -> dict[str, int] | None:
    """How many messages wait in each queue of the broker; None when it does not answer."""
    return broker.waiting(*sorted({current_app.conf.task_default_queue, "extract", "fetch"}))


def _by_day(rows: "QuerySet[Any]", field: str) -> dict[date, int]:
    counted = rows.order_by().annotate(day=TruncDate(field)).values_list("day").annotate(n=Count("pk"))
    return dict(counted)


def _listed(runs: "QuerySet[ExtractionRun]") -> "QuerySet[ExtractionRun]":
    return (
        runs.select_related("version__article")
        .defer(*long_of("version"))
        .order_by("-queued_at", "-pk")[:SHOWN]
    )
