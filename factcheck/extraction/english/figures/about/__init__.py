"""What a figure is of: its measure, the thing or people it belongs to, the whole of a share, its place.

The rules are the contract's (measure, of, whole, place). Everything is read off the parse of the figure's own sentence;
pronouns are resolved by whoever calls, and verbs that only report ("the ministry said") never supply an answer.
"""

from __future__ import annotations

import re

from factcheck.extraction.english.figures.about import amounts, counts, money, shares
from factcheck.extraction.english.figures.about.surroundings import Resolver, Scope, Surroundings
from factcheck.extraction.english.figures.change import Movement
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.quantity import Quantity
from factcheck.extraction.english.parse import Passage

__all__ = ["Resolver", "Scope", "of"]


def of(
    p: Passage, begin: int, stop: int, quantity: Quantity, where: Placed, move: Movement, resolve: Resolver
) -> Scope:
    """The scope of one figure; `begin` and `stop` are its sentence's tokens, `resolve` names what a pronoun means."""
    s = Surroundings(p, begin, stop, quantity, where, move, resolve)
    if quantity.dimension == "ratio" or quantity.kind in ("multiple", "fraction", "odds"):
        scope = shares.read(s)
    elif quantity.dimension == "currency":
        scope = money.read(s)
    elif quantity.dimension == "age":
        scope = counts.age(s)
    elif quantity.dimension in ("count", "score"):
        scope = counts.read(s)
    else:
        scope = amounts.read(s)
    if scope.measure is None and scope.of is None:
        scope.of = s.beside()
    scope.measure, scope.of = _tidy(scope.measure), _tidy(scope.of)
    if scope.measure and scope.of and scope.measure.lower() == scope.of.lower():
        scope.of = None
    scope.place = s.place()
    return scope


_EDGE = re.compile(r"^[\s,;:)\]–—-]+|[\s,;:(\[–—-]+$")


def _tidy(words: str | None) -> str | None:
    """Without half a pair of brackets, and without the marks that stood at its edges."""
    if words is None:
        return None
    if words.count("(") != words.count(")"):
        words = max(re.split(r"[()]+", words), key=len)
    return _EDGE.sub("", words) or None
