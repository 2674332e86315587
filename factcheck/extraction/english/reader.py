"""Reads an English article: sentences, figures, quotations, claims."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import islice

from factcheck.extraction.document import Claim, Extraction, Figure, Quotation, Sentence
from factcheck.extraction.english import claims, worthiness
from factcheck.extraction.english.attribution import attribute
from factcheck.extraction.english.context import SPEAKER, Context
from factcheck.extraction.english.figures import assemble
from factcheck.extraction.english.parse import Passage, passages, shorten
from factcheck.extraction.english.repeats import Repeats
from factcheck.extraction.english.sentences import split

Span = tuple[int, int]


def read(
    result: Extraction,
    paragraphs: list[Span],
    published: date | None,
    dollar: str,
    report: Callable[[str, float], None],
) -> None:
    """Fills `result` from the body's paragraphs. `report(stage, part)` is told how far each stage is, from 0 to 1."""
    text = result.article.text
    report("sentences", 0.0)
    split_up = [shorten(text, split(text, a, b)) for a, b in paragraphs]
    split_up = [spans for spans in split_up if spans]
    result.sentences = [Sentence(a, b) for spans in split_up for a, b in spans]
    report("sentences", 1.0)
    parsed = _parse(text, split_up, result, published, dollar, report)
    report("quotations", 0.0)
    result.quotations, result.speakers = attribute(text, parsed, split_up, result.article.title)
    _origins(result)
    report("quotations", 1.0)
    _claims(result, parsed, report)
    report("claims", 1.0)


def _parse(
    text: str,
    split_up: list[list[Span]],
    result: Extraction,
    published: date | None,
    dollar: str,
    report: Callable[[str, float], None],
) -> list[Passage]:
    parsed: list[Passage] = []
    total = max(1, len(result.sentences))
    context = Context()
    for p in passages(text, split_up):
        parsed.append(p)
        for sentence in p.sentences:
            found = assemble.figures(p, sentence, published, context.resolve, dollar)
            _add_figures(result.figures, found)
            context.leave(p, sentence)
        if p.sentences:
            report("figures", (p.sentences[-1][2] + 1) / total)
    return parsed


def _add_figures(figures: list[Figure], found: list[Figure]) -> None:
    """`same_as` comes counted within the sentence and goes into the list counted within the article."""
    base = len(figures)
    for figure in found:
        if figure.same_as is not None:
            figure.same_as += base
        figures.append(figure)


def _origins(result: Extraction) -> None:
    """Whose number a figure is, and who "I" and "we" are: who is quoted or reported as giving it."""
    at = 0
    figures = result.figures
    for quotation in result.quotations:
        if quotation.speaker is None:
            continue
        while at < len(figures) and figures[at].start < quotation.start - 2000:
            at += 1
        for figure in islice(figures, at, None):
            if figure.start >= quotation.end:
                break
            if figure.start >= quotation.start and figure.end <= quotation.end:
                name = result.speakers[quotation.speaker].name
                figure.origin = name
                figure.of = name if figure.of == SPEAKER else figure.of
                figure.measure = name if figure.measure == SPEAKER else figure.measure
    for figure in figures:
        figure.of = None if figure.of == SPEAKER else figure.of
        figure.measure = None if figure.measure == SPEAKER else figure.measure


def _claims(result: Extraction, parsed: list[Passage], report: Callable[[str, float], None]) -> None:
    """Judges each sentence, and in those worth checking each statement; the same words twice are one claim."""
    quotations = result.quotations
    by_sentence: dict[int, list[tuple[int, Figure]]] = {}
    for index, figure in enumerate(result.figures):
        by_sentence.setdefault(figure.sentence, []).append((index, figure))
    least = worthiness.threshold()
    repeats = Repeats()
    people = frozenset(
        word
        for speaker in result.speakers
        if speaker.kind == "person"
        for word in _plain(speaker.name).split()
    )
    total = max(1, len(result.sentences))
    at = 0
    for p in parsed:
        for sentence in p.sentences:
            begin, stop, number = sentence
            left, right = p.start[begin], p.end[stop - 1]
            if not _is_latin(result.article.text[left:right]):
                continue
            mine = by_sentence.get(number, [])
            whole = worthiness.judge(p, begin, stop, [figure for _, figure in mine])
            result.sentences[number].score = _rounded(whole.score)
            while at < len(quotations) and quotations[at].end <= left:
                at += 1
            if whole.score >= least:
                said = [q for q in quotations[max(0, at - 2) : at + 12] if q.start < right and left < q.end]
                _add_claims(result, p, sentence, mine, said, whole, least, repeats, people)
        if p.sentences:
            report("claims", (p.sentences[-1][2] + 1) / total)


def _add_claims(
    result: Extraction,
    p: Passage,
    sentence: tuple[int, int, int],
    mine: list[tuple[int, Figure]],
    said: list[Quotation],
    whole: worthiness.Judgement,
    least: float,
    repeats: Repeats,
    people: frozenset[str],
) -> None:
    text = result.article.text
    judged = []
    for candidate in claims.candidates(p, sentence, mine, said):
        figures = [result.figures[index] for index in candidate.figures]
        first, last = candidate.tokens[0], candidate.tokens[-1] + 1
        alone = len(candidate.tokens) >= (sentence[1] - sentence[0]) * 0.9
        judgement = whole if alone else worthiness.judge(p, first, last, figures)
        judged.append((candidate, figures, judgement))
    if not judged:
        return
    # A sentence is worth as much as what it says: where no part reaches the threshold alone, the best one stands for it.
    best = max(judgement.score for *_, judgement in judged)
    for candidate, figures, judgement in judged:
        score = min(judgement.score, whole.score)
        if judgement.score < least:
            if best >= least or judgement.score < best:
                continue
            score = whole.score
        kind = claims.kind_of(p, candidate, figures, text)
        reasons = worthiness.reasons(
            judgement,
            figures,
            speaker=candidate.speaker is not None,
            kind=kind,
            wrong=_wrong(p, candidate, people),
        )
        claim = Claim(
            candidate.start,
            candidate.end,
            text[candidate.start : candidate.end],
            candidate.sentence,
            _rounded(score),
            kind,
            reasons,
            candidate.speaker,
            candidate.figures,
        )
        if not repeats.add(claim, figures):
            result.claims.append(claim)


def _wrong(p: Passage, candidate: claims.Candidate, people: frozenset[str]) -> tuple[str, ...]:
    """The cues that do not hold: what the parser takes for organisations may be persons who speak in the article."""
    names = [_plain(p.words[i]) for i in candidate.tokens if p.ent[i] in ("ORG", "LAW")]
    return ("organisation",) if names and all(name in people for name in names) else ()


def _plain(name: str) -> str:
    """A name without accents: the same person is often spelled in both ways."""
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def _is_latin(text: str) -> bool:
    """Whether most letters are of the Latin script: an article may quote another language beside its translation."""
    if text.isascii():
        return True
    letters = [c for c in text if c.isalpha()]
    return sum(c < "\u0250" for c in letters) * 2 >= len(letters)


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")
