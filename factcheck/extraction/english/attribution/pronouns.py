"""Who is in view at a place of the text: whom "he", "she", "they" and "it" mean there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from factcheck.extraction.english.attribution import cues, genders, roles
from factcheck.extraction.english.attribution.entities import Entity, Mention
from factcheck.extraction.english.attribution.names import Cast
from factcheck.extraction.english.attribution.story import Story, sentence_of
from factcheck.extraction.english.attribution.subjects import joined

HE = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m", "hers": "f"}
_SUBJECT = frozenset(("nsubj", "nsubjpass", "agent"))
# In sentences.
_FAR = 12
_SAME_PARAGRAPH = 1.2


@dataclass(slots=True)
class Turn:
    """That somebody was speaking at a place in the text."""

    offset: int
    sentence: int
    entity: Entity


class Pronouns:
    """Follows who was named and who spoke. `meaning` gives whom the phrase with a head token (passage, token)
    means, for what stands in view without a name."""

    def __init__(self, story: Story, cast: Cast, meaning: Callable[[int, int], Entity | None]) -> None:
        self.story = story
        self.cast = cast
        self.turns: list[Turn] = []
        self._meaning = meaning
        self._vote_genders()

    def spoke(self, entity: Entity, number: int, token: int) -> None:
        """Notes that `entity` speaks at a token."""
        passage = self.story.passages[number]
        self.turns.append(Turn(passage.start[token], sentence_of(passage, token)[2], entity))

    def person(self, number: int, token: int, sex: str) -> Entity | None:
        role = self._role_before(number, token, sex)
        if role is not None:
            return role
        return self.recent(number, token, sex, _FAR) or self._any_of(
            sex, self.story.passages[number].start[token]
        )

    def _role_before(self, number: int, token: int, sex: str) -> Entity | None:
        """Whoever was the subject just before in the paragraph without a name: "Their father came too. ... he said"."""
        passage = self.story.passages[number]
        first = sentence_of(passage, token)[0]
        for at in range(first - 1, max(first - 60, -1), -1):
            if (
                passage.dep[at] != "nsubj"
                or self.story.is_inside(number, at)
                or passage.tag[at] in ("WP", "WDT")
                or passage.dep[passage.head[at]] == "ccomp"
            ):
                continue
            if passage.tag[at] != "NN" or self.cast.at(number, at) is not None:
                return None
            if not roles.is_role(passage.low[at]) or genders.of_word(passage.low[at]) not in (None, sex):
                return None
            found = self._meaning(number, at)
            return found if found is not None and may_be(found, sex) else None
        return None

    def recent(self, number: int, token: int, sex: str | None, far: int) -> Entity | None:
        """The person most in view at a token: named or speaking not long before, sooner as a subject and in the
        same paragraph, and of the right gender (`sex`; None for either)."""
        passage = self.story.passages[number]
        offset, here = passage.start[token], sentence_of(passage, token)[2]
        begin = self.story.paragraphs[self.story.paragraph_at(offset)][0]
        scores: dict[Entity, float] = {}
        for mention in self.cast.before(offset):
            entity = mention.entity
            if entity.kind != "person" or self.story.is_inside(mention.passage, mention.last):
                continue
            score = self._salience(mention, here)
            if score is None:
                break
            if not may_be(entity, sex):
                continue
            score += _SAME_PARAGRAPH if mention.start >= begin else 0.0
            scores[entity] = max(score, scores.get(entity, score))
        for turn in self.turns[-3:]:
            if turn.entity.kind != "person" or not may_be(turn.entity, sex) or here - turn.sentence > _FAR:
                continue
            score = 1.0 - (here - turn.sentence) + (_SAME_PARAGRAPH if turn.offset >= begin else 0.0)
            scores[turn.entity] = max(score, scores.get(turn.entity, score))
        said = self.said_last()
        best, top = None, -1e9
        for entity, score in scores.items():
            score += 0.6 if entity is said else 0.0
            score -= 0.6 if sex is not None and _sex(entity) is None else 0.0
            if score > top:
                best, top = entity, score
        return best if top > -far else None

    def _salience(self, mention: Mention, here: int) -> float | None:
        passage = self.story.passages[mention.passage]
        distance = here - sentence_of(passage, mention.last)[2]
        if distance > _FAR:
            return None
        score = -float(distance)
        dep = passage.dep[mention.head]
        if dep in _SUBJECT:
            score += 1.0
        elif dep == "poss":
            score -= 0.3
        elif dep in ("dobj", "pobj", "dative"):
            # "told Dawn", "in an interview with Dawn": those who listen.
            score -= 0.8 if passage.head[mention.head] == mention.first - 1 and distance == 0 else 0.2
        return score

    def said_last(self) -> Entity | None:
        return self.turns[-1].entity if self.turns else None

    def _any_of(self, sex: str, offset: int) -> Entity | None:
        """Far from any name: the last speaker of that gender, else the person named nearest before."""
        for turn in reversed(self.turns[-12:]):
            if turn.entity.kind == "person" and _sex(turn.entity) in (None, sex):
                return turn.entity
        for mention in self.cast.before(offset, 200):
            if mention.entity.kind == "person" and _sex(mention.entity) in (None, sex):
                return mention.entity
        for mention in self.cast.after(offset):
            if mention.entity.kind == "person" and _sex(mention.entity) in (None, sex):
                return mention.entity
        return None

    def they(self, number: int, token: int) -> Entity | None:
        passage = self.story.passages[number]
        offset, here = passage.start[token], sentence_of(passage, token)[2]
        group = self._group_before(number, token)
        if group is not None:
            return group
        best, top = None, -4.0
        for turn in reversed(self.turns[-3:]):
            if turn.entity.plural or turn.entity.kind != "person":
                score = 0.9 - (here - turn.sentence)
                if score > top:
                    best, top = turn.entity, score
        for mention in self.cast.before(offset, 20):
            if mention.entity.kind == "person" or self.story.is_inside(mention.passage, mention.last):
                continue
            around = self.story.passages[mention.passage]
            if around.dep[mention.head] not in _SUBJECT or around.ent[mention.last] not in (
                "ORG",
                "NORP",
                "",
            ):
                continue
            score = self._salience(mention, here)
            if score is None:
                break
            if score > top:
                best, top = mention.entity, score
        if best is not None and top > -1.5:
            return best
        return self._group(number, token) or best or self.said_last()

    def _group_before(self, number: int, token: int) -> Entity | None:
        """Several who act earlier in the same sentence: "State prosecutors charged him, they said"."""
        passage = self.story.passages[number]
        for at in range(token - 1, sentence_of(passage, token)[0] - 1, -1):
            if passage.dep[at] != "nsubj" or passage.tag[at] != "NNS" or self.story.is_inside(number, at):
                continue
            low = passage.low[at]
            if (
                roles.is_role(low.removesuffix("s"))
                or low.removesuffix("s") in roles.BODIES
                or low == "police"
            ):
                return self._meaning(number, at)
        return None

    def _body_before(self, number: int, token: int) -> Entity | None:
        """The body that was the subject just before, in the same passage: "The unit asked for help. ... it said"."""
        passage = self.story.passages[number]
        first, _, _ = sentence_of(passage, token)
        for at in range(token - 1, max(first - 60, -1), -1):
            if passage.dep[at] != "nsubj" or self.story.is_inside(number, at):
                continue
            if passage.tag[at] == "NN" and passage.low[at] in roles.BODIES:
                return self._meaning(number, at)
            mention = self.cast.at(number, at)
            if mention is not None and mention.entity.kind != "person" and passage.ent[at] == "ORG":
                return mention.entity
        return None

    def _group(self, number: int, token: int) -> Entity | None:
        """The plural subject of the sentences just before, as the text says it."""
        passage = self.story.passages[number]
        start = sentence_of(passage, token)[0]
        for index in (number, number - 1):
            if index < 0:
                break
            around = self.story.passages[index]
            stop = start if index == number else len(around.start)
            for at in range(stop - 1, max(stop - 80, -1), -1):
                if around.dep[at] != "nsubj" or self.story.is_inside(index, at):
                    continue
                if around.tag[at] == "NNS" or joined(around, at):
                    return self._meaning(index, at)
        return None

    def it(self, number: int, token: int) -> Entity | None:
        passage = self.story.passages[number]
        offset, here = passage.start[token], sentence_of(passage, token)[2]
        body = self._body_before(number, token)
        if body is not None:
            return body
        best, top = None, -1e9
        for turn in reversed(self.turns[-3:]):
            if turn.entity.kind != "person" and not turn.entity.plural:
                score = 1.2 - (here - turn.sentence)
                if score > top:
                    best, top = turn.entity, score
        for mention in self.cast.before(offset, 20):
            if mention.entity.kind == "person" or self.story.is_inside(mention.passage, mention.last):
                continue
            score = self._salience(mention, here)
            if score is None:
                break
            if self.story.passages[mention.passage].ent[mention.last] != "ORG":
                score -= 0.8
            if score > top:
                best, top = mention.entity, score
        return best if top > -4 else self._document_before(number, token)

    def _document_before(self, number: int, token: int) -> Entity | None:
        passage = self.story.passages[number]
        for at in range(token - 1, max(token - 60, -1), -1):
            if (
                passage.tag[at] == "NN"
                and passage.low[at] in cues.DOCUMENTS
                and not self.story.is_inside(number, at)
            ):
                return self._meaning(number, at)
        return None

    # Gender from the text itself.

    def _vote_genders(self) -> None:
        story = self.story
        followers: list[Mention | None] = [*self.cast.mentions[1:], None]
        for mention, following in zip(self.cast.mentions, followers, strict=False):
            entity = mention.entity
            if entity.kind != "person" or entity.gender is not None or _titled(entity):
                continue
            if story.is_inside(mention.passage, mention.last):
                continue
            passage = story.passages[mention.passage]
            _, stop, _ = sentence_of(passage, mention.last)
            limit = stop + 6
            if (
                following is not None
                and following.passage == mention.passage
                and following.entity is not entity
            ):
                if following.entity.kind == "person":
                    limit = min(limit, following.first)
            for token in range(mention.last + 1, min(limit, len(passage.low))):
                if story.is_inside(mention.passage, token):
                    continue
                sex = HE.get(passage.low[token])
                if sex:
                    entity.votes[sex] = entity.votes.get(sex, 0) + 1
                    break


def _titled(entity: Entity) -> bool:
    return any(count >= 2 for count in entity.votes.values())


def _sex(entity: Entity) -> str | None:
    votes = entity.votes
    men, women = votes.get("m", 0), votes.get("f", 0)
    if max(men, women) >= 2 and men != women and (entity.gender is None or abs(men - women) >= 3):
        return "m" if men > women else "f"
    if entity.gender is not None:
        return entity.gender
    if men != women:
        return "m" if men > women else "f"
    return None


def may_be(entity: Entity, sex: str | None) -> bool:
    return sex is None or _sex(entity) in (None, sex)
