"""Reads an English article: sentences, figures, quotations, claims."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from factcheck.extraction.document import Claim, Extraction, Figure, Sentence
from factcheck.extraction.english import claims
from factcheck.extraction.english.attribution import attribute
from factcheck.extraction.english.context import Context
from factcheck.extraction.english.figures import assemble
from factcheck.extraction.english.parse import Passage, passages, shorten
from factcheck.extraction.english.sentences import split

Span = tuple[int, int]
THRESHOLD = 0.5


def read(
    result: Extraction, paragraphs: list[Span], published: date | None, dollar: str, report: Callable[[str, float], None]
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


def _claims(result: Extraction, parsed: list[Passage], report: Callable[[str, float], None]) -> None:
    text = result.article.text
    spans = [(q.start, q.end) for q in result.quotations]
    by_sentence: dict[int, list[tuple[int, Figure]]] = {}
    for index, figure in enumerate(result.figures):
        by_sentence.setdefault(figure.sentence, []).append((index, figure))
    seen: set[str] = set()
    total = max(1, len(result.sentences))
    at = 0
    for p in parsed:
        for sentence in p.sentences:
            begin, stop, number = sentence
            left, right = p.start[begin], p.end[stop - 1]
            while at < len(spans) and spans[at][1] <= left:
                at += 1
            around = [k for k in range(max(0, at - 3), min(len(spans), at + 12)) if spans[k][0] < right and left < spans[k][1]]
            mine = by_sentence.get(number, [])
            score = claims.simple_score(p, range(begin, stop), [f for _, f in mine], text)
            for candidate in claims.candidates(p, sentence, mine, [spans[k] for k in around]):
                figures = [result.figures[i] for i in candidate.figures]
                value = claims.simple_score(p, candidate.tokens, figures, text)
                score = max(score, value)
                key = re.sub(r"\W+", " ", text[candidate.start : candidate.end].lower())
                if value < THRESHOLD or key in seen:
                    continue
                seen.add(key)
                speaker = next((result.quotations[k].speaker for k in around if spans[k][0] <= candidate.start + 1 and candidate.end - 1 <= spans[k][1]), None)
                kind = claims.kind_of(p, candidate, figures, text)
                result.claims.append(
                    Claim(
                        candidate.start,
                        candidate.end,
                        text[candidate.start : candidate.end],
                        number,
                        _rounded(value),
                        kind,
                        claims.reasons(p, candidate, figures, kind, speaker is not None),
                        speaker,
                        candidate.figures,
                    )
                )
            result.sentences[number].score = _rounded(score)
        if p.sentences:
            report("claims", (p.sentences[-1][2] + 1) / total)


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")
