"""Handing something to the desk: each leaves a row at once, which a worker then takes in."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.canonical import canonical_url
from factcheck.articles.models import Article
from factcheck.desk.audit import Job, acting, person
from factcheck.desk.errors import Refused
from factcheck.desk.locks import hold
from factcheck.fetching import host_to_ask
from factcheck.intake.models import Intake
from factcheck.intake.names import safe_name
from factcheck.sources.models import Source

from .sending import send

if TYPE_CHECKING:
    from factcheck.accounts.models import User
    from factcheck.api.models import Token

    Actor = User | Token | Job

CALENDAR = Job("calendar")
RETRIABLE = (Intake.Status.FAILED, Intake.Status.LATER)
HANDED_IN_AT_ONCE = 100
MANY = 500
LONGEST_URL = 2000  # characters
MANY_AT_ONCE = "intakes"  # the lock of those who write many rows in one transaction


def hand_in_url(
    *,
    actor: "Actor",
    url: str,
    via: str = Intake.Via.URL,
    batch: UUID | None = None,
    given: dict[str, Any] | None = None,
    source: "Source | None" = None,
    extract: bool = True,
) -> Intake:
    """Have the page at an address fetched. `given` is what the asker knows of it, as in `Intake.given`.

    The row that is under way for the same address, where there is one, is returned instead of a second. An address the desk
    has an article of ends at once as known, and one that cannot be an address as failed.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "hand in address"):
        intake = _row(actor, via, batch, given, source, extract, url)
        if not intake.canonical_url:
            return _ended(intake, Intake.Status.FAILED, "bad_address", _("This is not a web address."))
        if is_own_page(url):
            return _ended(intake, Intake.Status.FAILED, "own_page", _("This is a page of the desk itself."))
        if article := article_at(intake.canonical_url):
            intake.article = article
            return _ended(intake, Intake.Status.KNOWN, "known", _("The desk has this article."))
        intake.host = host_to_ask(intake.url)
        return _queue(intake)


def hand_in_urls(
    *,
    actor: "Actor",
    urls: list[str],
    via: str = Intake.Via.URL,
    given: dict[str, Any] | None = None,
    source: "Source | None" = None,
) -> UUID:
    """Have many addresses fetched, each once; returns their batch. Raises Refused for none, or for more than `MANY`.

    `given` and `source` are true of all of them. Those that are under way in another batch stay there, and this one says so;
    the same list once more is the same batch.
    """
    demand(actor, Capability.TRIAGE)
    wanted = list(dict.fromkeys(filter(None, (url.strip() for url in urls))))
    if not wanted:
        raise Refused(_("There is no address here. Write one a line."))
    if len(wanted) > MANY:
        raise Refused(
            _("These are %(has)s addresses; the desk takes %(limit)s at once. Hand in the rest afterwards.")
            % {"has": len(wanted), "limit": MANY}
        )
    batch = uuid4()
    with acting(actor, "hand in addresses"):
        # Two lists with the same addresses in another order would wait for one another.
        hold(MANY_AT_ONCE)
        rows = [
            hand_in_url(actor=actor, url=url, via=via, batch=batch, given=given, source=source)
            for url in wanted
        ]
        batches = {row.batch for row in rows}
        if len(batches) == 1 and None not in batches:
            # This one, or, where all of them are under way in another, that: it is the second of two clicks.
            return batches.pop()
        for row in rows:
            if row.batch is None:
                Intake.objects.filter(pk=row.pk).update(batch=batch)
            elif row.batch != batch:
                known = _row(actor, via, batch, given, source, True, row.url)
                words = _("It is under way already, handed in by %(who)s.") % {"who": row.asked_as}
                _ended(known, Intake.Status.KNOWN, "under_way", words)
    return batch


