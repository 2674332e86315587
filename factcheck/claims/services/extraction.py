"""One pass of the extractor, as a job that may die at any point and be run again."""

import logging
import time
from datetime import date
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck import extraction
from factcheck.articles.models import Article, ArticleVersion, ExtractionRun
from factcheck.articles.services import ask_for_extraction, send
from factcheck.desk.broker import room_for
from factcheck.desk.locks import session_lock
from factcheck.figures.changes import compared_with

from .changes import watch_figures
from .findings import EXTRACTOR, Counts, store_findings, store_older
from .headlines import watch_headlines

log = logging.getLogger("factcheck.extraction")

Status = ExtractionRun.Status
SWEPT_AT_ONCE = 200
REPORT_EVERY = 0.25  # seconds between two writes of the progress


def run_extraction(*, run_id: int) -> str:
    """Carry the run out, unless it is over or another worker is at it. Returns what became of it."""
    with session_lock(f"extraction-run:{run_id}") as mine:
        if not mine:
            return "another worker is at it"
        run = ExtractionRun.objects.select_related("version__article__carried_by").filter(pk=run_id).first()
        if run is None or run.is_over:
            return "nothing to do"
        if run.attempts >= settings.EXTRACTION_MAX_ATTEMPTS:
            _fail(run, _("It was tried %(n)s times and the worker died each time.") % {"n": run.attempts})
            return "given up"
        return _carry_out(run)


def sweep_extractions() -> int:
    """Send again what waits without a sign of life: lost with the broker, or with a worker. Returns how many.

    The run stays shown as stalled until a worker reports on it.
    """
    sent = 0
    room = room_for(ExtractionRun.objects.unfinished().count(), queue="extract", at_most=SWEPT_AT_ONCE)
    # The ones under way first: their worker is dead, while a queued one may only wait in a long queue.
    for run in ExtractionRun.objects.to_send_again().order_by("-status", "queued_at")[:room]:
        if not send(run):
            # The broker does not answer; asking it for each of the others would only take long.
            break
        ExtractionRun.objects.filter(pk=run.pk).update(sent_at=timezone.now())
        sent += 1
    return sent


def _carry_out(run: ExtractionRun) -> str:
    now = timezone.now()
    ExtractionRun.objects.filter(pk=run.pk).update(
        status=Status.RUNNING,
        stage=extraction.STAGES[0],
        progress=1,
        attempts=run.attempts + 1,
        started_at=now,
        alive_at=now,
        extractor_version=extraction.VERSION,
        error="",
    )
    began = time.monotonic()
    version = run.version
    article = version.article
    published = article.published_on
    try:
        report = _reporter(run)
        found = _extracted(version, published, report)
        read = time.monotonic()
        counts = store_findings(run=run, found=found)
        _read_older(version, published, report)
        watch_figures(version=version)
        watch_headlines(version=version, language=found["article"]["language"], published=published)
    except SoftTimeLimitExceeded:
        _fail(
            run,
            _("It took longer than %(s)s seconds and was stopped.") % {"s": settings.EXTRACTION_SOFT_LIMIT},
        )
        return "too long"
    except Exception:
        # Whatever went wrong, the row must say so: the page waits for it. The log keeps the traceback.
        log.exception("extraction failed", extra={"run": run.pk})
        _fail(run, _("The extractor failed on this text. The error is in the worker's log."))
        return "failed"
    timings = {"read": read - began, "store": time.monotonic() - read}
    _finish(run, timings, counts, published, found["article"]["published"])
    return "finished"


def _extracted(version: ArticleVersion, published: date | None, on_stage: Any) -> dict[str, Any]:
    article = version.article
    return extraction.extract(
        version.text,
        raw=article.medium in ("speech", "broadcast", "post"),
        title=article.title if version.from_page else None,
        published=published,
        country=article.carried_by.country if article.carried_by else None,
        on_stage=on_stage,
    ).to_dict()


def _read_older(version: ArticleVersion, published: date | None, report: Any) -> None:
    """Read the article's first version too where no version before this one was read: a figure that changed in between has
    nothing to be compared with otherwise.

    What goes wrong costs the comparison, and not what was found in the newer text.
    """
    earlier = compared_with(version)
    if not earlier or earlier[-1].was_read:
        return
    older, last = earlier[-1], extraction.STAGES[-1]
    older.article = version.article
    try:
        found = _extracted(older, published, lambda _stage, _fraction: report(last, 1.0))
        store_older(version=older, found=found)
    except Exception:
        log.exception("older version not read", extra={"version": older.pk})


def _finish(
    run: ExtractionRun, timings: dict[str, float], counts: Counts, published: date | None, in_text: str | None
) -> None:
    """The run is over; if the article has another date now than the text was read against, which was `published` or else the
    one `in_text`, or a headline came after it had looked at those, the next one is queued."""
    with transaction.atomic():
        # Whoever sets a date or takes a headline asks for an extraction under this lock, and is given a run that is under way.
        ArticleVersion.objects.select_for_update(no_key=True).only("pk").get(pk=run.version_id)
        ExtractionRun.objects.filter(pk=run.pk).update(
            status=Status.FINISHED,
            stage="",
            progress=100,
            finished_at=timezone.now(),
            timings={name: round(seconds, 3) for name, seconds in timings.items()},
            counts={
                "claims": counts.claims,
                "figures": counts.figures,
                "new": counts.new,
                "superseded": counts.superseded,
            },
        )
        article = Article.objects.get(pk=run.version.article_id)
        day = article.published_on
        dated = day != published and not (published is None and day.isoformat() == in_text)
        is_current = article.current_version_id == run.version_id
        if dated or (is_current and article.headlines.waiting().exists()):
            ask_for_extraction(actor=EXTRACTOR, version=run.version)


def _reporter(run: ExtractionRun) -> Any:
    last = {"stage": "", "at": 0.0}

    def report(stage: str, fraction: float) -> None:
        now = time.monotonic()
        if stage != last["stage"] or now - last["at"] >= REPORT_EVERY:
            last.update(stage=stage, at=now)
            percent = max(1, min(99, round(fraction * 100)))
            ExtractionRun.objects.filter(pk=run.pk, status=Status.RUNNING).update(
                stage=stage, progress=percent, alive_at=timezone.now()
            )

    return report


def _fail(run: ExtractionRun, error: str) -> None:
    ExtractionRun.objects.filter(pk=run.pk).update(
        status=Status.FAILED, error=error, finished_at=timezone.now()
    )
