"""From a parsed sentence to the contract's figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from factcheck.extraction.document import Figure
from factcheck.extraction.english.figures import (
    about,
    baseline,
    bounds,
    change,
    clauses,
    counted,
    elided,
    modality,
    periods,
    quantities,
    siblings,
)
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.quantities import Quantity
from factcheck.extraction.english.parse import Passage
from factcheck.extraction.exact import decimal

_MAY_HAVE = re.compile(
    r"\d|[½⅓⅔¼¾⅕-⅞]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|four|fif|six|seven|eigh|nine)ty|"
    r"hundred|thousand|[mb]illion|trillion|dozen|half|quarters?|thirds?|\w*th|\w*ths|halv\w+|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+|twice|thrice|\w+fold|tens|dozens|scores|hundreds|thousands|[mb]illions|lakhs?|crores?|zero|nil|naught|nought|dz|dzs)",
    re.I,
)
_ONE_AFTER = frozenset(
    ("of", "in", "out", "and", "or", "million", "billion", "hundred", "thousand", "percent")
)
_HIDDEN_WORDS = frozenset("one two three four five six seven eight nine ten".split())


def figures(
    p: Passage,
    sentence: tuple[int, int, int],
    published: date | None,
    resolve: Callable[[Passage, int], str | None],
    dollar: str,
) -> list[Figure]:
    """The figures of one sentence of a passage; `dollar` is what a bare "$" stands for."""
    begin, stop, _ = sentence
    left, right = p.start[begin], p.end[stop - 1]
    if not _MAY_HAVE.search(p.text, left, right):
        return []
    found = quantities.find(p.text, left, right)
    pairs: list[tuple[Quantity, Placed]] = []
    for quantity in found:
        if counted.is_divisor(p.text, left, quantity):
            continue
        where = counted.place(p, quantity)
        if not _counts(p, begin, stop, quantity, where):
            continue
        if quantity.unit is None and quantity.dimension != "score":
            quantity.unit = counted.unit_of(p, begin, stop, quantity, where)
            elided.spoken_of(p, begin, stop, quantity, where, pairs)
            elided.occurrences(p, quantity)
        pairs.append((quantity, where))
    if not pairs:
        return []
    elided.inherit(p, pairs)
    pairs = _pair_ends(p.text, left, right, pairs)
    spans = periods.find(p.text, left, right, published)
    result: list[Figure] = []
    for index, (quantity, where) in enumerate(pairs):
        following = pairs[index + 1][0].start if index + 1 < len(pairs) else right
        result.append(_figure(p, sentence, pairs, index, quantity, where, following, spans, resolve, dollar))
    siblings.share_divisor(result)
    siblings.restate(p.text, result)
    siblings.arrive(p.text, result)
    siblings.share_change(p.text, result)
    siblings.share_scope(p, pairs, result)
    siblings.follow(result)
    for figure, (quantity, _) in zip(result, pairs, strict=True):
        figure.minor = _is_minor(p.text, figure, quantity)
    return result


def _counts(p: Passage, begin: int, stop: int, quantity: Quantity, where: Placed) -> bool:
    """What the parse can tell: not the pronoun "one", not "double" as an adjective, not a part of a name."""
    first, last = where.first, where.last
    low = p.low[first]
    if quantity.kind == "multiple" and quantity.change:
        following = p.low[last + 1] if last + 1 < stop else ""
        if p.tag[first].startswith("VB"):
            return not (p.dep[first] == "amod" and following not in ("from", "to"))
        return following in (
            "the",
            "what",
            "that",
            "its",
            "their",
            "his",
            "her",
            "last",
            "those",
            "as",
        ) or p.low[first].endswith("ing")
    if low == "one" and first == last and quantity.unit is None and quantity.kind == "plain":
        following = p.low[last + 1] if last + 1 < stop else ""
        if following == "of":
            return not (
                last + 2 < stop
                and p.tag[last + 2]
                not in ("DT", "PRP$", "PRP", "CD", "NNS", "JJ", "NNP", "JJS", "NNPS", "PDT")
            )
        head = p.head[first]
        if p.dep[first] == "nummod" and head > first:
            return True
        if following in ("or", "to", "and") and last + 2 < stop and p.tag[last + 2] == "CD":
            return True
        if p.dep[first] == "dobj" and verb(p.words[head]) in elided.CASUALTIES:
            return True
        return (
            p.tag[first] == "CD"
            and last + 1 < stop
            and p.tag[last + 1] in ("NN", "NNS", "JJ", "NNP", "VBG", "VBN", "JJS", "JJR")
            and (
                begin == first
                or p.tag[first - 1] not in ("DT", "JJ", "WDT")
                or p.low[first - 1] in ("only", "just")
            )
        )
    if not quantity.spelled and quantity.unit is None and quantity.bound is None:
        return not _in_name(p, begin, stop, where, quantity)
    return True


def _in_name(p: Passage, begin: int, stop: int, where: Placed, quantity: Quantity) -> bool:
    """A bare number right after a capitalised name and not before a counted noun ("Apollo 11", "Boeing 737 Max")."""
    first, last = where.first, where.last
    if first == begin:
        return False
    before = first - 1
    if p.tag[before] not in ("NNP", "NNPS") or p.start[first] - p.end[before] > 1:
        return False
    following = p.tag[last + 1] if last + 1 < stop else "."
    if p.words[before].isupper() and len(p.words[before]) > 2 and quantity.low < 100 and following == "NN":
        # "WESH 2 news": a station.
        return True
    if following in ("NN", "NNS", "JJ") and p.low[last + 1] not in ("season",):
        if p.ent[first] == "ORG" and p.iob[first] == 1:
            return True
        if following == "NNS" or p.ent[first] in ("CARDINAL", ""):
            return p.ent[first] in ("PRODUCT", "LAW", "FAC", "WORK_OF_ART", "EVENT")
        return p.ent[first] not in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")
    if p.ent[before] == "PERSON" and p.ent[first] != "PERSON":
        return False
    if "," in quantity.literal or "." in quantity.literal or len(quantity.literal) > 4:
        return False
    return p.ent[first] not in ("CARDINAL", "MONEY", "QUANTITY", "PERCENT") or (
        p.dep[first] in ("nummod", "appos") and p.head[first] == before
    )


def _pair_ends(
    text: str, left: int, right: int, pairs: list[tuple[Quantity, Placed]]
) -> list[tuple[Quantity, Placed]]:
    """Joins two directional hedges into the range they give."""
    result: list[tuple[Quantity, Placed]] = []
    for quantity, where in pairs:
        if result:
            before, there = result[-1]
            if quantity.start - before.end < 40:
                first = bounds.of(text, left, right, before, there.noun_end)
                second = bounds.of(text, left, right, quantity, where.noun_end)
                if bounds.is_pair(text, before, quantity, first, second):
                    before.unit, before.dimension = quantity.unit, quantity.dimension
                    before.low, before.high = sorted((before.low, quantity.high))
                    before.end, before.number_end, before.ranged, before.bound = (
                        quantity.end,
                        quantity.number_end,
                        True,
                        "between",
                    )
                    before.literal = ""
                    there.last, there.noun, there.noun_end = where.last, where.noun, where.noun_end
                    continue
        result.append((quantity, where))
    return result


_EACH = re.compile(r"\s+(?:each|apiece)\b(?!\s+other)")


def _figure(
    p: Passage,
    sentence: tuple[int, int, int],
    pairs: list[tuple[Quantity, Placed]],
    index: int,
    quantity: Quantity,
    where: Placed,
    following: int,
    spans: list[periods.Found],
    resolve: Callable[[Passage, int], str | None],
    dollar: str,
) -> Figure:
    begin, stop, number = sentence
    left, right = p.start[begin], p.end[stop - 1]
    text = p.text
    bound = bounds.of(text, left, right, quantity, where.noun_end)
    move = change.of(p, left, right, quantity, where)
    antecedent = pairs[index - 1][0].unit if index and pairs[index - 1][0].dimension == "count" else None
    per = quantity.per or (
        counted.per_of(p, quantity, where, right, antecedent) if quantity.dimension != "age" else None
    )
    if quantity.open_dollar:
        quantity.unit = dollar
    elided.points(p, sentence, quantity, pairs, index)
    if move.role == "level" and per is not None:
        move.role = "rate"
    scope = about.of(p, begin, stop, quantity, where, move, resolve)
    if (
        per is None
        and _EACH.match(text, max(quantity.end, where.noun_end), right)
        and (scope.measure or scope.of)
    ):
        per = singular((scope.measure or scope.of).lower())
        move.role = "rate" if move.role == "level" else move.role
    per = per or _per_each(p, quantity, move.verb, scope.measure)
    if per is not None and move.role == "level":
        move.role = "rate"
    verb_at = move.verb
    figure = Figure(
        start=quantity.start,
        end=quantity.end,
        text=text[quantity.start : quantity.end],
        sentence=number,
        low=decimal(quantity.low),
        high=decimal(quantity.high),
        precision=decimal(quantity.place) if quantity.place else None,
        bound=bound,
        unit=quantity.unit,
        per=per,
        dimension=quantity.dimension,
        role=move.role,
        change=move.change,
        predicate=change.verb_group(p, verb_at) if verb_at is not None else None,
        measure=scope.measure,
        of=scope.of,
        whole=scope.whole,
        place=scope.place,
        baseline=baseline.of(text, left, right, quantity, following),
        modality=modality.of(p, begin, stop, verb_at, where.first),
    )
    when = periods.nearest(spans, quantity.start, quantity.end)
    if when is not None:
        figure.period = periods.as_period(text, when)
    _sign(figure)
    return figure


_EVERY = {
    "annual": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}


def _per_each(p: Passage, quantity: Quantity, at: int | None, measure: str | None) -> str | None:
    """ "Each victim will get a million rubles", "annual incomes of $10,000": a sum is per victim, per year."""
    if quantity.dimension != "currency":
        return None
    if measure and measure.split()[0].lower() in _EVERY:
        return _EVERY[measure.split()[0].lower()]
    found = clauses.subject(p, at) if at is not None else None
    if found is not None and any(p.low[c] in ("each", "every") for c in p.children[found]):
        return singular(p.low[found])
    return None


def _sign(figure: Figure) -> None:
    """A written plus is an increase; the sign of a change is in its direction."""
    if figure.text.startswith("+"):
        figure.change, figure.role = "increase", "change"


def _is_minor(text: str, figure: Figure, quantity: Quantity) -> bool:
    if (
        figure.change
        or figure.per
        or figure.bound not in ("exact", "between")
        or figure.dimension in ("score", "currency", "ratio", "multiple", "age")
    ):
        return False
    if quantity.ranged or quantity.kind != "plain":
        return False
    if figure.dimension == "time":
        before = text[max(0, figure.start - 40) : figure.start]
        after = text[figure.end : figure.end + 12]
        if re.search(
            r"\b(?:past|last|next|first|previous|recent|coming|every|these|those|final|following|preceding)\s+$",
            before,
            re.I,
        ) or re.match(r"\s+(?:ago|earlier|later|before|after|from|since)\b", after):
            return True
    words = text[figure.start : quantity.number_end].lower().strip()
    named = figure.measure is not None and (
        figure.dimension != "time" or text[figure.end : figure.end + 4] == " of "
    )
    return quantity.spelled and words in _HIDDEN_WORDS and not named
