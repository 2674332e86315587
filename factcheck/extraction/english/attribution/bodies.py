"""Which names mean the same body, and the acronyms they are known by."""

from __future__ import annotations

import re

from factcheck.extraction.english.attribution.entities import Entity, Mention
from factcheck.extraction.english.attribution.story import Story

_ACRONYM = re.compile(r"\s\(([A-Z][A-Za-z]*[A-Z][a-z]*|[A-Z]{2,})\)")


def name_bodies(story: Story, mentions: list[Mention]) -> None:
    """Gives every mention that is no person its entity; an acronym is the name it stands for."""
    known: dict[str, Entity] = {}
    acronyms: dict[str, Entity] = {}
    for mention in mentions:
        if mention.entity is not None or (mention.kind == "unknown" and len(mention.text) < 2):
            continue
        name = re.sub(r"^[Tt]he\s+", "", mention.text)
        key = name.lower()
        entity = known.get(key) or acronyms.get(name)
        if entity is None:
            entity = Entity(name, "organisation")
            known[key] = entity
        found = _ACRONYM.match(story.text, mention.end)
        if found and len(name) > len(found.group(1)):
            acronyms.setdefault(found.group(1), entity)
            whole = _spelled_out(story.text, mention.end, found.group(1))
            if whole and entity.name in whole:
                entity.name = whole
        elif " " in name:
            letters = "".join(word[0] for word in name.split() if word[0].isupper())
            if len(letters) > 2:
                acronyms.setdefault(letters, entity)
        mention.entity = entity
        entity.seen.append((mention.start, mention.end))


def _spelled_out(text: str, end: int, letters: str) -> str | None:
    """The words before `end` whose capitals are `letters`: the parser cuts long names in two."""
    before = text[max(0, end - 160) : end]
    words = list(re.finditer(r"[\w’'-]+", before))
    at = len(words)
    wanted = list(letters.upper())
    while at and wanted:
        at -= 1
        word = words[at].group()
        if word[0].isupper():
            if word[0] != wanted[-1]:
                return None
            wanted.pop()
        elif word.lower() not in ("of", "the", "and", "for", "on", "in", "to", "de"):
            return None
    return before[words[at].start() :] if not wanted else None
