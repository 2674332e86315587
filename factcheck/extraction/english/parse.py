"""The parse of a text, as plain lists over the tokens: many times quicker to read than the parser's own objects."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LENGTH, TAG

from factcheck.extraction.english.model import parser

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]

# The parser's memory grows with a text's length; a longer run of sentences is read in pieces of about this size.
PIECE = 4000
# Much of what is asked of a sentence looks at all of it for each of its figures or clauses, so that no sentence may be longer
# than the longest ones of newspapers: then time grows with the text and not with its longest sentence.
LONGEST, MOST_TOKENS = 1500, 320
_TOKEN = re.compile(r"\w+|[^\w\s]")
_PAUSES = (re.compile(r"[;:—–]\s"), re.compile(r",\s"), re.compile(r"\s"))
_SURROGATE = re.compile("[\ud800-\udfff]")


class Passage:
    """A few parsed sentences. Token positions are local to the passage, character offsets are the article's.

    `sentences` holds (first token, token after the last, index of the sentence in the article).
    """

    __slots__ = (
        "__dict__",
        "dep",
        "end",
        "ent",
        "head",
        "iob",
        "low",
        "sentences",
        "start",
        "tag",
        "text",
        "words",
    )

    def __init__(self, doc: Doc, text: str, base: int, spans: list[Span], first: int) -> None:
        strings = doc.vocab.strings
        table = doc.to_array([IDX, LENGTH, TAG, DEP, HEAD, ENT_TYPE, ENT_IOB])
        columns = table.T.tolist()
        names: dict[int, str] = {}

        def named(keys: list[int]) -> list[str]:
            for key in set(keys) - names.keys():
                names[key] = strings[key] if key else ""
            return [names[key] for key in keys]

        self.text = text
        self.start = [base + at for at in columns[0]]
        self.end = [base + at + length for at, length in zip(columns[0], columns[1], strict=True)]
        self.words = [text[a:b] for a, b in zip(self.start, self.end, strict=True)]
        self.low = [word.lower() for word in self.words]
        self.tag = named(columns[2])
        self.dep = named(columns[3])
        # HEAD is stored as a signed distance in an unsigned column.
        self.head = [i + (d if d < 1 << 63 else d - (1 << 64)) for i, d in enumerate(columns[4])]
        self.ent = named(columns[5])
        self.iob = columns[6]
        self.sentences = []
        for number, (a, b) in enumerate(spans):
            i, j = bisect_left(self.start, a), bisect_left(self.start, b)
            if j > i:
                self.sentences.append((i, j, first + number))

    @cached_property
    def children(self) -> list[list[int]]:
        result: list[list[int]] = [[] for _ in self.head]
        for i, h in enumerate(self.head):
            if h != i:
                result[h].append(i)
        return result

    def token_at(self, offset: int) -> int:
        """The token that holds or follows the character at `offset`."""
        return min(bisect_right(self.end, offset), len(self.end) - 1)

    def tokens_in(self, start: int, end: int) -> range:
        return range(bisect_right(self.end, start), bisect_left(self.start, end))

    def subtree(self, i: int) -> list[int]:
        """The tokens under `i`, itself included, in the order of the text."""
        found, stack = [], [i]
        children = self.children
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(children[at])
        found.sort()
        return found

    def slice(self, i: int, j: int) -> str:
        """The text from token `i` to token `j`, inclusive."""
        return self.text[self.start[i] : self.end[j]]


def passages(text: str, paragraphs: list[list[Span]]) -> Iterator[Passage]:
    """Parses the sentences of `paragraphs` (each a list of spans in order), keeping to their boundaries."""
    nlp = parser()
    jobs = list(_pieces(paragraphs))
    docs = (_prepared(nlp, text, spans) for spans, _ in jobs)
    for (spans, first), doc in zip(jobs, nlp.pipe(docs, batch_size=32), strict=True):
        yield Passage(doc, text, spans[0][0], spans, first)


def _pieces(paragraphs: list[list[Span]]) -> Iterator[tuple[list[Span], int]]:
    number = 0
    for sentences in paragraphs:
        piece: list[Span] = []
        first = number
        for span in sentences:
            if piece and span[1] - piece[0][0] > PIECE:
                yield piece, first
                piece, first = [], number
            piece.append(span)
            number += 1
        if piece:
            yield piece, first


def shorten(text: str, spans: list[Span]) -> list[Span]:
    """The same sentences, those that are too long cut at a pause, else between words, else anywhere.

    No part is longer than `LONGEST` characters or `MOST_TOKENS` words and marks.
    """
    result: list[Span] = []
    for start, end in spans:
        while (stop := _too_long(text, start, end)) is not None:
            cut = _pause(text, start, stop)
            result.append((start, start + len(text[start:cut].rstrip())))
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if end > start:
            result.append((start, end))
    return result


def _too_long(text: str, start: int, end: int) -> int | None:
    """How far a sentence from `start` may reach at most, or None where it ends before."""
    if end - start <= MOST_TOKENS:
        return None
    stop = min(end, start + LONGEST)
    token = next(islice(_TOKEN.finditer(text, start, stop), MOST_TOKENS, None), None)
    if token is not None:
        return token.start()
    return stop if stop < end else None


def _pause(text: str, start: int, stop: int) -> int:
    """The last pause in the second half of the stretch, the plainest kind that there is."""
    for pause in _PAUSES:
        cut = max((m.end() for m in pause.finditer(text, (start + stop) // 2, stop)), default=None)
        if cut is not None:
            return cut
    return stop


def _prepared(nlp, text: str, spans: list[Span]) -> Doc:
    base = spans[0][0]
    # A lone surrogate cannot be hashed; a stand-in of the same length keeps every offset.
    doc = nlp.make_doc(_SURROGATE.sub("\ufffd", text[base : spans[-1][1]]))
    starts = {a - base for a, _ in spans}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc
