"""Handing something to the desk: each leaves a row at once, which a worker then takes in."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
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
from factcheck.intake.querysets import IntakeQuerySet
from factcheck.sources.models import Source

from .queueing import queue

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
        return _handed_in([intake])[0]


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
        rows = _handed_in([_row(actor, via, batch, given, source, True, url) for url in wanted])
        batches = {row.batch for row in rows}
        if len(batches) == 1 and None not in batches:
            # This one, or, where all of them are under way in another, that: it is the second of two clicks.
            return batches.pop()
        Intake.objects.filter(pk__in=[row.pk for row in rows if row.batch is None]).update(batch=batch)
        elsewhere = []
        for row in dict.fromkeys(row for row in rows if row.batch not in (None, batch)):
            known = _row(actor, via, batch, given, source, True, row.url)
            words = _("It is under way already, handed in by %(who)s.") % {"who": row.asked_as}
            elsewhere.append(_over(known, Intake.Status.KNOWN, Intake.ELSEWHERE, words))
        Intake.objects.bulk_create(elsewhere)
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
        return queue([intake])[0]


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
        return queue([intake])[0]


def fetch_again(*, actor: "Actor", article: Article) -> Intake:
    """Have an article's page fetched once more, to see whether it changed. Raises Refused when it has no address."""
    demand(actor, Capability.TRIAGE)
    if not article.canonical_url or not article.url:
        raise Refused(gettext_lazy("This article has no address to be fetched from."))
    with acting(actor, "fetch again"):
        intake = _row(actor, Intake.Via.AGAIN, None, None, article.carried_by, True, article.url)
        intake.canonical_url, intake.article = article.canonical_url, article
        intake.host = host_to_ask(intake.url)
        return queue([intake])[0]


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
        return queue([_anew(intake, Intake.Precedence.PERSON, timezone.now())])[0]


def retry_all(*, actor: "User", intakes: IntakeQuerySet) -> int:
    """Have each of them tried once more that failed and can be; returns how many."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "retry intakes"):
        hold(MANY_AT_ONCE)
        # The state is asked for again on the row itself: one that somebody retries in this moment is left alone.
        failed = Intake.objects.retriable().filter(pk__in=intakes.values("pk")).order_by("pk")
        rows = list(failed.select_related("source").select_for_update(of=("self",)))
        now = timezone.now()
        queue([_anew(intake, Intake.Precedence.LIST, now) for intake in rows])
        return len(rows)


def _anew(intake: Intake, precedence: int, now: datetime) -> Intake:
    """The row as it begins when it is tried once more, not saved."""
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
    intake.status, intake.queued_at = Intake.Status.QUEUED, now
    return intake


def _handed_in(intakes: list[Intake]) -> list[Intake]:
    """Queue the addresses that are to be fetched; the others end at once."""
    there = articles_at(intake.canonical_url for intake in intakes)
    for intake in intakes:
        intake.article = there.get(intake.canonical_url)
        if not intake.canonical_url:
            _over(intake, Intake.Status.FAILED, "bad_address", _("This is not a web address."))
        elif is_own_page(intake.url):
            _over(intake, Intake.Status.FAILED, "own_page", _("This is a page of the desk itself."))
        elif intake.article:
            _over(intake, Intake.Status.KNOWN, "known", _("The desk has this article."))
        else:
            intake.host = host_to_ask(intake.url)
    return queue(intakes)


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
    return articles_at([canonical]).get(canonical)


def articles_at(canonicals: Iterable[str]) -> dict[str, Article]:
    """As `article_at`, of each address that has one."""
    asked = set(canonicals) - {""}
    if not asked:
        return {}
    # A union, of which each half has an index: with OR, PostgreSQL reads every article.
    named = Article.objects.filter(canonical_url__in=asked).order_by()
    came_by = Intake.objects.filter(canonical_url__in=asked, article__isnull=False).order_by()
    came_by = came_by.exclude(article__corrected__contains=["url"])
    answered = came_by.filter(capture__status__isnull=False)
    found: dict[str, set[int]] = {}
    for pk, canonical, url in named.values_list("pk", "canonical_url", "canonical_url").union(
        answered.values_list("article", "canonical_url", "capture__final_url")
    ):
        # One that led elsewhere, as a site's "latest" does, leads to another article tomorrow.
        if canonical_url(url) == canonical:
            found.setdefault(canonical, set()).add(pk)
    articles = Article.objects.in_bulk({pk for pks in found.values() for pk in pks})
    return {
        canonical: min((articles[pk] for pk in pks), key=lambda a: (a.canonical_url != canonical, a.pk))
        for canonical, pks in found.items()
    }


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


def _ended(intake: Intake, status: str, reason: str, words: str) -> Intake:
    _over(intake, status, reason, words).save()
    return intake


def _over(intake: Intake, status: str, reason: str, words: str) -> Intake:
    """The row as it is at its end, not saved."""
    intake.status, intake.reason, intake.words = status, reason, words
    intake.finished_at = timezone.now()
    return intake
