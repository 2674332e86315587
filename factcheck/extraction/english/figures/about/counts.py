"""What counted things belong to: "9 of the club's players", "a trial of 4,800 patients", "killed 43 when a ferry sank"."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.extraction.english.figures import clauses, phrases
from factcheck.extraction.english.figures.about import moved
from factcheck.extraction.english.figures.about.surroundings import DATE_ENTS, DAYS, Scope, Surroundings
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.phrases import NOUN

# Nouns that name the number itself, so that they are the measure and not what has it.
_TALLIES = frozenset(
    "number total toll population rate average crowd audience attendance turnout capacity membership workforce staff circulation output "
    "production fleet record margin majority deficit surplus tally count sample".split()
)
_NEEDED = frozenset("needed required used intended planned reserved".split())
_NEEDED = frozenset("needed required used intended planned reserved".split())
_PHRASES = (
    "of",
    "in",
    "for",
    "among",
    "at",
    "across",
    "near",
    "between",
    "throughout",
    "aboard",
)


def read(s: Surroundings) -> Scope:
    """`of` in the contract's order: possessor, phrase of the noun, then who has, does or undergoes it."""
    scope = Scope()
    if s.quantity.hyphen and s.where.noun is None:
        noun = s.following_noun()
        if noun is not None and singular(s.p.low[noun]) == s.quantity.unit:
            noun = s.p.head[noun] if s.p.head[noun] > noun and s.p.tag[s.p.head[noun]] in NOUN else None
        if noun is not None:
            scope.of = s.named(noun)
            return scope
    scope.of = _owner(s)
    if s.move.role in ("to", "from"):
        if s.move.noun is not None:
            moved.changed(s, scope, s.move.noun)
        else:
            moved.moved(s, scope)
    measured = _set_beside(s, scope) if scope.measure is None else None
    if scope.of is None:
        scope.of = s.actor(skip=measured)
    if scope.of is None and scope.measure is None and s.where.noun is not None:
        # "More than 400 flights out of Heathrow were cancelled."
        scope.of = next((s.named(i) for i in _behind(s, s.where.noun)), None)
    return scope


def _behind(s: Surroundings, noun: int) -> Iterator[int]:
    """The nouns of whatever phrases hang on the counted noun."""
    p = s.p
    for child in p.children[noun]:
        if child > s.where.last and p.dep[child] == "prep":
            for link in (child, *(c for c in p.children[child] if p.dep[c] == "prep")):
                found = phrases.object_in(p, link)
                if found is not None and p.low[found] not in DAYS and p.ent[found] not in DATE_ENTS:
                    yield found


def _owner(s: Surroundings) -> str | None:
    p, where = s.p, s.where
    noun = where.noun if where.noun is not None else where.head
    owner = phrases.possessor(p, noun)
    if owner is not None and p.ent[owner] not in DATE_ENTS:
        return s.named(owner)
    children = p.children[noun]
    link = p.head[noun]
    if (
        p.dep[noun] == "pobj"
        and p.low[link] == "of"
        and p.low[p.head[link]] in ("total", "number", "estimate")
    ):
        # "A total of 1,723 cases in Wuhan": the phrase may hang on the total.
        children = [*children, *p.children[p.head[link]]]
    for child in children:
        if child <= where.last:
            continue
        found = None
        if (
            p.dep[child] == "prep"
            and p.low[child] in _PHRASES
            and not (where.noun is None and p.low[child] == "of")
        ):
            found = phrases.object_in(p, child)
        if (
            found is not None
            and p.low[found] not in DAYS
            and p.ent[found] not in DATE_ENTS
            and not clauses.is_state(p, child, found)
        ):
            return s.named(found)
        if p.dep[child] == "acl" and p.low[child] in _NEEDED:
            found = phrases.object_of(p, child, ("for",))
            if found is not None:
                return s.named(found)
    return s.just_behind() if where.noun is None else None


def _set_beside(s: Surroundings, scope: Scope) -> int | None:
    """ "A toll of 39", "a population of around fifty people", "the bodies of 24 migrants": the noun, if it is the measure."""
    p = s.p
    top = s.where.noun if s.where.noun is not None and s.where.noun > s.where.last else s.where.head
    if (
        p.dep[top] == "appos"
        and s.where.noun is None
        and p.tag[p.head[top]] in NOUN
        and p.head[top] < s.where.first
    ):
        if p.tag[p.head[top]] != "NNP":
            moved.describe(s, scope, p.head[top])
            return p.head[top]
        return None
    if p.dep[top] != "pobj":
        return None
    link = p.head[top]
    noun = p.head[link]
    if noun >= s.where.first or p.tag[noun] not in NOUN or p.tag[noun] == "$" or s.has_number(noun):
        return None
    if p.low[link] == "of" and singular(p.low[noun]) in (
        "total",
        "average",
        "maximum",
        "minimum",
        "record",
        "estimate",
    ):
        return None
    if p.low[link] in ("of", "at", "to", "worth") and (
        s.where.noun is None or singular(p.low[noun]) in _TALLIES
    ):
        moved.describe(s, scope, noun)
        return noun
    if p.low[link] in ("of", "worth") and scope.of is None and not _is_said(s, noun):
        scope.of = s.named(noun)
    return None


def _is_said(s: Surroundings, noun: int) -> bool:
    """ "G7 is a group of seven countries": the subject has them."""
    p, above = s.p, s.p.head[noun]
    if p.dep[noun] == "pobj":
        above = p.head[above]
    return p.tag[above].startswith("VB") and verb(p.words[above]) in ("be", "become", "remain")


def age(s: Surroundings) -> Scope:
    """Whose age it is: the noun before "aged 25" or a comma, the one behind "34-year-old", or the subject."""
    p, where = s.p, s.where
    if "-" in p.text[s.quantity.start : s.quantity.end] or p.tag[min(where.last + 1, s.stop - 1)] in NOUN:
        noun = s.following_noun()
        if noun is not None:
            return Scope(of=s.named(noun))
    i = where.first - 1
    while i > s.begin and p.low[i] in (
        "aged",
        "age",
        "ages",
        ",",
        "all",
        "both",
        "(",
        "about",
        "just",
        "only",
        "around",
    ):
        i -= 1
    beside = i < where.first - 1 and p.tag[i] in NOUN and p.ent[i] not in DATE_ENTS
    if beside and i >= s.begin:
        return Scope(of=s.named(i))
    return Scope(of=s.actor())