def turn_away(
    *, actor: "Actor", file_name: str, reason: str, words: str, via: str, batch: UUID | None = None
) -> Intake:
    """Leave a row that says why a file was not even kept."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "turn away file"):
        intake = _row(actor, via, batch, None, None, True, "")
        intake.file_name = safe_name(file_name)
        return _ended(intake, Intake.Status.FAILED, reason, words)


def hand_in_file(
    *,
    actor: "Actor",
    body: bytes,
    file_name: str,
    content_type: str = "",
    url: str = "",
    via: str = Intake.Via.FILE,
    batch: UUID | None = None,
    given: dict[str, Any] | None = None,
    source: "Source | None" = None,
    extract: bool = True,
) -> Intake:
    """Have a file read: text, PDF, DOCX, or a page as a browser saved it. `url` is where it was, if known.

    The same file, handed in for the same address with the same words, is returned instead of a second while it is under way.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "hand in file"):
        intake = _row(actor, via, batch, given, source, extract, url)
        intake.file_name, intake.content_type = safe_name(file_name), safe_name(content_type)
        if not body:
            return _ended(intake, Intake.Status.FAILED, "empty", _("This file is empty."))
        if len(body) > settings.INTAKE_MAX_FILE:
            words = _("This file is larger than %(mb)s MB, which is what the desk takes.")
            return _ended(
                intake, Intake.Status.FAILED, "too_big", words % {"mb": settings.INTAKE_MAX_FILE // 1_000_000}
            )
        intake.digest = _digest(intake, body)
        intake.file.save("upload", ContentFile(body), save=False)
        return _queue(intake)


def hand_in_text(
    *,
    actor: "Actor",
    text: str,
    via: str,
    url: str = "",
    batch: UUID | None = None,
    given: dict[str, Any] | None = None,
    source: "Source | None" = None,
    extract: bool = True,
) -> Intake:
    """Have a text stored as an article, as a program does that posts one. The same one twice is one, as with files."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "hand in text"):
        intake = _row(actor, via, batch, {**(given or {}), "text": text}, source, extract, url)
        intake.digest = _digest(intake)
        return _queue(intake)


def fetch_again(*, actor: "Actor", article: Article) -> Intake:
    """Have an article's page fetched once more, to see whether it changed. Raises Refused when it has no address."""
    demand(actor, Capability.TRIAGE)
    if not article.canonical_url or not article.url:
        raise Refused(gettext_lazy("This article has no address to be fetched from."))
    with acting(actor, "fetch again"):
        intake = _row(actor, Intake.Via.AGAIN, None, None, article.carried_by, True, article.url)
        intake.canonical_url, intake.article = article.canonical_url, article
        intake.host = host_to_ask(intake.url)
        return _queue(intake)


def fetch_due_again() -> int:
    """Hand in the articles whose time to be looked at again has come; returns how many."""
    with transaction.atomic():
        hold(MANY_AT_ONCE)
        due = list(
            Article.objects.filter(next_fetch_at__lte=timezone.now())
            .exclude(canonical_url="")
            .order_by("next_fetch_at")
            .select_for_update(skip_locked=True, of=("self",))[:HANDED_IN_AT_ONCE]
        )
        for article in due:
            fetch_again(actor=CALENDAR, article=article)
            # Whatever this look ends with, the next one comes.
            article.next_fetch_at = next_fetch(article.added_at)
        Article.objects.bulk_update(due, ["next_fetch_at"])
    return len(due)


def next_fetch(came_in: datetime) -> datetime | None:
    """When a page is looked at again, by `REFETCH_HOURS` after it came in; None when that is over."""
    now = timezone.now()
    hours = (timedelta(hours=h) for h in sorted(settings.REFETCH_HOURS))
    return next((came_in + h for h in hours if came_in + h > now), None)


def retry(*, actor: "User", intake: Intake) -> Intake:
    """Have it tried once more, now: an address is fetched anew. Raises Refused when it is under way or came in, and when
    nothing was kept that could be tried."""
    return _retry(actor, intake, Intake.Precedence.PERSON)


def retry_all(*, actor: "User", intakes: Iterable[Intake]) -> int:
    """Have each of them tried once more that can be; returns how many."""
    tried = 0
    with acting(actor, "retry intakes"):
        hold(MANY_AT_ONCE)
        for intake in intakes:
            with suppress(Refused):
                _retry(actor, intake, Intake.Precedence.LIST)
                tried += 1
    return tried


def _retry(actor: "User", intake: Intake, precedence: int) -> Intake:
    demand(actor, Capability.TRIAGE)
    with acting(actor, "retry intake"):
        intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if intake.status not in RETRIABLE:
            raise Refused(
                _("This is %(state)s; nothing needs to be tried again.")
                % {"state": intake.get_status_display()}
            )
        if not intake.may_be_retried:
            raise Refused(_("Nothing of this was kept. Hand it in once more."))
        if not intake.was_handed_in:
            # What was fetched may be the very thing that could not be read.
            intake.capture, intake.host = None, host_to_ask(intake.url)
        if intake.via != Intake.Via.AGAIN:
            # One that came in by another way may have another address by now.
            intake.article = None
        intake.precedence = min(intake.precedence, precedence)
        intake.attempts, intake.words, intake.reason, intake.next_try_at = 0, "", "", None
        intake.finished_at = intake.sent_at = intake.alive_at = None
        intake.set_aside_at = intake.set_aside_by = None
        intake.status, intake.queued_at = Intake.Status.QUEUED, timezone.now()
        return _queue(intake)


def _digest(intake: Intake, body: bytes = b"") -> str:
    said = [intake.given, intake.file_name, intake.content_type, intake.source_id, intake.extract]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode() + body).hexdigest()


