"""Numbers with what is written onto them: currency, unit of measure, age, score, range and sums in two parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from factcheck.extraction.english.figures import exclude, money, numbers, units
from factcheck.extraction.english.figures.numbers import Number


@dataclass(slots=True)
class Quantity:
    """One figure in the making. `unit` is None while it is not known what is counted."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    kind: str = "plain"
    place: Fraction | None = None
    spelled: bool = False
    unit: str | None = None
    dimension: str = "count"
    bound: str | None = None
    per: str | None = None
    change: str | None = None
    hyphen: bool = False
    age: bool = False
    ranged: bool = False
    open_dollar: bool = False
    number_end: int = 0
    restates: bool = False
    signed: str | None = None
    literal: str = ""
    parts: list[Number] = field(default_factory=list)


_RANGE_LINK = re.compile(
    r"\s*(?P<link>[-–—‐‑~]|to|through|and|or|till|thru)\s*(?:(?:an?\s+estimated|about|around|approximately|nearly|almost|maybe|perhaps|even|up\s+to|as\s+(?:many|much|high)\s+as|more\s+than|over|the)\s+)?$",
    re.I,
)
_SPACED_LINK = re.compile(
    r"(?:\s+(?:to|through|and|or|till|thru)(?:\s+(?:about|around|approximately|perhaps|even|the))?\s+|\s?[-–—‐‑~]\s?)$",
    re.I,
)
_AGE_AFTER = re.compile(
    r"[\s-]*(?:years?|yrs?)[\s-]+olds?\b|[\s-]+years?\s+of\s+age\b|[\s-]*y\.?o\.?\b|[\s-]*years?[\s-]*young\b",
    re.I,
)
_AGE_UNIT_AFTER = re.compile(r"(?:[\s-]+(?:old|of\s+age))(?:s?)\b", re.I)
_AGE_BEFORE = re.compile(
    r"(?:\b(?:aged?|ages|turn(?:ed|s|ing)?|at\s+(?:the\s+)?age(?:\s+of)?|age\s+of|ages\s+of)\s+(?:(?:between|from|about|around|just|only|under|over|above|below|at\s+least|up\s+to|nearly|almost)\s+)?)$",
    re.I,
)
_AGE_OF_PEOPLE = re.compile(
    r"\b(?:people|men|women|adults|those|respondents|voters|workers|children|patients|anyone|everyone|Americans|Britons|residents|citizens|drivers|players|teenagers|pensioners)\s+"
    r"(?:(?:who\s+)?(?:are|were)\s+)?(?:aged\s+)?(?:under|over|below|above)\s+(?:the\s+age\s+of\s+)?$",
    re.I,
)
_AGE_END = re.compile(r"\s*(?:$|[.,;)]|(?:and|or|who|in|have|are|were|with)\b)")
_AGE_IS = re.compile(
    r"\b(?:[Ss]?[Hh]e|[A-Z][a-z]+)\s+(?:is|was)\s+(?:(?:about|around|only|just|then|now|nearly|almost|at\s+least|already|still)\s+)*$"
)
_AGE_IS_AFTER = re.compile(r"\s*(?:$|[.,;]|when\b|at\b|and\b|years?\s+old)")
_AGE_APPOSED = re.compile(r"(?:[a-zA-Z.’']\s?,\s+|\(\s?)$")
_AGE_APPOSED_AFTER = re.compile(r"\s?(?:,|\)|\.?$|;)|\s+and\s+\d{1,3}\s?[,)]")
_DECADE = re.compile(
    r"(?P<part>\b(?:early|mid|middle|late)(?:\s+to\s+(?:early|mid|late))?(?:[\s-]+))?(?:\b(?:his|her|their|my|your|our|the|in)\s+(?:(?P<part2>early|mid|late)[\s-]+)?)?$",
    re.I,
)
_FOLD = re.compile(r"[\s-]?fold\b", re.I)
_POINTS = re.compile(r"(?:[\s-]+(?:percentage|per\s+cent|percent)[\s-]+points?|[\s-]+points?)\b", re.I)
_SCORE_CONTEXT = re.compile(
    r"\b(?:w[oi]n\w*|beat\w*|los[te]\w*|losing|defeat\w*|victor\w*|draw\w*|drew|lead\w*|led|trail\w*|scor\w+|goals?|match\w*|game\w*|"
    r"set|sets|final\w*|half[\s-]?time|full[\s-]?time|vote[ds]?|voting|ruled?|ruling|decision|advantage|tie[ds]?|tied|series|season|record|shootout|"
    r"penalt\w+|cup|league|round|triumph\w*|thrash\w*|edged?|downed|topped|aggregate|kick\w*|quarter|inning\w*|tournament|"
    r"champion\w*|semi\w*|side|team|club|unanimous\w*|majority|verdict|passed|approved|rejected|split)\b",
    re.I,
)


