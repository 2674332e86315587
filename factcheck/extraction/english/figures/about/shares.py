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
