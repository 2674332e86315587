"""Figures of one sentence that share what the text says once: measure and owner, divisor, change, another unit's value."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

from factcheck.extraction.conversion import convert
from factcheck.extraction.document import Figure
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.quantity import Quantity
from factcheck.extraction.english.parse import Passage

Pairs = list[tuple[Quantity, Placed]]

_COMPARED = re.compile(
    r"[^;.]{0,60}?\b(?:compared\s+(?:with|to)|against|versus|vs\.?|up\s+from|down\s+from)\s+(?:\w+\s+){0,3}$",
    re.I,
)
_LISTED = re.compile(r"[^;.]{0,60}?(?:,|\band\b|\bor\b|\bbut\b|\bwhile\b)\s*(?:\w+\s+){0,3}$", re.I)
_AND_THEN = re.compile(
    r"\s*(?:,\s*)?(?:(?:this|next|last|the)\s+\w+(?:\s+\w+)?|in\s+[\w-]+(?:\s+\d{4})?|on\s+\w+)?,?\s*(?:and|then|followed\s+by|after)\s+(?:\w+\s+){0,2}$",
    re.I,
)
_IN_BOTH = re.compile(r"\s+in\s+[A-Z][\w. -]{2,30}?,?\s+and\s+(?:about\s+|around\s+|nearly\s+)?$")
_PHRASE = frozenset(("for", "in", "among", "at", "from"))


def share_scope(p: Passage, pairs: Pairs, figures: list[Figure]) -> None:
    """ "49% for patients treated with A, 53% for B": the second has the first's measure; what has none takes its scope."""
    for index in range(1, len(figures)):
        figure, where = figures[index], pairs[index][1]
        for back in range(index - 1, max(-1, index - 4), -1):
            before = figures[back]
            if before.dimension != figure.dimension or before.unit != figure.unit or before.text[:1] == "(":
                continue
            gap = p.text[before.end : figure.start]
            own = _phrase_behind(p, pairs[index])
            if own and own == _phrase_behind(p, pairs[back]) and before.measure and _LISTED.fullmatch(gap):
                figure.measure = before.measure
                if figure.dimension != "count":
                    figure.of = _words_behind(p, where) or figure.of
            elif _COMPARED.fullmatch(gap) and before.role in ("level", "rate", "to"):
                figure.measure = before.measure or figure.measure
                if before.per is not None and figure.per is None and figure.dimension != "ratio":
                    figure.per, figure.role = before.per, before.role
                if own is None:
                    figure.of = before.of or figure.of
                else:
                    figure.of = _words_behind(p, where) or before.of
            elif not (figure.measure or figure.of) and (before.measure or before.of):
                figure.measure, figure.of, figure.whole = before.measure, before.of, before.whole
            else:
                continue
            break


def _phrase_behind(p: Passage, pair: tuple[Quantity, Placed]) -> str | None:
    at = pair[1].last + 1
    if pair[1].noun is not None and pair[1].noun == at:
        at += 1
    return p.low[at] if at < len(p.low) and p.low[at] in _PHRASE else None


def _words_behind(p: Passage, where: Placed) -> str | None:
    """The words of the phrase right behind a figure, up to its noun."""
    first = where.last + 2
    i = first
    while i < len(p.low) and i - first < 8:
        if p.tag[i] in ("NN", "NNS", "NNP", "NNPS") and (
            i + 1 >= len(p.low) or p.tag[i + 1] not in ("NN", "NNS", "NNP", "NNPS", "HYPH")
        ):
            if p.ent[i] in ("DATE", "TIME"):
                return None
            first += p.tag[first] in ("DT", "PRP$") and first < i
            return p.slice(first, i)
        if p.tag[i] in (",", ".", "IN", "TO") or p.tag[i] in ("VBD", "VBZ", "VBP"):
            return None
        i += 1
    return None


def share_change(text: str, figures: list[Figure]) -> None:
    """ "To grow 2.3 percent this year and 1.9 percent in 2025": both are growth; "rose to 12 in A and 9 in B": both arrived."""
    for before, figure in itertools.pairwise(figures):
        if (
            before.role == "to"
            and figure.role == "level"
            and before.unit == figure.unit
            and _IN_BOTH.fullmatch(text[before.end : figure.start])
        ):
            figure.role, figure.change = before.role, before.change
        if (
            before.role == "change"
            and figure.role == "level"
            and before.unit == figure.unit
            and before.dimension in ("ratio", "currency")
            and _AND_THEN.fullmatch(text[before.end : figure.start])
        ):
            figure.role, figure.change = before.role, before.change
            figure.measure, figure.of = before.measure, before.of


