"""Taking in one thing that was handed in: fetch, keep, read, store. A job that may die at any point and be run again."""

import logging
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from factcheck import reading
from factcheck.articles.canonical import canonical_url
from factcheck.articles.copies import is_copy
from factcheck.articles.models import Article, ArticleVersion
from factcheck.articles.pasted import TextRefused, first_line
from factcheck.articles.services import add_article, add_version, edit_from_page
from factcheck.claims.services.carrying import carry_over
from factcheck.desk.audit import Job, acting
from factcheck.desk.broker import room_for
from factcheck.desk.errors import AlreadyThere
from factcheck.desk.locks import session_lock
from factcheck.desk.timelimit import time_limit_heard
from factcheck.fetching import NotFetched, NotModified, Reason, fetch, policy_for
from factcheck.intake import captures
from factcheck.intake.models import Capture, Intake
from factcheck.sources.models import Source

from .archiving import ask_to_archive
from .asking import article_at, next_fetch, send

log = logging.getLogger("factcheck.intake")

INTAKE = Job("intake")
Status = Intake.Status
TAKEN_OVER = "taken over"
SWEPT_AT_ONCE = 200
FIRST_WAIT = 60.0  # seconds before the second try, doubled for each further one
LONGEST_WAIT = 6 * 3600.0
# A message that waits longer would be handed out again and again by the broker (its visibility timeout); the sweeper sends it.
SENT_AHEAD = 10 * 60.0
# A person gave these with it; feeds only hint at them.
BY_PERSON = (Intake.Via.URL, Intake.Via.PASTE, Intake.Via.FILE, Intake.Via.BOOKMARKLET, Intake.Via.API)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one try ended. `wait` are the seconds until the next one, for what is tried again; `counts` is off where the
    try should not count, because the site was busy with another of our own fetches."""

    status: str
    reason: str = ""
    words: str = ""
    article: Article | None = None
    wait: float | None = None
    counts: bool = True


class Ended(Exception):
    """Nothing more can be done in this try; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


class TakenOver(Exception):
    """While this try was under way, somebody handed in the page itself: the row is for that now, and this try has no say."""


def take_in(*, intake_id: int) -> str:
    """Do what the row asks for, unless it is over, not due, or another worker is at it. Returns what became of it."""
    with session_lock(f"intake:{intake_id}") as mine:
        if not mine:
            return "another worker is at it"
        begun = _begun(intake_id)
        became = _try(begun) if isinstance(begun, Intake) else begun
    if became == TAKEN_OVER:
        # The message of who took it over may have come, and gone, while this worker held the lock.
        send(begun)
    return became


def sweep_intakes() -> int:
    """Send again what waits without a sign of life, and what is due for its next try. Returns how many."""
    sent = 0
    due = Intake.objects.under_way().exclude(status=Status.LATER, next_try_at__gt=timezone.now())
    room = room_for(due.count(), queue="fetch", at_most=SWEPT_AT_ONCE)
    # The ones under way first: their worker is dead, while a queued one may only wait in a long queue.
    for intake in Intake.objects.to_send_again().order_by("-status", "queued_at")[:room]:
        if not send(intake):
            # The broker does not answer; asking it for each of the others would only take long.
            break
        sent += 1
    return sent


@transaction.atomic
def _begun(intake_id: int) -> Intake | str:
    """The row with its next try begun, or why there is none. What is handed in after this finds it under way."""
    rows = Intake.objects.select_related("source", "article", "capture").select_for_update(of=("self",))
    intake = rows.filter(pk=intake_id).first()
    if intake is None or intake.is_over:
        return "nothing to do"
    if intake.status == Status.LATER and intake.next_try_at > timezone.now() + timedelta(seconds=1):
        return "not due yet"
    if intake.attempts >= settings.INTAKE_MAX_ATTEMPTS:
        words = _("It was tried %(n)s times without an end.") % {"n": intake.attempts}
        _end(intake, Outcome(status=Status.FAILED, reason="given_up", words=words))
        return "given up"
    intake.attempts += 1
    intake.status, intake.stage, intake.words, intake.alive_at = (
        Status.RUNNING,
        "fetching",
        "",
        timezone.now(),
    )
    intake.save(update_fields=["attempts", "status", "stage", "words", "alive_at"])
    return intake


