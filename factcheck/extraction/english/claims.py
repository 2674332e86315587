"""Claims: the spans of a sentence that a person could check on their own, and of what kind they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.extraction.document import Figure, Quotation
from factcheck.extraction.english import statements
from factcheck.extraction.english.parse import Passage

_SHORTEST = 8  # characters
_OPINION = re.compile(
    r"\b(?:I|we)\s+(?:\w+\s+)?(?:think|believe|feel|hope|wish|want|love|like|guess|suppose|doubt|fear|need|must)\b|\b(?:hopefully|frankly|honestly|unfortunately|"
    r"wonderful|terrible|amazing|beautiful|disgusting|shameful|great\s+honou?r|thank\s+(?:you|god)|god\s+bless|should|ought\s+to|must\s+(?:be|not|have))\b",
    re.I,
)
_CAUSAL = re.compile(
    r"\b(?:because|due\s+to|caus(?:e|ed|es|ing)|led\s+to|leads\s+to|result(?:ed|s|ing)?\s+(?:in|from)|as\s+a\s+result|thanks\s+to|owing\s+to|blamed|triggered|linked\s+to)\b",
    re.I,
)
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|bigger|greater|better|worse|older|younger|faster|slower|cheaper)\b[^.;]{0,60}\bthan\b|\b(?:compared\s+(?:with|to)|twice|double|triple|"
    r"the\s+(?:most|least|highest|lowest|largest|biggest|smallest|worst|best|first|only|oldest|youngest|fastest|deadliest)|record)\b",
    re.I,
)


@dataclass(slots=True)
class Candidate:
    """A claim before it is scored: its span, its sentence's number, its tokens, the indexes of its figures and who says it."""

    start: int
    end: int
    sentence: int
    tokens: range
    figures: list[int]
    speaker: int | None


def candidates(
    p: Passage, sentence: tuple[int, int, int], figures: list[tuple[int, Figure]], said: list[Quotation]
) -> list[Candidate]:
    """The statements of one sentence that are long enough to be checked, in order."""
    begin, stop, number = sentence
    result = []
    for statement in statements.find(p, begin, stop, said, [figure for _, figure in figures]):
        start, end = statement.start, statement.end
        if end - start < _SHORTEST:
            continue
        inside = [index for index, figure in figures if start <= figure.start and figure.end <= end]
        result.append(Candidate(start, end, number, p.tokens_in(start, end), inside, statement.speaker))
    return result


def _compares(quote: str, figures: list[int]) -> bool:
    """Whether a quote compares two things; a hedge ("more than 40"), with a figure right behind it, does not."""
    return any(
        not (found.group().lower().endswith("than") and any(0 < at - found.end() <= 6 for at in figures))
        for found in _COMPARES.finditer(quote)
    )


def kind_of(p: Passage, candidate: Candidate, figures: list[Figure], text: str) -> str:
    quote = text[candidate.start : candidate.end]
    if any(f.modality in ("predicted", "target") for f in figures) or re.search(
        r"\b(?:will|shall|is\s+going\s+to|expected\s+to|forecast)\b", quote
    ):
        return "prediction"
    if _OPINION.search(quote) and not figures:
        return "opinion"
    if _CAUSAL.search(quote):
        return "causal"
    if _compares(quote, [f.start - candidate.start for f in figures]):
        return "comparison"
    if any(not f.minor for f in figures):
        return "statistic"
    if any(p.tag[i] in ("VBD", "VBN") for i in candidate.tokens):
        return "event"
    return "other"
