"""What a number counts, and per what: read off the parse, with the order of the words as a second opinion."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.extraction.english.figures import units
from factcheck.extraction.english.figures.inflection import singular
from factcheck.extraction.english.figures.quantities import Quantity
from factcheck.extraction.english.parse import Passage

_NOUN = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PREMODIFIER = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "CD", "RB", "RBR", "AFX")
)
_NOT_UNIT = frozenset(
    "a an the more other another additional further extra new of those these them such same many few total least most less fewer or so out "
    "full whole entire consecutive straight different separate first last next past previous own".split()
)
_DROP = frozenset(
    "last first next past previous final remaining odd more other additional further extra such same total least full consecutive of the those these its his her their our all fewer less own".split()
)
_LINKING_PARTICIPLES = frozenset(
    "related based led owned born run backed linked run made trained registered affiliated".split()
)
_NOT_NOUNS = frozenset(
    "according including following regarding during concerning depending starting being having".split()
)
_TIME_NOUNS = frozenset(
    "today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday".split()
)
_NO_UNIT = frozenset("respectively percent per".split())


_PERIODS = frozenset(
    "week month year quarter season night weekend summer winter spring autumn decade".split()
)
_GAPS = frozenset("margin majority lead advantage deficit cushion".split())


@dataclass(slots=True)
class Placed:
    """A quantity's tokens: `first` and `last` of its span, `head` the noun or number it hangs on, `noun` what it counts."""

    first: int
    last: int
    head: int
    noun: int | None = None
    noun_end: int = 0


def place(p: Passage, quantity: Quantity) -> Placed:
    """Where the quantity stands among the tokens, and the one that links it to the rest of the sentence."""
    span = p.tokens_in(quantity.start, quantity.end)
    first, last = (span[0], span[-1]) if len(span) else (p.token_at(quantity.start),) * 2
    return Placed(first, last, _top(p, first, last), None, quantity.end)


def _top(p: Passage, first: int, last: int) -> int:
    """The token of the span that hangs on something outside it; the last one where several do."""
    top = last
    for i in range(last, first - 1, -1):
        if not first <= p.head[i] <= last or p.head[i] == i:
            top = i
            if p.tag[i] in ("NN", "NNS", "CD", "NNP", "NNPS", "$"):
                break
    return top


def unit_of(p: Passage, begin: int, stop: int, quantity: Quantity, where: Placed) -> str | None:
    """The counted noun in the singular, with its premodifiers, or None where the text names none."""
    at = where.last + 1
    low = p.low
    if at >= stop:
        return None
    if low[at] in ("out",) and at + 1 < stop and low[at + 1] == "of":
        at += 1
    if low[at] == "of" and at + 1 < stop:
        return _of_phrase(p, at + 1, stop, where)
    if low[at] == "%" or low[at] in _NO_UNIT:
        return None
    if low[at] in ("times", "time") and p.tag[at] in ("NNS", "NN", "VBZ"):
        return "time"
    if p.tag[at] == "CD" and p.low[at][0].isdigit() and p.tag[min(at + 1, stop - 1)] != "HYPH":
        return None
    noun = _noun(p, begin, stop, where)
    if noun is None or (
        p.ent[noun] == "DATE"
        and p.low[noun] in _PERIODS
        and p.low[noun - 1] in ("last", "next", "this", "a", "each", "per")
    ):
        return None
    if (
        p.tag[noun] == "NN"
        and quantity.high > 1
        and noun + 2 < stop
        and p.tag[noun + 1] == "VBZ"
        and p.low[noun + 2] in ("per", "of", "in", "for", ",", ".", "and")
    ):
        # "Fifteen youth suicides per 100,000": the tagger takes the plural for a verb.
        noun += 1
    if p.low[noun] in _GAPS and noun > at and p.tag[noun - 1] == "NN" and noun - 1 == at:
        # "A 149 vote margin" is of votes.
        return _named(p, where, at, noun - 1)
    return _named(p, where, at, noun)


def _of_phrase(p: Passage, at: int, stop: int, where: Placed) -> str | None:
    """ "Dozens of people", "9 of the 12 shows"."""
    start = at
    while (
        at < stop
        and (p.tag[at] in ("DT", "PRP$", "CD", "PDT", "JJ", "JJR", "RB", "IN") or p.low[at] in _DROP)
        and at - start < 6
        and p.tag[at] != "PRP"
    ):
        if p.tag[at] == "IN" and p.low[at] not in ("about", "around", "over", "than"):
            break
        if p.tag[at] == "JJ" and p.low[at] not in _DROP:
            break
        at += 1
    noun = _chunk_end(p, at, stop)
    if noun is not None and noun + 1 < stop and p.tag[noun + 1] == "POS":
        at = noun + 2
        noun = _chunk_end(p, at, stop)
    if noun is None:
        return None
    return _named(p, where, at, noun)