def _try(intake: Intake) -> str:
    if intake.source is None and intake.url:
        # For this try only: the row keeps whom it was handed in for.
        intake.source = Source.objects.publishers().for_url(intake.url)
    try:
        return _work(intake).status
    except TakenOver:
        return TAKEN_OVER
    except Ended as ended:
        outcome = ended.outcome
    except SoftTimeLimitExceeded:
        words = _("It took longer than %(s)s seconds and was stopped.") % {"s": settings.INTAKE_SOFT_LIMIT}
        outcome = Outcome(status=Status.FAILED, reason="too_long", words=words)
    except Exception:
        # Whatever went wrong, the row must say so. The log keeps the traceback.
        log.exception("intake failed", extra={"intake": intake.pk})
        words = _("The desk failed on this. The error is in the worker's log.")
        outcome = Outcome(status=Status.FAILED, reason="error", words=words)
    try:
        return _end(intake, outcome).status
    except TakenOver:
        return TAKEN_OVER


def _work(intake: Intake) -> Outcome:
    """Fetch and read outside of any transaction; store, and end the row, in one: a worker that dies leaves both or neither."""
    text = intake.given.get("text")
    if text is not None:
        with transaction.atomic():
            return _end(intake, _store_text(intake, text))
    capture, body = _material(intake)
    _at_stage(intake, "reading", capture)
    found = _read(intake, capture, body)
    store = _store_again if intake.via == Intake.Via.AGAIN else _store_page
    with transaction.atomic():
        return _end(intake, store(intake, capture, found))


def _material(intake: Intake) -> tuple[Capture, bytes]:
    """What there is to read: kept by an earlier try, uploaded, or fetched now. Raises Ended."""
    if intake.capture is not None:
        try:
            return intake.capture, captures.bytes_of(intake.capture)
        except captures.CaptureLost:
            log.warning("capture lost", extra={"capture": intake.capture_id})
    if intake.file:
        try:
            with intake.file.open() as upload:
                body = upload.read()
        except OSError:
            words = _("The uploaded file is not there any more. Hand it in once more.")
            raise Ended(Outcome(status=Status.FAILED, reason="upload_lost", words=words)) from None
        kept = captures.keep_upload(
            body, file_name=intake.file_name, content_type=intake.content_type, url=intake.url
        )
        return kept, body
    return _fetched(intake)


def _fetched(intake: Intake) -> tuple[Capture, bytes]:
    source = intake.source
    policy = policy_for(
        "page",
        robots=source.obeys_robots if source else None,
        delay=source.fetch_delay if source else None,
    )
    answer = fetch(intake.url, policy=policy)
    if isinstance(answer, NotFetched):
        raise Ended(_not_fetched(intake, answer))
    if isinstance(answer, NotModified):
        raise Ended(
            Outcome(status=Status.UNCHANGED, words=_("The page is as it was."), article=intake.article)
        )
    return captures.keep_fetched(answer), answer.body


def _not_fetched(intake: Intake, answer: NotFetched) -> Outcome:
    if intake.via == Intake.Via.AGAIN and answer.reason in (Reason.NOT_FOUND, Reason.GONE):
        with acting(INTAKE, "page gone"):
            Article.objects.filter(pk=intake.article_id, gone_at=None).update(gone_at=timezone.now())
    if not answer.retry:
        return Outcome(
            status=Status.FAILED, reason=str(answer.reason), words=answer.words, article=intake.article
        )
    busy = answer.reason == Reason.BUSY
    wait = answer.retry_after
    if wait is None:
        wait = 2.0 if busy else FIRST_WAIT * 2 ** (intake.attempts - 1)
    if not busy and intake.attempts >= settings.INTAKE_MAX_ATTEMPTS:
        words = _("%(words)s It was tried %(n)s times.") % {"words": answer.words, "n": intake.attempts}
        return Outcome(status=Status.FAILED, reason=str(answer.reason), words=words, article=intake.article)
    # Spread a little, so that the pages of one site do not all come back in the same moment.
    wait = min(wait, LONGEST_WAIT) * random.uniform(1.0, 1.2)
    return Outcome(
        status=Status.LATER,
        reason=str(answer.reason),
        words=answer.words,
        wait=wait,
        counts=not busy,
        article=intake.article,
    )