def share_divisor(figures: list[Figure]) -> None:
    """ "£1,240 a month, up from £1,204": an elided divisor is the one of the same unit in the sentence."""
    for index, figure in enumerate(figures):
        if figure.per is not None or figure.role not in ("from", "to") or figure.dimension == "ratio":
            continue
        for other in [*figures[index + 1 : index + 2], *reversed(figures[:index])]:
            if other.per is not None and other.unit == figure.unit and other.role in ("from", "to", "rate"):
                figure.per = other.per
                break


_UP_FROM = re.compile(
    r"(?:\s*[(\[][^()\[\]]*[)\]])?[^;.()]{0,40}?\b(?:up|down|higher|lower|a\s+rise|an\s+increase|a\s+drop|a\s+fall|a\s+decline)\s+from\s+(?:\w+\s+){0,3}$",
    re.I,
)


def arrive(text: str, figures: list[Figure]) -> None:
    """ "40 pesos, up from 35": the level before "up from" is the one that was reached."""
    for index, figure in enumerate(figures):
        before = next((f for f in reversed(figures[:index]) if f.same_as is None), None)
        if (
            before is not None
            and figure.same_as is None
            and figure.role == "from"
            and before.role in ("level", "rate")
            and before.dimension == figure.dimension
            and before.unit == figure.unit
            and _UP_FROM.fullmatch(text[before.end : figure.start])
        ):
            before.role, before.change = "to", figure.change
            figure.measure, figure.of = before.measure, before.of


_OPENS = re.compile(
    r"\s*[(\[]\s*(?:(?:about|around|approximately|roughly|or|some|nearly|equivalent\s+to|equal\s+to|approx\.?|US|just\s+over|just\s+under|over|under|at\s+least)\s+|[~≈]\s?)*$",
    re.I,
)
_OR = re.compile(r"\s*,?\s+or\s+(?:(?:about|around|roughly|some|nearly)\s+)?$", re.I)
ROUNDED = Decimal("0.2")  # how far a writer's own conversion may be from the exact one
_SHARED = ("change", "role", "measure", "of")


def restate(text: str, figures: list[Figure]) -> None:
    """ "62 mph (100 km/h)": the second is the first in another unit. `same_as` counts within the sentence here."""
    for index in range(1, len(figures)):
        before, figure = figures[index - 1], figures[index]
        gap = text[before.end : figure.start]
        again = before.same_as is not None and gap.strip() in (";", ",", "/")
        if again and before.dimension == figure.dimension != "count" and before.unit != figure.unit:
            figure.same_as = before.same_as
        elif (
            _is_another_unit(before, figure)
            and (
                (
                    _OPENS.fullmatch(gap)
                    and text[figure.end : figure.end + 20].lstrip()[:1] in (")", "]", "", ";", ",")
                )
                or (_OR.fullmatch(gap) and figure.dimension != "time")
                or (_OPENS.fullmatch(gap) and figure.dimension == "currency")
            )
            and _says_the_same(before, figure)
        ):
            figure.same_as = index - 1


def _says_the_same(before: Figure, figure: Figure) -> bool:
    """Whether the second value is the first one, roughly, in its own unit; taken for granted where no rate always holds."""
    converted = convert(before.low, before.unit, figure.unit)
    if converted is None or not converted or before.bound == "between":
        return True
    return abs(converted - figure.low) <= ROUNDED * abs(converted)


def _is_another_unit(before: Figure, figure: Figure) -> bool:
    if before.dimension != figure.dimension:
        return False
    if before.dimension == "ratio":
        return {before.unit, figure.unit} == {"fraction", "percent"}
    return before.unit != figure.unit and figure.dimension not in ("count", "other")


def follow(figures: list[Figure]) -> None:
    """What restates another figure has its change, role, measure, owner and divisor, and its hedge unless one of its own."""
    for figure in figures:
        if figure.same_as is None:
            continue
        first = figures[figure.same_as]
        for name in _SHARED:
            setattr(figure, name, getattr(first, name))
        figure.per = figure.per or first.per
        if figure.bound == "exact":
            figure.bound = first.bound
