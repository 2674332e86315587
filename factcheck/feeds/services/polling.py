"""Asking feeds: which are due, what stands in them now, and what is new."""

import logging
import random
import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from factcheck.desk.audit import Job, acting
from factcheck.desk.locks import session_lock
from factcheck.desk.timelimit import time_limit_heard
from factcheck.feeds.models import Feed, FeedItem
from factcheck.feeds.parsing import Item, NoFeed, Parsed, parse
from factcheck.feeds.paths import is_wanted
from factcheck.feeds.words import words_for
from factcheck.fetching import Fetched, NotFetched, NotModified, Reason, fetch, policy_for
from factcheck.sources.wishes import wishes_at

from .items import bring_in, hand_in_item

log = logging.getLogger("factcheck.feeds")

FEEDS = Job("feeds")
POLL = "feeds.poll"
SENT_AT_ONCE = 50
CLAIMED_FOR = timedelta(minutes=3)  # a poll that was lost with its message or worker is due again after that
LONGEST_WAIT = timedelta(days=1)
LONGEST_REST = 20.0  # seconds that a poll waits between the sitemaps of an index
SOONEST = timedelta(seconds=20)
LONGEST_ADDRESS = 2000  # characters
OLD = timedelta(days=7)  # what is older when an address answers for the first time is left out


def send_due() -> int:
    """Hand every feed whose time has come to a worker; returns how many. Two beats never send one twice."""
    now = timezone.now()
    with transaction.atomic():
        due = list(Feed.objects.due().select_for_update(skip_locked=True, of=("self",))[:SENT_AT_ONCE])
        Feed.objects.filter(pk__in=[feed.pk for feed in due]).update(next_poll_at=now + CLAIMED_FOR)
    return sum(send(feed) for feed in due)


def send(feed: Feed) -> bool:
    """Hand the poll to the broker. If it does not take it, the feed is due again soon."""
    try:
        current_app.send_task(POLL, args=[feed.pk], queue="fetch")
    except (OperationalError, RedisError, OSError):
        return False
    return True


def poll_feed(*, feed_id: int) -> str:
    """Ask a feed and hand its new items in, unless it is off or another worker asks it. Returns what became of it."""
    with session_lock(f"feed:{feed_id}") as mine:
        feed = Feed.objects.select_related("source").filter(pk=feed_id, is_on=True).first()
        until = timezone.now() + CLAIMED_FOR
        # Polls pile up while the workers are busy elsewhere: once the first is done, the next time lies further off.
        if not mine or feed is None or feed.next_poll_at > until:
            return "nothing to do"
        Feed.objects.filter(pk=feed.pk).update(next_poll_at=until)
        try:
            return _poll(feed)
        except SoftTimeLimitExceeded:
            _failed(feed, "too_long", _("It took too long to read; it is asked again later."))
            return "too long"
        except Exception:
            log.exception("poll failed", extra={"feed": feed.pk})
            _failed(feed, "error", _("The desk failed on this feed. The error is in the worker's log."))
            return "failed"


def _poll(feed: Feed) -> str:
    answer = _ask(feed, feed.url, etag=feed.etag, last_modified=feed.last_modified)
    if isinstance(answer, NotModified):
        _succeeded(feed, **_where(answer))
        return "not modified"
    if isinstance(answer, NotFetched):
        return _not_fetched(feed, answer)
    found = _parsed(answer)
    if isinstance(found, NoFeed):
        _failed(feed, str(found.fault), found.words)
        return "no feed"
    items = found.items
    if found.children:
        children = _children(feed, found)
        if isinstance(children, NotFetched):
            return _not_fetched(feed, children)
        items = [*items, *children]
    items = items[: settings.FEED_ITEMS_MAX]
    new = _bring_in_wanted(feed, items) + _store(feed, items)
    changed = {"changed_at": timezone.now()} if new else {}
    # Only now is the answer remembered: what a dying worker did not hand in stands in the next answer again. An index of
    # sitemaps is always asked for whole, since those that it names change while it stays as it is.
    remembered = not found.children
    _succeeded(
        feed,
        etag=answer.etag[:500] if remembered else "",
        last_modified=answer.last_modified[:100] if remembered else "",
        kind=found.kind,
        title=found.title or feed.title,
        **_where(answer),
        **changed,
    )
    return f"{new} new"


def _ask(feed: Feed, url: str, **validators: str) -> Fetched | NotModified | NotFetched:
    return fetch(
        url, policy=policy_for("feed", wishes=partial(wishes_at, otherwise=feed.source)), **validators
    )


def _parsed(answer: Fetched) -> Parsed | NoFeed:
    with time_limit_heard():
        return parse(
            answer.body,
            url=answer.final_url,
            limit=settings.FEED_ITEMS_MAX,
            content_type=answer.content_type,
            charset=answer.charset,
        )


