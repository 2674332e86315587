"""Noun phrases around a figure: short names for what stands there, found along the parse."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.extraction.english.parse import Passage

NOUN = frozenset(("NN", "NNS", "NNP", "NNPS", "$"))
PRONOUN = frozenset(("PRP", "PRP$", "WP", "WDT", "DT", "EX", "WP$"))
LONGEST = 8
_LEFT = frozenset(("compound", "amod", "nmod", "nummod", "advmod", "punct", "quantmod", "npadvmod"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OF = ("of", "in", "for", "among", "at", "across", "on", "within", "by", "with", "between", "from")


@dataclass(slots=True)
class Phrase:
    """A noun phrase's own words and the token of its head."""

    text: str
    head: int
    first: int


_UNIT_WORDS = frozenset("percent % point points percentage times cent cents dollars euros pounds yen".split())


def name(p: Passage, head: int, bar: int = -1) -> Phrase | None:
    """The noun at `head` with the words before it that belong to it, without articles and possessors.

    Tokens up to `bar` are left out: they are the figure's own.
    """
    if (
        p.tag[head] in PRONOUN
        or p.tag[head] in ("CD", "IN", "TO", "RB", ".", ",", ":", "$")
        or p.low[head] in _UNIT_WORDS
    ):
        return None
    first = head
    if (
        p.low[head] == "old"
        and head > 3
        and p.tag[head - 1] == "HYPH"
        and p.tag[head - 4] == "CD"
        and bar != head
    ):
        return Phrase(p.slice(head - 4, head), head, head - 4)
    for i in range(head - 1, max(-1, head - LONGEST), -1):
        if i == bar or p.tag[i] in (
            "$",
            "DT",
            "PRP$",
            "POS",
            "CD",
            "IN",
            "WP$",
            "PDT",
            "CC",
            ",",
            ":",
            "''",
            "``",
            "-LRB-",
            "-RRB-",
            "PRP",
            "TO",
        ):
            break
        if p.tag[i].startswith("VB") and p.dep[i] not in ("amod", "compound"):
            break
        above = p.head[i]
        if not (i < above <= head) or p.dep[i] not in _LEFT:
            break
        if i and p.tag[i - 1] == "CD" and p.tag[i] == "NN" and p.head[i - 1] == i:
            break
        first = i
    while first < head and (
        p.tag[first] in ("HYPH", "RB", "JJR", "RBR")
        or p.low[first] in ("more", "other", "such", "many", "several")
    ):
        first += 1
    while (
        first < head
        and first >= 2
        and p.tag[first - 1] == "HYPH"
        and (p.tag[first - 2] == "CD" or p.tag[first - 3] == "HYPH")
    ):
        first += 1 if p.tag[first + 1] != "HYPH" else 2
    last = head
    if last + 2 < len(p.low) and p.tag[last] in ("NNP", "NNPS") and p.low[last + 1] == "&":
        last += 2
    if last - first >= LONGEST:
        first = last - LONGEST + 1
    return Phrase(p.slice(first, last), head, first)


def possessor(p: Passage, head: int) -> int | None:
    """The token that owns the noun: "the bank's profit", "its staff"."""
    for child in p.children[head]:
        if p.dep[child] == "poss":
            return child
    for child in p.children[head]:
        if p.dep[child] in ("compound", "amod", "nmod") and child < head:
            found = possessor(p, child)
            if found is not None:
                return found
    return None


def object_of(p: Passage, head: int, prepositions: tuple[str, ...] = _OF, after: int = -1) -> int | None:
    """The noun of the first phrase hanging on `head` with one of the prepositions."""
    for child in p.children[head]:
        if child > after and p.dep[child] in ("prep", "agent") and p.low[child] in prepositions:
            for inner in p.children[child]:
                if p.dep[inner] in ("pobj", "pcomp") and p.tag[inner] in NOUN:
                    return inner
    return None


def subject(p: Passage, at: int) -> int | None:
    """The subject of the verb at `at`, found through conjunctions, infinitives and relative clauses."""
    for _ in range(6):
        for child in p.children[at]:
            if p.dep[child] in _SUBJECTS and p.dep[child] != "csubj":
                if p.tag[child] in ("WDT", "WP") or (p.low[child] == "that" and p.dep[at] == "relcl"):
                    return _noun_above(p, at)
                return child
        dep, above = p.dep[at], p.head[at]
        if above == at:
            return None
        if dep in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"):
            at = above
            if p.tag[at] in NOUN:
                return at
            if p.tag[at] in ("IN", "TO"):
                at = p.head[at]
            continue
        if dep in ("acl", "relcl"):
            return above if p.tag[above] in NOUN or p.tag[above] == "CD" else None
        if dep in ("prep", "aux", "auxpass"):
            at = above
            continue
        return None
    return None


def _noun_above(p: Passage, at: int) -> int | None:
    above = p.head[at]
    if p.dep[at] != "relcl" or p.tag[above] not in NOUN | {"CD"}:
        return None
    who = any(p.low[c] == "who" for c in p.children[at])
    if who and p.ent[above] in ("GPE", "LOC", "FAC", "DATE") and p.dep[above] == "pobj":
        # "Rai Benjamin from the United States, who …" is about the person.
        owner = p.head[p.head[above]]
        if p.tag[owner] in NOUN:
            return owner
    return above


def clip(text: str, words: int = LONGEST) -> str:
    parts = text.split()
    return text if len(parts) <= words else " ".join(parts[:words])


def full(p: Passage, head: int, stop: int, words: int = LONGEST) -> str:
    """The noun phrase with what follows it, no relative clause, at most `words` words."""
    phrase = name(p, head)
    first = phrase.first if phrase else head
    last = head
    for i in range(head + 1, min(stop, head + words + 2)):
        if (
            p.tag[i] in (",", ".", ":", "WDT", "WP", "''", "``", "-LRB-")
            or p.tag[i].startswith("VB")
            or p.tag[i] == "CC"
            or p.tag[i] == "MD"
        ):
            break
        if not _under(p, i, head):
            break
        last = i
    while last > head and p.tag[last] in ("IN", "DT", "TO", "JJ", "PRP$", "CD"):
        last -= 1
    return clip(p.slice(first, last), words)


def _under(p: Passage, i: int, top: int) -> bool:
    for _ in range(12):
        if i == top:
            return True
        above = p.head[i]
        if above == i:
            return False
        i = above
    return False
