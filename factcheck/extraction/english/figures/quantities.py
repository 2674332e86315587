"""Numbers with what is written onto them: currency, unit of measure, age, score, range and sums in two parts."""

from __future__ import annotations

import re
from fractions import Fraction

from factcheck.extraction.english.figures import ages, exclude, money, numbers, ranges, units
from factcheck.extraction.english.figures.numbers import Number
from factcheck.extraction.english.figures.quantity import Quantity

_FOLD = re.compile(r"[\s-]?fold\b", re.I)
_POINTS = re.compile(r"(?:[\s-]+(?:percentage|per\s+cent|percent)[\s-]+points?|[\s-]+points?)\b", re.I)


def find(text: str, left: int, right: int) -> list[Quantity]:
    """The quantities of the sentence text[left:right], in order."""
    found = numbers.find(text, left, right)
    if not found:
        return []
    taken = exclude.taken(text, left, right)
    quake = _QUAKE.search(text, left, right) is not None
    kept: list[Quantity] = []
    for number in found:
        decade = ages.decade(text, left, number)
        if decade is not None:
            kept.append(decade)
            continue
        if exclude.hides(taken, number) or exclude.is_name_part(text, left, right, number):
            continue
        if kept and number.start < kept[-1].end:
            continue
        quantity = _dress(text, max(left, kept[-1].end) if kept else left, right, number)
        if quantity is not None:
            if quantity.unit is None and quake and _is_magnitude(text, left, quantity):
                quantity.unit, quantity.dimension, quantity.literal = "magnitude", "other", ""
            kept.append(quantity)
    kept = ranges.compounds(text, kept)
    kept = ranges.ranges(text, left, right, kept)
    kept = [q for q in kept if not _is_bare_year(text, left, right, q)]
    for quantity in kept:
        ages.mark(text, left, right, quantity)
    return kept


_QUAKE = re.compile(r"\b(?:(?:earth)?quakes?|magnitudes?|Richter|tremors?|aftershocks?|seismic)\b", re.I)
_AND_A_HALF = re.compile(
    r"(?P<first>\b(?:an?|one)\s+)?\b(?P<unit>year|month|week|day|hour|minute|mile|century|decade|point|metre|meter|kilomet(?:re|er))[\s-]+and[\s-]+$",
    re.I,
)


def _is_magnitude(text: str, left: int, quantity: Quantity) -> bool:
    """The strength of an earthquake: one decimal, or right beside the word."""
    if not 0 < quantity.low < 11 or quantity.spelled:
        return False
    before = text[max(left, quantity.start - 24) : quantity.start]
    after = text[quantity.end : quantity.end + 12]
    if re.search(
        r"\bmagnitudes?\s+(?:of\s+)?(?:about\s+|over\s+|above\s+|around\s+|at\s+least\s+)?$", before, re.I
    ) or re.match(r"[\s-]+magnitude", after, re.I):
        return True
    return "." in quantity.literal and not re.match(
        r"[\s-]+(?!quake|earthquake|tremor|aftershock|on\b|in\b|and\b|at\b|to\b|earlier|struck|hit)\w", after
    )


def _dress(text: str, left: int, right: int, number: Number) -> Quantity | None:
    """A number with its unit or currency; None where letters against it make it a name."""
    quantity = Quantity(
        number.start, number.end, number.low, number.high, number.kind, number.place, number.spelled,
        number_end=number.end, literal=number.literal, parts=[number],
    )  # fmt: skip
    if number.kind in ("fraction", "odds"):
        quantity.unit, quantity.dimension = "fraction", "ratio"
    if number.kind == "fraction" and number.low == Fraction(1, 2):
        more = _AND_A_HALF.search(text[max(left, number.start - 24) : number.start])
        if more:
            unit = units.BY_WORD.get(more.group("unit").lower())
            if unit is not None:
                quantity.start = number.start - len(more.group())
                quantity.low = quantity.high = Fraction(3, 2)
                quantity.kind, quantity.unit, quantity.dimension = "plain", unit.name, unit.dimension
                return quantity
    if number.kind == "multiple":
        quantity.unit, quantity.dimension, quantity.change = "time", "multiple", number.change
        return quantity
    start = number.start
    sum_of = money.around(text, start, number.end, left, right, scaled=number.scaled >= 100)
    if sum_of is not None and number.kind in ("plain", "vague", "fraction"):
        _pay(text, quantity, sum_of, left, right)
        return quantity
    if _PERCENT_OF.search(text[max(0, start - 20) : start]):
        quantity.unit, quantity.dimension = "percent", "ratio"
        return quantity
    if re.search(
        r"\bfactors?\s+of\s+(?:about\s+|around\s+|at\s+least\s+|nearly\s+|up\s+to\s+)?$",
        text[max(left, start - 24) : start],
        re.I,
    ):
        quantity.unit, quantity.dimension, quantity.kind = "time", "multiple", "multiple"
        return quantity
    feet = _FEET_INCHES.match(text, number.end, right)
    if feet and not number.spelled and number.low.denominator == 1 and number.low < 10:
        quantity.low = quantity.high = number.low + Fraction(
            int(feet.group("marked") or feet.group("inches")), 12
        )
        quantity.unit, quantity.dimension, quantity.end, quantity.place = "foot", "length", feet.end(), None
        return quantity
    clocked = _RACE_TIME.match(text, number.end, right)
    if clocked and not number.spelled and number.low.denominator == 1:
        return _clocked(quantity, clocked)
    fold = _FOLD.match(text, number.end, right)
    if fold:
        quantity.unit, quantity.dimension, quantity.end = "time", "multiple", fold.end()
        quantity.kind = "multiple"
        return quantity
    unit = units.after(text, number.end, right, digits=not number.spelled)
    if unit is not None:
        return _measured(text, right, quantity, unit)
    if not number.spelled and re.match(r"[A-Za-z]", text[number.end : number.end + 1]):
        return None
    plus = re.match(r"\s?\+(?!\d)", text[number.end : number.end + 2])
    if plus:
        quantity.bound = "at_least"
        quantity.number_end += len(plus.group())
        unit = units.after(text, quantity.number_end, right, digits=False)
        if unit is not None:
            return _measured(text, right, quantity, unit)
    return _hyphenated(text, right, quantity)


