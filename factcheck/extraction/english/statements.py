"""The statements of a sentence: its main clauses and what it reports somebody as saying, each apart from the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.extraction.document import Figure, Quotation
from factcheck.extraction.english.attribution.cues import cue_of
from factcheck.extraction.english.parse import Passage

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_JOINED = frozenset(("conj", "ccomp", "parataxis"))
_AGAINST = frozenset(("while", "whereas"))
_JOINING = frozenset((";", "as", "so", "that")) | _AGAINST
_EDGE = " \t\n\r,;:—–-"
_PAIRS = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»"}
_DOUBLE = {'"': '"', "”": "“", "»": "«"}
# Who speaks in an interview, in front of what he says: "((Herald))".
_LABEL = re.compile(r"\(\([^()]{1,40}\)\)\s*(?:\w+ language:)?\s*")
# Cues that stand beside what is reported without a verb of their own.
_BESIDE = frozenset(("according",))
# Cues without which the statement would be the contrary one.
_DENYING = frozenset(("denied", "disputed", "doubted", "questioned", "refuted", "rejected"))


@dataclass(slots=True, frozen=True)
class Reported:
    """What one quotation holds of a sentence: its tokens, the token of the word that reports it, and who says it."""

    first: int
    last: int
    cue: int | None
    speaker: int | None


@dataclass(slots=True, frozen=True)
class Statement:
    """A span of the text that says one thing, and the index of who says it; None is the article's own voice."""

    start: int
    end: int
    speaker: int | None


def find(
    p: Passage, begin: int, stop: int, quotations: Sequence[Quotation], figures: Sequence[Figure]
) -> list[Statement]:
    """The statements of the sentence from token `begin` to before `stop`, in order.

    `quotations` and `figures` are those that touch the sentence. Where who says it is all that stands around a reported
    statement, it is left out of the span, unless it counts those who say so.
    """
    said = _reported(p, begin, stop, quotations)
    result: list[Statement] = []
    for first, last in _parts(p, begin, stop, said):
        result.extend(_statements(p, first, last, said, figures))
    return [statement for statement in result if statement.end > statement.start]


def _reported(p: Passage, begin: int, stop: int, quotations: Sequence[Quotation]) -> list[Reported]:
    left, right = p.start[begin], p.end[stop - 1]
    result = []
    for quotation in quotations:
        tokens = p.tokens_in(max(left, quotation.start), min(right, quotation.end))
        if not tokens:
            continue
        cue = _cue(p, begin, stop, tokens, quotation.cue) if quotation.cue else None
        result.append(Reported(tokens[0], tokens[-1], cue, quotation.speaker))
    return [r for r in result if not any(_is_within(r, other) for other in result)]


def _is_within(r: Reported, other: Reported) -> bool:
    """Whether somebody is said to say this in what another says."""
    return (
        r.cue is not None
        and other.first <= r.first
        and r.last <= other.last
        and other.first <= r.cue <= other.last
    )


def _cue(p: Passage, begin: int, stop: int, tokens: range, cue: str) -> int | None:
    """The cue's own token nearest to what it reports."""
    found = [
        i
        for i in (*range(begin, tokens[0]), *range(tokens[-1] + 1, stop))
        if p.low[i] == cue.split()[0] or (cue_of(p.low[i]) or ("",))[0] == cue
    ]
    return min(found, key=lambda i: min(abs(i - tokens[0]), abs(i - tokens[-1])), default=None)


def _parts(p: Passage, begin: int, stop: int, said: Sequence[Reported]) -> list[tuple[int, int]]:
    """Token ranges, last included: parted where a clause with a subject of its own, or another report, begins."""
    cuts = {i + 1 for i in range(begin + 3, stop - 3) if p.low[i] == ";"}
    cues = {r.cue for r in said}
    for i in range(begin, stop):
        if p.dep[i] == "conj" and _is_clause(p, i) and _is_main(p, i, said) and _leads_clause(p, p.head[i]):
            cuts.add(min(p.subtree(i)))
        elif p.dep[i] == "advcl" and _is_contrasted(p, begin, i, i in cues) and _is_main(p, p.head[i], said):
            cuts.add(min(p.subtree(i)) + 1)
    for item in said:
        cue = item.cue
        if cue is None or not begin < cue < item.first:
            continue
        # "Holt closed the bridge, saying …", "… and added that …"
        if (p.dep[cue] == "conj" and _is_main(p, cue, said)) or (
            p.dep[cue] == "advcl" and p.tag[cue] == "VBG" and p.head[cue] < cue
        ):
            cuts.add(min(i for i in p.subtree(cue) if i > p.head[cue]))
    result: list[tuple[int, int]] = []
    left = begin
    for cut in sorted(cuts):
        last = cut - 1
        while last > left and (p.tag[last] in ("CC", ",", ":") or p.low[last] in _JOINING):
            last -= 1
        if last - left < 2 or stop - cut < 3:
            continue
        if p.low[cut - 1] == ";" and not (_holds_clause(p, left, last) and _holds_clause(p, cut, stop - 1)):
            continue
        result.append((left, last))
        left = cut
    result.append((left, stop - 1))
    return [
        (first + 1 if p.low[first] == "that" and p.dep[first] == "mark" else first, last)
        for first, last in result
    ]


def _is_clause(p: Passage, i: int) -> bool:
    """Whether token `i` leads a clause with a subject of its own."""
    return (p.tag[i].startswith(("VB", "MD")) or p.tag[i] in ("JJ", "NN", "NNS")) and _leads_clause(p, i)


def _leads_clause(p: Passage, i: int) -> bool:
    return any(p.dep[child] in SUBJECTS for child in p.children[i])


