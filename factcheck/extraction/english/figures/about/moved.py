"""What moved or stands at a level, and how a noun is described: its own words, and whose or of what it is."""

from __future__ import annotations

from factcheck.extraction.english.figures import clauses, phrases, units
from factcheck.extraction.english.figures.about.surroundings import DATE_ENTS, Scope, Surroundings
from factcheck.extraction.english.figures.inflection import singular
from factcheck.extraction.english.figures.phrases import NOUN, PRONOUN

# Verbs whose subject the money or amount describes; with other verbs the subject is who acts.
STATES = frozenset(
    "be cost total rise fall grow drop reach stand remain average equal represent amount exceed top hit increase decrease decline climb slip jump surge "
    "plunge soar slide sink tumble shrink ease dip close open trade settle end finish run range come go measure weigh last become stay hover number "
    "sell fetch value price estimate start begin vary double triple halve edge gain lose account make expand contract tick peak".split()
)
# Nouns that say little without what they are of.
_HOLLOW = frozenset(
    "number rate level amount share proportion percentage price cost value total average majority risk size volume length margin sum figure half third "
    "quarter toll part group rest bulk minority lot range score lead plenty chance body piece kind type form sort supply".split()
)


def moved(s: Surroundings, scope: Scope) -> None:
    """The subject of a verb of movement or being; for a transitive one its object."""
    p, at = s.p, s.verb
    if at is None:
        nearby(s, scope)
        return
    target = None
    if s.where.first > at:
        for child in p.children[at]:
            if (
                p.dep[child] == "dobj"
                and child < s.where.first
                and p.tag[child] in NOUN
                and p.low[child] != "%"
            ):
                target = child
    if target is None and s.quantity.kind == "multiple":
        for child in p.children[at]:
            if p.dep[child] in ("dobj", "attr") and p.tag[child] in NOUN:
                target = child
        if target is not None:
            describe(s, scope, target)
            scope.of = scope.of or s.actor(skip=target)
            return
    if target is None:
        target = clauses.subject(p, at)
    if target is None or p.tag[target] in PRONOUN:
        if target is not None:
            scope.measure = s.resolve(p, target)
        if scope.measure is None:
            nearby(s, scope)
        return
    if s.is_figure(target):
        found = phrases.object_of(p, at, ("among", "of", "in", "for"))
        if found is not None and p.ent[found] not in DATE_ENTS and not s.where.first <= found <= s.where.last:
            describe(s, scope, found)
        return
    describe(s, scope, target)
    if scope.of is None and (p.dep[target] == "dobj" or (s.move.role == "level" and s.base not in STATES)):
        scope.of = s.actor(skip=target)


def nearby(s: Surroundings, scope: Scope) -> None:
    """Without a verb (a headline, a fragment), the noun phrase the figure is set beside or that comes before."""
    p = s.p
    i = s.where.head
    for _ in range(5):
        up = p.head[i]
        if up == i:
            break
        i = up
        if (
            p.tag[i] in NOUN
            and p.low[i] not in units.BY_WORD
            and not s.where.first <= i <= s.where.last
            and not s.has_number(i)
        ):
            describe(s, scope, i)
            if scope.measure:
                return
    for i in range(s.where.first - 1, max(s.begin - 1, s.where.first - 8), -1):
        if p.tag[i] in ("NN", "NNS", "NNP", "NNPS") and p.ent[i] not in DATE_ENTS and not s.has_number(i):
            describe(s, scope, i)
            if scope.measure:
                return


def changed(s: Surroundings, scope: Scope, noun: int) -> None:
    """ "A 20 percent drop in prices", "a pay rise of 3 percent"; failing that, what the sentence is about."""
    p = s.p
    found = phrases.object_of(p, noun, ("in", "of", "for", "on", "to"))
    if (
        found is not None
        and not s.where.first <= found <= s.where.last
        and p.low[found] != "%"
        and p.ent[found] not in ("PERCENT", "MONEY", "DATE")
    ):
        describe(s, scope, found)
        scope.of = scope.of or s.actor(skip=found)
        return
    phrase = phrases.name(p, noun, s.where.last)
    owner = phrases.possessor(p, noun)
    if phrase is not None and phrase.first < noun:
        words = [
            p.words[i]
            for i in range(phrase.first, noun)
            if not s.where.first <= i <= s.where.last and p.dep[i] in ("compound", "nmod")
        ]
        if words:
            scope.measure = " ".join(words)
            scope.of = s.named(owner) if owner is not None else s.actor(skip=noun)
            return
    at = _changing(s, noun)
    if at is not None and at != noun and not s.where.first <= at <= s.where.last:
        if p.tag[at] in PRONOUN:
            scope.measure = s.resolve(p, at)
        else:
            describe(s, scope, at)
            scope.of = scope.of or s.actor(skip=at)
    if scope.measure is None and phrase is not None:
        scope.measure = phrase.text


def _changing(s: Surroundings, noun: int) -> int | None:
    """What the noun of change is said of: what it stands beside, or the subject of its clause."""
    p, i = s.p, noun
    for _ in range(6):
        if p.dep[i] == "appos" and p.tag[p.head[i]] in NOUN:
            return p.head[i]
        if p.tag[i].startswith("VB"):
            return clauses.subject(p, i)
        if p.head[i] == i:
            return None
        i = p.head[i]
    return None


def describe(s: Surroundings, scope: Scope, noun: int) -> None:
    """Measure is the noun; `of` its owner or what an of-, in- or for-phrase says of it."""
    if s.has_number(noun) and s.p.low[noun] in units.BY_WORD:
        # "1 percent of the 3.4 million tons of waste" is a share of the waste.
        noun = phrases.object_of(s.p, noun, ("of",)) or noun
    phrase = phrases.name(s.p, noun, s.where.last)
    if phrase is None:
        scope.measure = s.resolve(s.p, noun) if s.p.tag[noun] in PRONOUN else None
        return
    scope.measure = phrase.text
    belongings(s, scope, noun)
    if singular(s.p.low[noun]) in _HOLLOW or phrases.possessor(s.p, noun) is not None:
        inner = phrases.object_of(s.p, noun, ("of",))
        if inner is not None and inner not in s.span and not s.is_figure(inner):
            whole = phrases.long_name(s.p, noun, s.span)
            if whole is not None and scope.of is not None and whole.lower().endswith(scope.of.lower()):
                scope.of = None
            scope.measure = whole or scope.measure


def belongings(s: Surroundings, scope: Scope, noun: int) -> None:
    """`of`: the noun's possessor, else what a phrase behind it says it is of."""
    p = s.p
    owner = phrases.possessor(p, noun)
    if owner is not None and p.ent[owner] not in DATE_ENTS:
        scope.of = s.named(owner)
        return
    found = phrases.object_of(p, noun)
    if (
        found is not None
        and not s.where.first <= found <= s.where.last
        and p.ent[found] not in ("DATE", "PERCENT", "MONEY", "TIME")
        and found != s.where.noun
    ):
        scope.of = s.named(found)
