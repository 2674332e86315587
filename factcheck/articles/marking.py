"""An article version's text cut into pieces for the page: paragraphs, and in them what is marked.

Marks overlap as they like. The text is cut wherever one begins or ends, so each piece lies in a fixed set of them, and
neither the text nor its offsets change: the pieces of a part, put together with the gaps, are the part's text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

PART = 40_000  # code points of text on one page; more of it makes a browser slow
FOLD = 8  # lines of furniture in a row that are folded away

_LINE = re.compile(r"\S[^\n]*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
SET_ASIDE = ("dismissed", "closed", "superseded", "merged")


@dataclass(frozen=True)
class Span:
    """Something that covers a stretch of the text: kind is claim, note, figure or body; offsets as everywhere."""

    start: int
    end: int
    kind: str
    key: str = ""
    state: str = ""


@dataclass(frozen=True)
class Piece:
    """Words in one set of spans."""

    start: int
    text: str
    figure: bool = False
    noted: bool = False
    furniture: bool = False


@dataclass
class Mark:
    """Neighbouring pieces in the same claims and notes: `keys` of them, outermost first, and the state they show."""

    keys: str
    state: str
    pieces: list[Piece]

    @property
    def only_noted(self) -> bool:
        return bool(self.keys) and not self.state


@dataclass
class Block:
    """One line or paragraph. `gap` is the white space before it; `tight` when that is no more than the end of a line."""

    start: int
    end: int
    gap: str
    tight: bool
    marks: list[Mark] = field(default_factory=list)

    @property
    def furniture(self) -> bool:
        return all(piece.furniture for mark in self.marks for piece in mark.pieces)


@dataclass
class Group:
    """Blocks in a row, folded away when they are a long stretch of furniture."""

    folded: bool
    blocks: list[Block]


def parts_of(text: str) -> list[tuple[int, int]]:
    """Where the pages of a long text begin and end: at the end of a paragraph if there is one, else of a word."""
    parts, start = [], 0
    while len(text) - start > PART:
        end = start + PART
        earliest = start + PART * 4 // 5
        at = text.rfind("\n", earliest, end)
        if at < 0:
            at = text.rfind(" ", earliest, end)
        end = at + 1 if at >= 0 else end
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]


def cut(start: int, end: int, spans: Iterable[Span]) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """`start` to `end` cut at every border of the spans; with each stretch the spans over it, the longest first."""
    opening: dict[int, list[Span]] = defaultdict(list)
    closing: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            opening[first].append(span)
            closing[last].append(span)
    over: list[Span] = []
    for first, last in pairwise(sorted({start, end, *opening, *closing})):
        for span in closing.get(first, ()):
            over.remove(span)
        if first in opening:
            over = sorted([*over, *opening[first]], key=lambda span: (span.start - span.end, span.start))
        yield first, last, tuple(over)


def blocks_of(text: str, start: int, end: int, spans: Iterable[Span], *, body_known: bool) -> list[Block]:
    """The lines of `text[start:end]` with their marks. With `body_known`, what no body span covers is furniture."""
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    borders = [Span(first, last, "line") for first, last in lines]
    has_paragraphs = _BLANK_LINE.search(text) is not None
    stretches = cut(start, end, [*spans, *borders])
    blocks: list[Block] = []
    before = start
    held: list[tuple[Piece, tuple[Span, ...]]] = []
    for first, last, over in stretches:
        if not any(span.kind == "line" for span in over):
            continue
        furniture = body_known and not any(span.kind == "body" for span in over)
        kinds = {span.kind for span in over}
        piece = Piece(first, text[first:last], "figure" in kinds, "note" in kinds, furniture)
        held.append((piece, tuple(span for span in over if span.kind in ("claim", "note"))))
        if last == lines[len(blocks)][1]:
            block_start = lines[len(blocks)][0]
            gap = text[before:block_start]
            tight = has_paragraphs and gap.count("\n") == 1
            blocks.append(Block(block_start, last, gap, tight, _marks(held)))
            before, held = last, []
    return blocks


def grouped(blocks: list[Block]) -> list[Group]:
    """The blocks with long stretches of furniture folded away; a text that is furniture throughout stays open."""
    groups = [
        Group(furniture, list(run)) for furniture, run in groupby(blocks, lambda block: block.furniture)
    ]
    for group in groups:
        group.folded = group.folded and len(group.blocks) >= FOLD and len(groups) > 1
    return groups


def _marks(held: list[tuple[Piece, tuple[Span, ...]]]) -> list[Mark]:
    marks = []
    for over, run in groupby(held, lambda item: item[1]):
        keys = " ".join(dict.fromkeys(span.key for span in over))
        marks.append(
            Mark(keys, shown_state([span.state for span in over if span.state]), [p for p, _ in run])
        )
    return marks


def shown_state(states: list[Any]) -> str:
    """The state that overlapping claims show together: the innermost that is not set aside."""
    live = [state for state in states if state not in SET_ASIDE]
    return (live or states or [""])[-1]
