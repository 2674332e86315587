"""Taking in one thing that was handed in: fetch, keep, read, store. A job that may die at any point and be run again."""

import logging
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck import reading
from factcheck.desk.locks import session_lock
from factcheck.desk.timelimit import time_limit_heard
from factcheck.fetching import NotFetched, NotModified, Reason, fetch, policy_for
from factcheck.intake import captures
from factcheck.intake.models import Capture, Intake
from factcheck.sources.models import Source
from factcheck.sources.wishes import wishes_at

from .asking import article_at
from .clearing import clear_upload
from .renewing import page_is_gone, page_is_there, renew_from_page, renew_from_text
from .sending import message, send_next
from .setting_aside import settle, settle_look
from .storing import AT_ITS_ADDRESS, Outcome, Status, store_page, store_text

log = logging.getLogger("factcheck.intake")

Storing = Callable[..., Outcome]

WAIT_FOR_ANOTHER = 2.0  # seconds, where an earlier text for the same address is not stored yet
FIRST_WAIT = 60.0  # seconds before the second try, doubled for each further one
LONGEST_WAIT = 6 * 3600.0


class Ended(Exception):
    """Nothing more can be done in this try; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


def take_in(*, intake_id: int) -> str:
    """Do what the row asks for, unless it is over, not due, or another worker is at it. Returns what became of it."""
    with session_lock(f"intake:{intake_id}") as mine:
        if not mine:
            return "another worker is at it"
        begun = _begun(intake_id)
        return _try(begun) if isinstance(begun, Intake) else begun


@transaction.atomic
def _begun(intake_id: int) -> Intake | str:
    """The row with its next try begun, or why there is none. What is handed in after this finds it under way."""
    rows = Intake.objects.select_related("source").select_for_update(of=("self",))
    intake = rows.filter(pk=intake_id).first()
    if intake is None or intake.is_over:
        return "nothing to do"
    if intake.status == Status.LATER and intake.next_try_at > timezone.now() + timedelta(seconds=1):
        return "not due yet"
    if intake.attempts >= settings.INTAKE_MAX_ATTEMPTS:
        words = _("It was tried %(n)s times without an end.") % {"n": intake.attempts}
        _end(intake, Outcome(status=Status.FAILED, reason="given_up", words=words))
        return "given up"
    now = timezone.now()
    intake.attempts += 1
    intake.status, intake.stage, intake.words, intake.alive_at = Status.RUNNING, "fetching", "", now
    # A message that comes too late begins what is back in line, which is out then as any other is: else nobody misses it.
    intake.sent_at = intake.sent_at or now
    intake.save(update_fields=["attempts", "status", "stage", "words", "alive_at", "sent_at"])
    return intake


def _try(intake: Intake) -> str:
    try:
        return _work(intake).status
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
    return _end(intake, outcome).status


def _work(intake: Intake) -> Outcome:
    """Fetch and read outside of any transaction; store, and end the row, in one: a worker that dies leaves both or neither."""
    if intake.was_handed_in and Intake.objects.handed_in_before(intake).exists():
        raise Ended(_after_another())
    text = intake.given.get("text")
    if text is not None:
        with transaction.atomic():
            return _end(intake, _stored(intake, store_text, renew_from_text, text))
    capture, body = _material(intake)
    _kept(intake, capture)
    found = _read(intake, capture, body)
    with transaction.atomic():
        intake = _as_it_is_now(intake)
        return _end(intake, _stored(intake, store_page, renew_from_page, capture, found))


def _after_another() -> Outcome:
    """Of two texts that are handed in for one address, the later one is the article's newer one."""
    words = _("Another text for this address is taken in first.")
    return Outcome(
        status=Status.LATER, reason="after_another", words=words, wait=WAIT_FOR_ANOTHER, counts=False
    )


def _as_it_is_now(intake: Intake) -> Intake:
    """The row, locked, with what somebody else said of the address while it was fetched."""
    return Intake.objects.select_related("source").select_for_update(of=("self",)).get(pk=intake.pk)