def _noun(p: Passage, begin: int, stop: int, where: Placed) -> int | None:
    """The noun that the number modifies: its head in the parse if that is near, else the end of the noun phrase."""
    head = p.head[where.head]
    if where.last < head < stop and p.tag[head] in _NOUN and head - where.last <= 7:
        if p.dep[where.head] in ("nummod", "compound", "amod", "quantmod", "nmod", "poss") and _plain_between(
            p, where.last + 1, head
        ):
            chunk = _chunk_end(p, where.last + 1, stop)
            if chunk is not None and chunk > head and p.head[head] == chunk:
                return chunk
            return head
    return _chunk_end(p, where.last + 1, stop)


def _plain_between(p: Passage, a: int, b: int) -> bool:
    return all(
        p.tag[i] in _PREMODIFIER
        or p.low[i] in ("and", "or", "'s", "’s", "-")
        or (p.low[i] == "," and p.tag[i + 1] == "JJ")
        for i in range(a, b)
    ) and not any(p.tag[i] == "POS" for i in range(a, b))


def _chunk_end(p: Passage, at: int, stop: int) -> int | None:
    """The last noun of the run of premodifiers and nouns that starts at `at`."""
    noun = None
    i = at
    while i < stop and i - at < 8:
        tag = p.tag[i]
        if tag in _NOUN:
            if (p.low[i] in _TIME_NOUNS and noun is not None) or (
                p.ent[i] == "DATE" and p.low[i] in _TIME_NOUNS
            ):
                break
            if (
                noun is not None
                and p.ent[i]
                and p.iob[i] == 3
                and p.ent[i] in ("PERSON", "DATE", "GPE")
                and p.tag[noun] == "NNS"
            ):
                break
            if noun is not None and p.tag[noun] == "NNS" and p.head[noun] != i and tag == "NN":
                break
            noun = i
        elif (
            tag == "VBD"
            and i == at
            and i + 1 < stop
            and p.tag[i + 1] in _NOUN
            and p.end[i] + 1 == p.start[i + 1]
        ):
            # "1,124 pledged delegates": the tagger takes the participle for a verb.
            if p.low[i + 1] in _TIME_NOUNS or (p.dep[i] == "ROOT" and p.dep[i + 1] in ("dobj", "npadvmod")):
                break
            if p.tag[i + 1] == "NN" and p.head[i + 1] == i and p.dep[i + 1] == "dobj":
                break
        elif tag not in _PREMODIFIER or p.low[i] in (
            "ago",
            "later",
            "earlier",
            "long",
            "away",
            "worth",
            "apart",
            "higher",
            "lower",
            "down",
            "up",
            "so",
        ):
            break
        elif tag in ("VBN", "VBG") and noun is not None:
            if not (p.low[i] in _LINKING_PARTICIPLES and i + 1 < stop and p.tag[i + 1] in _NOUN):
                break
        elif (tag == "CD" and i > at and p.low[i][0].isdigit()) or (
            tag in ("RB", "RBR") and noun is not None
        ):
            break
        i += 1
    if (
        noun is None
        and at < stop
        and p.tag[at] == "VBG"
        and p.low[at] not in _NOT_NOUNS
        and (at + 1 >= stop or p.tag[at + 1] not in ("DT", "PRP$", "PRP"))
    ):
        return at
    if noun is None or p.low[noun] in ("p.m.", "a.m.", "percent", "%", "$"):
        return None
    return noun


def _named(p: Passage, where: Placed, at: int, noun: int) -> str | None:
    """The words from `at` to the noun, without those that do not name a kind, the last in the singular."""
    words: list[str] = []
    for i in range(at, noun):
        word = p.words[i]
        if (
            p.low[i] in _DROP
            or (not words and p.tag[i] in ("DT", "JJR", "RBR", "PRP$", "RB", "CC"))
            or p.tag[i] in ("CD", "IN")
        ):
            continue
        if p.low[i] in (",", "and", "or", "'s", "’s", '"', "“", "”", "'"):
            words.append(word)
            continue
        words.append(word)
    where.noun, where.noun_end = noun, p.end[noun]
    head = singular(p.words[noun])
    if re.fullmatch(r"[A-Z]{2,}s", p.words[noun]):
        head = p.words[noun][:-1]
    elif p.tag[noun] in ("NN", "NNS"):
        head = head.lower() if not p.words[noun].isupper() else head
    text = " ".join([*words, head])
    text = re.sub(r"\s+([-‐–,'’])\s*", lambda m: m.group(1) + (" " if m.group(1) == "," else ""), text)
    text = re.sub(r"^[\W_]+|(?<=\w)-\s", "", text)
    words = text.split()
    return " ".join(words[-6:]) if words else None


