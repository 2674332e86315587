"""The time a figure speaks of, from the words of the text and the date it was published."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from factcheck.extraction.document import Period

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_COUNTS = {
    w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_COUNTS |= {
    w: n for n, w in enumerate("thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 13)
}
_COUNTS |= {
    "a": 1,
    "an": 1,
    "few": 3,
    "couple of": 2,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}
_ORDER = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
}

_M = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_Y = r"(?:1[6-9]\d\d|20\d\d|21\d\d)"
_D = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_WD = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_UNIT = r"(?:day|week|fortnight|month|quarter|year|decade|century)"
_N = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|few|couple\s+of)"

Span = tuple[date | None, date | None]


@dataclass(slots=True)
class Found:
    start: int
    end: int
    first: date | None
    last: date | None


def _month(text: str) -> int:
    return _MONTHS[text.lower().rstrip(".")]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    text = re.sub(r"\s+", " ", text.lower())
    return int(text) if text.isdigit() else _COUNTS.get(text, 1)


def _month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year_span(year: int) -> Span:
    return date(year, 1, 1), date(year, 12, 31)


_AHEAD = re.compile(
    r"\b(?:next|will|by|until|through|till|scheduled|expected|due|upcoming|deadline|plans?|planned|to\s+be|going\s+to|set\s+to)\b",
    re.I,
)


def _near_year(month: int, published: date | None, words: str, day: int = 15) -> int | None:
    """The year of a month or day named without one.

    The last such before publication, unless the words before it look ahead or the coming one is far nearer.
    """
    if published is None:
        return None
    this = _day(published.year, month, min(day, 28))
    if this <= published or (month == published.month and day == 15):
        last, coming = published.year, published.year + 1
    else:
        last, coming = published.year - 1, published.year
    if last == published.year and month == published.month:
        return last
    past = (published - _day(last, month, min(day, 28))).days
    future = (_day(coming, month, min(day, 28)) - published).days
    if _AHEAD.search(words) or past > 4 * future:
        return coming
    return last


def _lead(m: re.Match[str]) -> str:
    """The words before an expression of time."""
    return m.string[max(0, m.start() - 60) : m.end()]


def _full(m: re.Match[str], at: date | None) -> Span | None:
    day = _day(int(m["y"]), _month(m["m"]), int(re.match(r"\d+", m["d"]).group()))
    return (day, day) if day else None


def _month_year(m: re.Match[str], at: date | None) -> Span | None:
    return _month_span(int(m["y"]), _month(m["m"]))


def _month_day(m: re.Match[str], at: date | None) -> Span | None:
    month = _month(m["m"])
    number = int(re.match(r"\d+", m["d"]).group())
    year = _near_year(month, at, _lead(m), number)
    if year is None:
        return None, None
    day = _day(year, month, number)
    return (day, day) if day else None


def _bare_month(m: re.Match[str], at: date | None) -> Span | None:
    month = _month(m["m"])
    year = _near_year(month, at, _lead(m))
    if year is None:
        return None, None
    if m["lead"].lower().startswith("last") and at and month >= at.month:
        year = at.year - 1
    return _month_span(year, month)


def _months(m: re.Match[str], at: date | None) -> Span | None:
    """ "Between January 2016 and December 2019", "from March to May 2020"."""
    last = int(m["y2"])
    first = int(m["y"]) if m["y"] else last - (_month(m["m"]) > _month(m["m2"]))
    start, end = _month_span(first, _month(m["m"]))[0], _month_span(last, _month(m["m2"]))[1]
    return (start, end) if start <= end else None


def _years(m: re.Match[str], at: date | None) -> Span | None:
    first, second = int(m["y"]), m["y2"]
    last = int(second) if len(second) == 4 else int(m["y"][: 4 - len(second)] + second)
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _since(m: re.Match[str], at: date | None) -> Span | None:
    start = date(int(m["y"]), _month(m["m"]) if m["m"] else 1, 1)
    return start, at


def _by_year(m: re.Match[str], at: date | None) -> Span | None:
    return None, date(int(m["y"]), 12, 31)


def _year(m: re.Match[str], at: date | None) -> Span | None:
    return _year_span(int(m["y"]))


def _part_year(m: re.Match[str], at: date | None) -> Span | None:
    year = int(m["y"])
    part = m["part"].lower()
    if part == "early":
        return date(year, 1, 1), date(year, 4, 30)
    if part == "late":
        return date(year, 9, 1), date(year, 12, 31)
    return date(year, 5, 1), date(year, 8, 31)


def _decade(m: re.Match[str], at: date | None) -> Span | None:
    first = int(m["y"])
    return date(first, 1, 1), date(first + 9, 12, 31)


def _quarter_of(year: int, quarter: int) -> Span:
    return date(year, quarter * 3 - 2, 1), _month_span(year, quarter * 3)[1]


def _named_quarter(m: re.Match[str], at: date | None) -> Span | None:
    word = (m["n"] or m["q"] or "").lower()
    quarter = _ORDER.get(word) or (int(word) if word.isdigit() else None)
    if quarter is None:
        return None
    year = int(m["y"]) if m["y"] else None
    if year is None:
        if at is None:
            return None, None
        year = at.year
        if (m["rel"] or "").lower() == "last" or (not m["rel"] and quarter * 3 - 2 > at.month):
            year -= 1
    return _quarter_of(year, quarter)


def _half(m: re.Match[str], at: date | None) -> Span | None:
    year = (
        int(m["y"])
        if m["y"]
        else (at.year - (1 if (m["rel"] or "").lower() == "last" else 0) if at else None)
    )
    if year is None:
        return None, None
    if m["n"].lower() == "first":
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)


def _step(day: date, unit: str, count: int) -> date:
    """`day` moved by `count` units."""
    if unit == "hour":
        return day - timedelta(days=1) if count <= -20 else day
    if unit in ("day", "week", "fortnight"):
        try:
            return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        except OverflowError:
            return day
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        return day
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _whole(day: date, unit: str) -> Span:
    """The calendar unit that `day` lies in."""
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if unit == "month":
        return _month_span(day.year, day.month)
    if unit == "quarter":
        return _quarter_of(day.year, (day.month + 2) // 3)
    if unit == "year":
        return _year_span(day.year)
    if unit == "decade":
        return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return day, day


def _relative(m: re.Match[str], at: date | None) -> Span | None:
    if at is None:
        return None, None
    unit = m["unit"].lower()
    step = {
        "last": -1,
        "previous": -1,
        "prior": -1,
        "next": 1,
        "coming": 1,
        "this": 0,
        "current": 0,
        "past": -1,
    }[m["rel"].lower()]
    if m["rel"].lower() == "past":
        return _step(at, unit, -1), at
    return _whole(_step(at, unit, step), unit)


def _past_units(m: re.Match[str], at: date | None) -> Span | None:
    if at is None:
        return None, None
    count, unit = _number(m["n"]), m["unit"].lower()
    if m["rel"].lower() in ("next", "coming", "following"):
        return at, _step(at, unit, count)
    return _step(at, unit, -count), at


def _ago(m: re.Match[str], at: date | None) -> Span | None:
    if at is None:
        return None, None
    unit = m["unit"].lower()
    day = _step(at, unit, -_number(m["n"]))
    if unit in ("year", "decade", "century"):
        return _year_span(day.year)
    return _month_span(day.year, day.month) if unit in ("month", "quarter") else (day, day)


def _day_word(m: re.Match[str], at: date | None) -> Span | None:
    if at is None:
        return None, None
    day = at + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(m["w"].lower(), 0))
    return day, day


def _weekday(m: re.Match[str], at: date | None) -> Span | None:
    if at is None:
        return None, None
    back = (at.weekday() - _DAYS[m["w"].lower()]) % 7
    lead = (m["lead"] or "").lower()
    day = at - timedelta(days=back)
    if lead.startswith("next"):
        day = at + timedelta(days=7 - back if back else 7)
    elif lead.startswith("last") and not back:
        day = at - timedelta(days=7)
    return day, day


def _so_far(m: re.Match[str], at: date | None) -> Span | None:
    return (date(at.year, 1, 1), at) if at else (None, None)


def _to_month(m: re.Match[str], at: date | None) -> Span | None:
    month = _month(m["m"])
    year = int(m["y"]) if m["y"] else _near_year(month, at, "")
    if year is None:
        return None, None
    last = _month_span(year, month)[1]
    unit = m["unit"].lower()
    first = _step(date(year, month, 1), unit, -_number(m["n"] or "one"))
    return _step(first, "month", 1), last


def _ended(m: re.Match[str], at: date | None) -> Span | None:
    month = _month(m["m"] or m["m2"])
    year = int(m["y"]) if m["y"] else _near_year(month, at, "")
    if year is None:
        return None, None
    last = _day(year, month, int(re.match(r"\d+", m["d"] or m["d2"]).group()))
    return (_step(_step(last, m["unit"].lower(), -1), "day", 1), last) if last else None


_RULES: list[tuple[str, Callable[[re.Match[str], date | None], Span | None]]] = [
    (rf"(?:on\s+|since\s+)?(?:{_WD},?\s+)?(?P<m>{_M})\s+(?P<d>{_D}),?\s+(?P<y>{_Y})", _full),
    (rf"(?:on\s+|since\s+)?(?:{_WD},?\s+)?(?:the\s+)?(?P<d>{_D})(?:\s+of)?\s+(?P<m>{_M}),?\s+(?P<y>{_Y})", _full),
    (rf"(?:in\s+|for\s+|during\s+)?(?:the\s+)?(?P<unit>week|month|quarter|year)\s+(?:to|ending|ended|that\s+ended)\s+(?:on\s+)?(?:{_WD},?\s+)?(?:(?P<m>{_M})\s+(?P<d>{_D})|(?P<d2>{_D})\s+(?P<m2>{_M}))(?:,?\s+(?P<y>{_Y}))?", _ended),
    (rf"(?:in\s+|over\s+|during\s+)?(?:the\s+)?(?P<n>\d+|one|two|three|four|six|nine|twelve)?\s?-?(?P<unit>month|week|year)s?\s+(?:to|ending(?:\s+in)?|ended(?:\s+in)?)\s+(?:the\s+end\s+of\s+)?(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?", _to_month),
    (rf"since\s+(?:(?:early|late|mid)[\s-]+)?(?:(?P<m>{_M})(?:\s+of)?,?\s+)?(?P<y>{_Y})\b(?!\s*[-–]\s*\d)", _since),
    (rf"(?:between|from)\s+(?P<m>{_M})(?:\s+(?:of\s+)?(?P<y>{_Y}))?\s*(?:and|to|through|until|[-–])\s*(?P<m2>{_M})\s+(?:of\s+)?(?P<y2>{_Y})\b", _months),
    (rf"(?:in\s+|during\s+|by\s+|until\s+)?(?P<m>{_M})(?:\s+of)?,?\s+(?P<y>{_Y})\b", _month_year),
    (rf"(?:between|from|in|during|over)?\s*(?P<y>{_Y})\s*(?:[-–—/]|and|to|through|until)\s*(?P<y2>{_Y}|\d\d)\b(?!\s*(?:%|percent|people))", _years),
    (rf"(?:on\s+)?(?:{_WD},?\s+)?(?P<m>{_M})\s+(?P<d>{_D})\b(?!,\d|\s*(?:%|percent|people))", _month_day),
    (rf"(?:on\s+)?(?:{_WD},?\s+)?(?:the\s+)?(?P<d>{_D})(?:\s+of)?\s+(?P<m>{_M})\b", _month_day),
    (rf"(?:in\s+|for\s+|during\s+)?(?:the\s+|its\s+|fiscal\s+)?(?:(?P<n>first|second|third|fourth|1st|2nd|3rd|4th|final)[\s-]quarter|Q(?P<q>[1-4]))(?:(?:\s+of|,|\s+in)?\s+(?:(?:the\s+)?(?:fiscal\s+)?(?P<y>{_Y})|(?P<rel>this|last)\s+year))?", _named_quarter),
    (rf"(?:in\s+|for\s+|during\s+)?the\s+(?P<n>first|second)\s+half(?:\s+of\s+(?:(?P<y>{_Y})|(?:(?P<rel>this|last|the)\s+(?:fiscal\s+)?year)))", _half),
    (rf"(?:in\s+|during\s+)?(?:the\s+)?(?P<part>early|mid|late)[\s-]+(?P<y>{_Y})\b(?!s)", _part_year),
    (r"(?:in\s+|during\s+|since\s+)?the\s+(?:early\s+|mid-?\s?|late\s+)?(?P<y>(?:1[6-9]|20)\d0)['’]?s\b", _decade),
    (rf"by\s+(?:the\s+end\s+of\s+)?(?P<y>{_Y})\b(?![-–]\d)", _by_year),
    (rf"(?:in\s+|during\s+|for\s+|of\s+|from\s+|until\s+|before\s+|after\s+|throughout\s+|for\s+all\s+of\s+|(?:the\s+)?fiscal\s+(?:year\s+)?|(?:the\s+)?year\s+)(?P<y>{_Y})\b(?!\s*(?:%|percent|people)|[-–]\w|,\d)", _year),
    (rf"(?:in\s+|for\s+|over\s+|during\s+|within\s+|of\s+)?(?:the|its|his|her|their)?\s*(?P<rel>past|last|previous|next|coming|following|preceding)\s+(?P<n>{_N})\s+(?:\w+\s+)?(?P<unit>{_UNIT})s?\b", _past_units),
    (r"(?:in\s+|over\s+|during\s+|since\s+|from\s+)?(?:the\s+)?(?P<rel>last|previous|prior|next|coming|this|current|past)\s+(?:fiscal\s+|calendar\s+|financial\s+)?(?P<unit>week|month|quarter|year|decade|century)\b", _relative),
    (rf"(?P<n>{_N})\s+(?P<unit>{_UNIT}|hour)s?\s+ago\b", _ago),
    (r"so\s+far\s+this\s+year|this\s+year\s+so\s+far|year[\s-]to[\s-]date", _so_far),
    (rf"(?P<lead>in|since|during|last|by|of|this|next|until|from|for|through)\s+(?P<m>{_M})\b(?!\s+\d|[’'])", _bare_month),
    (r"\b(?P<w>yesterday|today|tonight|tomorrow)\b", _day_word),
    (rf"(?:(?P<lead>on|last|next|this|since|by|late|early)\s+)?(?P<w>{_WD})\b", _weekday),
]  # fmt: skip
_COMPILED = [(re.compile(rf"\b(?:{pattern})", re.I), rule) for pattern, rule in _RULES]
_HINT = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"1[6-9]\d\d|20\d\d|21\d\d|\w+day|today|tonight|tomorrow|quarter|Q[1-4]|half|(?:1[6-9]|20)\d0s|week|weeks|month|months|year|years|decades?|days|ago|century|centuries|fortnight|date)\b",
    re.I,
)


def find(text: str, left: int, right: int, published: date | None) -> list[Found]:
    """The expressions of time in text[left:right], the longest where they overlap; open ends are None."""
    if not _HINT.search(text, left, right):
        return []
    found: list[Found] = []
    for pattern, rule in _COMPILED:
        for match in pattern.finditer(text, left, right):
            start, end = match.span()
            while start < end and text[start].isspace():
                start += 1
            if any(a.start < end and start < a.end for a in found):
                continue
            span = rule(match, published)
            if span is not None:
                found.append(Found(start, end, *span))
    found.sort(key=lambda item: item.start)
    return found


def nearest(spans: list[Found], start: int, end: int, text: str = "") -> Found | None:
    """The expression of time that a figure at [start, end) most likely speaks of."""
    best, score = None, None
    for span in spans:
        if span.start < end and start < span.end:
            return span
        distance = span.start - end if span.start >= end else (start - span.end) + 12
        if score is None or distance < score:
            best, score = span, distance
    return best


def as_period(text: str, found: Found) -> Period:
    return Period(
        found.start,
        found.end,
        text[found.start : found.end],
        found.first.isoformat() if found.first else None,
        found.last.isoformat() if found.last else None,
    )
