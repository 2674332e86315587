"""Two versions of a text side by side, paragraph by paragraph."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .alignment import Alignment, Piece

_PARAGRAPH = re.compile(r"[^\n]+")
CONTEXT = 1  # unchanged paragraphs shown beside a change; further ones are folded
WORDLESS = 0.3  # of 1: paragraphs less alike than this are one removed and one added


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one go, that the other side has too or has not."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of each side; an empty list where a side has none. `same` when nothing in it changed."""

    old: list[Run]
    new: list[Run]
    same: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pairs that follow each other; `folded` ones did not change and are far from what did."""

    pairs: list[Pair]
    folded: bool = False


def side_by_side(old: str, new: str) -> list[Stretch]:
    """The paragraphs of two texts in pairs, what did not change folded away but for its neighbours."""
    return _folded(_pairs(_PARAGRAPH.findall(old), _PARAGRAPH.findall(new)))


def _pairs(old: list[str], new: list[str]) -> list[Pair]:
    matched = SequenceMatcher(None, [_plain(p) for p in old], [_plain(p) for p in new], autojunk=False)
    pairs: list[Pair] = []
    for tag, a, b, c, d in matched.get_opcodes():
        if tag == "equal":
            pairs += [Pair([Run(o)], [Run(n)], same=True) for o, n in zip(old[a:b], new[c:d], strict=True)]
            continue
        both = min(b - a, d - c)
        for o, n in zip(old[a : a + both], new[c : c + both], strict=True):
            pairs += _changed(o, n)
        pairs += [Pair([Run(o, True)], []) for o in old[a + both : b]]
        pairs += [Pair([], [Run(n, True)]) for n in new[c + both : d]]
    return pairs


def _changed(old: str, new: str) -> list[Pair]:
    pieces = Alignment(old, new).pieces
    kept = sum(piece.old[1] - piece.old[0] for piece in pieces if piece.kind == "equal")
    if kept < WORDLESS * min(len(old), len(new)):
        return [Pair([Run(old, True)], []), Pair([], [Run(new, True)])]
    return [Pair(_runs(old, pieces, "old"), _runs(new, pieces, "new"))]


def _runs(text: str, pieces: list[Piece], side: str) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for piece in pieces:
        start, end = getattr(piece, side)
        if start == end:
            continue
        if start > at:
            runs.append(Run(text[at:start]))
        runs.append(Run(text[start:end], piece.kind != "equal"))
        at = end
    return [*runs, Run(text[at:])] if at < len(text) else runs


def _folded(pairs: list[Pair]) -> list[Stretch]:
    near = {
        n + step for n, pair in enumerate(pairs) if not pair.same for step in range(-CONTEXT, CONTEXT + 1)
    }
    stretches: list[Stretch] = []
    for n, pair in enumerate(pairs):
        folded = n not in near
        if not stretches or stretches[-1].folded != folded:
            stretches.append(Stretch([], folded))
        stretches[-1].pairs.append(pair)
    return stretches


def _plain(paragraph: str) -> str:
    return " ".join(paragraph.split())