_PER_NOUN = (
    r"second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|annum|season|share|barrel|head|person|capita|"
    r"gallon|tonne|ton|pound|litre|liter|kilo|kilogram|kilometre|kilometer|mile|metre|meter|ounce|piece|unit|game|match|pop|"
    r"household|employee|worker|pupil|student|child|family|customer|passenger|patient|ticket|vehicle|car|bottle|pack|trip|ride|visit|"
    r"round|shift|bushel|hectare|acre|inch|plate|dozen|bag|box|copy|user|vote|voter|seat|room|episode|album|track|case|dose|shot|test|"
    r"victim|resident|adult|couple|team|country|state|county|school|class|hundredweight|kilowatt[\s-]hour|megawatt[\s-]hour|kWh|MWh|square\s+(?:foot|metre|meter|mile|kilometre|kilometer)|cubic\s+(?:foot|metre|meter)|kg|km|lb|gram|gramme|cup|serving|spoonful|cent|dollar|word|page|night"
)
_OF_BETWEEN = (
    r"(?:\s+(?:of|in)\s+(?:(?!a\b|an\b|per\b|each\b|every\b|the\b|and\b|or\b|\d)[\w’'-]+\s*){1,4}?)?"
)
_PER = re.compile(
    rf"{_OF_BETWEEN}(?:\s*(?:\(|,)?\s*(?:per|for\s+every|for\s+each|/)\s+(?:(?P<number>[\d,.]+\s+|(?:one\s+)?(?:hundred|thousand|million|billion)\s+|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+|100[,.\s]?000\s+)?(?:of\s+)?(?P<noun>(?!cent\b)[A-Za-z-]+(?:\s+(?:people|women|men|children|births|inhabitants|residents|population|live\s+births|hour|foot|metre|meter|mile|kilometre|kilometer|year))?)|(?P<bare>(?:100|1|10)[,.\s]?000(?:[,.\s]?000)?)(?![\w,.]*\d))|(?:\s+of)?\s+per[-\s](?P<noun5>day|week|month|year)\b|"
    rf"\s*[-\s](?:an?|each|every)[-\s]+(?P<noun2>{_PER_NOUN})(?![\w-]*\s+(?:ago|earlier|later|before(?!\s+tax)|after(?!\s+tax)|from\s+now|on\s+year))\b|\s?/\s?(?P<noun3>{_PER_NOUN}|day|hr|yr|mo)\b|\s+(?P<adverb>annually|daily|weekly|monthly|yearly|hourly|nightly)\b(?!\s+(?!(?:and|or|in|on|to|by|from|for|since|at|this|last|with|but|when|if|as|while|after|before|during|under|over|across|through|via|into|than)\b)[a-z])|\s+(?P<each>each|apiece)\b(?!\s+other)|\s+(?:on|in|at|from|for)\s+(?:each|every)\s+(?P<noun6>[a-z]{{3,}})\b|\s+a\s+(?P<noun4>day|week|month|year|share|head|barrel|person|piece|pop|litre|liter|gallon|tonne|ton|night|hour|minute|kilo|game|season)\b(?!\s+(?:ago|earlier|later|before(?!\s+tax)|after(?!\s+tax)|from\s+now|on\s+year|old)))",
    re.I,
)
_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
    "nightly": "night",
}
_DIVISOR = re.compile(r"(?:\bper|\bfor\s+every|\bevery|/)\s*$|\bin\s+every\s+$", re.I)


def per_of(p: Passage, quantity: Quantity, where: Placed, right: int, antecedent: str | None) -> str | None:
    """The divisor: "a day", "per 100,000 people", "each". `antecedent` is what "each" stands for."""
    for at in sorted({quantity.end, where.noun_end}, reverse=True):
        match = _PER.match(p.text, at, min(right, at + 80))
        if match is None:
            continue
        if match.group("each"):
            return singular(antecedent) if antecedent else None
        if match.group("adverb"):
            return _ADVERBS[match.group("adverb").lower()]
        if match.group("bare"):
            return match.group("bare")
        noun = next(
            match.group(name)
            for name in ("noun", "noun2", "noun3", "noun4", "noun5", "noun6")
            if match.group(name)
        )
        number = (match.group("number") or "").strip()
        noun = re.sub(r"\s+", " ", noun.lower())
        noun = {
            "annum": "year",
            "capita": "person",
            "head": "person",
            "hr": "hour",
            "yr": "year",
            "mo": "month",
        }.get(noun, noun)
        if number and number.lower() != "one":
            return f"{number} {match.group('noun')}"
        unit = units.BY_WORD.get(noun) or units.BY_SYMBOL.get(noun)
        if unit is None and match.group("noun") and noun.split()[0] in ("se", "day-to-day", "diem"):
            return "day" if noun.startswith("diem") else None
        return unit.name if unit else singular(noun)
    return None


def is_divisor(text: str, left: int, quantity: Quantity) -> bool:
    """The number in "per 100,000 people" or "every two hours" belongs to the figure it divides."""
    before = text[max(left, quantity.start - 12) : quantity.start]
    match = _DIVISOR.search(before)
    if match is None:
        return False
    if match.group().lower().startswith("every"):
        return quantity.dimension == "time" or quantity.unit is None
    return not match.group().startswith("/")
