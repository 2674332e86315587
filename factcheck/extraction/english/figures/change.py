"""Whether a figure is the size of a change, where it came from, where it went, or a level; and which way it moved."""

from __future__ import annotations

import re

from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.movement import DIRECTION, Movement, governing_verb
from factcheck.extraction.english.figures.movers import CLOSES, DOES, DOWN, MOVES, NOUNS, UP
from factcheck.extraction.english.figures.moving_verbs import by_verb, closes
from factcheck.extraction.english.figures.quantity import Quantity
from factcheck.extraction.english.parse import Passage

_MOVES_UP = frozenset("go move tick push drive bring come creep head".split())
_LINK = re.compile(
    r"(?:^|(?<=\s)|(?<=[(\[,-]))(?P<word>to|by|from|at|of|up|down|higher|lower|into)(?:\s+(?:by|about|around|roughly|nearly|almost|some|just|only|over|under|more|than|less|"
    r"the|an?|range|between|at|least|most|well|above|below|close|estimated|record|approximately|as|much|many|little|high|low|another|its|their|his|her|fewer|current|even|further|"
    r"total|of|average|between|virtually|slightly|no|currently|exactly|historic|all-time|minimum|maximum|modest|mere|whopping|still|then|now|previous|level))*\s*[($£€]?$",
    re.I,
)
_UP_FROM = re.compile(
    r"\b(?P<way>up|down|higher|lower|rise|increase|drop|decrease|decline|fall|more|less|fewer|compared)\b[^,;.]{0,36}?\bfrom\b[^,;]{0,30}$",
    re.I,
)
_AFTER = re.compile(
    r"\s*(?:\([^)]{1,30}\)\s*)?(?P<word>up|down|higher|lower|more|fewer|less)\b(?!\s+(?:to|in|on|for)\b)",
    re.I,
)
_PAST = re.compile(r"\b(?:below|above|past|beyond)\s+(?:the\s+)?[$£€]?$")
_AT = re.compile(r"\bat\s+(?:about\s+|around\s+|a\s+record\s+)?[$£€]?$")
_UP_TO = re.compile(
    r"(?<!\bgo )(?<!\bgoes )(?<!\bwent )(?<!\bgone )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bup\s+to\b[^,;]{0,20}$",
    re.I,
)
_BESIDE = re.compile(
    r"\s+(?:below|above|short\s+of|shy\s+of|ahead\s+of|behind|off\s+(?:the|its|his|her|their))\b", re.I
)
_TEMPORAL = re.compile(
    r"\s+(?:than|from|compared\s+(?:with|to)|on|over|versus|against)\s+(?:(?:in|the|a|its|for|at|during|same|this|that|time|period|point|previous)\s+)*(?:years?|months?|weeks?|quarters?|last|previous|prior|20\d\d|19\d\d|ago|earlier|decade|yesterday|before|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)\b|\s*(?:year[\s-]on[\s-]year|on\s+the\s+year|overnight)",
    re.I,
)


def of(p: Passage, left: int, right: int, quantity: Quantity, where: Placed) -> Movement:
    """Role and direction; `left` and `right` are the sentence's offsets in the text."""
    governor = governing_verb(p, where.head)
    result = Movement(verb=governor)
    if quantity.dimension in ("score", "age"):
        return result
    if quantity.kind == "multiple":
        return _multiple(p, quantity, where, result)
    text = p.text
    window = text[max(left, quantity.start - 60) : quantity.start]
    link = _LINK.search(window)
    word = link.group("word").lower() if link else ""
    if word == "to" and _UP_TO.search(window):
        word = ""
    if word in DIRECTION and _AT.search(window):
        word = "at"
    noun = _change_noun(p, where, word, quantity)
    if noun is not None:
        if quantity.dimension == "currency" and singular(p.low[noun]) == "loss":
            return result
        result.noun = noun
        result.change = NOUNS[singular(p.low[noun])]
        result.role = {"to": "to", "from": "from"}.get(word if noun < where.first else "", "change")
        return result
    if word in DIRECTION and _is_particle(p, where, word):
        word = ""
    if word in DIRECTION and not (word == "up" and re.match(r"\s+to\b", window[link.start("word") + 2 :])):
        result.role, result.change = "change", DIRECTION[word]
        return result
    if word == "from":
        back = _UP_FROM.search(window)
        way = DIRECTION.get(back.group("way").lower()) if back else None
        if way:
            result.role, result.change = "from", way
            return result
    if _BESIDE.match(text, max(quantity.end, where.noun_end), right):
        return result
    after = _AFTER.match(text, max(quantity.end, where.noun_end), right)
    if after:
        way = DIRECTION.get(after.group("word").lower()) or {"more": UP, "fewer": DOWN, "less": DOWN}.get(
            after.group("word").lower()
        )
        if _TEMPORAL.match(text, after.end(), right) or (
            after.group("word").lower() in ("up", "down") and quantity.dimension != "count"
        ):
            result.role, result.change = "change", way
            return result
        if after.group("word").lower() in ("higher", "lower") and closes(p, governor):
            result.role, result.change = "change", way
            return result
        if after.group("word").lower() in ("more", "fewer", "less", "higher", "lower"):
            return result
    if not word and governor is not None and _PAST.search(window):
        way = MOVES.get(verb(p.words[governor])) or DOES.get(verb(p.words[governor]))
        if way and governor < where.first:
            result.role, result.change = "to", way
            return result
    return by_verb(p, left, quantity, where, result, word, governor)


