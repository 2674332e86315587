"""The newest of more items than are read, found before the others cost anything. Pure functions."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from heapq import nlargest
from itertools import islice

from django.utils.dateparse import parse_date, parse_datetime

LISTED = 50_000  # items that are looked at: what a sitemap may have, as its protocol says
NO_TIME = datetime.min.replace(tzinfo=UTC)  # before all others

_ITEM = re.compile(rb"<(?:\w{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ITEM_END = re.compile(rb"</(?:\w{1,40}:)?(item|entry)\s*>", re.IGNORECASE)
_DATE = re.compile(
    rb"<(?:\w{1,40}:)?(?:pubdate|published|updated|date|issued|modified)(?:\s[^<>]{0,200})?>"
    rb"\s{0,100}(?:<!\[CDATA\[)?([^<>\]]{1,60})",
    re.IGNORECASE,
)


def newest(moments: Sequence[datetime | None], limit: int) -> list[int]:
    """The places of the latest `limit` moments, in their order.

    Feeds begin with the newest item or end with it. Of those that nothing else tells apart, the nearest to an end are taken.
    """
    last = len(moments) - 1
    places = nlargest(
        limit, range(len(moments)), key=lambda at: (moments[at] or NO_TIME, -min(at, last - at))
    )
    return sorted(places)


def cut(body: bytes, limit: int) -> bytes:
    """An RSS, RDF or Atom feed with at most `limit` of its items, the newest of the first LISTED ones."""
    ends = list(islice(_ITEM_END.finditer(body), LISTED))
    if len(ends) <= limit:
        return body
    first = _ITEM.search(body, 0, ends[0].end())
    starts = [first.start() if first else ends[0].end(), *(end.end() for end in ends[:-1])]
    items = list(zip(starts, (end.end() for end in ends), strict=True))
    kept = newest([_dated(body, *item) for item in items], limit)
    closing = b"</feed>" if ends[0][1].lower() == b"entry" else b"</channel></rss>"
    if b"<rdf:RDF" in body[:2000]:
        closing = b"</rdf:RDF>"
    return b"".join([body[: starts[0]], *(body[slice(*items[at])] for at in kept), closing])


def moment_of(text: str) -> datetime | None:
    """The moment that an ISO 8601 date or time names, in UTC; None for what names none."""
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text[:10])):
            moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return moment and _in_utc(moment)
    except (ValueError, OverflowError):
        return None


def _dated(body: bytes, start: int, end: int) -> datetime | None:
    found = _DATE.search(body, start, end)
    if not found:
        return None
    text = found[1].decode("ascii", "ignore").strip()
    try:
        return moment_of(text) or _in_utc(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
