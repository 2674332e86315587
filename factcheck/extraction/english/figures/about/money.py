"""What money is for: "a $300 million contract", "debts of £5m", "£5m on roads"."""

from __future__ import annotations

from factcheck.extraction.english.figures.about import moved
from factcheck.extraction.english.figures.about.surroundings import Scope, Surroundings


def read(s: Surroundings) -> Scope:
    """The measure is what it pays for or is the price or size of; `of` whose that is, or who pays or gets it."""
    scope = Scope()
    noun = s.following_noun()
    if s.move.noun is not None and noun in (None, s.move.noun):
        moved.changed(s, scope, s.move.noun)
        return scope
    if noun is None:
        at = s.after_of()
        noun = s.noun_from(at) if at is not None else None
    if noun is None:
        noun = s.noun_before()
    if noun is not None:
        moved.describe(s, scope, noun)
        scope.of = scope.of or s.actor(skip=noun)
        return scope
    stands = s.base in moved.STATES
    if stands or s.move.role in ("to", "from", "change"):
        moved.moved(s, scope)
        if scope.measure:
            return scope
    found = s.bought()
    if found is not None:
        scope.measure = s.labelled(found)
    scope.of = s.actor()
    if scope.measure is None and scope.of is not None and stands:
        scope.measure, scope.of = scope.of, None
    return scope
