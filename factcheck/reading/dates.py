"""Dates and times as pages write them in their metadata."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from factcheck.extraction import furniture

_ISO = re.compile(
    r"^\s*(?P<year>(?:19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:[T\s]+(?:at\s+)?(?P<hour>[01]?\d|2[0-4]):?(?P<minute>[0-5]\d)(?::?(?P<second>[0-6]\d)(?:[.,]\d{1,9})?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?(?P<rest>.*)$",
    re.I | re.S,
)
_STAMP = re.compile(r"^\s*(\d{10})(\d{3})?(?:\.\d+)?\s*$")
_NUMBERS = re.compile(r"^\s*(\d{1,2})([./])(\d{1,2})\2((?:19|20)\d\d)\b")
_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?\s*"
    r"\(?(?P<zone>Z|UTC|GMT|BST|CET|CEST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|[+-]\d{2}:?\d{2})?\b",
    re.I,
)
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 1, "cet": 1, "cest": 2,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

Moment = date | datetime


def parse(value: str, *, american: bool = False) -> Moment | None:
    """The day or moment that a string gives; None where it gives none, or one that no article can have.

    american: 10/18/2017 has the month first. A moment at exactly midnight, in whatever zone, is a day: so do many systems
    write dates for which they know no time.
    """
    value = value.strip()[:120]
    if not value:
        return None
    try:
        found = _iso(value) or _stamp(value) or _mail(value) or _numbers(value, american) or _words(value)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return found if found is not None and _plausible(found) else None


def _iso(value: str) -> Moment | None:
    match = _ISO.match(value)
    if match is None:
        return None
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["hour"] is None:
        return day
    hour, extra = divmod(int(match["hour"]), 24)[::-1]
    moment = datetime(
        day.year, day.month, day.day, hour, int(match["minute"]), min(int(match["second"] or 0), 59)
    )
    return _day_if_midnight(moment.replace(tzinfo=_zone(match["zone"])) + timedelta(days=extra))


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    if name.lower() in _ZONES:
        hours = _ZONES[name.lower()]
        return timezone(timedelta(hours=hours)) if hours else UTC
    sign = -1 if name[0] == "-" else 1
    digits = name[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(sign * offset) if offset else UTC


def _day_if_midnight(moment: datetime) -> Moment:
    return moment if moment.hour or moment.minute or moment.second else moment.date()


def _stamp(value: str) -> Moment | None:
    match = _STAMP.match(value)
    return datetime.fromtimestamp(int(match.group(1)), UTC) if match else None


def _mail(value: str) -> Moment | None:
    """As in mail and HTTP: Wed, 18 Oct 2017 14:05:00 +0200."""
    if not re.search(r"\d\d:\d\d:\d\d", value):
        return None
    try:
        return _day_if_midnight(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError):
        return None


def _numbers(value: str, american: bool) -> Moment | None:
    match = _NUMBERS.match(value)
    if match is None:
        return None
    one, mark, two, year = int(match[1]), match[2], int(match[3]), int(match[4])
    month_first = mark == "/" and (two > 12 or (american and one <= 12))
    day = date(year, one, two) if month_first else date(year, two, one)
    return _with_clock(day, value[match.end() :])


def _words(value: str) -> Moment | None:
    """October 18, 2017 at 2:05 p.m. EDT; 18 October 2017 14:05 GMT."""
    found = furniture.find_date(value)
    if found is None:
        return None
    day, start, end = found
    return _with_clock(day, value[end:] if _CLOCK.search(value[end:]) else value[:start])


def _with_clock(day: date, rest: str) -> Moment:
    match = _CLOCK.search(rest)
    if match is None:
        return day
    hour = int(match["hour"])
    half = (match["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(day.year, day.month, day.day, hour, int(match["minute"]), tzinfo=_zone(match["zone"]))


def _plausible(found: Moment) -> bool:
    day = found.date() if isinstance(found, datetime) else found
    return date(1980, 1, 1) <= day <= datetime.now(UTC).date() + timedelta(days=2)