def _stored(intake: Intake, store: Storing, renew: Storing, *what: Any) -> Outcome:
    """What was read as an article, or as what the article of its address holds now.

    A page that is fetched for the first time leaves an article alone that came in by another way meanwhile. What somebody handed
    in may be more, or newer, than the desk has.
    """
    if intake.was_handed_in:
        intake.article = article_at(intake.canonical_url)
    if intake.article_id is None:
        outcome = store(intake, *what)
        if not (intake.was_handed_in and outcome.reason == AT_ITS_ADDRESS):
            return outcome
        intake.article = outcome.article
    return renew(intake, *what)


def _material(intake: Intake) -> tuple[Capture, bytes]:
    """What there is to read: kept by an earlier try, uploaded, or fetched now. Raises Ended."""
    if intake.capture is not None:
        try:
            return intake.capture, captures.bytes_of(intake.capture)
        except captures.CaptureLost:
            log.warning("capture lost", extra={"capture": intake.capture_id})
    return _uploaded(intake) if intake.was_handed_in else _fetched(intake)


def _uploaded(intake: Intake) -> tuple[Capture, bytes]:
    try:
        with intake.file.open() as upload:
            body = upload.read()
    except (OSError, ValueError):
        # A ValueError where it has gone, because it was kept, and what was kept is lost.
        words = _("The uploaded file is not there any more. Hand it in once more.")
        raise Ended(Outcome(status=Status.FAILED, reason="upload_lost", words=words)) from None
    kept = captures.keep_upload(
        body, file_name=intake.file_name, content_type=intake.content_type, url=intake.url
    )
    return kept, body


def _fetched(intake: Intake) -> tuple[Capture, bytes]:
    policy = policy_for("page", wishes=partial(wishes_at, otherwise=_feeds_source(intake)))
    answer = fetch(intake.url, policy=policy, **_validators(intake))
    if isinstance(answer, NotFetched):
        raise Ended(_not_fetched(intake, answer))
    if isinstance(answer, NotModified):
        page_is_there(intake.article)
        raise Ended(
            Outcome(status=Status.UNCHANGED, words=_("The page is as it was."), article=intake.article)
        )
    return captures.keep_fetched(answer), answer.body


def _validators(intake: Intake) -> dict[str, str]:
    """Of the page that the article's current text was read from, if it is asked for where it answered then."""
    if intake.via != Intake.Via.AGAIN:
        return {}
    read = Capture.objects.filter(article=intake.article, version=intake.article.current_version_id)
    page = read.filter(final_url=intake.url, status=200).order_by("-fetched_at").first()
    headers = {name.lower(): value for name, value in page.headers} if page else {}
    return {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}


def _feeds_source(intake: Intake) -> Source | None:
    """The source of the feed that the address, or the article that is looked at again, came by. Whom a person names as the
    outlet has no say in how a site is asked."""
    if intake.via == Intake.Via.FEED:
        return intake.source
    if intake.article_id is None:
        return None
    return Source.objects.filter(intakes__via=Intake.Via.FEED, intakes__article=intake.article_id).first()


def _not_fetched(intake: Intake, answer: NotFetched) -> Outcome:
    if intake.via == Intake.Via.AGAIN and answer.reason in (Reason.NOT_FOUND, Reason.GONE):
        page_is_gone(intake.article)
        words = _("The page is gone from its site. What the desk has of it stays.")
        return Outcome(status=Status.GONE, reason=str(answer.reason), words=words, article=intake.article)
    if not answer.retry:
        return Outcome(status=Status.FAILED, reason=str(answer.reason), words=answer.words)
    busy = answer.reason == Reason.BUSY
    wait = answer.retry_after
    if wait is None:
        wait = 2.0 if busy else FIRST_WAIT * 2 ** (intake.attempts - 1)
    if not busy and intake.attempts >= settings.INTAKE_MAX_ATTEMPTS:
        words = _("%(words)s It was tried %(n)s times.") % {"words": answer.words, "n": intake.attempts}
        return Outcome(status=Status.FAILED, reason=str(answer.reason), words=words)
    # Spread a little, so that the pages of one site do not all come back in the same moment.
    wait = min(wait, LONGEST_WAIT) * random.uniform(1.0, 1.2)
    return Outcome(
        status=Status.LATER,
        reason=str(answer.reason),
        words=answer.words,
        wait=wait,
        counts=not busy,
    )