def _read(intake: Intake, capture: Capture, body: bytes) -> reading.Reading:
    url = capture.final_url or capture.url
    kind = capture.content_type
    with time_limit_heard():
        if url and kind in ("", "text/html", "application/xhtml+xml"):
            found = reading.read_page(body, url=url, content_type=kind, charset=capture.charset)
        else:
            name = intake.file_name or urlsplit(url).path.rpartition("/")[2]
            found = reading.read_file(body, filename=name, content_type=kind)
    if isinstance(found, reading.Unreadable):
        raise Ended(
            Outcome(
                status=Status.FAILED, reason=str(found.reason), words=_(found.words), article=intake.article
            )
        )
    if len(found.text) > settings.ARTICLE_MAX_CHARS:
        words = _("This text has %(has)s characters; the desk reads up to %(limit)s.")
        numbers = {"has": f"{len(found.text):,}", "limit": f"{settings.ARTICLE_MAX_CHARS:,}"}
        raise Ended(Outcome(status=Status.FAILED, reason="too_long_text", words=words % numbers))
    return found


def _store_text(intake: Intake, text: str) -> Outcome:
    given = intake.given
    try:
        article = add_article(
            actor=INTAKE,
            text=text,
            title=given.get("title", ""),
            url=intake.url,
            extract=intake.extract,
            **_known(intake, None),
        )
    except TextRefused as refused:
        return Outcome(status=Status.FAILED, reason="text_refused", words=str(refused.message))
    except AlreadyThere as there:
        return Outcome(status=Status.KNOWN, reason="known", words=str(there.message), article=there.existing)
    return Outcome(status=Status.ADDED, article=article)


def _store_page(intake: Intake, capture: Capture, found: reading.Reading) -> Outcome:
    url = intake.url or found.canonical_url
    canonical = _canonical(intake, capture, found)
    if there := article_at(canonical):
        _belongs_to(capture, there)
        return Outcome(
            status=Status.KNOWN, reason="known", words=_("The desk has this article."), article=there
        )
    try:
        article = add_article(
            actor=INTAKE,
            text=found.text,
            title=_said(intake, "title", found.title) or first_line(found.text),
            url=url[:2000],
            canonical=canonical,
            from_page=found.medium == "page",
            extract=intake.extract,
            next_fetch_at=next_fetch(timezone.now()) if intake.url else None,
            **_known(intake, found),
        )
    except AlreadyThere as there:
        _belongs_to(capture, there.existing)
        return Outcome(status=Status.KNOWN, reason="known", words=str(there.message), article=there.existing)
    _belongs_to(capture, article, version=article.current_version)
    transaction.on_commit(lambda: ask_to_archive(capture))
    words = _("Only what stands before the paywall came in.") if found.paywalled else ""
    return Outcome(
        status=Status.ADDED, reason="paywall" if found.paywalled else "", words=words, article=article
    )


