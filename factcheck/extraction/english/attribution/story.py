"""A parsed article with what attribution needs beside it: paragraphs, and which tokens stand inside marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from factcheck.extraction.english.attribution import marks
from factcheck.extraction.english.attribution.marks import Quoted
from factcheck.extraction.english.parse import Passage

Span = tuple[int, int]

# "TORONTO -", "OTTAWA, May 3 (Reuters) -": where a report was sent from is no part of its first sentence.
_DATELINE = re.compile(
    r"\s*[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,30}(?:,[^—–\n\"“]{0,40}?)?(?:\([^)\n]{2,30}\)\s*)?\s*(?:—|–|--|-)\s+"
)


@dataclass(slots=True)
class Story:
    text: str
    passages: list[Passage]
    paragraphs: list[Span]
    quoted: list[Quoted]
    # For each passage, the index of the quoted stretch each token lies in, or -1; None where there is none.
    inside: list[list[int] | None]
    _starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, passages: list[Passage], paragraphs: list[list[Span]]) -> Story:
        spans = [(sentences[0][0], sentences[-1][1]) for sentences in paragraphs if sentences]
        quoted = marks.find(text, spans)
        return cls(
            text=text,
            passages=passages,
            paragraphs=spans,
            quoted=quoted,
            inside=[_inside(passage, quoted) for passage in passages],
            _starts=[passage.start[0] if passage.start else 0 for passage in passages],
        )

    def passage_at(self, offset: int) -> int:
        """The index of the passage that holds `offset`, or the last one that begins before it."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def paragraph_at(self, offset: int) -> int:
        return max(bisect_right(self.paragraphs, (offset, len(self.text) + 1)) - 1, 0)

    def after_dateline(self, offset: int) -> int:
        """Where the words of a paragraph that begins at `offset` begin, past its dateline."""
        found = _DATELINE.match(self.text, offset, offset + 100)
        return found.end() if found else offset

    def first_word(self, passage: int, first: int) -> int:
        """The token that begins the sentence of token `first`, past a dateline."""
        tokens = self.passages[passage]
        begin = self.after_dateline(tokens.start[0]) if first == 0 else 0
        return min(tokens.token_at(begin), len(tokens.start) - 1) if begin > tokens.start[0] else first

    def is_inside(self, passage: int, token: int) -> bool:
        marked = self.inside[passage]
        return marked is not None and marked[token] >= 0


def _inside(passage: Passage, quoted: list[Quoted]) -> list[int] | None:
    if not passage.start:
        return None
    first = bisect_right(quoted, passage.start[0], key=lambda item: item.end)
    last = passage.end[-1]
    marked: list[int] | None = None
    for number in range(first, len(quoted)):
        item = quoted[number]
        if item.start >= last:
            break
        if marked is None:
            marked = [-1] * len(passage.start)
        for token in passage.tokens_in(item.start, item.end):
            marked[token] = number
    return marked


def sentence_of(passage: Passage, token: int) -> tuple[int, int, int]:
    """The sentence of a token: first token, the one after the last, its number."""
    at = bisect_right(passage.sentences, (token, len(passage.start) + 1, 1 << 60)) - 1
    return passage.sentences[max(at, 0)]