def _is_contrasted(p: Passage, begin: int, i: int, reports: bool) -> bool:
    """Whether token `i` leads a clause that only stands against the one before it: ", while 40 have been sealed"."""
    first = min(p.subtree(i))
    return (
        first > begin + 1
        and p.head[i] < first
        and p.low[first] in _AGAINST
        and (reports or p.low[first - 1] == ",")
        and _leads_clause(p, i)
    )


def _is_main(p: Passage, i: int, said: Sequence[Reported]) -> bool:
    """Whether the clause of token `i` is a main clause, of the sentence or of what somebody is reported to have said."""
    while p.dep[i] != "ROOT":
        head = p.head[i]
        if p.dep[i] not in _JOINED or head == i:
            return False
        if p.dep[i] == "ccomp" and any(
            r.first <= i <= r.last and not r.first <= head <= r.last for r in said
        ):
            return True
        i = head
    return True


def _holds_clause(p: Passage, first: int, last: int) -> bool:
    """Whether a finite clause that is not only a part of another stands between the tokens."""
    for i in range(first, last + 1):
        if p.dep[i] != "ROOT" and p.dep[i] not in _JOINED:
            continue
        below = [child for child in p.children[i] if first <= child <= last]
        if any(p.dep[child] in SUBJECTS for child in below) and (
            p.tag[i] in _FINITE or any(p.tag[child] in _FINITE for child in below)
        ):
            return True
    return False


def _statements(
    p: Passage, first: int, last: int, said: Sequence[Reported], figures: Sequence[Figure]
) -> list[Statement]:
    whole = _trimmed(p.text, p.start[first], p.end[last])
    mine = [r for r in said if r.first <= last and first <= r.last]
    around = [r for r in mine if r.first <= first + 1 and last - 1 <= r.last]
    if around:
        a, b = max(first, around[0].first), min(last, around[0].last)
        return [Statement(*_bare(p.text, p.start[a], p.end[b]), around[0].speaker)]
    mine = [r for r in mine if _only_reports(p, first, last, r, figures)]
    spans = [(max(first, r.first), min(last, r.last), r.speaker) for r in mine]
    stated = [
        span
        for r, span in zip(mine, spans, strict=True)
        if _says_something(p, span[0], span[1]) or (r.cue == first and p.low[first] in _BESIDE)
    ]
    if len(stated) < len(spans) and len({speaker for *_, speaker in spans} - {None}) <= 1 and len(spans) > 1:
        # One statement with the cue in its middle: "The bridge," he said, "is closed".
        stated = [(spans[0][0], spans[-1][1], spans[0][2])]
    if not stated:
        most = next((speaker for a, b, speaker in spans if (b - a) * 2 > last - first), None)
        return [Statement(*_bare(p.text, *whole), most)]
    return [Statement(*_bare(p.text, p.start[a], p.end[b]), speaker) for a, b, speaker in stated]


def _says_something(p: Passage, first: int, last: int) -> bool:
    """Whether the words are a clause: a finite verb and its subject."""
    return any(
        p.dep[i] in SUBJECTS
        and first <= p.head[i] <= last
        and (
            p.tag[p.head[i]] in _FINITE
            or any(first <= c <= last and p.tag[c] in _FINITE for c in p.children[p.head[i]])
        )
        for i in range(first, last + 1)
    )


def _only_reports(p: Passage, first: int, last: int, r: Reported, figures: Sequence[Figure]) -> bool:
    """Whether the rest of the part only says who says it."""
    if r.cue is None:
        outside = [i for i in range(first, last + 1) if not r.first <= i <= r.last]
        return not any(p.tag[i] in _FINITE for i in outside)
    if (cue_of(p.low[r.cue]) or ("",))[0] in _DENYING:
        return False
    if p.low[r.cue] in _BESIDE:
        # "According to Holt, of the 40 passengers, 22 were children"
        return not _counts(p, (i for i in range(first, last + 1) if not r.first <= i <= r.last), figures)
    if p.dep[r.cue] == "advcl" and p.head[r.cue] < first:
        return p.tag[r.cue] == "VBG" or p.low[first - 1] in _AGAINST
    cue = p.head[r.cue] if p.dep[r.cue] == "xcomp" else r.cue
    # "More than 95 % of patients said …": without its subject the statement is another.
    subjects = (i for child in p.children[cue] if p.dep[child] in SUBJECTS for i in p.subtree(child))
    return _is_main(p, cue, ()) and not _counts(p, subjects, figures)


def _counts(p: Passage, tokens: Iterable[int], figures: Sequence[Figure]) -> bool:
    """Whether a figure that counts or shares out begins at one of the tokens."""
    starts = {f.start for f in figures if not f.minor and f.dimension in ("ratio", "count")}
    return bool(starts) and any(p.start[i] in starts for i in tokens)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    label = _LABEL.match(text, start, end)
    if label is not None:
        start = label.end()
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1] in ".!?"):
        end -= 1
    return start, end


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the quotation marks that stand around all of it, or whose other half is not in it."""
    start, end = _trimmed(text, start, end)
    while end - start > 2:
        opens, closes, inside = text[start], text[end - 1], text[start + 1 : end - 1]
        if _PAIRS.get(opens) == closes and opens not in inside and closes not in inside:
            start, end = start + 1, end - 1
        elif opens in _PAIRS and opens != "'" and _is_single(text[start:end], opens, _PAIRS[opens]):
            start += 1
        elif closes in _DOUBLE and _is_single(text[start:end], closes, _DOUBLE[closes]):
            end -= 1
        else:
            break
        start, end = _trimmed(text, start, end)
    return start, end


def _is_single(stretch: str, mark: str, other: str) -> bool:
    """Whether a mark of this kind has no other half in the stretch."""
    if mark == other:
        return stretch.count(mark) % 2 == 1
    return stretch.count(mark) > stretch.count(other)
