"""Quantities that belong together: sums in two parts, ranges, scores."""

from __future__ import annotations

import re
from fractions import Fraction

from factcheck.extraction.english.figures import exclude, money
from factcheck.extraction.english.figures.quantity import Quantity

_RANGE_LINK = re.compile(
    r"\s*(?P<link>[-–—‐‑~]|-to-|to|through|and|or|till|thru)\s*(?:(?:an?\s+estimated|about|around|approximately|nearly|almost|maybe|perhaps|even|up\s+to|as\s+(?:many|much|high)\s+as|more\s+than|over|the)\s+)?$",
    re.I,
)


_SCORE_CONTEXT = re.compile(
    r"\b(?:w[oi]n\w*|beat\w*|los[te]\w*|losing|defeat\w*|victor\w*|draw\w*|drew|lead\w*|led|trail\w*|scor\w+|goals?|match\w*|game\w*|"
    r"set|sets|final\w*|half[\s-]?time|full[\s-]?time|vote[ds]?|voting|ruled?|ruling|decision|advantage|tie[ds]?|tied|series|season|record|shootout|"
    r"penalt\w+|cup|league|round|triumph\w*|thrash\w*|edged?|downed|topped|aggregate|kick\w*|quarter|inning\w*|tournament|"
    r"champion\w*|semi\w*|side|team|club|unanimous\w*|majority|verdict|passed|approved|rejected|split)\b",
    re.I,
)


_SUBUNIT = {
    ("foot", "inch"): 12, ("hour", "minute"): 60, ("hour", "second"): 3600, ("minute", "second"): 60, ("pound", "ounce"): 16, ("metre", "centimetre"): 100,
    ("kilogram", "gram"): 1000, ("day", "hour"): 24, ("week", "day"): 7, ("year", "month"): 12, ("stone", "pound"): 14, ("yard", "foot"): 3,
    ("mile", "yard"): 1760, ("kilometre", "metre"): 1000,
}  # fmt: skip


_INCHES = re.compile(r"\s?(?:in\b\.?|\"|”|″)")


_COMPOUND_GAP = re.compile(r"(?:,?\s*(?:and\s+)?|-)$")


def compounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "5 ft 2 in" and "3 dollars 50 cents" are one quantity, in the larger unit."""
    result: list[Quantity] = []
    for quantity in found:
        if result:
            before = result[-1]
            gap = text[before.end : quantity.start]
            if (
                len(gap) <= 6
                and _COMPOUND_GAP.fullmatch(gap)
                and before.kind == "plain" == quantity.kind
                and before.low.denominator in (1, 60)
            ):
                inches = before.unit == "foot" and quantity.unit is None and _INCHES.match(text, quantity.end)
                if inches and quantity.low < 12:
                    quantity.end, quantity.unit = inches.end(), "inch"
                factor = _SUBUNIT.get((before.unit, quantity.unit))
                if factor and quantity.low < factor and ("," not in gap or before.dimension == "time"):
                    _add_part(before, quantity, factor)
                    continue
                if before.dimension == "currency" and before.unit not in money.MINOR:
                    minor = quantity.unit in money.MINOR
                    bare = quantity.unit is None and _is_cents(text, before, quantity, gap)
                    if (minor and quantity.low < 100) or bare:
                        _add_part(before, quantity, 100)
                        continue
        result.append(quantity)
    return result


def _is_cents(text: str, before: Quantity, quantity: Quantity, gap: str) -> bool:
    """ "15 dollars 50", "15 dollars and 15." but not "15 dollars and 2 tickets"."""
    written = quantity.literal
    if text[before.start].isdigit() and not text[before.number_end : before.end].strip():
        return False
    if before.start < before.number_end and before.end == before.number_end and "and" not in gap:
        return False
    if (
        quantity.low >= 100
        or quantity.low.denominator > 1
        or (written and len(written) != 2)
        or (not written and not quantity.spelled)
    ):
        return False
    return (
        re.match(r"\s*(?:$|[.!?,;](?:\s|$)|and\s+\w+\s+point)", text[quantity.end : quantity.end + 20])
        is not None
    )


def _add_part(before: Quantity, quantity: Quantity, factor: int) -> None:
    part = quantity.low / factor
    before.low += part
    before.high += part
    before.place = Fraction(1, factor) if factor == 100 else None
    before.end = before.number_end = quantity.end


def ranges(text: str, left: int, right: int, found: list[Quantity]) -> list[Quantity]:
    """Joins two quantities that make a range or a score: "4 to 5 million", "between 3 and 5", "3-1"."""
    result: list[Quantity] = []
    for quantity in found:
        if result and _joins(text, left, right, result[-1], quantity):
            continue
        result.append(quantity)
    return result


def _joins(text: str, left: int, right: int, before: Quantity, quantity: Quantity) -> bool:
    """Makes `before` the range from itself to `quantity`, or a score, where the text says so."""
    gap = text[before.end : quantity.start]
    if (
        len(gap) > 24
        or before.ranged
        or before.kind in ("multiple", "odds")
        or quantity.kind in ("multiple", "odds", "decade")
    ):
        return False
    if (
        quantity.low < 0
        and not gap.strip()
        and quantity.start == before.end
        and text[quantity.start] in "-−–"
    ):
        quantity.low, quantity.high, gap = -quantity.low, -quantity.high, "-"
    match = _RANGE_LINK.fullmatch(gap)
    if match is None:
        return False
    link = match.group("link").lower()
    dash = link in "-–—‐‑~"
    if link == "-to-":
        link, dash = "to", _VOTED.search(_lead(text, left, before)) is not None
    spoken = (
        link == "to" and _VOTED.search(_lead(text, left, before)) is not None and before.low > quantity.low
    )
    if (
        link == "to"
        and before.unit == "point"
        and quantity.unit is None
        and _WON.match(text, quantity.end, right)
    ):
        before.unit = None
        spoken = True
    if (
        (dash or spoken)
        and before.unit is None is quantity.unit
        and _score(text, left, right, before, quantity)
    ):
        before.low, before.high = sorted((before.low, quantity.low))
        before.end, before.ranged = quantity.end, True
        before.dimension, before.unit, before.bound, before.place = "score", None, "exact", Fraction(1)
        return True
    lead = text[max(left, before.start - 60) : before.start]
    if not _compatible(before, quantity):
        return False
    if link == "and" and not re.search(
        r"\bbetween\s+(?:(?:about|around|an?\s+estimated|roughly|the)\s+)?$", lead, re.I
    ):
        return False
    if link == "or" and not (before.unit in (None, quantity.unit) and _neighbours(before, quantity)):
        return False
    if dash and (before.spelled != quantity.spelled or " " in gap.strip()):
        return False
    if dash and gap.strip() == "—" and " " in gap:
        return False
    if (
        dash
        and before.literal
        and len(before.literal) == 4
        and exclude.is_year(text, left, right, before.parts[0])
    ):
        return False
    low, high = before.low, quantity.high
    low, place = _shared_scale(text, before, quantity, low)
    if low >= high:
        return False
    if link in ("to", "through") and _moves(text, left, lead, before, quantity):
        return False
    before.low, before.high, before.place = low, high, place
    before.end, before.number_end = quantity.end, quantity.number_end
    before.unit = quantity.unit or before.unit
    before.dimension = quantity.dimension if quantity.unit else before.dimension
    before.open_dollar |= quantity.open_dollar
    before.kind = (
        "plain" if quantity.kind in ("plain", "fraction") and before.kind == "plain" else before.kind
    )
    before.hyphen, before.ranged, before.literal = quantity.hyphen, True, ""
    before.bound = quantity.bound or before.bound
    return True


_WON = re.compile(r"\s+(?:wins?|victory|loss|defeat|margin|score|triumph|lead|draw)\b", re.I)
_VOTED = re.compile(
    r"\b(?:vot(?:e|ed|es|ing)|score|w[oi]n|lost|beat|defeat\w*|decision|ruled|ruling|tally|led|lead|trail\w*|passed|approved)\b[^,;]*$",
    re.I,
)


def _lead(text: str, left: int, quantity: Quantity) -> str:
    """The words before a quantity in its sentence."""
    return text[max(left, quantity.start - 60) : quantity.start]


def _compatible(before: Quantity, quantity: Quantity) -> bool:
    if before.unit is None or quantity.unit is None or before.unit == quantity.unit:
        return (
            quantity.unit is not None
            or before.unit is None
            or before.dimension == "currency"
            or before.kind != "plain"
        )
    return False


def _neighbours(before: Quantity, quantity: Quantity) -> bool:
    return before.low < quantity.high <= before.low * 3 + 2


def _shared_scale(
    text: str, before: Quantity, quantity: Quantity, low: Fraction
) -> tuple[Fraction, Fraction | None]:
    """ "4 to 5 million" and "$10-15m" share the scale of the last number."""
    first, last = before.parts[0], quantity.parts[0]
    factor = last.scaled
    place = quantity.place
    if (
        factor > 1
        and first.scaled == 1
        and first.kind == "plain"
        and (before.unit in (None, quantity.unit) or quantity.unit is None)
    ):
        if first.low < 1000 and first.low * factor < quantity.high:
            low *= factor
            if before.place is not None and place is not None:
                place = min(place, before.place * factor)
            return low, place
    if place is not None and before.place is not None:
        place = min(place, before.place)
    return low, place


_MOVE = re.compile(
    r"\b(?:r[oi]se\w*|rising|rose|grow\w*|grew|increas\w+|climb\w*|jump\w*|surg\w+|soar\w*|gain\w*|advanc\w+|f[ae]ll\w*|drop\w*|declin\w+|"
    r"slip\w*|sl[iu]d\w*|s[aiu]nk\w*|tumbl\w+|plung\w+|plummet\w*|shr[aiu]nk\w*|decreas\w+|dip\w*|eas(?:e|ed|es|ing)|dwindl\w+|narrow\w*|"
    r"widen\w*|cut|cuts|cutting|reduc\w+|slash\w*|lower\w*|trim\w*|rais\w+|lift\w*|boost\w*|hik\w+|expand\w*|went|gone|go|goes|going|"
    r"mov\w+|chang\w+|improv\w+|up|down|doubl\w+|tripl\w+|halv\w+|swell\w*|swollen|shift\w*|push\w*|bring\w*|brought|upgrad\w+|downgrad\w+|revis\w+|extend\w*|shorten\w*|adjust\w*)\b[^,;]*$",
    re.I,
)


def _moves(text: str, left: int, lead: str, before: Quantity, quantity: Quantity) -> bool:
    """ "Fell from 345 to 325" and "rose 3 % to 5 %" give two levels, not a range."""
    if re.search(
        r"\b(?:range|ranges|ranged|ranging)\s+(?:of|from|between|anywhere)\s+(?:\w+\s+)?$", lead, re.I
    ):
        return False
    if re.search(
        r"\bfrom\s+(?:(?:about|around|an?|roughly|some|nearly|almost|just|over|under|more\s+than|less\s+than|below|above|the|its|a\s+record|the\s+current|current|estimated|approximately)\s+){0,3}$",
        lead,
        re.I,
    ):
        wide = text[max(left, before.start - 110) : before.start]
        return (
            _MOVE.search(wide) is not None
            or re.search(
                r"\b(?:increase|rise|drop|fall|cut|reduction|decline|jump|growth)\b[^,;]*$", wide, re.I
            )
            is not None
        )
    if before.unit is not None and before.end > before.number_end and quantity.unit == before.unit:
        return _MOVE.search(lead) is not None
    return (
        before.dimension == "currency"
        and before.unit is not None
        and text[before.start : before.start + 1] in "$£€"
        and _MOVE.search(lead) is not None
    )


def _score(text: str, left: int, right: int, before: Quantity, quantity: Quantity) -> bool:
    if not before.literal or not quantity.literal or max(before.low, quantity.low) > 999:
        return False
    if not (before.literal.isdigit() and quantity.literal.isdigit()):
        return False
    after = text[quantity.end : quantity.end + 24]
    if re.match(
        r"[\s-]*(?:%|per\s?cent|million|billion|thousand|years?|year-olds?|days?|weeks?|months?|hours?|minutes?|people|degrees?)",
        after,
        re.I,
    ):
        return False
    nearby = text[max(left, before.start - 90) : min(right, quantity.end + 70)]
    if (
        before.low < quantity.low
        and before.low > 0
        and not re.search(
            r"\b(?:w[oi]n|won|beat\w*|lost|lose|losing|defeat\w*|victory|draw\w*|drew|led|lead|scor\w+|vote[ds]?|tied?|trail\w*|down|ruled|ruling|win|wins|loss|thrash\w*)\b",
            nearby,
            re.I,
        )
    ):
        return False
    return _SCORE_CONTEXT.search(nearby) is not None or before.low >= quantity.low
