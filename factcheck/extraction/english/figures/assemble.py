"""From a parsed sentence to the contract's figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import date

from factcheck.extraction.document import Figure
from factcheck.extraction.english.figures import bounds, change, counted, modality, periods, quantities, scope
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
    begin, stop, number = sentence
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
            _spoken_of(p, begin, stop, quantity, where, pairs)
            _occurrences(p, quantity)
        pairs.append((quantity, where))
    if not pairs:
        return []
    _inherit(p, pairs)
    pairs = _pair_ends(p.text, left, right, pairs)
    spans = periods.find(p.text, left, right, published)
    result: list[Figure] = []
    for index, (quantity, where) in enumerate(pairs):
        following = pairs[index + 1][0].start if index + 1 < len(pairs) else right
        result.append(_figure(p, sentence, pairs, index, quantity, where, following, spans, resolve, dollar))
    _inherit_per(result)
    _arrived(p.text, result)
    _restatements(p.text, result, number)
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
        if p.dep[first] == "dobj" and verb(p.words[head]) in _CASUALTIES:
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


_CASUALTIES = frozenset(
    "kill injure wound hurt arrest detain hospitalise hospitalize infect rescue evacuate displace charge sentence jail trap behead execute".split()
)
_CASUALTY_WORDS = frozenset(
    "killed dead died injured wounded hurt arrested detained hospitalised hospitalized missing infected rescued evacuated displaced trapped survived "
    "homeless aboard onboard board charged jailed sentenced drowned perished deceased sickened quarantined recovered fatalities casualties".split()
)
_MONEY_NOUNS = frozenset(
    "loss profit turnover deal contract debt budget revenue fine grant loan bid offer investment deficit surplus".split()
)


def _spoken_of(p: Passage, begin: int, stop: int, quantity: Quantity, where: Placed, pairs: list) -> None:
    """What is counted where no noun says it: people in an accident, deaths in a toll, the money of the sentence."""
    if quantity.unit is not None:
        if quantity.unit.rpartition(" ")[2] in _MONEY_NOUNS and quantity.low >= 10_000:
            for other, _ in pairs:
                if other.dimension == "currency":
                    quantity.unit, quantity.dimension, quantity.open_dollar = (
                        other.unit,
                        other.dimension,
                        other.open_dollar,
                    )
        elif quantity.unit in ("other", "more") and pairs and pairs[-1][0].dimension == "count":
            quantity.unit = pairs[-1][0].unit
        elif quantity.unit in ("on-board", "aboard", "dead", "board"):
            quantity.unit = "person"
        return
    if (
        quantity.kind not in ("plain", "vague")
        or quantity.low.denominator > 1
        or any(o.unit and o.dimension == "count" for o, _ in pairs)
    ):
        return
    around = p.low[max(begin, where.first - 4) : min(stop, where.last + 5)]
    if (
        where.first > begin
        and p.low[where.first - 1] in ("including", "whom")
        and p.tag[where.last + 1 if where.last + 1 < stop else where.last] in ("IN", ",", ".", "VBD", "VBP")
    ):
        for i in range(where.first - 2, max(begin - 1, where.first - 8), -1):
            if p.tag[i] == "NNS":
                quantity.unit = singular(p.low[i])
                return
    if "toll" in p.low[max(begin, where.first - 8) : where.first]:
        quantity.unit = "death"
    elif _CASUALTY_WORDS & set(around):
        quantity.unit = "person"


def _occurrences(p: Passage, quantity: Quantity) -> None:
    unit = (quantity.unit or "").lower()
    if unit == "time":
        text = p.text[quantity.end : quantity.end + 40]
        if re.match(
            r"\s+times\s+(?!(?:a|an|per|each|every|in|on|since|during|for|this|at|by|to|and|but|before|after|between|when|he|she|they|it|over)\b)[a-z]",
            text,
        ):
            quantity.dimension = "multiple"


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


_INHERITABLE = frozenset(
    (
        "count",
        "currency",
        "ratio",
        "mass",
        "volume",
        "length",
        "area",
        "temperature",
        "energy",
        "power",
        "speed",
        "data",
        "other",
        "time",
    )
)


def _inherit(p: Passage, pairs: list[tuple[Quantity, Placed]]) -> None:
    """A number that names no unit takes the one before it in the sentence, or the next where a word links them."""
    for index, (quantity, _where) in enumerate(pairs):
        if quantity.unit is not None or quantity.dimension == "score" or quantity.kind == "vague":
            continue
        source = None
        if index + 1 < len(pairs):
            following = pairs[index + 1][0]
            gap = p.text[quantity.end : following.start]
            if (
                following.unit
                and len(gap) <= 40
                and _LINKED.fullmatch(gap)
                and following.dimension not in ("age",)
            ):
                source = following
        if source is None and index and pairs[index - 1][0].dimension == "age" and quantity.high <= 110:
            if _LISTED.fullmatch(p.text[pairs[index - 1][0].end : quantity.start]) and not _NOT_LISTED.match(
                p.text, quantity.end
            ):
                source = pairs[index - 1][0]
        if source is None:
            for other, _ in reversed(pairs[:index]):
                if (
                    other.unit
                    and other.dimension in _INHERITABLE
                    and other.kind not in ("multiple", "fraction", "odds")
                    and other.unit != "time"
                    and other.dimension != "time"
                ):
                    if other.dimension == "ratio" and not _may_be_share(p.text, quantity):
                        continue
                    source = other
                    break
        if source is None or source.kind in ("fraction", "odds", "multiple") or source.unit == "time":
            continue
        quantity.unit, quantity.dimension = source.unit, source.dimension
        quantity.open_dollar = source.open_dollar


_LISTED = re.compile(r"\s*(?:,|and|,\s*and|or)\s*(?:one\s+|two\s+|three\s+)?(?:aged\s+)?")
_NOT_LISTED = re.compile(r"\s+(?:aged|between|were|was|of|who|others?|[a-z]+s)\b")
_EACH = re.compile(r"\s+(?:each|apiece)\b(?!\s+other)")


def _may_be_share(text: str, quantity: Quantity) -> bool:
    """A bare number stands for a percentage only where it is compared with one ("up from 4.2")."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    return (
        quantity.high <= 100
        and re.search(r"\b(?:from|to|than|against|and|with|at|or|of)\s+(?:\w+\s+)?$", before) is not None
    )