def _children(feed: Feed, found: Parsed) -> list[Item] | NotFetched:
    """The pages in the newest sitemaps of an index; the reason of the last one that could not be had, if none could."""
    items: list[Item] = []
    had, missed = False, None
    for url in found.children:
        answer = _ask(feed, url)
        if isinstance(answer, NotFetched) and answer.reason == Reason.BUSY:
            # The host rests from the index or the one before. The worker waits, since all of it is one poll.
            time.sleep(min(answer.retry_after or 0, LONGEST_REST))
            answer = _ask(feed, url)
        if isinstance(answer, NotFetched):
            missed = answer
        elif isinstance(answer, Fetched) and isinstance(child := _parsed(answer), Parsed):
            had = True
            items += child.items
    return missed if missed and not had else items


def _where(answer: Fetched | NotModified) -> dict[str, str]:
    """That a feed answers at another address than it was asked at: for good, or for an admin to see whether it stays so."""
    if answer.moved_to and len(answer.moved_to) <= LONGEST_ADDRESS:
        return {"words": _("It has moved for good."), "moved_to": answer.moved_to}
    elsewhere = len(answer.hops) > 1
    words = _("It answers at another address now: %(url)s") % {"url": answer.hops[-1]} if elsewhere else ""
    return {"words": words, "moved_to": ""}


def _bring_in_wanted(feed: Feed, items: list[Item]) -> int:
    """Hand in what the paths left out before and let in now, as far as it still stands in the feed; returns how many."""
    left = feed.items.filter(key__in=[item.key for item in items], left_out=FeedItem.LeftOut.PATH)
    wanted = [row for row in left if is_wanted(row.url, include=feed.include, exclude=feed.exclude)]
    for row in reversed(wanted):
        bring_in(actor=FEEDS, item=row)
    return len(wanted)


def _store(feed: Feed, items: list[Item]) -> int:
    """Keep the items that were not seen before and hand in those that are wanted; returns how many were new.

    Each is its own transaction, in which its intake is made too: a worker may die between two and none is lost or doubled.
    """
    keys = [item.key for item in items]
    seen = set(FeedItem.objects.filter(feed=feed, key__in=keys).values_list("key", flat=True))
    first, new = feed.succeeded_at is None, 0
    for item in reversed(items):
        # Oldest first, as feeds list the newest on top: the articles come in in the order of the news.
        if item.key in seen:
            continue
        seen.add(item.key)
        with acting(FEEDS, "feed item"):
            row = FeedItem(
                feed=feed,
                key=item.key,
                url=item.url,
                title=item.title,
                published_at=item.published,
                left_out=_left_out(feed, item, first),
            )
            if not row.left_out:
                row.intake = hand_in_item(actor=FEEDS, item=row)
            row.save()
            new += 1
    return new


def _left_out(feed: Feed, item: Item, first: bool) -> str:
    # What is both stays out when the paths are widened.
    if first and item.published and item.published < timezone.now() - OLD:
        return FeedItem.LeftOut.OLD
    if not is_wanted(item.url, include=feed.include, exclude=feed.exclude):
        return FeedItem.LeftOut.PATH
    return ""


def _succeeded(feed: Feed, **columns: Any) -> None:
    now = timezone.now()
    # What somebody edits meanwhile holds for the next answer: that is asked for anew, and whole.
    Feed.objects.filter(pk=feed.pk, revision=feed.revision).update(
        polled_at=now,
        succeeded_at=now,
        failures=0,
        reason="",
        next_poll_at=_spread(now, feed.pace),
        **columns,
    )


def _not_fetched(feed: Feed, answer: NotFetched) -> str:
    if answer.reason == Reason.BUSY:
        wait = timedelta(seconds=answer.retry_after or 5)
        Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now() + wait)
        return "busy"
    after = timedelta(seconds=answer.retry_after) if answer.retry_after else None
    _failed(feed, str(answer.reason), words_for(answer), after=after, off=answer.reason == Reason.GONE)
    return "failed"


def _failed(
    feed: Feed, reason: str, words: str, *, after: timedelta | None = None, off: bool = False
) -> None:
    """Ask less often the longer it fails: twice as long each time, a day at most; what the site asks for, if longer."""
    now = timezone.now()
    failures = min(feed.failures + 1, 100)
    wait = min(feed.pace * 2 ** min(failures, 12), LONGEST_WAIT)
    columns = {"is_on": False} if off else {}
    with acting(FEEDS, "feed failed"):
        Feed.objects.filter(pk=feed.pk).update(
            polled_at=now,
            failures=failures,
            reason=reason[:40],
            words=words,
            next_poll_at=_spread(now, max(wait, after or wait)),
            **columns,
        )


def _spread(now: datetime, wait: timedelta) -> datetime:
    """Then, or a tenth later: feeds that were added together do not stay together."""
    return now + max(wait * random.uniform(1.0, 1.1), SOONEST)
