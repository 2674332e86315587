"""Who said what: quotations with and without marks, and their speakers by full name."""

from __future__ import annotations

from factcheck.extraction.document import Quotation, Speaker
from factcheck.extraction.english.attribution import quotations
from factcheck.extraction.english.attribution.describe import describe
from factcheck.extraction.english.attribution.direct import Found
from factcheck.extraction.english.attribution.entities import Entity
from factcheck.extraction.english.attribution.names import Cast
from factcheck.extraction.english.attribution.resolve import Resolver
from factcheck.extraction.english.attribution.story import Story
from factcheck.extraction.english.parse import Passage

Span = tuple[int, int]


def attribute(
    text: str, passages: list[Passage], paragraphs: list[list[Span]], title: str | None = None
) -> tuple[list[Quotation], list[Speaker]]:
    """The quotations in the body of an article, in order, and those who speak in them, by first quotation.

    `passages` is the parse of `paragraphs` (each a list of sentence spans); offsets are code points of `text`, so
    that text[q.start:q.end] is the quotation. `title` helps to complete a name and is not read for quotations.
    """
    if not any(passage.start for passage in passages):
        return [], []
    story = Story.of(text, passages, paragraphs)
    cast = Cast(story, title)
    describe(cast)
    resolver = Resolver(story, cast)
    found = quotations.find(story, cast)
    said_by = _speakers(story, resolver, found)
    order: dict[Entity, int] = {}
    result = []
    for item in found:
        entity = said_by.get(id(item))
        if entity is not None:
            order.setdefault(entity, len(order))
        result.append(
            Quotation(item.start, item.end, item.kind, item.cue, None if entity is None else order[entity])
        )
    return result, [_speaker(entity) for entity in order]


def _speakers(story: Story, resolver: Resolver, found: list[Found]) -> dict[int, Entity | None]:
    said_by: dict[int, Entity | None] = {id(item): item.known for item in found if item.known is not None}
    cued = [item for item in found if item.voice is not None]
    cued.sort(key=lambda item: story.passages[item.at[0]].start[item.at[1]])
    voices: dict[tuple[int, int], Entity | None] = {}
    for item in cued:
        if item.voice not in voices:
            entity = resolver.speaker(*item.voice)
            voices[item.voice] = entity
            if entity is not None:
                number, head = item.voice
                passage = story.passages[number]
                span = (passage.start[head], passage.end[head])
                if not any(a <= span[0] and span[1] <= b for a, b in entity.seen[-40:]):
                    entity.seen.append(span)
                resolver.pronouns.spoke(entity, *item.at)
        said_by[id(item)] = voices[item.voice]
    # Forwards for what goes on from before, backwards for the first paragraphs of a long quotation.
    for items in (found, found[::-1]):
        for item in items:
            if said_by.get(id(item)) is None and item.follows is not None:
                said_by[id(item)] = said_by.get(id(item.follows))
    for item in found:
        if said_by.get(id(item)) is None and item.cue is None and item.quoted is not None:
            said_by[id(item)] = said_by.get(id(item.after)) or _in_view(story, resolver, item)
    return said_by


def _in_view(story: Story, resolver: Resolver, item: Found) -> Entity | None:
    """Who was the subject just before a quotation that stands alone, in a paragraph of its own."""
    if not item.quoted.opens_paragraph:
        return None
    number = story.passage_at(item.start)
    return resolver.pronouns.recent(number, story.passages[number].token_at(item.start), None, 2)


def _speaker(entity: Entity) -> Speaker:
    spans = sorted(set(entity.seen))
    return Speaker(
        name=entity.name,
        role=entity.roles[0] if entity.roles else None,
        kind=entity.kind,
        mentions=[span for k, span in enumerate(spans) if k == 0 or span[0] >= spans[k - 1][1]],
    )