_FEET_INCHES = re.compile(
    r"(?:['′’]\s?(?P<marked>\d|1[01])(?:\"|″|”|''|’’)|\s?(?:ft|feet|foot)\.?\s?(?P<inches>\d|1[01])\s?(?:ins?|inches)\b\.?)"
)
_RACE_TIME = re.compile(r":(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d(?:\.\d+)?)|(?P<part>\.\d+))(?![\d:])")


def _clocked(quantity: Quantity, match: re.Match[str]) -> Quantity:
    """ "2:14:04" and "3:43.13" are spans of time, in the larger unit, as "5 ft 2 in" is a length."""
    if match.group("third"):
        rest = Fraction(int(match.group("second")), 60) + Fraction(match.group("third")) / 3600
        quantity.unit = "hour"
    else:
        rest = Fraction(match.group("second") + match.group("part")) / 60
        quantity.unit = "minute"
    quantity.low += rest
    quantity.high += rest
    quantity.dimension, quantity.place, quantity.literal = "time", None, ""
    quantity.end = quantity.number_end = match.end()
    return quantity


_PERCENT_OF = re.compile(r"(?:^|[.;:(]\s*)(?:per\s?cent|percentage|%)\s+of\s+$", re.I)
_HEAT = re.compile(
    r"temperature|thermo|weather|heat|\bhot|cold|warm|\bcool|freez|boil|oven|fever|climate|normal|degrees|\bhigh|\blow|\bdrop|record|reach|sunny|°",
    re.I,
)
_ANGLE = re.compile(
    r"\b(?:angle|turn|tilt|rotat|latitud|longitud|slope|inclin|spin|view|panoram|\d+-degree\s+(?:turn|view|angle|arc)|north|south|compass|bearing|pan)",
    re.I,
)


def _pay(text: str, quantity: Quantity, sum_of: money.Money, left: int, right: int) -> None:
    quantity.start, quantity.end = min(quantity.start, sum_of.start), max(sum_of.end, quantity.end)
    quantity.low *= sum_of.factor
    quantity.high *= sum_of.factor
    if quantity.place is not None:
        quantity.place *= sum_of.factor
    quantity.unit, quantity.dimension = sum_of.name, "currency"
    if sum_of.name == "dollar":
        quantity.unit, quantity.open_dollar = "US dollar", True
    elif sum_of.name == "pound":
        quantity.unit = "pound sterling"
    if quantity.kind == "fraction":
        quantity.kind = "plain"
    before = text[max(left, quantity.start - 3) : quantity.start]
    if sum_of.sign and re.search(r"(?:^|[\s(])[-−–]$", before) and quantity.low > 0:
        quantity.start -= 1
        quantity.low, quantity.high = -quantity.low, -quantity.high
    plus = re.match(r"\+(?!\d)", text[quantity.end : quantity.end + 1])
    if plus:
        quantity.bound = "at_least"


