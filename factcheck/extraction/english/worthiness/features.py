"""What the check-worthiness model sees of a sentence: keys of features, each there or not.

A key is a plain string (a word) or a tuple (words in a row, or a kind in capitals and what is there of it), so that looking one up
costs no building of strings. `named` gives a key in words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .cues import cues

if TYPE_CHECKING:
    from factcheck.extraction.english.parse import Passage

Key = str | tuple[str, ...]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_RELATIONS = {
    name: "D:" + name
    for name in ("nsubj", "nsubjpass", "expl", "dobj", "attr", "acomp", "aux", "neg", "xcomp", "mark")
}
_LENGTHS = tuple((size, ("L", str(size))) for size in (4, 7, 10, 14, 19, 25, 33, 45))


def features(passage: Passage, i: int, j: int) -> set[Key]:
    """The keys of the sentence of tokens `i` to `j` (exclusive) of a passage."""
    tag = passage.tag[i:j]
    words = passage.low[i:j]
    if "CD" in tag:
        words = [_number(word) if name == "CD" else word for word, name in zip(words, tag, strict=True)]
    found: set[Key] = set(words)
    found.update(pairwise(words))
    found.update([("T", name) for name in set(tag)])
    found.update([("T", a, b) for a, b in set(pairwise(tag))])
    found.update([("E", name) for name in set(passage.ent[i:j])])
    found.update([("M", word[:5]) for word in words if len(word) > 5])
    found.add(("^", *words[:1]))
    found.add(("^", *words[:2]))
    _add_relations(found, passage, i, j)
    found.update(cues(passage, i, j, words))
    found.update([key for size, key in _LENGTHS if j - i > size])
    return found


def scale(tokens: int) -> float:
    """What a feature counts for in a sentence of so many tokens: less in a long one, where there are more of them."""
    return (20 / max(tokens, 5)) ** 0.25


def _number(word: str) -> str:
    """Digits are one word for all, but what looks like a year is another."""
    if not word[0].isdigit():
        return word
    return "<year>" if len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20") else "<n>"


def _add_relations(found: set[Key], passage: Passage, i: int, j: int) -> None:
    low, tag, dep, head, ent = passage.low, passage.tag, passage.dep, passage.head, passage.ent
    for at in range(i, j):
        relation = dep[at]
        if relation == "ROOT":
            found.add(("R", low[at]))
            found.add(("RT", tag[at]))
        elif relation in _RELATIONS:
            kind = _RELATIONS[relation]
            found.add((kind, low[at]))
            if dep[head[at]] == "ROOT":
                found.add((kind, low[at], "ROOT"))
                if relation in _SUBJECTS:
                    who = ent[at] or (low[at] if tag[at] == "PRP" else tag[at])
                    found.add(("S", who))
                    found.add(("S", who, tag[head[at]]))


def named(key: Key) -> str:
    """A key in words, for people."""
    if isinstance(key, str):
        return f"“{key}”"
    kind, *rest = key
    said = " ".join(rest)
    match kind:
        case "C":
            return " with ".join(rest)
        case "T":
            return f"grammar {said}"
        case "M":
            return f"“{said}…”"
        case "E":
            return f"names {said}" if said else "words outside names"
        case "^":
            return f"begins with “{said}”"
        case "L":
            return f"longer than {said} words"
        case "R" | "RT":
            return f"main verb “{said}”"
        case "S":
            return f"subject {said}"
    if kind.startswith("D:"):
        return f"{kind[2:]} “{' of '.join(rest)}”"
    return f"“{' '.join(key)}”"
