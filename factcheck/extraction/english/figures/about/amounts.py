"""What a length, weight, temperature or span of time is of: "3,000 tons of grain", "a 22-mile journey"."""

from __future__ import annotations

from factcheck.extraction.english.figures.about import moved
from factcheck.extraction.english.figures.about.surroundings import Scope, Surroundings
from factcheck.extraction.english.figures.inflection import singular
from factcheck.extraction.english.figures.phrases import NOUN

_QUAKES = ("earthquake", "quake", "tremor", "aftershock")
# What has a length, weight or speed; a temperature or a bare unit is rather of what moved.
_OWNED = frozenset(("length", "mass", "speed", "area", "volume", "power", "energy", "data"))


def read(s: Surroundings) -> Scope:
    """The measure is the stuff or the property measured, `of` what has it or does it."""
    if s.quantity.unit == "magnitude":
        return _magnitude(s)
    scope = Scope()
    at = s.after_of()
    noun = s.noun_from(at) if at is not None else None
    if noun is not None:
        scope.measure = s.labelled(noun)
        if scope.measure is not None:
            moved.belongings(s, scope, noun)
            scope.of = scope.of or s.actor(skip=noun)
            return scope
    noun = s.following_noun()
    if noun is not None and s.move.noun is None:
        if s.quantity.dimension == "time":
            container = s.p.low[noun] in ("period", "span", "stretch", "window", "spell", "time")
            scope.of = s.actor() if container else s.labelled(noun)
            return scope
        moved.describe(s, scope, noun)
        scope.of = scope.of or s.actor(skip=noun)
        return scope
    if s.move.noun is not None:
        moved.changed(s, scope, s.move.noun)
        return scope
    before = s.noun_before()
    if before is not None:
        moved.describe(s, scope, before)
        scope.of = scope.of or s.actor(skip=before)
        return scope
    head = s.where.head
    if (
        s.quantity.dimension == "time"
        and s.p.dep[head] == "appos"
        and s.p.tag[s.p.head[head]] == "NNP"
        and s.p.head[head] < head
    ):
        # "He was followed by Dejene Debela, 2:05:46".
        scope.of = s.named(s.p.head[head])
        return scope
    if s.move.role != "level":
        moved.moved(s, scope)
        return scope
    if s.base == "be" and s.has_owner():
        # "His time was 2 hours": the time is measured, and he has it.
        moved.moved(s, scope)
        return scope
    if s.quantity.dimension == "time" or s.base not in moved.STATES or s.quantity.dimension in _OWNED:
        _done(s, scope)
        return scope
    moved.moved(s, scope)
    return scope


def _done(s: Surroundings, scope: Scope) -> None:
    """ "Completing the race in 2:14:04", "moved the wall 3 metres": what is done, and who does it."""
    p, at = s.p, s.verb
    if at is not None:
        for child in p.children[at]:
            if (
                p.dep[child] == "dobj"
                and child < s.where.first
                and p.tag[child] in NOUN
                and p.low[child] not in ("place", "part", "way")
                and not s.has_number(child)
            ):
                if s.quantity.dimension in ("length", "area", "volume", "mass"):
                    scope.of = s.named(child)
                    return
                scope.measure = s.labelled(child)
    scope.of = s.actor()


def _magnitude(s: Surroundings) -> Scope:
    """Of an earthquake: the one the sentence names."""
    p = s.p
    noun = s.following_noun()
    if noun is None:
        nouns = [
            i for i in range(s.begin, s.stop) if p.tag[i] in ("NN", "NNS") and singular(p.low[i]) in _QUAKES
        ]
        noun = min(nouns, key=lambda i: abs(i - s.where.first), default=None)
    return Scope("magnitude", s.named(noun) if noun is not None else s.actor())
