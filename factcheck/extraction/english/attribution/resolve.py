"""From the words that name a speaker to the one they mean: names, pronouns, "the spokesman", "the ministry"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from factcheck.extraction.english.attribution import cues, genders, roles
from factcheck.extraction.english.attribution.names import Cast, Entity, Mention
from factcheck.extraction.english.attribution.story import Story, sentence_of
from factcheck.extraction.english.attribution.subjects import phrase

_HE = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m", "hers": "f"}
_SUBJECT = frozenset(("nsubj", "nsubjpass", "agent"))
_DEFINITE = frozenset(("the", "that", "this", "his", "her", "its", "their", "both"))
# In sentences.
_FAR = 12
_SAME_PARAGRAPH = 0.8
_VERBS = frozenset(("VBD", "VBZ", "VBP", "MD", "IN", "TO"))
_GROUP_TAGS = frozenset(("NNS", "NNPS"))
# What a person already named is called again, whoever it is.
_EPITHETS = frozenset(
    "mother father mom dad mum grandmother grandfather man woman teen teenager actor actress singer star veteran native "
    "politician lawmaker father-of-two mother-of-two father-of-three mother-of-three pensioner boy girl widow widower "
    "rookie winger forward defenceman defenseman goalie striker midfielder".split()
)
_GENERAL = frozenset(
    "company firm agency group organisation organization body outlet website site newspaper paper magazine charity "
    "union bank airline retailer network".split()
)


@dataclass(slots=True)
class Turn:
    """That somebody was speaking at a place in the text."""

    offset: int
    sentence: int
    entity: Entity


class Resolver:
    """Resolves in the order of the text: what was said last helps to tell who "she" is now."""

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story = story
        self.cast = cast
        self.turns: list[Turn] = []
        self._nominal: dict[str, Entity] = {}
        self._by_head: dict[str, list[tuple[int, Entity]]] = {}
        for mention in cast.mentions:
            for head in mention.entity.heads:
                self._by_head.setdefault(head, []).append((mention.start, mention.entity))
        self._vote_genders()

    def speaker(self, number: int, head: int) -> Entity | None:
        """Whom the phrase with this head means; None where it cannot be a speaker."""
        passage = self.story.passages[number]
        low = passage.low[head]
        if low in _HE:
            return self._person(number, head, _HE[low])
        if low == "they":
            return self._they(number, head)
        if low == "it":
            return self._it(number, head)
        if passage.tag[head] in ("PRP", "EX", "WP", "WDT", "DT", "CD", "PRP$"):
            return self._other_pronoun(number, head)
        named = self._named(number, head)
        if named is not None:
            return named
        if passage.tag[head] in ("NNP", "NNPS") or low not in cues.UTTERANCES:
            return self._common(number, head)
        owner = self._owner(number, head)
        return owner or self._common(number, head)

    def spoke(self, entity: Entity, number: int, token: int) -> None:
        passage = self.story.passages[number]
        self.turns.append(Turn(passage.start[token], sentence_of(passage, token)[2], entity))

    # Names.

    def _named(self, number: int, head: int) -> Entity | None:
        mention = self.cast.at(number, head)
        passage = self.story.passages[number]
        if mention is not None and (mention.entity.kind == "person" or passage.tag[head] in ("NNP", "NNPS")):
            person = self._apposed(number, head)
            if mention.entity.kind != "person" and person is not None:
                return person
            return mention.entity
        return self._apposed(number, head)

    def _apposed(self, number: int, head: int) -> Entity | None:
        """ "the mayor, Ada Byron", "broadcaster PBS": the name that explains a noun."""
        passage = self.story.passages[number]
        common = passage.tag[head] in ("NN", "NNS", "NNP", "CD", "DT")
        for child in passage.children[head]:
            if child < head or passage.dep[child] not in ("appos", "flat", "nmod", "npadvmod"):
                continue
            mention = self.cast.at(number, child)
            if mention is not None and (mention.entity.kind == "person" or common):
                return mention.entity
        if not _is_title(passage.low[head]):
            return None
        # "Ambassador to the United Nations Nikki Haley": a name at the end of the phrase, with no comma before.
        for token in passage.subtree(head):
            if token > head:
                if passage.words[token] in (",", ";") or passage.tag[token] in ("WP", "VBD", "VBZ", "VBP"):
                    break
                mention = self.cast.at(number, token)
                if mention is not None and mention.entity.kind == "person" and passage.tag[mention.first - 1] not in ("IN", "TO", "DT"):
                    return mention.entity
        return None

    # Pronouns.

    def _person(self, number: int, token: int, sex: str) -> Entity | None:
        return self._recent(number, token, sex, _FAR) or self._any_of(sex, self.story.passages[number].start[token])

    def _recent(self, number: int, token: int, sex: str | None, far: int) -> Entity | None:
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
            if not _may_be(entity, sex):
                continue
            score += _SAME_PARAGRAPH if mention.start >= begin else 0.0
            scores[entity] = max(score, scores.get(entity, score))
        for turn in self.turns[-3:]:
            if turn.entity.kind != "person" or not _may_be(turn.entity, sex) or here - turn.sentence > _FAR:
                continue
            score = 1.0 - (here - turn.sentence) + (_SAME_PARAGRAPH if turn.offset >= begin else 0.0)
            scores[turn.entity] = max(score, scores.get(turn.entity, score))
        said = self._said_last()
        best, top = None, -1e9
        for entity, score in scores.items():
            score += 0.9 if entity is said else 0.0
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

    def _said_last(self) -> Entity | None:
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

    def _they(self, number: int, token: int) -> Entity | None:
        passage = self.story.passages[number]
        offset, here = passage.start[token], sentence_of(passage, token)[2]
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
            if around.dep[mention.head] not in _SUBJECT or around.ent[mention.last] not in ("ORG", "NORP", ""):
                continue
            score = self._salience(mention, here)
            if score is None:
                break
            if score > top:
                best, top = mention.entity, score
        if best is not None and top > -1.5:
            return best
        return self._group(number, token) or best or self._said_last()

    def _body_before(self, number: int, token: int) -> Entity | None:
        """The body that was the subject just before, in the same passage: "The unit asked for help. ... it said"."""
        passage = self.story.passages[number]
        first, _, _ = sentence_of(passage, token)
        for at in range(token - 1, max(first - 60, -1), -1):
            if passage.dep[at] != "nsubj" or self.story.is_inside(number, at):
                continue
            if passage.tag[at] == "NN" and passage.low[at] in roles.BODIES:
                return self.speaker(number, at)
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
                if around.dep[at] == "nsubj" and around.tag[at] == "NNS" and not self.story.is_inside(index, at):
                    return self.speaker(index, at)
        return None

    def _it(self, number: int, token: int) -> Entity | None:
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
        return best if top > -4 else None

    def _other_pronoun(self, number: int, head: int) -> Entity | None:
        passage = self.story.passages[number]
        low = passage.low[head]
        if low in ("many", "some", "others", "another", "everyone", "one", "several", "both", "most", "all", "two"):
            return self._nominal_of(number, head)
        return None

    # Common nouns.

    def _common(self, number: int, head: int) -> Entity | None:
        passage = self.story.passages[number]
        low, offset = passage.low[head], passage.start[head]
        if passage.words[head][0].isupper():
            known = self.cast.surnamed(low, offset)
            if known is not None:
                return known
        while head + 2 < len(passage.words) and passage.words[head + 1] == "-" and passage.end[head] == passage.start[head + 1]:
            # "co-author" is three tokens.
            head += 2
            low = passage.low[head]
        left, right = phrase(passage, head)
        definite = passage.low[left] in _DEFINITE or (left == head and passage.tag[head] == "NN")
        plural = passage.tag[head] in _GROUP_TAGS
        if definite and not plural and passage.dep[left] != "poss":
            known = self._called(low, offset, number, left, right, head)
            if known is not None:
                return known
            if low in _EPITHETS or low == "old" or "year-old" in passage.slice(left, right).lower():
                known = self._epithet(low, number, head)
                if known is not None:
                    return known
        return self._named_after(number, right) or self._nominal_of(number, head)

    def _epithet(self, noun: str, number: int, head: int) -> Entity | None:
        """ "the mother of two said": who was spoken of, or spoke, last."""
        return self._recent(number, head, genders.of_word(noun), 2)

    def _named_after(self, number: int, right: int) -> Entity | None:
        """ "one of these groups, the Norland Farmers (NF), ...": a name set off by commas after the phrase."""
        passage = self.story.passages[number]
        at, n = right + 1, len(passage.words)
        if at + 1 >= n or passage.words[at] != ",":
            return None
        at += 2 if passage.low[at + 1] in ("the", "a", "an") else 1
        first = at
        while at < n and passage.words[at] not in (",", "(") and at - first < 14 and passage.tag[at] not in _VERBS:
            at += 1
        if at >= n or passage.words[at] not in (",", "("):
            return None
        mention = self.cast.at(number, at - 1)
        if mention is None or (mention.first != first and mention.entity.kind != "person"):
            return None
        return mention.entity

    def _called(self, noun: str, offset: int, number: int, left: int, right: int, head: int) -> Entity | None:
        """Who was last introduced as a `noun`: a person by role, a body by a word of its name."""
        passage = self.story.passages[number]
        wanted = {passage.low[k] for k in range(left, right + 1) if k != head and passage.tag[k][0] in "NJ"}
        found = self._by_head.get(noun, ())
        at = bisect_left(found, offset, key=lambda item: item[0])
        fallback: Entity | None = None
        for _, entity in reversed(found[max(at - 30, 0) : at]):
            if not wanted or wanted & _described(entity):
                return entity
            fallback = fallback or entity
        if fallback is not None and not wanted - {"former", "own", "senior", "local"}:
            return fallback
        if at == 0 and found and not wanted:
            return found[0][1]
        if noun in _GENERAL and not wanted:
            for mention in self.cast.before(offset, 20):
                if (
                    mention.entity.kind != "person"
                    and self.story.passages[mention.passage].ent[mention.last] == "ORG"
                    and not self.story.is_inside(mention.passage, mention.last)
                ):
                    return mention.entity
        return None

    def _nominal_of(self, number: int, head: int) -> Entity:
        """A speaker without a name, as the text says it."""
        passage = self.story.passages[number]
        left, right = phrase(passage, head)
        name = " ".join(passage.slice(left, right).split())
        first, _, _ = sentence_of(passage, head)
        if left == first and passage.tag[left] not in ("NNP", "NNPS"):
            name = name[0].lower() + name[1:]
        words = name.lower().split()
        key = " ".join(words[1:] if words[0] in ("the", "a", "an") and len(words) > 1 else words)
        entity = self._nominal.get(key)
        low = passage.low[head]
        if entity is None:
            plural = passage.tag[head] in _GROUP_TAGS
            if low in roles.BODIES:
                kind = "organisation"
            elif not plural and _is_title(low):
                kind = "person"
            else:
                kind = "organisation" if passage.ent[head] in ("ORG", "GPE") else "other"
            entity = Entity(name, kind, gender=genders.of_word(low), plural=plural, heads={low})
            self._nominal[key] = entity
        entity.seen.append((passage.start[left], passage.end[right]))
        self._by_head.setdefault(low, [])
        at = bisect_left(self._by_head[low], passage.start[head], key=lambda item: item[0])
        self._by_head[low].insert(at, (passage.start[head], entity))
        return entity

    def _owner(self, number: int, head: int) -> Entity | None:
        """Whose statement it is: "his statement", "a statement from the ministry", "Holt's letter"."""
        passage = self.story.passages[number]
        for child in passage.children[head]:
            if passage.dep[child] == "poss":
                return self.speaker(number, child) if passage.low[child] != "whose" else None
            if passage.dep[child] == "prep" and passage.low[child] in ("from", "by", "of"):
                for below in passage.children[child]:
                    if passage.dep[below] == "pobj":
                        return self.speaker(number, below)
            if passage.dep[child] in ("compound", "amod"):
                mention = self.cast.at(number, child)
                if mention is not None:
                    return mention.entity
            if passage.dep[child] == "acl" and passage.tag[child] == "VBN":
                for by in passage.children[child]:
                    if passage.dep[by] in ("agent", "prep"):
                        for below in passage.children[by]:
                            if passage.dep[below] == "pobj" and passage.ent[below] not in ("DATE", "TIME", "PRODUCT"):
                                return self.speaker(number, below)
        governor = passage.head[head]
        if governor != head and passage.dep[head] in ("dobj", "pobj"):
            for child in passage.children[governor]:
                if passage.dep[child] == "nsubj":
                    return self.speaker(number, child)
        if passage.low[phrase(passage, head)[0]] in ("the", "that", "this"):
            return self._said_last()
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
            if following is not None and following.passage == mention.passage and following.entity is not entity:
                if following.entity.kind == "person":
                    limit = min(limit, following.first)
            for token in range(mention.last + 1, min(limit, len(passage.low))):
                if story.is_inside(mention.passage, token):
                    continue
                sex = _HE.get(passage.low[token])
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


def _may_be(entity: Entity, sex: str | None) -> bool:
    return sex is None or _sex(entity) in (None, sex)


def _is_title(word: str) -> bool:
    return roles.is_role(word) or word in roles.TITLES


def _described(entity: Entity) -> set[str]:
    words = set(entity.name.lower().split())
    for role in entity.roles:
        words.update(role.lower().replace("’s", "").replace("'s", "").split())
    return words
