"""What a verb makes of a figure: "fell 3 %", "cut rates to 4 %", "shed 900 jobs", "closed up at 4,577"."""

from __future__ import annotations

import re

from factcheck.extraction.english.figures import clauses
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.movement import DIRECTION, Movement
from factcheck.extraction.english.figures.movers import (
    ADDED_NOT,
    BRINGS,
    CLOSES,
    DOES,
    GAINS,
    LOST_NOT,
    MOVES,
    NOUNS,
    UP,
)
from factcheck.extraction.english.figures.quantity import Quantity
from factcheck.extraction.english.parse import Passage

_RATE = re.compile(r"\bat\s+(?:an?|the|its|their)\s+(?:\w+\s+){0,3}(?:rate|pace)\s+of\b", re.I)


def by_verb(
    p: Passage,
    left: int,
    quantity: Quantity,
    where: Placed,
    result: Movement,
    word: str,
    governor: int | None,
) -> Movement:
    """Fills `result` with the role that the governing verb gives the figure; `word` is the preposition before it, or "".

    The governor of a clause without a verb of change may hang on one ("rose, reaching 5 %"), so one step up is tried;
    where the parse went another way, the words before the figure decide.
    """
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
    if word == "at" and closes(p, governor):
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


def closes(p: Passage, at: int | None) -> bool:
    """Whether the verb at `at` tells where a market came to rest ("closed at 4,577")."""
    return at is not None and verb(p.words[at]) in CLOSES and verb(p.words[at]) != "be"


_BEHIND = re.compile(
    r",\s+(?P<way>up|down)\s+(?:by\s+)?(?:about\s+|around\s+|nearly\s+|almost\s+|just\s+)?[$£€]?\d"
)


def _way_behind(text: str, quantity: Quantity) -> str | None:
    """ "Was trading at $1.27, up 0.3 percent"."""
    match = _BEHIND.match(text, quantity.end)
    return DIRECTION[match.group("way")] if match else None


def _way_beside(p: Passage, at: int, where: Placed) -> str | None:
    """ "Closed up 12 points at 4,577": the adverb beside the verb."""
    for i in range(at + 1, min(where.first, at + 8)):
        if p.low[i] in DIRECTION:
            return DIRECTION[p.low[i]]
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
        way = next(DIRECTION[p.low[c]] for c in p.children[at] if p.low[c] in ("up", "down"))
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
            and not _is_not(p, at, base, quantity)
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
        and not _is_not(p, at, base, quantity)
    ):
        if base in ("create", "attract", "close", "hire", "remove", "dismiss") and quantity.dimension not in (
            "count",
        ):
            return None
        return "change", gained
    return None


_INDICES = frozenset(
    "index stocks shares average market futures dow nasdaq ftse dax nikkei sensex composite benchmark cac kospi topix".split()
)


def _is_not(p: Passage, at: int, base: str, quantity: Quantity) -> bool:
    """Losing a game or people is no movement; an index that loses points moves."""
    if quantity.unit == "point":
        found = clauses.subject(p, at)
        return found is None or p.low[found] not in _INDICES
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
            return role, DIRECTION[p.low[i]], None
    return None
