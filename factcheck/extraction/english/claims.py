"""Claims: the spans of a sentence that a person could check on their own, and of what kind they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.extraction.document import Figure
from factcheck.extraction.english.parse import Passage

Span = tuple[int, int]

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_EDGE = " \t\n\r,;:—–-"
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
    """A claim before it is scored: its span, its sentence's number, its tokens and the indexes of its figures."""

    start: int
    end: int
    sentence: int
    tokens: range
    figures: list[int]


def candidates(
    p: Passage, sentence: tuple[int, int, int], figures: list[tuple[int, Figure]], said: list[Span]
) -> list[Candidate]:
    """The statements of one sentence: its coordinate clauses, or what someone is reported to have said."""
    begin, stop, number = sentence
    result = []
    for first, last in _clauses(p, begin, stop):
        start, end = _trimmed(p.text, p.start[first], p.end[last])
        for a, b in said:
            # "Holt said half had closed" is about what was said; who said it is the claim's speaker.
            if (
                start <= a
                and b <= end
                and (b - a) * 10 >= (end - start) * 3
                and len(_clauses(p, begin, stop)) == 1
            ):
                start, end = _unquoted(p.text, a, b)
                break
        if end - start < 8:
            continue
        inside = [index for index, figure in figures if start <= figure.start and figure.end <= end]
        result.append(Candidate(start, end, number, p.tokens_in(start, end), inside))
    return result


def _clauses(p: Passage, begin: int, stop: int) -> list[tuple[int, int]]:
    """Token ranges of the main clauses, split before "and", "but" or ";" where each has a subject of its own."""
    cuts: list[int] = []
    for i in range(begin, stop):
        if p.dep[i] != "conj" or (
            not p.tag[i].startswith(("VB", "MD")) and p.tag[i] not in ("JJ", "NN", "NNS")
        ):
            continue
        children = p.children[i]
        if not any(p.dep[c] in _SUBJECTS for c in children):
            continue
        head = p.head[i]
        if p.dep[head] not in ("ROOT", "conj") or not any(p.dep[c] in _SUBJECTS for c in p.children[head]):
            continue
        first = min(p.subtree(i))
        if first <= begin + 2 or first - 1 < begin:
            continue
        cuts.append(first)
    for i in range(begin + 3, stop - 3):
        if p.low[i] == ";" and _has_verb(p, begin, i) and _has_verb(p, i + 1, stop):
            cuts.append(i + 1)
    cuts = sorted(set(cuts))
    ranges: list[tuple[int, int]] = []
    left = begin
    for cut in cuts:
        last = cut - 1
        while last > left and (p.tag[last] in ("CC", ",", ":") or p.low[last] in (";", "while", "as")):
            last -= 1
        if last - left < 2 or stop - cut < 3 or _open_quote(p, left, last):
            continue
        ranges.append((left, last))
        left = cut
    ranges.append((left, stop - 1))
    return ranges


def _open_quote(p: Passage, first: int, last: int) -> bool:
    text = p.text[p.start[first] : p.end[last]]
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”")


def _has_verb(p: Passage, i: int, j: int) -> bool:
    return any(p.tag[k] in ("VBD", "VBZ", "VBP", "MD") for k in range(i, j)) and any(
        p.dep[k] in _SUBJECTS for k in range(i, j)
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1] in ".!?"):
        end -= 1
    return start, end


def _unquoted(text: str, start: int, end: int) -> Span:
    if text[start] in "\"“‘'" and end - start > 2:
        start += 1
        if text[end - 1] in "\"”’'":
            end -= 1
    return _trimmed(text, start, end)


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
    if _COMPARES.search(quote):
        return "comparison"
    if any(not f.minor for f in figures):
        return "statistic"
    if any(p.tag[i] in ("VBD", "VBN") for i in candidate.tokens):
        return "event"
    return "other"