def is_own_page(url: str, *hosts: str) -> bool:
    """Whether an address is one of the desk's own: at `DESK_URL`, or at one of the hosts (name, and port if there is one)."""
    ours = {host.lower() for host in (*hosts, urlsplit(settings.DESK_URL).netloc) if host}
    try:
        return urlsplit(url.strip()).netloc.lower() in ours
    except ValueError:
        return False


def article_at(canonical: str) -> Article | None:
    """The article of a canonical address, also where its page was fetched there and gives itself another one.

    An article whose address an editor corrected has only that.
    """
    if not canonical:
        return None
    # A union, of which each half has an index: with OR, PostgreSQL reads every article.
    named = Article.objects.filter(canonical_url=canonical).order_by().values_list("pk", "canonical_url")
    came_by = Intake.objects.filter(canonical_url=canonical, article__isnull=False).order_by()
    came_by = came_by.exclude(article__corrected__contains=["url"])
    answered = came_by.filter(capture__status__isnull=False).values_list("article", "capture__final_url")
    # One that led elsewhere, as a site's "latest" does, leads to another article tomorrow.
    found = sorted({pk for pk, url in named.union(answered) if canonical_url(url) == canonical})
    if not found:
        return None
    articles = Article.objects.in_bulk(found)
    return next((a for a in articles.values() if a.canonical_url == canonical), articles[found[0]])


def _row(
    actor: "Actor",
    via: str,
    batch: UUID | None,
    given: dict[str, Any] | None,
    source: "Source | None",
    extract: bool,
    url: str,
) -> Intake:
    url, who = _storable(url).strip(), person(actor)
    by_person = Intake.Precedence.LIST if batch else Intake.Precedence.PERSON
    return Intake(
        via=via,
        batch=batch,
        url=url[:LONGEST_URL],
        canonical_url=canonical_url(url) if len(url) <= LONGEST_URL else "",
        given={key: _storable(value) for key, value in (given or {}).items() if value},
        source=source,
        extract=extract,
        precedence=by_person if who else Intake.Precedence.BY_ITSELF,
        asked_by=who,
        asked_as=str(actor)[:200],
    )


def _storable(value: Any) -> Any:
    """Texts without what PostgreSQL does not take: the character zero, and halves of characters."""
    if isinstance(value, list):
        return [each for each in map(_storable, value) if each]
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _queue(intake: Intake) -> Intake:
    """Save the row and send it on commit, unless another one is under way for the address, which is returned then."""
    try:
        with transaction.atomic():
            intake.save()
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "intake_one_at_a_time":
            raise
        there = Intake.objects.under_way().filter(canonical_url=intake.canonical_url).first()
        joined = there and _joined(there, intake)
        # Where the other one ended just now, there is room for this one.
        return joined or _queue(intake)
    transaction.on_commit(lambda: send(intake))
    return intake


def _joined(there: Intake, intake: Intake) -> Intake | None:
    """The row that is under way, with what is said of it now. None where it ended meanwhile."""
    row = Intake.objects.under_way().select_for_update(of=("self",)).filter(pk=there.pk).first()
    if row is None:
        return None
    if intake.file and intake.pk is None:
        # The same file lies there already.
        transaction.on_commit(partial(intake.file.storage.delete, intake.file.name), robust=True)
    row.precedence = min(row.precedence, intake.precedence)
    row.extract = row.extract or intake.extract
    if (intake.given or intake.source) and intake.via != Intake.Via.FEED:
        _take_words(row, intake)
    row.save(update_fields=["precedence", "extract", "via", "given", "source"])
    return row


def _take_words(row: Intake, intake: Intake) -> None:
    """What a person says of an address that is under way. Of two persons' words the earlier count; a feed's are only hints."""
    if row.via == Intake.Via.FEED:
        site = Source.objects.publishers().for_url(row.url)
        row.via, row.given, row.source = intake.via, intake.given, intake.source or site or row.source
    elif row.via != Intake.Via.AGAIN:
        row.given, row.source = {**intake.given, **row.given}, row.source or intake.source


def _ended(intake: Intake, status: str, reason: str, words: str) -> Intake:
    intake.status, intake.reason, intake.words = status, reason, words
    intake.finished_at = timezone.now()
    intake.save()
    return intake