def _is_particle(p: Passage, where: Placed, word: str) -> bool:
    """ "Make up 16 percent", "set up 3 camps": no movement, the word belongs to a verb that says something else."""
    for i in range(where.first - 1, max(-1, where.first - 5), -1):
        if p.low[i] == word:
            base = verb(p.words[p.head[i]]) if p.tag[p.head[i]].startswith("VB") else ""
            return (
                p.dep[i] == "prt"
                and base not in MOVES
                and base not in DOES
                and base not in CLOSES
                and base not in _MOVES_UP
            )
    return False


def _multiple(p: Passage, quantity: Quantity, where: Placed, result: Movement) -> Movement:
    if quantity.change and p.tag[where.first].startswith("VB"):
        result.verb = where.first
        result.role, result.change = "change", quantity.change
    elif quantity.change and p.tag[where.first] in ("NN", "NNS") and p.low[where.first].endswith("ing"):
        result.role, result.change = "change", quantity.change
    elif result.verb is not None:
        base = verb(p.words[result.verb])
        way = MOVES.get(base) or DOES.get(base)
        if way and p.text[quantity.start : quantity.end].lower().endswith("fold"):
            result.role, result.change = "change", way
    if result.role == "level" and p.text[quantity.start : quantity.end].lower().endswith("fold"):
        head = p.head[where.head]
        way = NOUNS.get(singular(p.low[head]))
        if way:
            result.role, result.change, result.noun = "change", way, head
    return result


def _change_noun(p: Passage, where: Placed, word: str, quantity: Quantity) -> int | None:
    """ "A 20 percent drop", "an increase of 5 percent", "a fall from 80 to 60"."""
    head = p.head[where.head]
    if (
        head > where.last
        and singular(p.low[head]) in NOUNS
        and p.tag[head] in ("NN", "NNS")
        and head - where.last <= 5
    ):
        return head if _is_change_unit(quantity) else None
    if (
        where.noun is not None
        and singular(p.low[where.noun]) in NOUNS
        and quantity.unit is not None
        and quantity.dimension != "count"
    ):
        return where.noun
    after = where.last + 1
    for i in range(after, min(after + 3, len(p.low))):
        if p.tag[i] in ("NN", "NNS") and singular(p.low[i]) in NOUNS and _is_change_unit(quantity):
            return i
        if p.tag[i] not in ("JJ", "NN", "HYPH", "VBN"):
            break
    if word in ("of", "to", "from", "by"):
        i = where.head
        for _ in range(4):
            up = p.head[i]
            if up == i:
                break
            if p.dep[i] in ("prep", "pobj", "pcomp", "nummod", "quantmod", "compound", "npadvmod") and p.tag[
                up
            ] in ("NN", "NNS", "IN", "TO", "CD"):
                i = up
                if p.tag[i] in ("NN", "NNS") and i < where.first:
                    return i if singular(p.low[i]) in NOUNS else None
                continue
            break
        before = where.first - 1
        while before >= 0 and where.first - before <= 6 and p.low[before] != word:
            before -= 1
        if (
            before > 0
            and p.low[before] == word
            and p.tag[before - 1] in ("NN", "NNS")
            and singular(p.low[before - 1]) in NOUNS
        ):
            return before - 1
    return None


def _is_change_unit(quantity: Quantity) -> bool:
    return quantity.dimension != "count" and quantity.dimension != "time"


_AUX = ("aux", "auxpass", "neg")


def verb_group(p: Passage, at: int) -> str:
    """The verb at `at` with its auxiliaries, negation and particle, as written."""
    first = last = at
    for child in p.children[at]:
        if p.dep[child] in _AUX and child < at and at - child <= 5:
            first = min(first, child)
        elif (p.dep[child] == "prt" and 0 < child - at <= 2) or (
            p.dep[child] == "neg" and 0 < child - at <= 1
        ):
            last = max(last, child)
    return p.slice(first, last)