_LINKED = re.compile(
    r"\s*(?:to|and|or|,|from|-|–|out\s+of|and\s+then|in\s+\w+\s+to|then|of|in\s+(?:19|20)\d\d\s+(?:to|and))(?:\s+(?:about|around|roughly|nearly|almost|another|just|only|some|over|at\s+least|more\s+than|up\s+to|perhaps|even|the|a\s+record|an\s+estimated))*\s*",
    re.I,
)


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
    antecedent = pairs[index - 1][0].unit if index else None
    per = quantity.per or (
        counted.per_of(p, quantity, where, right, antecedent) if quantity.dimension != "age" else None
    )
    if quantity.open_dollar:
        quantity.unit = dollar
    if quantity.unit == "penny" and per is None and quantity.dimension == "currency":
        pass
    _points(p, sentence, quantity, pairs, index)
    if move.role == "level" and per is not None:
        move.role = "rate"
    about = scope.of(p, begin, stop, quantity, where, move, resolve)
    if (
        per is None
        and _EACH.match(text, max(quantity.end, where.noun_end), right)
        and (about.measure or about.of)
    ):
        per = singular((about.measure or about.of).lower())
        move.role = "rate" if move.role == "level" else move.role
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
        measure=about.measure,
        of=about.of,
        whole=about.whole,
        place=about.place,
        baseline=scope.baseline(text, left, right, quantity, following),
        modality=modality.of(p, begin, stop, verb_at, where.first),
    )
    when = periods.nearest(spans, quantity.start, quantity.end)
    if when is not None:
        figure.period = periods.as_period(text, when)
    _sign(figure)
    return figure


def _sign(figure: Figure) -> None:
    """A written plus is an increase; the sign of a change is in its direction."""
    if figure.text.startswith("+"):
        figure.change, figure.role = "increase", "change"


