"""Two versions of a text side by side, paragraph by paragraph."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from .alignment import Alignment, Piece

_PARAGRAPH = re.compile(r"[^\n]+")
CONTEXT = 1  # unchanged paragraphs shown beside a change; further ones are folded
WORDLESS = 0.3  # of 1: paragraphs less alike than this are one removed and one added
MOST = 5000  # paragraphs that are compared with each other, between those that both texts begin and end with
LONGEST = 30_000  # code points of a paragraph whose words are compared


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

    @property
    def unchanged(self) -> list[str]:
        """The paragraphs of a folded stretch, as the newer side has them."""
        return [pair.new[0].text for pair in self.pairs]


def side_by_side(old: str, new: str) -> list[Stretch]:
    """The paragraphs of two texts in pairs, what did not change folded away but for its neighbours.

    What changed between their common beginning and end is compared as far as `MOST` and `LONGEST` go, and beyond them shown as
    removed and added: the work for any two texts stays that of a page.
    """
    return _folded(_pairs(_PARAGRAPH.findall(old), _PARAGRAPH.findall(new)))


def in_one_line(old: str, new: str) -> Pair:
    """Two lines that follow each other, such as headlines, with the words that changed."""
    pieces = Alignment(old, new).pieces
    return Pair(_runs(old, pieces, "old"), _runs(new, pieces, "new"))


def _pairs(old: list[str], new: list[str]) -> list[Pair]:
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    return [
        *_same(old[:head], new[:head]),
        *_between(old[head:old_end], new[head:new_end]),
        *_same(old[old_end:], new[new_end:]),
    ]


def _alike(old: list[str], new: list[str]) -> int:
    """How many paragraphs are the same from the beginning on."""
    both = zip(old, new, strict=False)
    return next(
        (n for n, (o, other) in enumerate(both) if _plain(o) != _plain(other)), min(len(old), len(new))
    )


def _between(old: list[str], new: list[str]) -> list[Pair]:
    if max(len(old), len(new)) > MOST:
        return [_removed("\n".join(old)), _added("\n".join(new))]
    pairs: list[Pair] = []
    a = c = 0
    for kept in Indel.opcodes([_plain(p) for p in old], [_plain(p) for p in new]):
        if kept.tag == "equal":
            pairs += _replaced(old[a : kept.src_start], new[c : kept.dest_start])
            a, c = kept.src_end, kept.dest_end
            pairs += _same(old[kept.src_start : a], new[kept.dest_start : c])
    return [*pairs, *_replaced(old[a:], new[c:])]


def _same(old: list[str], new: list[str]) -> list[Pair]:
    return [Pair([Run(o)], [Run(n)], same=True) for o, n in zip(old, new, strict=True)]


def _replaced(old: list[str], new: list[str]) -> list[Pair]:
    both = min(len(old), len(new))
    return [
        *(pair for o, n in zip(old[:both], new[:both], strict=True) for pair in _changed(o, n)),
        *map(_removed, old[both:]),
        *map(_added, new[both:]),
    ]


def _removed(old: str) -> Pair:
    return Pair([Run(old, True)], [])


def _added(new: str) -> Pair:
    return Pair([], [Run(new, True)])


def _changed(old: str, new: str) -> list[Pair]:
    if max(len(old), len(new)) > LONGEST:
        return [_removed(old), _added(new)]
    pieces = Alignment(old, new).pieces
    kept = sum(piece.old[1] - piece.old[0] for piece in pieces if piece.kind == "equal")
    if kept < WORDLESS * min(len(old), len(new)):
        return [_removed(old), _added(new)]
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
