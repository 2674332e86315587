"""Whether a figure is the size of a change, where it came from, where it went, or a level; and which way it moved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.movers import (
    ADDED_NOT,
    BRINGS,
    CLOSES,
    DOES,
    DOWN,
    GAINS,
    LOST_NOT,
    MOVES,
    NOUNS,
    UP,
)
from factcheck.extraction.english.figures.quantities import Quantity
from factcheck.extraction.english.parse import Passage

_LINK = re.compile(
    r"(?:^|(?<=\s)|(?<=[(\[,-]))(?P<word>to|by|from|at|of|up|down|higher|lower|into)(?:\s+(?:by|about|around|roughly|nearly|almost|some|just|only|over|under|more|than|less|"
    r"the|an?|range|between|at|least|most|well|above|below|close|estimated|record|approximately|as|much|many|little|high|low|another|its|their|his|her|fewer|current|even|further|"
    r"total|of|average|between|virtually|slightly|no|currently|exactly|historic|all-time|minimum|maximum|modest|mere|whopping|still|then|now|previous|level))*\s*[($£€]?$",
    re.I,
)
_MOVES_UP = frozenset("go move tick push drive bring come creep head".split())
_RATE = re.compile(r"\bat\s+(?:an?|the|its|their)\s+(?:\w+\s+){0,3}(?:rate|pace)\s+of\b", re.I)
_UP_FROM = re.compile(
    r"\b(?P<way>up|down|higher|lower|rise|increase|drop|decrease|decline|fall|more|less|fewer|compared)\b[^,;.]{0,36}?\bfrom\b[^,;]{0,30}$",
    re.I,
)
_DIRECTION = {"up": UP, "higher": UP, "down": DOWN, "lower": DOWN}
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


@dataclass(slots=True)
class Movement:
    role: str = "level"
    change: str | None = None
    verb: int | None = None
    noun: int | None = None


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
    if word in _DIRECTION and _AT.search(window):
        word = "at"
    noun = _change_noun(p, where, word, quantity)
    if noun is not None:
        if quantity.dimension == "currency" and singular(p.low[noun]) == "loss":
            return result
        result.noun = noun
        result.change = NOUNS[singular(p.low[noun])]
        result.role = {"to": "to", "from": "from"}.get(word if noun < where.first else "", "change")
        return result
    if word in _DIRECTION and _is_particle(p, where, word):
        word = ""
    if word in _DIRECTION and not (word == "up" and re.match(r"\s+to\b", window[link.start("word") + 2 :])):
        result.role, result.change = "change", _DIRECTION[word]
        return result
    if word == "from":
        back = _UP_FROM.search(window)
        way = _DIRECTION.get(back.group("way").lower()) if back else None
        if way:
            result.role, result.change = "from", way
            return result
    if _BESIDE.match(text, max(quantity.end, where.noun_end), right):
        return result
    after = _AFTER.match(text, max(quantity.end, where.noun_end), right)
    if after:
        way = _DIRECTION.get(after.group("word").lower()) or {"more": UP, "fewer": DOWN, "less": DOWN}.get(
            after.group("word").lower()
        )
        if _TEMPORAL.match(text, after.end(), right) or (
            after.group("word").lower() in ("up", "down") and quantity.dimension != "count"
        ):
            result.role, result.change = "change", way
            return result
        if after.group("word").lower() in ("higher", "lower") and _closes(p, governor):
            result.role, result.change = "change", way
            return result
        if after.group("word").lower() in ("more", "fewer", "less", "higher", "lower"):
            return result
    if not word and governor is not None and _PAST.search(window):
        way = MOVES.get(verb(p.words[governor]))
        if way and governor < where.first:
            result.role, result.change = "to", way
            return result
    return _by_verb(p, left, quantity, where, result, word, governor)


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


def governing_verb(p: Passage, i: int) -> int | None:
    """The nearest verb above token `i`."""
    for _ in range(12):
        up = p.head[i]
        if up == i:
            return i if p.tag[i][:2] in ("VB", "MD") else None
        i = up
        if p.tag[i].startswith("VB"):
            return i
    return None


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


def _by_verb(
    p: Passage,
    left: int,
    quantity: Quantity,
    where: Placed,
    result: Movement,
    word: str,
    governor: int | None,
) -> Movement:
    at = governor
    for _ in range(2):
        if at is None:
            break
        base = verb(p.words[at])
        found = _verb_role(p, quantity, where, at, base, word)
        if found:
            result.role, result.change = found
            result.verb = at
            return result
        if (
            base in ("be", "have", "do")
            or at == p.head[at]
            or p.dep[at] not in ("advcl", "xcomp", "acl", "conj", "ccomp")
        ):
            break
        at = None
    if word in ("to", "from", "by", "at"):
        found = _verb_before(p, left, quantity, where, word)
        if found:
            result.role, result.change, result.verb = found
            return result
    if word == "at" and _closes(p, governor):
        way = _way_beside(p, governor, where) or _way_behind(text=p.text, quantity=quantity)
        if way is None and p.dep[governor] in ("xcomp", "advcl", "conj"):
            base = verb(p.words[p.head[governor]])
            way = MOVES.get(base) or DOES.get(base)
        if way:
            result.role, result.change = "to", way
    return result


# Cutting these "to" somebody takes them away from so many, and leaves no level.
_SUPPLIES = frozenset(
    "power supply supplies electricity water gas service services aid funding access heating benefits payments pension connection".split()
)


def _supplies(p: Passage, at: int) -> bool:
    return any(p.dep[c] in ("dobj", "nsubjpass") and p.low[c] in _SUPPLIES for c in p.children[at])


def _closes(p: Passage, at: int | None) -> bool:
    return at is not None and verb(p.words[at]) in CLOSES and verb(p.words[at]) != "be"


_BEHIND = re.compile(
    r",\s+(?P<way>up|down)\s+(?:by\s+)?(?:about\s+|around\s+|nearly\s+|almost\s+|just\s+)?[$£€]?\d"
)


def _way_behind(text: str, quantity: Quantity) -> str | None:
    """ "Was trading at $1.27, up 0.3 percent"."""
    match = _BEHIND.match(text, quantity.end)
    return _DIRECTION[match.group("way")] if match else None


def _way_beside(p: Passage, at: int, where: Placed) -> str | None:
    """ "Closed up 12 points at 4,577": the adverb beside the verb."""
    for i in range(at + 1, min(where.first, at + 8)):
        if p.low[i] in _DIRECTION:
            return _DIRECTION[p.low[i]]
    return None


def _verb_role(
    p: Passage, quantity: Quantity, where: Placed, at: int, base: str, word: str
) -> tuple[str, str | None] | None:
    way = MOVES.get(base) or DOES.get(base)
    particle = any(
        p.dep[c] in ("prt", "advmod") and p.low[c] in ("up", "down") and abs(c - at) < 4
        for c in p.children[at]
    )
    if word == "of" and _RATE.search(p.text[p.end[at] : p.start[where.first]]) and way:
        return "change", way
    if base in ("go", "move", "tick", "push", "drive", "bring", "come") and particle:
        way = next(_DIRECTION[p.low[c]] for c in p.children[at] if p.low[c] in ("up", "down"))
    if word in ("to", "into"):
        if way and quantity.dimension == "count" and _supplies(p, at):
            return None
        if way:
            return "to", way
        if base in BRINGS and at < where.first:
            return "to", UP
        if base in GAINS and base not in DOES and at < where.first and quantity.dimension != "count":
            return "to", GAINS[base]
        return None
    if word == "from":
        return ("from", way) if way else None
    if word == "at":
        return (
            ("to", _way_beside(p, at, where))
            if way is None and base in CLOSES and _way_beside(p, at, where)
            else None
        )
    dep = p.dep[where.head] if p.head[where.head] == at else _dep_under(p, where.head, at)
    if dep in ("nsubj", "nsubjpass"):
        gained = GAINS.get(base)
        if (
            dep == "nsubjpass"
            and gained
            and quantity.dimension in ("count", "currency", "ratio")
            and not _is_not(base, quantity)
        ):
            return "change", gained
        return None
    if word == "by" and way:
        return "change", way
    if word in ("of",) and dep not in ("dobj", "npadvmod", "attr"):
        return None
    if quantity.kind in ("fraction", "odds") and dep in ("appos", "dep"):
        return None
    if (
        way
        and dep
        in ("dobj", "npadvmod", "attr", "dep", "advmod", "nummod", "ccomp", "oprd", "conj", "appos", "acomp")
        and at < where.first
    ):
        if base in (
            "raise",
            "lift",
            "improve",
            "extend",
            "expand",
            "cap",
            "recover",
            "contract",
            "improve",
            "up",
            "close",
        ) and quantity.dimension in ("currency", "count"):
            return None
        if (
            quantity.dimension == "count"
            and base not in GAINS
            and quantity.unit is not None
            and dep == "dobj"
            and base not in ("increase", "reduce")
        ):
            return "change", way
        if (
            quantity.dimension == "time"
            and base in MOVES
            and base not in ("shorten", "extend", "gain", "lengthen")
        ):
            return None
        if where.noun is not None and p.dep[where.noun] not in (
            "dobj",
            "npadvmod",
            "attr",
            "nsubj",
            "conj",
            "pobj",
        ):
            return None
        return "change", way
    gained = GAINS.get(base)
    if (
        gained
        and dep in ("dobj", "npadvmod", "conj", "appos", "nummod", "attr")
        and at < where.first
        and not _is_not(base, quantity)
    ):
        if base in ("create", "attract", "close", "hire", "remove", "dismiss") and quantity.dimension not in (
            "count",
        ):
            return None
        return "change", gained
    return None


def _is_not(base: str, quantity: Quantity) -> bool:
    noun = (quantity.unit or "").rpartition(" ")[2].lower()
    if base == "lose":
        return noun in LOST_NOT or quantity.dimension in ("time", "score", "age")
    if base in ("add", "gain", "create", "attract", "close"):
        return noun in ADDED_NOT or quantity.dimension in ("time", "score", "age")
    return quantity.dimension in ("time", "age", "score")


def _dep_under(p: Passage, i: int, top: int) -> str:
    """The dependency by which the phrase that holds `i` hangs on `top`."""
    while p.head[i] != top and p.head[i] != i:
        i = p.head[i]
    return p.dep[i]


def _verb_before(
    p: Passage, left: int, quantity: Quantity, where: Placed, word: str
) -> tuple[str, str, int | None] | None:
    """A verb or noun of change shortly before "to", "from" or "by", where the parse went another way."""
    role = {"to": "to", "from": "from", "by": "change"}.get(word)
    if role is None:
        return None
    for i in range(where.first - 1, max(-1, where.first - 22), -1):
        if p.start[i] < left or p.low[i] in (";", ":", "but", "while", "that", "said", "which", "who"):
            return None
        tag = p.tag[i]
        if tag.startswith("VB"):
            base = verb(p.words[i])
            way = MOVES.get(base) or DOES.get(base)
            if way:
                return (
                    None
                    if role == "to" and quantity.dimension == "count" and _supplies(p, i)
                    else (role, way, i)
                )
            if base in BRINGS and word == "to":
                return role, UP, i
            if (
                base
                not in ("reach", "add", "follow", "accord", "base", "be", "have", "include", "leave", "turn")
                or where.first - i > 8
            ):
                return None
        elif tag in ("NN", "NNS") and singular(p.low[i]) in NOUNS:
            return role, NOUNS[singular(p.low[i])], None
        elif p.low[i] in ("up", "down") and word in ("to", "from") and i < where.first - 2:
            return role, _DIRECTION[p.low[i]], None
    return None


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