def _points(p: Passage, sentence: tuple[int, int, int], quantity: Quantity, pairs: list, index: int) -> None:
    """ "Points" are percentage points where shares or rates are spoken of, else points."""
    if (
        quantity.unit not in ("point", "percentage point")
        or "ercent" in p.text[quantity.start : quantity.end]
    ):
        return
    begin, stop, _ = sentence
    words = set(p.low[begin:stop])
    if words & _INDEX_WORDS or words & _GAME_WORDS:
        quantity.unit, quantity.dimension = "point", "other"
        return
    shares = any(other.unit in ("percent", "fraction") for other, _ in pairs)
    if shares or words & _RATE_WORDS or quantity.unit == "percentage point":
        quantity.unit, quantity.dimension = "percentage point", "ratio"


_INDEX_WORDS = frozenset(
    "index indices dow nasdaq ftse nikkei average composite shares stocks market s&p dax cac sensex hang seng exchange futures wall bourse".split()
)
_GAME_WORDS = frozenset(
    "game games rebounds assists scored season league match team championship halftime standings touchdown players player".split()
)
_RATE_WORDS = frozenset(
    "unemployment rate rates poll polls inflation approval share support lead turnout percent % interest voters margin jobless survey yield yields growth tax popularity ratings rating mortgage swing".split()
)


_UP_FROM_GAP = re.compile(
    r"[^;.]{0,40}?\b(?:up|down|higher|lower|a\s+rise|an\s+increase|a\s+drop|a\s+fall|a\s+decline)\s+from\s+(?:\w+\s+){0,3}$",
    re.I,
)


def _arrived(text: str, found: list[Figure]) -> None:
    """ "40 pesos, up from 35": the level before "up from" is the one that was reached."""
    for before, figure in itertools.pairwise(found):
        if (
            figure.role == "from"
            and before.role in ("level", "rate")
            and before.dimension == figure.dimension
            and before.unit == figure.unit
        ):
            if _UP_FROM_GAP.fullmatch(text[before.end : figure.start]):
                before.role, before.change = "to", figure.change
                figure.measure, figure.of = before.measure, before.of


def _inherit_per(found: list[Figure]) -> None:
    """ "£1,240 a month, up from £1,204": an elided divisor is the one of the same unit in the sentence."""
    for index, figure in enumerate(found):
        if figure.per is not None or figure.role not in ("from", "to") or figure.dimension == "ratio":
            continue
        for other in [*found[index + 1 : index + 2], *reversed(found[:index])]:
            if other.per is not None and other.unit == figure.unit and other.role in ("from", "to", "rate"):
                figure.per = other.per
                break


_RESTATES = re.compile(
    r"\s*[(\[]\s*(?:(?:about|around|approximately|roughly|or|some|nearly|equivalent\s+to|equal\s+to|approx\.?|US|just\s+over|just\s+under|over|under)\s+)*$",
    re.I,
)
_RESTATES_OR = re.compile(r"\s*,?\s+or\s+(?:(?:about|around|roughly|some|nearly)\s+)?$", re.I)


def _restatements(text: str, found: list[Figure], number: int) -> None:
    """ "62 mph (100 km/h)": the second is the first in another unit. `same_as` is local to the sentence here."""
    for index in range(1, len(found)):
        before, figure = found[index - 1], found[index]
        gap = text[before.end : figure.start]
        if (
            before.same_as is not None
            and gap.strip() in (";", ",", "/")
            and before.dimension == figure.dimension != "count"
            and before.unit != figure.unit
        ):
            figure.same_as = before.same_as
            for name in ("bound", "change", "role", "measure", "of"):
                setattr(figure, name, getattr(before, name))
            continue
        if (
            before.unit == figure.unit
            or before.dimension != figure.dimension
            or figure.dimension in ("count", "ratio", "other", "time")
        ):
            if not (
                before.dimension == figure.dimension == "ratio"
                and {before.unit, figure.unit} == {"fraction", "percent"}
            ):
                continue
        if not (
            _RESTATES.fullmatch(gap) and text[figure.end : figure.end + 20].lstrip()[:1] in (")", "]", "")
        ) and not _RESTATES_OR.fullmatch(gap):
            if not (_RESTATES.fullmatch(gap) and figure.dimension == "currency"):
                continue
        figure.same_as = index - 1
        for name in ("bound", "change", "role", "measure", "of", "per"):
            setattr(figure, name, getattr(before, name) if name != "per" else figure.per or before.per)


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
            return figure.measure is None
    words = text[figure.start : quantity.number_end].lower().strip()
    return quantity.spelled and words in _HIDDEN_WORDS and figure.measure is None
