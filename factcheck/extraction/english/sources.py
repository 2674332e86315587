"""Who is speaking: from the words beside a verb of saying to one of the article's people, by full name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.extraction.english.names import FEMALE, MALE, Cast, Entity
from factcheck.extraction.english.parse import Passage

Span = tuple[int, int]
_GENERIC = re.compile(r"\s+")
_NOUN = ("NN", "NNS", "NNP", "NNPS")
_GROUP = frozenset(
    "company firm group organisation organization agency ministry department government party union bank council board committee office court charity institute university".split()
)
_PEOPLE = frozenset(
    "spokesman spokeswoman spokesperson minister president chairman chairwoman director officer lawyer attorney judge senator congressman professor doctor "
    "mayor governor coach manager secretary ambassador chief leader executive analyst economist scientist researcher author official man woman teacher "
    "driver officer detective sheriff commissioner premier chancellor founder editor activist candidate politician lawmaker captain player actor singer".split()
)


@dataclass(slots=True)
class Source:
    """A speaker as found: the words in the text and the entity they mean."""

    start: int
    end: int
    entity: Entity


class Attributor:
    """Turns noun phrases into speakers; remembers who spoke last."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._others: dict[str, Entity] = {}
        self.last: Entity | None = None

    def source(self, p: Passage, head: int) -> Source | None:
        """The speaker whose noun phrase has its head at `head`."""
        low, tag = p.low[head], p.tag[head]
        if tag in ("PRP", "PRP$"):
            return self._pronoun(p, head)
        if tag in ("WP", "WDT"):
            above = p.head[p.head[head]]
            return self.source(p, above) if p.tag[above] in _NOUN else None
        if tag not in _NOUN and tag not in ("DT", "CD", "JJ", "JJS", "VBG", "FW"):
            return None
        first, last = _extent(p, head)
        start, end = p.start[first], p.end[last]
        person = self._named(p, head, first, last)
        if person is not None:
            mention = self.cast.covering(p.start[head], p.end[head])
            if mention is not None and mention.entity is person:
                return Source(mention.start, mention.end, person)
            return Source(start, end, person)
        known = self._by_role(p, head, start)
        if known is not None:
            return Source(start, end, known)
        return Source(start, end, self._other(p, head, first, last, low))

    def _named(self, p: Passage, head: int, first: int, last: int) -> Entity | None:
        mention = self.cast.covering(p.start[head], p.end[head])
        if mention is not None and mention.entity.kind == "person":
            return mention.entity
        for child in p.children[head]:
            if p.dep[child] == "appos" and first <= child:
                inner = self.cast.covering(p.start[child], p.end[child])
                if inner is not None and inner.entity.kind == "person":
                    return inner.entity
        if p.tag[head] in ("NNP", "NNPS"):
            covering = self.cast.covering(p.start[first], p.end[last])
            if covering is not None and covering.entity.kind == "person" and covering.end >= p.end[head]:
                return covering.entity
            found = self.cast.find(p.slice(first, last), p.start[head]) or self.cast.find(p.words[head], p.start[head])
            if found is not None and found.kind == "person":
                return found
        return None

    def _by_role(self, p: Passage, head: int, at: int) -> Entity | None:
        """"The spokesman": someone named before whose role is that."""
        low = p.low[head]
        if low not in _PEOPLE or not any(p.low[c] in ("the", "this", "that") for c in p.children[head] if p.dep[c] == "det"):
            return None
        if any(p.dep[c] in ("prep", "relcl", "acl") for c in p.children[head]):
            return None
        for mention in self.cast.before(at):
            entity = mention.entity
            if entity.kind == "person" and entity.role and low in entity.role.lower().split():
                return entity
        return None

    def _pronoun(self, p: Passage, head: int) -> Source | None:
        low = p.low[head]
        start, end = p.start[head], p.end[head]
        if low in ("he", "she", "him", "her", "his"):
            wanted = "f" if low in ("she", "her") else "m"
            entity = self._person_for(start, wanted)
            return Source(start, end, entity) if entity else Source(start, end, self._word(p.words[head], "other"))
        if low in ("they", "it", "them", "its", "their"):
            if self.last is not None and self.last.kind != "person":
                return Source(start, end, self.last)
            for mention in self.cast.before(start)[:8]:
                if mention.entity.kind == "organisation" and mention.subject:
                    return Source(start, end, mention.entity)
            if low == "they" and self.last is not None:
                return Source(start, end, self.last)
            return Source(start, end, self._word(p.words[head], "other"))
        if low in ("i", "we", "you"):
            return None
        return None

    def _person_for(self, at: int, wanted: str) -> Entity | None:
        """The person a "he" or "she" at `at` means: the last one spoken of as a subject, of that gender where known."""
        best: tuple[float, Entity] | None = None
        for rank, mention in enumerate(self.cast.before(at)[:14]):
            entity = mention.entity
            if entity.kind != "person" or (entity.gender and entity.gender != wanted):
                continue
            score = rank - (3 if mention.subject else 0) - (2 if entity.gender == wanted else 0) - (3 if entity is self.last else 0)
            if at - mention.start > 2500:
                score += 6
            if best is None or score < best[0]:
                best = (score, entity)
        if best is not None:
            if best[1].gender is None:
                best[1].gender = wanted
            return best[1]
        if self.last is not None and self.last.kind != "organisation":
            return self.last
        return None

    def _other(self, p: Passage, head: int, first: int, last: int, low: str) -> Entity:
        mention = self.cast.covering(p.start[head], p.end[head])
        if mention is not None and mention.entity.kind == "organisation" and p.tag[head] in ("NNP", "NNPS"):
            return mention.entity
        if low in _GROUP:
            for earlier in self.cast.before(p.start[head])[:10]:
                if earlier.entity.kind == "organisation" and any(p.low[c] == "the" for c in p.children[head]) and first >= head - 1:
                    return earlier.entity
        text = re.sub(r"^(?:the|a|an|its|his|her|their|this|that|these|those)\s+", "", p.slice(first, last), flags=re.I)
        kind = "organisation" if p.tag[head] in ("NNP", "NNPS") or low in _GROUP else "other"
        return self._word(text, kind, "f" if low in FEMALE else "m" if low in MALE else None)

    def _word(self, text: str, kind: str, gender: str | None = None) -> Entity:
        name = _GENERIC.sub(" ", text).strip(" ,.;:\"“”'")
        found = self._others.get(name.lower())
        if found is None:
            found = self._others[name.lower()] = Entity(name, kind, gender=gender)
        return found


def _extent(p: Passage, head: int) -> tuple[int, int]:
    """The noun phrase of `head` with its of-phrase, without appositions and clauses."""
    first = head
    for i in range(head - 1, max(-1, head - 9), -1):
        above = p.head[i]
        if not i < above <= head or p.dep[i] in ("punct", "prep", "cc", "conj", "mark") and p.tag[i] != "HYPH":
            if p.dep[i] in ("cc", "conj") and first == head:
                break
            break
        first = i
    last = head
    for child in p.children[head]:
        if child > last and p.dep[child] == "prep" and p.low[child] in ("of", "for", "at", "in", "from") and child <= last + 1:
            for inner in p.children[child]:
                if p.dep[inner] == "pobj" and inner - head <= 7:
                    last = max(last, inner)
    if last - first > 11:
        last = head
    return first, last