def _read(intake: Intake, capture: Capture, body: bytes) -> reading.Reading:
    url = capture.final_url or capture.url
    kind = capture.content_type
    with time_limit_heard():
        if capture.was_fetched and kind in ("", "text/html", "application/xhtml+xml"):
            found = reading.read_page(body, url=url, content_type=kind, charset=capture.charset)
        else:
            name = intake.file_name or urlsplit(url).path.rpartition("/")[2]
            found = reading.read_file(body, filename=name, content_type=kind, url=url)
    if isinstance(found, reading.Unreadable):
        raise Ended(Outcome(status=Status.FAILED, reason=str(found.reason), words=_(found.words)))
    if len(found.text) > settings.ARTICLE_MAX_CHARS:
        words = _("This text has %(has)s characters; the desk reads up to %(limit)s.")
        numbers = {"has": f"{len(found.text):,}", "limit": f"{settings.ARTICLE_MAX_CHARS:,}"}
        raise Ended(Outcome(status=Status.FAILED, reason="too_long_text", words=words % numbers))
    return found


def _kept(intake: Intake, capture: Capture) -> None:
    """Write down that there is something to read, and where: the host may be asked for the next page.

    An upload goes then; every later try reads the capture.
    """
    host, intake.host, intake.capture = intake.host, "", capture
    _note(intake, stage="reading", capture=capture, host="", alive_at=timezone.now())
    if host:
        transaction.on_commit(lambda: send_next(host), robust=True)
    if intake.file:
        transaction.on_commit(lambda: clear_upload(intake), robust=True)


def _note(intake: Intake, **columns: Any) -> None:
    """Write down how far it is."""
    Intake.objects.filter(pk=intake.pk).update(**columns)


def _end(intake: Intake, outcome: Outcome) -> Outcome:
    """Write down how the try ended."""
    in_vain = outcome.status == Status.FAILED and intake.article_id is None and not intake.was_handed_in
    if in_vain and (there := article_at(intake.canonical_url)):
        words = _("It came in by another way meanwhile.")
        outcome = Outcome(status=Status.KNOWN, reason=AT_ITS_ADDRESS, words=words, article=there)
    now = timezone.now()
    over = outcome.status not in Intake.UNDER_WAY
    columns: dict[str, Any] = {
        "status": outcome.status,
        "stage": "",
        "reason": outcome.reason[:40],
        "words": outcome.words,
        # Whose article it is stays true of a try that failed, and of the next one.
        "article": outcome.article or intake.article,
        "attempts": intake.attempts if outcome.counts else intake.attempts - 1,
        "alive_at": now,
        "finished_at": now if over else None,
        "next_try_at": None if outcome.wait is None else now + timedelta(seconds=outcome.wait),
    }
    if "text" in intake.given and outcome.status in (Status.ADDED, Status.UPDATED, Status.KNOWN):
        # It stands in the article now.
        columns["given"] = {key: value for key, value in intake.given.items() if key != "text"}
    host = intake.host
    if over:
        columns["host"] = ""
    elif outcome.counts:
        # Back into the line, until its time has come.
        columns["sent_at"] = None
    else:
        columns["sent_at"] = columns["next_try_at"]
    _note(intake, **columns)
    if over and outcome.article and outcome.status != Status.FAILED:
        settle(article=outcome.article, canonical=intake.canonical_url)
    if outcome.status == Status.FAILED and intake.via == Intake.Via.AGAIN:
        settle_look(intake)
    if not outcome.counts:
        transaction.on_commit(lambda: message(intake, after=outcome.wait))
    elif host:
        transaction.on_commit(lambda: send_next(host), robust=True)
    return outcome