def find(text: str, left: int, right: int) -> list[Quantity]:
    """The quantities of the sentence text[left:right], in order."""
    found = numbers.find(text, left, right)
    if not found:
        return []
    taken = exclude.taken(text, left, right)
    quake = _QUAKE.search(text, left, right) is not None
    kept: list[Quantity] = []
    for number in found:
        decade = _decade(text, left, number)
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
    kept = _compounds(text, kept)
    kept = _ranges(text, left, right, kept)
    kept = [q for q in kept if not _is_bare_year(text, left, right, q)]
    for quantity in kept:
        _ages(text, left, right, quantity)
    return kept


_QUAKE = re.compile(r"\b(?:(?:earth)?quakes?|magnitudes?|Richter|tremors?|aftershocks?|seismic)\b", re.I)
_AND_A_HALF = re.compile(
    r"(?P<first>\b(?:an?|one)\s+)?\b(?P<unit>year|month|week|day|hour|minute|mile|century|decade|point|metre|meter|kilomet(?:re|er))\s+and\s+$",
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
        quantity.low = quantity.high = number.low + Fraction(int(feet.group("inches")), 12)
        quantity.unit, quantity.dimension, quantity.end, quantity.place = "foot", "length", feet.end(), None
        return quantity
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


_FEET_INCHES = re.compile(r"['′’]\s?(?P<inches>\d|1[01])(?:\"|″|”|''|’’)")
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


_HALF_A = re.compile(r"[\s-]+(?:an?|of\s+an?)[\s-]+", re.I)
_PEOPLE = frozenset("person member page course man woman people".split())
_HYPHEN_WORD = re.compile(r"[-‐‑–](?P<word>[A-Za-z]+)(?P<more>[-‐‑–]\w+)?")
_COUNTED_COMPOUNDS = frozenset(("person", "member", "page", "course", "people"))
_POINT_OF = re.compile(
    r"[-\s](?:lead|advantage|gap|deficit|drop|rise|increase|decline|swing|margin|fall|jump|gain|loss|win|victory|edge|cushion|slide|plunge|cut|hike|bump)\b",
    re.I,
)


def _hyphenated(text: str, right: int, quantity: Quantity) -> Quantity | None:
    """ "Half a mile", "64-page" and "12-point lead" measure; "ten-storey" and "two-way" name a kind."""
    if quantity.kind == "fraction":
        article = _HALF_A.match(text, quantity.end, right)
        if article and re.search(r"half$|quarter$", text[quantity.start : quantity.end], re.I):
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
            quantity.unit = "point"
            quantity.dimension = "other"
            quantity.end = points.end()
            quantity.kind = "plain" if quantity.kind == "fraction" else quantity.kind
            quantity.hyphen = word[0] == "-"
            return quantity
    match = _HYPHEN_WORD.match(text, quantity.number_end, right)
    if match and quantity.kind not in ("fraction", "odds"):
        word = match.group("word").lower()
        if word in _COUNTED_COMPOUNDS:
            quantity.unit = {"people": "person"}.get(word, word)
            quantity.hyphen = True
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


def _decade(text: str, left: int, number: Number) -> Quantity | None:
    """ "In her 30s", "mid-20s", "early thirties"."""
    if number.spelled or number.literal == "" or number.low % 10 or not 10 <= number.low <= 100:
        return None
    tail = re.match(r"['’]?s(?!\w)", text[number.end : number.end + 3])
    if tail is None or text[max(left, number.start - 1) : number.start] in ("'", "’"):
        return None
    before = text[max(left, number.start - 26) : number.start]
    match = re.search(
        r"(?:\b(?P<whose>his|her|their|my|your|our)\s+)?(?:\b(?P<part>early|mid|middle|late)[\s-]*(?:to[\s-]+(?:mid|late)[\s-]*)?)?$",
        before,
        re.I,
    )
    part, whose = match.group("part"), match.group("whose")
    if (
        not part
        and not whose
        and not re.search(
            r"\b(?:people|women|men|man|woman|patients?|adults|person|someone|aged)\s+in\s+(?:the\s+)?$",
            before,
            re.I,
        )
    ):
        return None
    offsets = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}.get(
        (part or "").lower(), (0, 9)
    )
    start = number.start - (len(before) - match.start("part") if part else 0)
    base = number.low
    quantity = Quantity(
        start, number.end + len(tail.group()), base + offsets[0], base + offsets[1], "decade",
        unit="year of age", dimension="age", bound="between", number_end=number.end, age=True, ranged=True,
    )  # fmt: skip
    if not whose and re.search(r"\btemperature|\bdegrees|\blow\b|\bhigh", before, re.I):
        return None
    return quantity


