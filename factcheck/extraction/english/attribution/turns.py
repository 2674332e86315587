"""Interviews and transcripts: paragraphs with the name, or the initials, of who answers in front."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.extraction.english.attribution.entities import Entity
from factcheck.extraction.english.attribution.names import Cast
from factcheck.extraction.english.attribution.story import Story

_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?:[ \t]+[A-ZÀ-Þ][\w.’'-]*){0,4}"
# "Holt:", "RH:", "Q:", "((Herald))", "[RH]"; or initials alone before a sentence.
_LABEL = re.compile(
    rf"\s*(?:\(\(({_NAME})\)\)|\[({_NAME})\]|({_NAME})\s*:(?=\s)|([A-Z]{{2,3}})(?=\s+[A-Z“\"]))\s*"
)
_ASKS = frozenset(("q", "question", "interviewer", "reporter"))
_ANSWERS = frozenset(("a", "answer"))


@dataclass(slots=True)
class Turn:
    """What one person answers, without the label in front. `label` is where his name or his initials stand."""

    start: int
    end: int
    label: tuple[int, int]
    entity: Entity


def find(story: Story, cast: Cast) -> list[Turn]:
    """The answers of an interview, in order. Questions are left out; a text where fewer than two labels come again
    is no interview."""
    labels = list(_labels(story))
    often = Counter(text for _, text, _, _ in labels)
    if len(labels) < 3 or max(often.values()) < 2:
        return []
    asked = Counter(
        text for number, text, _, _ in labels if story.text[story.paragraphs[number][1] - 1] == "?"
    )
    who = {text: None if asked[text] * 2 >= often[text] else _answerer(cast, text, often) for text in often}
    answering = set(filter(None, who.values()))
    by_paragraph = {number: (text, label, start) for number, text, label, start in labels}
    last = max(by_paragraph)
    result: list[Turn] = []
    speaking: Entity | None = None
    for number, (start, end) in enumerate(story.paragraphs):
        if number in by_paragraph:
            text, label, start = by_paragraph[number]
            speaking = who[text]
        elif number > last:
            break
        else:
            label, start = _full_name(story, cast, start, answering) or ((start, start), start)
            if label[1] > label[0]:
                speaking = _named(cast, label)
        if speaking is not None and story.text.find(" ", start, end) >= 0 and story.text[start] not in "—–-":
            result.append(Turn(start, end, label, speaking))
    return result


def _labels(story: Story) -> Iterator[tuple[int, str, tuple[int, int], int]]:
    """(paragraph, label, its span, where the words begin) of each paragraph that opens with a label."""
    for number, (start, end) in enumerate(story.paragraphs):
        found = _LABEL.match(story.text, start, min(end, start + 80))
        if found is not None and found.lastindex is not None:
            yield number, found.group(found.lastindex), found.span(found.lastindex), found.end()


def _answerer(cast: Cast, label: str, often: Counter[str]) -> Entity | None:
    low = label.lower()
    if low in _ASKS or ("Q" in often and low not in _ANSWERS and _person(cast, label) is None):
        return None
    if low in _ANSWERS:
        named = Counter(mention.entity for mention in cast.mentions if mention.entity.kind == "person")
        return named.most_common(1)[0][0] if named else None
    return _person(cast, label)


def _person(cast: Cast, label: str) -> Entity | None:
    """The person of this name or these initials."""
    last = label.split()[-1]
    for mention in cast.mentions:
        if mention.entity.kind != "person":
            continue
        words = mention.entity.words
        if last in words or (len(label) > 1 and label == "".join(word[0] for word in words)):
            return mention.entity
    return None


def _full_name(
    story: Story, cast: Cast, start: int, answering: set[Entity]
) -> tuple[tuple[int, int], int] | None:
    """ "Ryan Holt I am a professor": the first answer, before the initials are used."""
    number = story.passage_at(start)
    mention = cast.at(number, 0)
    if mention is None or mention.start != start or mention.entity not in answering:
        return None
    passage = story.passages[number]
    after = mention.last + 1
    if after >= len(passage.words) or not passage.words[after][0].isupper():
        return None
    return (mention.start, mention.end), passage.start[after]


def _named(cast: Cast, label: tuple[int, int]) -> Entity | None:
    return next((mention.entity for mention in cast.mentions if mention.start == label[0]), None)
