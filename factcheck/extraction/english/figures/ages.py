"""How old somebody is: "34-year-old", "aged 34", "in her 30s"."""

from __future__ import annotations

import re

from factcheck.extraction.english.figures.numbers import Number
from factcheck.extraction.english.figures.quantity import Quantity

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
    r"(?:(?:who\s+)?(?:are|were)\s+)?(?:aged\s+)?(?:under|over|below|above|between)\s+(?:the\s+age\s+of\s+)?$",
    re.I,
)


_AGE_END = re.compile(r"\s*(?:$|[.,;)]|(?:and|or|who|in|have|are|were|with)\b)")


_AGE_IS = re.compile(
    r"\b(?:[Ss]?[Hh]e|I|[A-Z][a-z]+)\s+(?:is|was)\s+(?:(?:about|around|only|just|then|now|nearly|almost|at\s+least|already|still)\s+)*$"
)


_AGE_IS_AFTER = re.compile(r"\s*(?:$|[.,;]|when\b|at\b|and\b|years?\s+old)")


_AGE_APPOSED = re.compile(r"(?:[a-zA-Z.’']\s?,\s+|\(\s?)$")


_AGE_APPOSED_AFTER = re.compile(r"\s?(?:,|\)|\.?$|;)|\s+and\s+\d{1,3}\s?[,)]")


def decade(text: str, left: int, number: Number) -> Quantity | None:
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


def mark(text: str, left: int, right: int, quantity: Quantity) -> None:
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
        and _person_before(("" if quantity.start - 40 > left else "^") + before)
    ):
        return
    quantity.age, quantity.dimension, quantity.unit = True, "age", "year of age"


def _person_before(before: str) -> bool:
    """Two capitalised words, or a word for a person, right before a comma or bracket."""
    return bool(
        re.search(
            r"(?:\^(?!\w+day)[A-ZÀ-Þ][a-zß-ÿ’'-]{3,}|[A-ZÀ-Þ][\w’'.-]+\s+(?:(?:de|van|von|al|bin|el|la|der|du|da|Jr\.?|Sr\.?)\s+)*[A-ZÀ-Þ][\w’'.-]+(?:\s+[Jj]r\.?)?|\b(?:[Mm]rs?|[Mm]s|[Dd]r|[Mm]iss)\.?\s+[A-Z]\w+|\b(?:man|woman|boy|girl|driver|mother|father|son|daughter|wife|husband|brother|sister|suspect|victim|teenager|student|pensioner|widow|farmer|teacher|nurse|resident))\s?(?:,\s+|\(\s?)$",
            before,
        )
    )