_SUBUNIT = {
    ("foot", "inch"): 12, ("hour", "minute"): 60, ("minute", "second"): 60, ("pound", "ounce"): 16, ("metre", "centimetre"): 100,
    ("kilogram", "gram"): 1000, ("day", "hour"): 24, ("week", "day"): 7, ("year", "month"): 12, ("stone", "pound"): 14, ("yard", "foot"): 3,
    ("mile", "yard"): 1760, ("kilometre", "metre"): 1000,
}  # fmt: skip
_INCHES = re.compile(r"\s?(?:in\b\.?|\"|”|″)")
_COMPOUND_GAP = re.compile(r"(?:,?\s*(?:and\s+)?|-)$")


def _compounds(text: str, found: list[Quantity]) -> list[Quantity]:
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
                and before.low.denominator == 1
            ):
                inches = before.unit == "foot" and quantity.unit is None and _INCHES.match(text, quantity.end)
                if inches and quantity.low < 12:
                    quantity.end, quantity.unit = inches.end(), "inch"
                factor = _SUBUNIT.get((before.unit, quantity.unit))
                if factor and quantity.low < factor and "," not in gap:
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


def _ranges(text: str, left: int, right: int, found: list[Quantity]) -> list[Quantity]:
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
    spoken = (
        link == "to" and _VOTED.search(lead_of(text, left, before)) is not None and before.low > quantity.low
    )
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


_VOTED = re.compile(
    r"\b(?:vot(?:e|ed|es|ing)|score|w[oi]n|lost|beat|defeat\w*|decision|ruled|ruling|tally|led|lead|trail\w*|passed|approved)\b[^,;]*$",
    re.I,
)


def lead_of(text: str, left: int, quantity: Quantity) -> str:
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


def _is_bare_year(text: str, left: int, right: int, quantity: Quantity) -> bool:
    if quantity.unit is not None or quantity.bound is not None or not quantity.parts:
        return False
    return exclude.is_year(text, left, right, quantity.parts[0])


def _ages(text: str, left: int, right: int, quantity: Quantity) -> None:
    """ "34-year-old", "aged 34", "Maria Holt, 34, ran": every age is in years of age."""
    if quantity.kind != "plain" or quantity.dimension == "score":
        return
    if quantity.dimension == "time":
        old = _AGE_UNIT_AFTER.match(text, quantity.end, right)
        if old:
            quantity.end = old.end()
            quantity.age, quantity.dimension = True, "age"
            quantity.unit = f"{quantity.unit} of age"
        return
    if quantity.unit is not None or quantity.high > 122 or quantity.low < 0:
        return
    old = _AGE_AFTER.match(text, quantity.end, right)
    before = text[max(left, quantity.start - 40) : quantity.start]
    if old:
        quantity.end = old.end()
    elif _AGE_BEFORE.search(before):
        turned = re.search(r"turn\w*\s+(?:\w+\s+)?$", before)
        if turned and re.match(r"\s+[a-z]+(?:s|people)\b", text[quantity.end : quantity.end + 20]):
            return
    elif _AGE_OF_PEOPLE.search(before) and _AGE_END.match(text, quantity.end, right):
        pass
    elif (
        _AGE_IS.search(before)
        and _AGE_IS_AFTER.match(text, quantity.end, right)
        and quantity.low >= 1
        and quantity.low.denominator == 1
    ):
        if re.search(r"\b(?:It|This|That|There|What|Which|Score|Total|Toll)\s+(?:is|was)", before):
            return
    elif not (
        _AGE_APPOSED.search(before)
        and _AGE_APPOSED_AFTER.match(text, quantity.end, right)
        and _person_before(before)
    ):
        return
    quantity.age, quantity.dimension, quantity.unit = True, "age", "year of age"


def _person_before(before: str) -> bool:
    """Two capitalised words, or a word for a person, right before a comma or bracket."""
    return bool(
        re.search(
            r"(?:[A-ZÀ-Þ][\w’'.-]+\s+(?:(?:de|van|von|al|bin|el|la|der|du|da|Jr\.?|Sr\.?)\s+)*[A-ZÀ-Þ][\w’'.-]+(?:\s+[Jj]r\.?)?|\b(?:[Mm]rs?|[Mm]s|[Dd]r|[Mm]iss)\.?\s+[A-Z]\w+|\b(?:man|woman|boy|girl|driver|mother|father|son|daughter|wife|husband|brother|sister|suspect|victim|teenager|student|pensioner|widow|farmer|teacher|nurse|resident))\s?(?:,\s+|\(\s?)$",
            before,
        )
    )
