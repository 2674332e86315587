"""Noun phrases around a figure: short names for what stands there, found along the parse."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.extraction.english.parse import Passage

NOUN = frozenset(("NN", "NNS", "NNP", "NNPS", "$"))
PRONOUN = frozenset(("PRP", "PRP$", "WP", "WDT", "DT", "EX", "WP$"))
LONGEST = 8
_LEFT = frozenset(("compound", "amod", "nmod", "nummod", "advmod", "punct", "quantmod", "npadvmod"))
_OF = ("of", "in", "for", "among", "at", "across", "on", "within", "by", "with", "between", "from")


@dataclass(slots=True)
class Phrase:
    """A noun phrase's own words and the token of its head."""

    text: str
    head: int
    first: int


_SCALES = frozenset("m bn k tn mn mln bln b".split())
_BEHIND = ("of", "in", "for", "from", "on", "near", "at", "among", "between", "to", "against", "with", "by")
_UNIT_WORDS = frozenset("percent % point points percentage times cent cents dollars euros pounds yen".split())


def name(p: Passage, head: int, bar: int = -1) -> Phrase | None:
    """The noun at `head` with the words before it that belong to it, without articles and possessors.

    Tokens up to `bar` are left out: they are the figure's own.
    """
    if (
        p.tag[head] in PRONOUN
        or p.tag[head] in ("CD", "IN", "TO", "RB", ".", ",", ":", "$")
        or p.low[head] in _SCALES
        or (p.low[head] in _UNIT_WORDS and any(p.dep[c] in ("nummod", "quantmod") for c in p.children[head]))
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
        if (
            p.tag[i] == "CD"
            and i != bar
            and p.head[i] == head
            and p.ent[i] in ("DATE", "EVENT")
            and len(p.low[i]) == 4
        ):
            # "The 1973 building", "the 2003 London Marathon".
            first = i
            continue
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
        misread = p.dep[i] == "nsubj" and above == head == i + 1 and p.tag[i] == "NN"
        if not misread and (not (i < above <= head) or p.dep[i] not in _LEFT):
            # In a headline the parser loses the first part of a name.
            if not (p.tag[i] == p.tag[head] == "NNP" and p.ent[i] and p.ent[i] == p.ent[head]):
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


def object_in(p: Passage, preposition: int) -> int | None:
    """The noun behind a preposition, also through a gerund ("in extinguishing the blaze")."""
    for inner in p.children[preposition]:
        if p.dep[inner] in ("pobj", "pcomp"):
            if p.tag[inner] in NOUN:
                return inner
            if p.tag[inner] == "VBG":
                return next((c for c in p.children[inner] if p.dep[c] == "dobj" and p.tag[c] in NOUN), None)
    return None


def long_name(p: Passage, head: int, bar: range = range(0)) -> str | None:
    """The noun with the words before it and, as far as they fit, the phrases behind it: "death toll from the floods"."""
    phrase = name(p, head, bar.start - 1 if bar.stop <= head else -1)
    if phrase is None:
        return None
    last = end = head + (
        2
        if phrase.text.endswith(p.words[min(head + 2, len(p.words) - 1)])
        and p.low[min(head + 1, len(p.low) - 1)] == "&"
        else 0
    )
    while end + 1 < len(p.low):
        following = end + 1
        if (
            p.dep[following] == "prep"
            and p.low[following] in _BEHIND
            and p.head[following] in range(phrase.first, end + 1)
        ):
            noun = object_in(p, following)
        elif p.low[following] == "," and following + 1 < len(p.low) and p.dep[end] != "appos":
            # "The second largest party, Labour": the name that the noun goes by.
            noun = next(
                (
                    c
                    for c in p.children[head]
                    if p.dep[c] == "appos" and p.tag[c] in ("NNP", "NNPS") and c > following
                ),
                None,
            )
        else:
            break
        if (
            noun is None
            or noun <= end
            or noun - following > 6
            or p.ent[noun] in ("DATE", "TIME", "PERCENT", "MONEY", "CARDINAL")
        ):
            break
        inside = range(following, noun + 1)
        if any(i in bar for i in inside) or any(
            p.tag[i].startswith("VB") and p.tag[i] not in ("VBN", "VBG") for i in inside
        ):
            break
        if len(p.slice(phrase.first, noun).split()) > LONGEST:
            break
        last = end = noun
    return p.slice(phrase.first, last)


def clip(text: str, words: int = LONGEST) -> str:
    """The first `words` words of the text."""
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
