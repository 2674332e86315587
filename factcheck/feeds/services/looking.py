"""Looking one homepage up: its outlet's name, its feeds, what stands in them. A job that may die at any point and go on.

Each address is asked once and crossed off on the row before the next, so another worker takes over where the first died.
"""

import logging
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.desk.locks import session_lock
from factcheck.desk.timelimit import time_limit_heard
from factcheck.feeds import discovery
from factcheck.feeds.models import LookupRow
from factcheck.feeds.parsing import NoFeed, Parsed, parse
from factcheck.feeds.words import words_for
from factcheck.fetching import Fetched, NotFetched, Policy, Reason, fetch, policy_for
from factcheck.sources.domains import host_of
from factcheck.sources.wishes import wishes_at

from .lookups import send_row

log = logging.getLogger("factcheck.feeds")

FETCHES = 4  # of one try, besides the homepage's: a site is not searched through, a person may ask for more
ENOUGH = 3  # feeds to choose from, where no list names more
SHOWN = 3  # headlines of a feed
READ = 50  # items of a feed, to see what it is
DEAD = timedelta(days=90)  # a feed without news for so long stands behind the others
Status = LookupRow.Status


class _Later(Exception):
    """The host is busy; `seconds` says when to come back."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


def look_up(*, row_id: int) -> str:
    """Do what the row asks for, unless it is over or another worker is at it. Returns what became of it."""
    with session_lock(f"lookup:{row_id}") as mine:
        row = LookupRow.objects.filter(pk=row_id).first()
        if not mine or row is None or row.is_over:
            return "nothing to do"
        row.attempts += 1
        if row.attempts > settings.INTAKE_MAX_ATTEMPTS:
            row.words = _("It was tried %(n)s times without an end.") % {"n": row.attempts - 1}
            return _end(row, row.words)
        _note(row, status=Status.RUNNING, attempts=row.attempts, next_try_at=None)
        try:
            return _look(row)
        except _Later as later:
            return _come_back(row, later.seconds)
        except SoftTimeLimitExceeded:
            row.words = _("The site took too long to answer; try again later.")
        except Exception:
            log.exception("look-up failed", extra={"row": row.pk})
            row.words = _("The desk failed on this. The error is in the worker's log.")
        return _end(row, row.words)


def _look(row: LookupRow) -> str:
    if row.url not in row.asked:
        _homepage(row)
    _listed(row)
    if row.url in row.listed:
        return _end(row)
    usual = discovery.guesses(row.url)
    for _fetch in range(FETCHES):
        if not row.left and not _readable(row) and not row.words:
            row.left = [url for url in usual if url not in row.asked]
        if not row.left or _readable(row) >= ENOUGH or (_readable(row) and row.left[0] in usual):
            break
        _candidate(row, row.left[0])
    if _readable(row):
        row.left = []
        return _end(row)
    if row.words:
        return _end(row, row.words)
    if row.left:
        return _end(row, _("No feed at the likeliest addresses. The desk can look at further ones."))
    return _end(row, _("No feed was found on this site."))


def _homepage(row: LookupRow) -> None:
    """Read the homepage into the row. `words` say why that failed, where it did."""
    # Many a list has the address of a feed where its homepage should be.
    policy = policy_for("feed", wishes=wishes_at)
    types = (*policy_for("page").types, *policy.types)
    answer = _ask(row.url, replace(policy, types=types))
    asked = [*row.asked, row.url]
    found = _parsed(answer) if isinstance(answer, Fetched) else None
    if row.url in row.listed and not isinstance(found, Parsed):
        # Of which site it is only the feed could say.
        _keep(row, row.url, answer, found)
        return
    if isinstance(answer, NotFetched):
        # A list that names a feed may have an old homepage: the feed is asked all the same.
        _note(row, asked=asked, domain=_host(row.url), words=answer.words)
        return
    if isinstance(found, Parsed) and (found.items or found.children or row.url in row.listed):
        feed = _described(row.url, answer, found)
        homepage = found.home or urljoin(answer.final_url, "/")
        domain = _host(homepage)
        name = row.name or feed["title"][:200] or domain
        _note(row, asked=asked, homepage=homepage, domain=domain, name=name, feeds=[feed])
        return
    domain = _host(answer.final_url)
    if answer.content_type not in types:
        _note(row, asked=asked, domain=domain, words=Reason.WRONG_TYPE.words)
        return
    with time_limit_heard():
        page = discovery.read_homepage(
            answer.body, url=answer.final_url, content_type=answer.content_type, charset=answer.charset
        )
    left = list(dict.fromkeys([*row.left, *page.feeds])) or page.guesses
    _note(
        row,
        asked=asked,
        left=[url for url in left if url not in asked and url not in row.listed],
        name=page.name or row.name or domain,
        domain=domain,
        paywall=page.paywall,
    )


def _listed(row: LookupRow) -> None:
    """Ask the feeds that a list names. Raises _Later after some, since the time of one try would not do for all."""
    for url in [url for url in row.listed if url not in row.asked][:FETCHES]:
        _candidate(row, url)
    if not set(row.listed) <= set(row.asked):
        raise _Later(0.0)


def _readable(row: LookupRow) -> int:
    return sum(not feed.get("words") for feed in row.feeds)


def _candidate(row: LookupRow, url: str) -> None:
    """Ask an address that may be a feed, and cross it off."""
    answer = _ask(url, policy_for("feed", wishes=wishes_at))
    if isinstance(answer, Fetched) and discovery.is_robots(url):
        maps = discovery.news_sitemaps(answer.body.decode("utf-8", "replace"), url=answer.final_url)
        row.left = [url, *(link for link in maps if link not in row.asked), *row.left[1:]]
        answer = None
    _keep(row, url, answer, _parsed(answer) if isinstance(answer, Fetched) else None)


def _keep(
    row: LookupRow, url: str, answer: Fetched | NotFetched | None, found: Parsed | NoFeed | None
) -> None:
    """Note an address as asked, with the feed that stands there if there is one. What a list names is kept in any case."""
    feeds, feed = list(row.feeds), None
    if isinstance(found, Parsed) and (found.items or found.children or url in row.listed):
        feed = _described(url, answer, found)
    elif url in row.listed and isinstance(answer, Fetched | NotFetched):
        feed = _unread(url, found.words if isinstance(found, NoFeed) else words_for(answer))
    if feed and feed["url"] not in {one["url"] for one in feeds}:
        known = [one["headlines"] for one in feeds if one["headlines"]]
        if url in row.listed or feed["headlines"] not in known:
            feeds = sorted([*feeds, feed], key=_rank)
    asked = row.asked if url in row.asked else [*row.asked, url]
    _note(row, feeds=feeds, asked=asked, left=[link for link in row.left if link != url])


def _parsed(answer: Fetched) -> Parsed | NoFeed:
    with time_limit_heard():
        return parse(
            answer.body,
            url=answer.final_url,
            limit=READ,
            content_type=answer.content_type,
            charset=answer.charset,
        )


def _described(asked: str, answer: Fetched, found: Parsed) -> dict[str, Any]:
    """A feed as the row keeps it: at the address where it is for good, which may be another than was asked."""
    url = (answer.moved_to or asked)[:2000]
    now = timezone.now()
    last = max((item.published for item in found.items if item.published and item.published <= now), default=None)  # fmt: skip
    return {
        "url": url,
        "was": asked if url != asked else "",
        "kind": found.kind,
        "title": found.title.replace("\x00", ""),
        "last_at": last.isoformat() if last else None,
        "headlines": [item.title[:200] for item in found.items if item.title][:SHOWN],
        "words": "",
    }


def _unread(url: str, words: str) -> dict[str, Any]:
    """A feed that a list names and that could not be read; `words` say why."""
    return {"url": url, "was": "", "kind": "", "title": "", "last_at": None, "headlines": [], "words": words}


def _rank(feed: dict[str, Any]) -> tuple[bool, bool, bool]:
    """Feeds with news before those without, then sitemaps, then what could not be read; otherwise as the site has them."""
    old = (timezone.now() - DEAD).isoformat()
    dead = feed["last_at"] is not None and feed["last_at"] < old
    return (bool(feed.get("words")), dead, feed["kind"] == "sitemap")


def _ask(url: str, policy: Policy) -> Fetched | NotFetched:
    """What is at an address. Raises _Later while another fetch of its host is under way, or the host rests."""
    answer = fetch(url, policy=policy)
    if isinstance(answer, NotFetched) and answer.reason == Reason.BUSY:
        raise _Later(answer.retry_after or 2.0)
    return answer


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValidationError:
        return ""


def _note(row: LookupRow, **columns: Any) -> None:
    """Write down how far it is: the next worker reads it, and the page shows that somebody is at it."""
    for name, value in columns.items():
        setattr(row, name, value)
    LookupRow.objects.filter(pk=row.pk).update(alive_at=timezone.now(), **columns)


def _come_back(row: LookupRow, seconds: float) -> str:
    # Spread a little, so that the rows of one host do not all come back in the same moment.
    wait = min(seconds, 60.0) * random.uniform(1.0, 1.3)
    at = timezone.now() + timedelta(seconds=wait)
    # The site's patience is no fault of the row: the try does not count.
    _note(row, status=Status.QUEUED, attempts=row.attempts - 1, next_try_at=at, left=row.left)
    send_row(row.pk, after=wait, at=at)
    return "later"


def _end(row: LookupRow, words: str = "") -> str:
    """Found is a site of which something can be added: a feed, or at least an outlet whose page was read."""
    unasked = [_unread(url, _("It was not asked.")) for url in row.listed if url not in row.asked]
    feeds = [*row.feeds, *unasked]
    status = Status.FOUND if feeds or (row.name and not row.words) else Status.FAILED
    _note(row, status=status, words=words, feeds=feeds, left=row.left, next_try_at=None)
    return str(status)