def _measured(text: str, right: int, quantity: Quantity, found: units.Found) -> Quantity | None:
    unit = found.unit
    quantity.hyphen = "-" in found.gap or "‑" in found.gap or "‐" in found.gap
    if quantity.kind == "odds":
        return quantity
    if unit.name == "percent" and re.match(r"[\s-]+points?\b", text[found.end : found.end + 9], re.I):
        unit = units.BY_WORD["percentage point"]
        found.end += re.match(r"[\s-]+points?", text[found.end : found.end + 9], re.I).end()
    if quantity.kind == "fraction":
        # "Half a mile" and "a quarter century" are sizes; "half the year" is a share.
        quantity.kind = "plain"
        article = re.match(r"an?\s+(?=half|quarter)", text[quantity.start : quantity.number_end], re.I)
        if article:
            quantity.start += article.end()
    quantity.unit, quantity.dimension = unit.name, unit.dimension
    quantity.end = found.end
    if text[found.start : found.end] == "s" and _OVER.search(
        text[max(0, quantity.start - 7) : quantity.start]
    ):
        # "Over 60s" are people.
        return None
    if unit.name == "celsius" and quantity.spelled and found.gap == "":
        return None
    if (
        unit.name in ("celsius", "fahrenheit")
        and text[found.start : found.end] in ("C", "F")
        and not found.gap
    ):
        if quantity.low >= 0 and not _HEAT.search(
            text, max(0, quantity.start - 120), min(len(text), quantity.end + 80)
        ):
            return None
    if unit.name == "degree" and not _ANGLE.search(
        text, max(0, quantity.start - 40), min(len(text), quantity.end + 24)
    ):
        quantity.dimension = "temperature"
    return quantity


_OVER = re.compile(r"\b(?:over|under)[\s-]$", re.I)
_HALF_A = re.compile(r"[\s-]+(?:an?|of\s+an?)[\s-]+", re.I)
_HYPHEN_WORD = re.compile(r"[-‐‑–](?P<word>[A-Za-z]+)(?P<more>[-‐‑–]\w+)?")
# What a hyphen compound counts, and under which name: a "12-strong panel" has twelve members.
_COUNTED_COMPOUNDS = {
    "person": "person",
    "people": "person",
    "member": "member",
    "strong": "member",
    "page": "page",
    "course": "course",
}
_POINT_OF = re.compile(
    r"[-\s](?:lead|advantage|gap|deficit|drop|rise|increase|decline|swing|margin|fall|jump|gain|loss|win|victory|edge|cushion|slide|plunge|cut|hike|bump)\b",
    re.I,
)


def _hyphenated(text: str, right: int, quantity: Quantity) -> Quantity | None:
    """ "Half a mile", "64-page" and "12-point lead" measure; "ten-storey" and "two-way" name a kind."""
    if quantity.kind == "fraction":
        article = _HALF_A.match(text, quantity.end, right)
        if article and re.search(r"half$|quarters?$|thirds?$", text[quantity.start : quantity.end], re.I):
            unit = units.after(text, article.end() - 1, right, digits=False)
            if unit is not None and unit.unit.dimension != "ratio":
                quantity.kind, quantity.unit, quantity.dimension = (
                    "plain",
                    unit.unit.name,
                    unit.unit.dimension,
                )
                quantity.end = unit.end
                return quantity
            point = re.compile(r"(?:percentage[\s-]+)?point\b", re.I).match(text, article.end(), right)
            if point:
                quantity.kind, quantity.unit, quantity.dimension = "plain", "percentage point", "ratio"
                quantity.end = point.end()
                return quantity
    points = _POINTS.match(text, quantity.end, right)
    if points:
        word = text[points.start() : points.end()]
        if word[0] != "-" or "ercent" in word or _POINT_OF.match(text, points.end(), right):
            quantity.unit = "point" if quantity.kind != "fraction" else "percentage point"
            quantity.dimension = "other" if quantity.kind != "fraction" else "ratio"
            quantity.end = points.end()
            quantity.kind = "plain" if quantity.kind == "fraction" else quantity.kind
            quantity.hyphen = word[0] == "-"
            return quantity
    match = _HYPHEN_WORD.match(text, quantity.number_end, right)
    if match and quantity.kind not in ("fraction", "odds"):
        word = match.group("word").lower()
        if word in _COUNTED_COMPOUNDS:
            quantity.unit = _COUNTED_COMPOUNDS[word]
            quantity.hyphen = True
            return quantity
        if word == "magnitude":
            quantity.unit, quantity.dimension, quantity.hyphen = "magnitude", "other", True
            return quantity
        if word in ("to", "and", "or", "plus", "odd", "some"):
            if word in ("plus",):
                quantity.bound = "at_least"
            return quantity
        if numbers.find(text, match.start("word"), match.end("word")):
            return quantity
        return None
    if match and quantity.kind == "fraction" and match.group("word").lower() not in ("of",):
        return None
    return quantity


def _is_bare_year(text: str, left: int, right: int, quantity: Quantity) -> bool:
    if quantity.unit is not None or quantity.bound is not None or not quantity.parts:
        return False
    return exclude.is_year(text, left, right, quantity.parts[0])
