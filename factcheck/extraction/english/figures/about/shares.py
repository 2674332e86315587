"""What a percentage, fraction, odds or multiple is of: "87 percent of its territory", "a 5 percent stake"."""

from __future__ import annotations

from factcheck.extraction.english.figures import phrases
from factcheck.extraction.english.figures.about import moved
from factcheck.extraction.english.figures.about.surroundings import Scope, Surroundings


def read(s: Surroundings) -> Scope:
    """The measure is what it is a share of, else what it stands before, else what moved or stands there."""
    scope = Scope()
    at = s.after_of()
    noun = s.noun_from(at) if at is not None else None
    if noun is not None and s.p.tag[noun] == "PRP":
        noun = _counted_before(s) or noun
    if noun is not None:
        moved.describe(s, scope, noun)
        scope.whole = phrases.full(s.p, noun, s.stop)
        scope.of = scope.of or s.actor(skip=noun)
        return scope
    noun = s.following_noun()
    if s.move.noun is not None and noun in (None, s.move.noun):
        moved.changed(s, scope, s.move.noun)
    elif noun is not None:
        moved.describe(s, scope, noun)
        scope.of = scope.of or s.actor(skip=noun)
    else:
        moved.moved(s, scope)
    return scope


def _counted_before(s: Surroundings) -> int | None:
    """ "240 million users, two thirds of them": the plural that was counted just before."""
    p = s.p
    for i in range(s.where.first - 1, s.begin - 1, -1):
        if p.tag[i] == "NNS" and s.has_number(i):
            return i
    return None
