"""The time a figure speaks of, from the words of the text and the date it was published."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from factcheck.extraction.document import Period
from factcheck.extraction.english.figures import dating
from factcheck.extraction.english.figures.dating import Span

_M = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_Y = r"(?:1[6-9]\d\d|20\d\d|21\d\d)"
_D = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_WD = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_UNIT = r"(?:day|week|fortnight|month|quarter|year|decade|century)"
_N = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|few|couple\s+of)"


@dataclass(slots=True)
class Found:
    """An expression of time at [start, end), with its first and last day; None is an open or unknown end."""

    start: int
    end: int
    first: date | None
    last: date | None


_RULES: list[tuple[str, Callable[[re.Match[str], date | None], Span | None]]] = [
    (rf"(?:on\s+|since\s+)?(?:{_WD},?\s+)?(?P<m>{_M})\s+(?P<d>{_D}),?\s+(?P<y>{_Y})", dating.full),
    (rf"(?:on\s+|since\s+)?(?:{_WD},?\s+)?(?:the\s+)?(?P<d>{_D})(?:\s+of)?\s+(?P<m>{_M}),?\s+(?P<y>{_Y})", dating.full),
    (rf"(?:in\s+|for\s+|during\s+)?(?:the\s+)?(?P<unit>week|month|quarter|year)\s+(?:to|ending|ended|that\s+ended)\s+(?:on\s+)?(?:{_WD},?\s+)?(?:(?P<m>{_M})\s+(?P<d>{_D})|(?P<d2>{_D})\s+(?P<m2>{_M}))(?:,?\s+(?P<y>{_Y}))?", dating.ended),
    (rf"(?:in\s+|over\s+|during\s+)?(?:the\s+)?(?P<n>\d+|one|two|three|four|six|nine|twelve)?\s?-?(?P<unit>month|week|year)s?\s+(?:to|ending(?:\s+in)?|ended(?:\s+in)?)\s+(?:the\s+end\s+of\s+)?(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?", dating.to_month),
    (rf"since\s+(?:(?:early|late|mid)[\s-]+)?(?:(?P<m>{_M})(?:\s+of)?,?\s+)?(?P<y>{_Y})\b(?!\s*[-–]\s*\d)", dating.since),
    (rf"(?:between|from)\s+(?P<m>{_M})(?:\s+(?:of\s+)?(?P<y>{_Y}))?\s*(?:and|to|through|until|[-–])\s*(?P<m2>{_M})\s+(?:of\s+)?(?P<y2>{_Y})\b", dating.months),
    (rf"(?:in\s+|during\s+|by\s+|until\s+)?(?P<m>{_M})(?:\s+of)?,?\s+(?P<y>{_Y})\b", dating.month_year),
    (rf"(?:between|from|in|during|over)?\s*(?P<y>{_Y})\s*(?:[-–—/]|and|to|through|until)\s*(?P<y2>{_Y}|\d\d)\b(?!\s*(?:%|percent|people))", dating.years),
    (rf"(?:on\s+)?(?:{_WD},?\s+)?(?P<m>{_M})\s+(?P<d>{_D})\b(?!,\d|\s*(?:%|percent|people))", dating.month_day),
    (rf"(?:on\s+)?(?:{_WD},?\s+)?(?:the\s+)?(?P<d>{_D})(?:\s+of)?\s+(?P<m>{_M})\b", dating.month_day),
    (rf"(?:in\s+|for\s+|during\s+)?(?:the\s+|its\s+|fiscal\s+)?(?:(?P<n>first|second|third|fourth|1st|2nd|3rd|4th|final)[\s-]quarter|Q(?P<q>[1-4]))(?:(?:\s+of|,|\s+in)?\s+(?:(?:the\s+)?(?:fiscal\s+)?(?P<y>{_Y})|(?P<rel>this|last)\s+year))?", dating.named_quarter),
    (rf"(?:in\s+|for\s+|during\s+)?the\s+(?P<n>first|second)\s+half(?:\s+of\s+(?:(?P<y>{_Y})|(?:(?P<rel>this|last|the)\s+(?:fiscal\s+)?year)))", dating.half),
    (rf"(?:in\s+|during\s+)?(?:the\s+)?(?P<part>early|mid|late)[\s-]+(?P<y>{_Y})\b(?!s)", dating.part_year),
    (r"(?:in\s+|during\s+|since\s+)?the\s+(?:early\s+|mid-?\s?|late\s+)?(?P<y>(?:1[6-9]|20)\d0)['’]?s\b", dating.decade),
    (rf"by\s+(?:the\s+end\s+of\s+)?(?P<y>{_Y})\b(?![-–]\d)", dating.by_year),
    (rf"(?:in\s+|during\s+|for\s+|of\s+|from\s+|until\s+|before\s+|after\s+|throughout\s+|for\s+all\s+of\s+|(?:the\s+)?fiscal\s+(?:year\s+)?|(?:the\s+)?year\s+)(?P<y>{_Y})\b(?!\s*(?:%|percent|people)|[-–]\w|,\d)", dating.year),
    (rf"(?:in\s+|for\s+|over\s+|during\s+|within\s+|of\s+)?(?:the|its|his|her|their)?\s*(?P<rel>past|last|previous|next|coming|following|preceding)\s+(?P<n>{_N})\s+(?:\w+\s+)?(?P<unit>{_UNIT})s?\b", dating.past_units),
    (r"(?:in\s+|over\s+|during\s+|since\s+|from\s+)?(?:the\s+)?(?P<rel>last|previous|prior|next|coming|this|current|past)\s+(?:fiscal\s+|calendar\s+|financial\s+)?(?P<unit>week|month|quarter|year|decade|century)\b", dating.relative),
    (rf"(?P<n>{_N})\s+(?P<unit>{_UNIT}|hour)s?\s+ago\b", dating.ago),
    (r"so\s+far\s+this\s+year|this\s+year\s+so\s+far|year[\s-]to[\s-]date", dating.so_far),
    (rf"(?P<lead>in|since|during|last|by|of|this|next|until|from|for|through)\s+(?P<m>{_M})\b(?!\s+\d|[’'])", dating.bare_month),
    (r"\b(?P<w>yesterday|today|tonight|tomorrow)\b", dating.day_word),
    (rf"(?:(?P<lead>on|last|next|this|since|by|late|early)\s+)?(?P<w>{_WD})\b", dating.weekday),
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
                first, last = span
                # "Since 2023" in an article dated before it: the date is wrong or the time to come, so the end stays open.
                backwards = first is not None and last is not None and last < first
                found.append(Found(start, end, first, None if backwards else last))
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
    """The contract's period for a found expression."""
    return Period(
        found.start,
        found.end,
        text[found.start : found.end],
        found.first.isoformat() if found.first else None,
        found.last.isoformat() if found.last else None,
    )
