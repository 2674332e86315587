"""What an expression of time means: the first and last day of "last year", "since 2014", "in the third quarter".

Each function takes the match of its pattern and the date of publication, and gives the first and last day, None for an end
that cannot be told; it gives None where the words are no date after all.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

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

Span = tuple[date | None, date | None]


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


def lead(m: re.Match[str]) -> str:
    """The words before an expression of time."""
    return m.string[max(0, m.start() - 60) : m.end()]


def full(m: re.Match[str], at: date | None) -> Span | None:
    """ "4 January 2019": that day."""
    day = _day(int(m["y"]), _month(m["m"]), int(re.match(r"\d+", m["d"]).group()))
    return (day, day) if day else None


def month_year(m: re.Match[str], at: date | None) -> Span | None:
    """ "In March 2019": that month."""
    return _month_span(int(m["y"]), _month(m["m"]))


def month_day(m: re.Match[str], at: date | None) -> Span | None:
    """ "May 2": that day of the year nearest to publication."""
    month = _month(m["m"])
    number = int(re.match(r"\d+", m["d"]).group())
    year = _near_year(month, at, lead(m), number)
    if year is None:
        return None, None
    day = _day(year, month, number)
    return (day, day) if day else None


def bare_month(m: re.Match[str], at: date | None) -> Span | None:
    """ "In March", "last May": that month of the year nearest to publication."""
    month = _month(m["m"])
    year = _near_year(month, at, lead(m))
    if year is None:
        return None, None
    if m["lead"].lower().startswith("last") and at and month >= at.month:
        year = at.year - 1
    return _month_span(year, month)


def months(m: re.Match[str], at: date | None) -> Span | None:
    """ "Between January 2016 and December 2019", "from March to May 2020"."""
    last = int(m["y2"])
    first = int(m["y"]) if m["y"] else last - (_month(m["m"]) > _month(m["m2"]))
    start, end = _month_span(first, _month(m["m"]))[0], _month_span(last, _month(m["m2"]))[1]
    return (start, end) if start <= end else None


def years(m: re.Match[str], at: date | None) -> Span | None:
    """ "2012-13", "from 2004 to 2015": both years whole."""
    first, second = int(m["y"]), m["y2"]
    last = int(second) if len(second) == 4 else int(m["y"][: 4 - len(second)] + second)
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def since(m: re.Match[str], at: date | None) -> Span | None:
    """ "Since 2014", "since March 2014": from its first day to publication."""
    start = date(int(m["y"]), _month(m["m"]) if m["m"] else 1, 1)
    return start, at


def by_year(m: re.Match[str], at: date | None) -> Span | None:
    """ "By 2030": an open beginning, and the last day of the year."""
    return None, date(int(m["y"]), 12, 31)


def year(m: re.Match[str], at: date | None) -> Span | None:
    """ "In 2018": the calendar year."""
    return _year_span(int(m["y"]))


def part_year(m: re.Match[str], at: date | None) -> Span | None:
    """ "Early 2019", "late 2018": four months of it."""
    year = int(m["y"])
    part = m["part"].lower()
    if part == "early":
        return date(year, 1, 1), date(year, 4, 30)
    if part == "late":
        return date(year, 9, 1), date(year, 12, 31)
    return date(year, 5, 1), date(year, 8, 31)


def decade(m: re.Match[str], at: date | None) -> Span | None:
    """ "The 1990s": ten years."""
    first = int(m["y"])
    return date(first, 1, 1), date(first + 9, 12, 31)


def _quarter_of(year: int, quarter: int) -> Span:
    return date(year, quarter * 3 - 2, 1), _month_span(year, quarter * 3)[1]


def named_quarter(m: re.Match[str], at: date | None) -> Span | None:
    """ "The third quarter of 2018", "Q2": three calendar months."""
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


def half(m: re.Match[str], at: date | None) -> Span | None:
    """ "The first half of 2018": six calendar months."""
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


def relative(m: re.Match[str], at: date | None) -> Span | None:
    """ "Last year", "this month", "the past week": a calendar unit, or with "past" the days up to publication."""
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


def past_units(m: re.Match[str], at: date | None) -> Span | None:
    """ "Over the past five years", "the next two weeks": a stretch that ends or begins with publication."""
    if at is None:
        return None, None
    count, unit = _number(m["n"]), m["unit"].lower()
    if m["rel"].lower() in ("next", "coming", "following"):
        return at, _step(at, unit, count)
    return _step(at, unit, -count), at


def ago(m: re.Match[str], at: date | None) -> Span | None:
    """ "Two years ago": the calendar year, month or day that far back."""
    if at is None:
        return None, None
    unit = m["unit"].lower()
    day = _step(at, unit, -_number(m["n"]))
    if unit in ("year", "decade", "century"):
        return _year_span(day.year)
    return _month_span(day.year, day.month) if unit in ("month", "quarter") else (day, day)


def day_word(m: re.Match[str], at: date | None) -> Span | None:
    """ "Yesterday", "today", "tomorrow"."""
    if at is None:
        return None, None
    day = at + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(m["w"].lower(), 0))
    return day, day


def weekday(m: re.Match[str], at: date | None) -> Span | None:
    """ "On Monday": the last such day up to publication, or with "next" the coming one."""
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


def so_far(m: re.Match[str], at: date | None) -> Span | None:
    """ "So far this year": from the first of January to publication."""
    return (date(at.year, 1, 1), at) if at else (None, None)


def to_month(m: re.Match[str], at: date | None) -> Span | None:
    """ "Three months to June": the months that end with it."""
    month = _month(m["m"])
    year = int(m["y"]) if m["y"] else _near_year(month, at, "")
    if year is None:
        return None, None
    last = _month_span(year, month)[1]
    unit = m["unit"].lower()
    first = _step(date(year, month, 1), unit, -_number(m["n"] or "one"))
    return _step(first, "month", 1), last


def ended(m: re.Match[str], at: date | None) -> Span | None:
    """ "The quarter that ended on June 30": the stretch up to that day."""
    month = _month(m["m"] or m["m2"])
    year = int(m["y"]) if m["y"] else _near_year(month, at, "")
    if year is None:
        return None, None
    last = _day(year, month, int(re.match(r"\d+", m["d"] or m["d2"]).group()))
    return (_step(_step(last, m["unit"].lower(), -1), "day", 1), last) if last else None