def _store_again(intake: Intake, capture: Capture, found: reading.Reading) -> Outcome:
    """A page that was fetched before: what it says of itself now, and its text if that is another one."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=intake.article_id)
    with acting(INTAKE, "page there"):
        Article.objects.filter(pk=article.pk).exclude(gone_at=None).update(gone_at=None)
    edit_from_page(
        article=article,
        actor=INTAKE,
        title=found.title,
        bylines=found.bylines,
        language=found.language,
        published=found.published,
        carried_by=_outlet(intake, found),
    )
    before = article.current_version
    version = add_version(actor=INTAKE, article=article, text=found.text, from_page=found.medium == "page")
    if version is None:
        _belongs_to(capture, article)
        return Outcome(status=Status.UNCHANGED, words=_("The text is as it was."), article=article)
    _belongs_to(capture, article, version=version)
    carry_over(old=before, new=version)
    words = _("The text changed; this is version %(n)s.") % {"n": version.number}
    reason = "paywall" if found.paywalled else ""
    return Outcome(status=Status.UPDATED, reason=reason, words=words, article=article)


def _known(intake: Intake, found: reading.Reading | None) -> dict[str, Any]:
    """What is known of the article: as given with it, else as the page says; and which of it a person said."""
    given = intake.given
    pages = Source.objects.publishers()
    writer = given.get("written_by") or (found.agency if found else "")
    read = {
        "published": _moment(_said(intake, "published", found.published if found else None)),
        "bylines": _said(intake, "bylines", found.bylines if found else []),
        "language": _said(intake, "language", found.language if found else ""),
        "medium": given.get("medium")
        or (Article.Medium.DOCUMENT if found and found.medium in ("pdf", "docx") else Article.Medium.NEWS),
    }
    by_person = intake.via in BY_PERSON
    names = {"title": "title", "published": "published_on", "bylines": "bylines", "language": "language"}
    corrected = [column for name, column in names.items() if by_person and given.get(name)]
    return {
        **read,
        "carried_by": _outlet(intake, found),
        # A person may name a speaker; an agency that a page names publishes.
        "written_by": (Source.objects if given.get("written_by") else pages).named(writer).first()
        if writer
        else None,
        "recording_url": given.get("recording_url", ""),
        "corrected": corrected,
    }


def _outlet(intake: Intake, found: reading.Reading | None) -> Source | None:
    """Whose page it is: as handed in or by its address, else by the name that the page gives itself."""
    if intake.source is not None or found is None or not found.outlet:
        return intake.source
    return Source.objects.publishers().named(found.outlet).first()


def _said(intake: Intake, name: str, read: Any) -> Any:
    """What a person or program said of it before what the page says; a feed, which often says less, after it."""
    given = intake.given.get(name)
    return (given or read) if intake.via in BY_PERSON else (read or given)


def _canonical(intake: Intake, capture: Capture, found: reading.Reading) -> str:
    """The address that names the article: the one the page gives itself, unless that is plainly another article's."""
    asked = canonical_url(capture.final_url or intake.url)
    said = canonical_url(found.canonical_url)
    if not said or said == asked or not asked:
        return said or asked
    there = Article.objects.filter(canonical_url=said).select_related("current_version").first()
    # Some sites give one canonical address, often that of a section, to all their pages.
    wrong = there is not None and not is_copy(there.current_version.text, found.text)
    return asked if wrong else said


def _belongs_to(capture: Capture, article: Article, *, version: ArticleVersion | None = None) -> None:
    """Whose capture it is, and which version was read from it."""
    capture.article, capture.version = article, version
    capture.save(update_fields=["article", "version"])


def _moment(text: str | date | datetime | None) -> date | datetime | None:
    if not text or not isinstance(text, str):
        return text or None
    try:
        moment = parse_datetime(text) if "T" in text or ":" in text else parse_date(text)
        if isinstance(moment, datetime):
            moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
            # At either end of the calendar a moment may have no day in the desk's zone, nor one in UTC.
            for zone in (UTC, timezone.get_current_timezone()):
                moment.astimezone(zone)
    except (ValueError, OverflowError):
        return None
    return moment


def _at_stage(intake: Intake, stage: str, capture: Capture) -> None:
    intake.capture = capture
    _note(intake, stage=stage, capture=capture, alive_at=timezone.now())


def _note(intake: Intake, **columns: Any) -> None:
    """Write down how far it is. Raises TakenOver when it is not in the state any more that this worker left it in."""
    if not Intake.objects.filter(pk=intake.pk, status=intake.status).update(**columns):
        raise TakenOver


def _end(intake: Intake, outcome: Outcome) -> Outcome:
    """Write down how the try ended. Raises TakenOver."""
    now = timezone.now()
    over = outcome.status not in Intake.UNDER_WAY
    came_in = outcome.status in (Status.ADDED, Status.KNOWN)
    columns: dict[str, Any] = {
        "status": outcome.status,
        "stage": "",
        "reason": outcome.reason[:40],
        "words": outcome.words,
        "article": outcome.article,
        "attempts": intake.attempts if outcome.counts else intake.attempts - 1,
        "alive_at": now,
        "finished_at": now if over else None,
        "next_try_at": None if outcome.wait is None else now + timedelta(seconds=outcome.wait),
    }
    if came_in and "text" in intake.given:
        # The text stands in the article now.
        columns["given"] = {key: value for key, value in intake.given.items() if key != "text"}
    _note(intake, **columns)
    if outcome.wait is not None and outcome.wait <= SENT_AHEAD:
        transaction.on_commit(lambda: send(intake, after=outcome.wait))
    return outcome
