"""Clauses around a figure: whose subject a verb has, what is said beside it, and which verbs only report."""

from __future__ import annotations

from factcheck.extraction.english.figures.inflection import verb
from factcheck.extraction.english.figures.phrases import NOUN, object_in
from factcheck.extraction.english.parse import Passage

# Verbs that give somebody's words or findings: who reports a figure is its origin, never what it is of.
REPORTS = frozenset(
    "say tell report announce indicate state show find estimate suggest note reveal confirm add claim warn believe think "
    "expect predict project forecast calculate conclude figure quote cite record list register put disclose declare publish "
    "determine learn explain write argue allege point detail describe".split()
)
# Those of them whose subject may have what they give.
HOLDS = frozenset("add record register list find put show publish state".split())
GUESSES = frozenset(
    "expect forecast estimate predict project say tell believe think suggest warn calculate".split()
)
# Verbs whose object does what the infinitive says ("forced residents to flee").
_OBJECT_ACTS = frozenset(
    "force allow order ask tell help enable cause expect want require urge permit persuade invite lead see find leave keep make let "
    "get encourage sentence compel prompt push advise authorise authorize believe oblige send".split()
)
# "Sentenced a doctor for prescribing": what the object did.
_OBJECT_DID = frozenset(("for", "from", "of", "into"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# Participles that the parser calls verbs and that only lead a phrase.
LEADS = frozenset(
    "according including excluding following compared based regarding concerning depending given".split()
)
_DATES = frozenset(("DATE", "TIME"))
_PLACES = (
    "in", "at", "across", "throughout", "near", "on", "aboard", "inside", "outside", "around", "along", "off", "within", "among",
    "between", "under", "behind", "through",
)  # fmt: skip
_EVENTS = ("during", "after", "following", "amid", "before", "since")
_OTHERS = (
    "for",
    "against",
    "over",
    "of",
    "from",
    "to",
    "with",
    "towards",
    "toward",
    "about",
    "by",
    "as",
    "into",
)


def subject(p: Passage, at: int) -> int | None:
    """The token of what does, has or undergoes the verb at `at`; None where nothing does, as behind "there is"."""
    for _ in range(7):
        own = _own_subject(p, at)
        if own is not None:
            return own if own >= 0 else None
        dep, above = p.dep[at], p.head[at]
        if above == at:
            return None
        if (
            dep == "advcl"
            and p.tag[at] == "VBG"
            and p.low[at] != "using"
            and p.tag[at - 1] in NOUN
            and above < at
            and p.ent[at - 1] not in _DATES
        ):
            # "A 6.3 magnitude earthquake causing eleven deaths".
            return at - 1
        if dep == "pcomp":
            owner = p.head[above]
            if not p.tag[owner].startswith("VB"):
                return owner if p.tag[owner] in NOUN else None
            if p.low[above] in _OBJECT_DID:
                done_to = _object(p, owner, before=at)
                if done_to is not None:
                    return done_to
            at = owner
        elif dep == "xcomp" and verb(p.words[above]) in _OBJECT_ACTS:
            done_to = _object(p, above, before=at)
            if done_to is not None:
                return done_to
            at = above
        elif dep == "ccomp" and _is_finite(p, at):
            # The parser may take the subject of what is reported for the object of the reporting.
            return _object(p, above, before=at) if at > above else None
        elif dep in ("acl", "relcl") or (dep == "amod" and above < at):
            if (
                dep == "acl"
                and p.tag[at] == "VBG"
                and (p.low[at - 1] == "," or p.low[at] == "using")
                and p.dep[above] in ("dobj", "attr")
            ):
                # "Netted 66 seats, totaling 365": who netted them.
                at = p.head[above]
                continue
            return _named_one(p, above) if p.tag[above] in NOUN or p.tag[above] == "CD" else None
        elif dep in (
            "conj",
            "xcomp",
            "advcl",
            "ccomp",
            "dep",
            "prep",
            "aux",
            "auxpass",
            "parataxis",
            "acomp",
            "oprd",
            "pobj",
        ):
            at = above
            if p.tag[at] in NOUN:
                return at
            if p.tag[at] in ("IN", "TO"):
                at = p.head[at]
        else:
            return None
    return None


def _is_finite(p: Passage, at: int) -> bool:
    return p.tag[at] in _FINITE or any(
        p.tag[c] in _FINITE and p.dep[c] in ("aux", "auxpass") for c in p.children[at]
    )


def _own_subject(p: Passage, at: int) -> int | None:
    """The subject among the verb's own children; -1 where the verb says that something is there."""
    for child in p.children[at]:
        dep = p.dep[child]
        if dep == "expl":
            return -1
        if dep in ("nsubj", "nsubjpass"):
            if p.tag[child] in ("WDT", "WP") or (p.low[child] == "that" and p.dep[at] == "relcl"):
                return _antecedent(p, at)
            return child
    return _noun_before(p, at)


def _noun_before(p: Passage, at: int) -> int | None:
    """ "... 13 seats and Liberal Democrats lost 10": the noun right before a finite verb that has no subject of its own."""
    if not _is_finite(p, at) or p.dep[at] not in ("conj", "ccomp", "dep", "advcl", "ROOT", "parataxis"):
        return None
    i = at - 1
    while i > 0 and (p.tag[i] in ("RB", "MD") or p.dep[i] in ("aux", "auxpass", "neg")):
        i -= 1
    if i > 0 and p.tag[i] in NOUN and p.dep[i] in ("conj", "appos", "dobj") and p.ent[i] not in _DATES:
        return i
    return None


def _antecedent(p: Passage, at: int) -> int | None:
    """What "which" or "who" stands for."""
    above = p.head[at]
    if p.dep[at] != "relcl" or p.tag[above] not in NOUN | {"CD"}:
        return None
    who = any(p.low[c] == "who" for c in p.children[at])
    if p.dep[above] == "pobj" and (
        p.ent[above] in _DATES or (who and p.ent[above] in ("GPE", "LOC", "FAC", "DATE"))
    ):
        # "Rai Benjamin from the United States, who …" is about the person, "its report on Saturday, which …" about the report.
        owner = p.head[p.head[above]]
        if p.tag[owner] in NOUN:
            return owner
    return _named_one(p, above)


def _named_one(p: Passage, noun: int) -> int:
    """ "Kipchoge became the first person to run …": the one that the noun is said of."""
    above = p.head[noun]
    if p.dep[noun] == "attr" and verb(p.words[above]) in ("be", "become"):
        for child in p.children[above]:
            if p.dep[child] == "nsubj" and p.tag[child] in ("NNP", "NNPS"):
                return child
    return noun


def _object(p: Passage, at: int, before: int) -> int | None:
    for child in p.children[at]:
        if (
            p.dep[child] in ("dobj", "nsubjpass")
            and child < before
            and (p.tag[child] in NOUN or p.tag[child] == "PRP")
        ):
            return child
    return None


def lead(p: Passage, at: int | None) -> int | None:
    """The verb that a leading participle ("according", "including") hangs on; any other verb itself."""
    for _ in range(3):
        if (
            at is None
            or p.low[at] not in LEADS
            or p.dep[at] not in ("prep", "advcl", "acl", "advmod", "amod")
        ):
            return at
        i = p.head[at]
        while not p.tag[i].startswith("VB") and p.head[i] != i:
            i = p.head[i]
        at = i if p.tag[i].startswith("VB") and i != at else None
    return at


def where_of(p: Passage, at: int) -> int | None:
    """The noun that a relative clause tells the place or time of: "the scandal, in which 50 million profiles …"."""
    if p.dep[at] != "relcl" or p.tag[p.head[at]] not in NOUN:
        return None
    for child in p.children[at]:
        if p.low[child] in ("where", "whereby") or (
            p.dep[child] == "prep" and any(p.low[c] == "which" for c in p.children[child])
        ):
            above = p.head[at]
            # "Dayton, Ohio where …" is about the town.
            return p.head[above] if p.dep[above] == "appos" and p.tag[p.head[above]] in NOUN else above
    return None


def circumstance(p: Passage, at: int, taken: range) -> int | None:
    """The noun of what is said beside the verb: who does it, whom or what it is done to, where, in what event, why."""
    found = where_of(p, at)
    if found is not None:
        return found
    children = [c for c in p.children[at] if c not in taken]
    children += [
        g
        for c in children
        if p.dep[c] in ("acomp", "oprd", "attr")
        for g in p.children[c]
        if p.dep[g] == "prep"
    ]
    agent = _in_phrase(p, children, ("by",), taken)
    if agent is not None and p.low[agent] not in _SOURCES:
        return agent
    for child in children:
        if p.dep[child] == "dobj" and p.tag[child] in NOUN and _says_more(p, child, taken):
            return child
    for prepositions in (_PLACES, _EVENTS, _OTHERS):
        found = _in_phrase(p, children, prepositions, taken)
        if found is not None:
            return found
    for other in (c for c in p.children[at] if p.dep[c] == "conj"):
        children += [c for c in p.children[other] if p.dep[c] == "advcl"]
    for child in children:
        if p.dep[child] == "advcl" and any(
            p.low[c] in ("when", "after", "as", "because", "where") for c in p.children[child]
        ):
            own = _own_subject(p, child)
            if own is not None and own >= 0 and p.tag[own] in NOUN and own not in taken:
                return own
    return None


_SOURCES = frozenset(
    "report reports estimate estimates account accounts count measure measures data figures".split()
)


def _in_phrase(p: Passage, children: list[int], prepositions: tuple[str, ...], taken: range) -> int | None:
    for child in children:
        if p.low[child] in prepositions and p.dep[child] in ("prep", "agent", "advmod", "dative"):
            noun = object_in(p, child)
            if noun is not None and _says_more(p, noun, taken) and not is_state(p, child, noun):
                return noun
    return None


def _says_more(p: Passage, noun: int, taken: range) -> bool:
    """Not a date, not the figure itself, not what only points back to it ("lost their lives")."""
    if noun in taken or p.ent[noun] in _DATES or p.ent[noun] in ("PERCENT", "MONEY", "CARDINAL"):
        return False
    if p.low[noun] in _DAYS:
        return False
    return not any(p.tag[c] == "PRP$" for c in p.children[noun])


_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow year month week quarter day decade morning evening "
    "night weekend afternoon time place part way".split()
)


def is_state(p: Passage, preposition: int, noun: int) -> bool:
    """ "In need", "in favour", "on board", "at least": a bare noun that names no thing."""
    return (
        p.low[preposition] in ("in", "on", "at", "under")
        and noun == preposition + 1
        and p.tag[noun] == "NN"
        and not p.children[noun]
    )
