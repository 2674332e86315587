"""Where the words of one text stand in another: the ground for moving spans along and for comparing two versions."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

_WORD = re.compile(r"\S+")
NEAR = 82.0  # of 100: how alike a changed quote must be to count as the same statement (Indel similarity)
LONGEST_NEAR = 3000  # code points; a longer quote is only looked for exactly
AROUND = 400  # code points of the new text looked at on both sides of where the words should be


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both texts have (`kind` equal), or that only the older, only the newer, or each otherwise has.

    Spans are code points, end exclusive; one is empty where a side has nothing.
    """

    kind: str  # equal, delete, insert, replace
    old: tuple[int, int]
    new: tuple[int, int]


class Alignment:
    """The words of `old` and `new` side by side, with as few changed as can be (Levenshtein over words)."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    @cached_property
    def pieces(self) -> list[Piece]:
        return [
            Piece(tag, _span(self._old, a, b), _span(self._new, c, d)) for tag, a, b, c, d in self._opcodes
        ]

    def exactly(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the same words stand in the newer text, in the same place among the others; None if one changed."""
        at = bisect_right(self.pieces, start, key=lambda piece: piece.old[0]) - 1
        if at < 0 or self.pieces[at].kind != "equal" or end > self.pieces[at].old[1]:
            return None
        return self._shifted(self.pieces[at], start, end)

    def unchanged(self, start: int, end: int) -> bool:
        """Whether the words of a span of the newer text stand in the older one too, in the same place among the others."""
        at = bisect_right(self._equal, start, key=lambda piece: piece.new[0]) - 1
        return at >= 0 and end <= self._equal[at].new[1]

    def region(self, start: int, end: int) -> tuple[int, int]:
        """The part of the newer text that stands where the span stood: from the last unchanged word before it to the first after."""
        # Words that the span only touches ("dollars," at the end of a figure) belong to it.
        left = bisect_right(self._kept, start, key=lambda twins: twins[0].end)
        right = bisect_left(self._kept, end, key=lambda twins: twins[0].start)
        before = self._kept[left - 1][1].end if left > 0 else 0
        after = self._kept[right][1].start if right < len(self._kept) else len(self.new)
        return (before, max(before, after))

    def nearly(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the words of the span stand now: unchanged in their place, unchanged elsewhere, or slightly changed."""
        if found := self.exactly(start, end):
            return found
        quote = self.old[start:end]
        region = self.region(start, end)
        if found := word_for_word(quote, self.new, near=region[0]):
            return found
        if len(quote) > LONGEST_NEAR:
            return None
        low, high = max(0, region[0] - AROUND), min(len(self.new), region[1] + AROUND)
        return self._alike(quote, low, high)

    def _alike(self, quote: str, low: int, high: int) -> tuple[int, int] | None:
        window = self.new[low:high]
        if len(window) < len(quote) // 2:
            return None
        found = partial_ratio_alignment(quote, window, score_cutoff=NEAR)
        if found is None:
            return None
        start, end = low + found.dest_start, low + found.dest_end
        # The best window may begin or end within a word.
        while start > 0 and not self.new[start - 1].isspace():
            start -= 1
        while end < len(self.new) and not self.new[end].isspace():
            end += 1
        while start < end and self.new[start].isspace():
            start += 1
        while end > start and self.new[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None

    def _shifted(self, piece: Piece, start: int, end: int) -> tuple[int, int]:
        return self._place(piece, start), self._place(piece, end - 1) + 1

    def _place(self, piece: Piece, at: int) -> int:
        """The newer place of one character of an unchanged word; white space goes to the end of the word before it."""
        first = _index(self._old, piece.old[0])
        here = _index(self._old, at)
        twin = self._new[_index(self._new, piece.new[0]) + here - first]
        return twin.start + min(at - self._old[here].start, len(twin.text))

    @cached_property
    def _equal(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == "equal"]

    @cached_property
    def _opcodes(self) -> list[tuple[str, int, int, int, int]]:
        old, new = ([word.text for word in words] for words in (self._old, self._new))
        return Levenshtein.opcodes(old, new).as_list()

    @cached_property
    def _kept(self) -> list[tuple[Word, Word]]:
        """The words that both texts have, each with its twin in the newer one."""
        equal = (code[1:] for code in self._opcodes if code[0] == "equal")
        return [twins for a, b, c, d in equal for twins in zip(self._old[a:b], self._new[c:d], strict=True)]

    @cached_property
    def _old(self) -> list[Word]:
        return _words(self.old)

    @cached_property
    def _new(self) -> list[Word]:
        return _words(self.new)


def word_for_word(quote: str, text: str, *, near: int) -> tuple[int, int] | None:
    """Where a quote stands in a text, white space aside; of several places the one nearest to where it should be."""
    words = quote.split()
    if not words:
        return None
    places = re.finditer(r"\s+".join(map(re.escape, words)), text)
    best = min(places, key=lambda match: abs(match.start() - near), default=None)
    return best.span() if best else None


def _words(text: str) -> list[Word]:
    return [Word(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]


def _span(words: list[Word], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return words[first].start, words[last - 1].end
    at = words[first].start if first < len(words) else (words[-1].end if words else 0)
    return at, at


def _index(words: list[Word], at: int) -> int:
    """The last word that begins at or before a place."""
    return bisect_right(words, at, key=lambda word: word.start) - 1
