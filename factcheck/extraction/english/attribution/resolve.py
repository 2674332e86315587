"""From the words that name a speaker to the one they mean: names, pronouns, "the spokesman", "the ministry"."""

from __future__ import annotations

import re
from bisect import bisect_left

from factcheck.extraction.english.attribution import cues, genders, nouns, roles
from factcheck.extraction.english.attribution.entities import Entity
from factcheck.extraction.english.attribution.names import Cast
from factcheck.extraction.english.attribution.pronouns import HE, Pronouns
from factcheck.extraction.english.attribution.story import Story, sentence_of
from factcheck.extraction.english.attribution.subjects import joined, phrase
from factcheck.extraction.english.parse import Passage

_DEFINITE = frozenset(("the", "that", "this", "his", "her", "its", "their", "both"))
_AGENT = re.compile(r".{3}(?:er|or|ist|ian|ee|ant)$")
_VERBS = frozenset(("VBD", "VBZ", "VBP", "MD", "IN", "TO"))
_GROUP_TAGS = frozenset(("NNS", "NNPS"))


class Resolver:
    """Resolves in the order of the text: what was said last helps to tell who "she" is now."""

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story = story
        self.cast = cast
        self.pronouns = Pronouns(story, cast, self.speaker)
        self._nominal: dict[str, Entity] = {}
        self._together: dict[tuple[Entity, ...], Entity] = {}
        self._by_head: dict[str, list[tuple[int, Entity]]] = {}
        for mention in cast.mentions:
            for head in mention.entity.heads:
                self._by_head.setdefault(head, []).append((mention.start, mention.entity))

    def speaker(self, number: int, head: int) -> Entity | None:
        """Whom the phrase with this head means; None where it cannot be a speaker. Several joined by "and" are one."""
        own = self.cast.at(number, head)
        others = [
            token
            for token in joined(self.story.passages[number], head)
            if own is None or self.cast.at(number, token) is not own
        ]
        if not others:
            return self._single(number, head)
        members: dict[Entity, None] = {}
        for token in (head, *others):
            entity = self._single(number, token)
            if entity is not None:
                members[entity] = None
        if len(members) < 2:
            return next(iter(members), None)
        return self._joint(tuple(members))

    def _joint(self, members: tuple[Entity, ...]) -> Entity:
        known = self._together.get(members)
        if known is None:
            names = [entity.name for entity in members]
            kinds = {entity.kind for entity in members}
            known = Entity(
                ", ".join(names[:-1]) + " and " + names[-1],
                "organisation" if kinds == {"organisation"} else "other",
                plural=True,
            )
            self._together[members] = known
        return known

    def _single(self, number: int, head: int) -> Entity | None:
        passage = self.story.passages[number]
        low = passage.low[head]
        if low in HE:
            return self.pronouns.person(number, head, HE[low])
        if low == "they":
            return self.pronouns.they(number, head)
        if low == "it":
            return self.pronouns.it(number, head)
        if passage.tag[head] in ("PRP", "EX", "WP", "WDT", "DT", "CD", "PRP$"):
            return self._other_pronoun(number, head)
        if _is_of_a_party(passage, head):
            known = self._epithet(low, number, head)
            if known is not None:
                return known
        named = None if _is_aged(passage, head) else self._named(number, head)
        if named is not None:
            return named
        if passage.tag[head] in ("NNP", "NNPS"):
            return self._common(number, head)
        owner = None
        if low in cues.UTTERANCES:
            owner = self._owner(number, head)
        elif low in cues.DOCUMENTS or low in cues.EVIDENCE:
            owner = self._author(number, head)
        return owner or self._common(number, head)

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
        mention = self.cast.at(number, head + 1)
        if mention is not None and mention.first == head + 1 and mention.entity.kind == "person":
            # "His daughter Molly": the parser does not join them.
            return mention.entity
        # "Ambassador to the United Nations Nikki Haley": a name at the end of the phrase, with no comma before.
        for token in passage.subtree(head):
            if token > head:
                if passage.words[token] in (",", ";") or passage.tag[token] in ("WP", "VBD", "VBZ", "VBP"):
                    break
                mention = self.cast.at(number, token)
                if (
                    mention is not None
                    and mention.entity.kind == "person"
                    and passage.tag[mention.first - 1] not in ("IN", "TO", "DT")
                ):
                    return mention.entity
        return None

    def _other_pronoun(self, number: int, head: int) -> Entity | None:
        passage = self.story.passages[number]
        low = passage.low[head]
        if low in (
            "many",
            "some",
            "others",
            "another",
            "everyone",
            "one",
            "several",
            "both",
            "most",
            "all",
            "two",
        ):
            return self._named_after(number, phrase(passage, head)[1]) or self._nominal_of(number, head)
        return None

    # Common nouns.

    def _common(self, number: int, head: int) -> Entity | None:
        passage = self.story.passages[number]
        low, offset = passage.low[head], passage.start[head]
        if passage.words[head][0].isupper() and not _is_aged(passage, head):
            known = self.cast.surnamed(low, offset)
            if known is not None:
                return known
        while (
            head + 2 < len(passage.words)
            and passage.words[head + 1] == "-"
            and passage.end[head] == passage.start[head + 1]
        ):
            # "co-author" is three tokens.
            head += 2
            low = passage.low[head]
            beside = self.cast.at(number, head + 1)
            if beside is not None and beside.first == head + 1 and beside.entity.kind == "person":
                return beside.entity
        left, right = phrase(passage, head)
        definite = passage.low[left] in _DEFINITE or (left == head and passage.tag[head] == "NN")
        plural = passage.tag[head] in _GROUP_TAGS
        if definite and not plural and passage.dep[left] != "poss":
            known = self._called(low, offset, number, left, right, head)
            if known is not None:
                return known
            if (
                (low in nouns.EPITHETS and passage.low[left] == "the")
                or low == "old"
                or not nouns.ONCE.isdisjoint(passage.low[left:head])
                or "year-old" in passage.slice(left, right).lower()
            ):
                known = self._epithet(low, number, head)
                if known is not None:
                    return known
        return self._named_after(number, right) or self._nominal_of(number, head)

    def _epithet(self, noun: str, number: int, head: int) -> Entity | None:
        """ "the mother of two said": who was spoken of, or spoke, last."""
        return self.pronouns.recent(number, head, genders.of_word(noun), 2)

    def _named_after(self, number: int, right: int) -> Entity | None:
        """ "one of these groups, the Norland Farmers (NF), ...": a name set off by commas after the phrase."""
        passage = self.story.passages[number]
        at, n = right + 1, len(passage.words)
        if at + 1 >= n or passage.words[at] != ",":
            return None
        at += 2 if passage.low[at + 1] in ("the", "a", "an") else 1
        first = at
        while (
            at < n
            and passage.words[at] not in (",", "(")
            and at - first < 14
            and passage.tag[at] not in _VERBS
        ):
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
        found = self._by_head.get(noun) or next(
            (self._by_head[other] for other in nouns.LIKE.get(noun, ()) if self._by_head.get(other)), ()
        )
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
        if noun in nouns.GENERAL and not wanted:
            last = self.pronouns.said_last()
            if last is not None and last.kind == "organisation" and not last.plural:
                return last
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
        if (
            left == first
            and passage.tag[left] not in ("NNP", "NNPS")
            and passage.ent[left] not in ("NORP", "GPE")
        ):
            name = name if name[1:2].isupper() else name[0].lower() + name[1:]
        words = name.lower().split()
        key = " ".join(words[1:] if words[0] in ("the", "a", "an") and len(words) > 1 else words)
        entity = self._nominal.get(key)
        low = passage.low[head]
        if entity is None:
            plural = passage.tag[head] in _GROUP_TAGS
            if low in roles.BODIES:
                kind = "organisation"
            elif not plural and (_is_title(low) or (_AGENT.search(low) and low not in cues.DOCUMENTS)):
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

    def _author(self, number: int, head: int) -> Entity | None:
        """Whose report or study it is, where the text names him: "the agency's report", "a study by Holt"."""
        passage = self.story.passages[number]
        for child in passage.children[head]:
            if passage.dep[child] == "poss" and passage.low[child] != "whose":
                return self.speaker(number, child)
            if passage.dep[child] == "prep" and passage.low[child] in ("from", "by"):
                for below in passage.children[child]:
                    if passage.dep[below] == "pobj" and passage.ent[below] not in ("DATE", "TIME", "MONEY"):
                        return self.speaker(number, below)
        by = head + 2 if passage.words[head + 1 : head + 2] == [","] else head + 1
        if passage.low[by : by + 1] == ["by"]:
            # "The report, by the audit office, said": the parser joins "by" to the verb.
            for below in passage.children[by]:
                if passage.dep[below] == "pobj":
                    return self.speaker(number, below)
        if passage.dep[head] == "dobj" and passage.low[head] in cues.EVIDENCE:
            # "Researchers posted findings estimating that ..."
            return self._who_acts(number, passage.head[head])
        return None

    def _who_acts(self, number: int, verb: int) -> Entity | None:
        passage = self.story.passages[number]
        for child in passage.children[verb]:
            if passage.dep[child] == "nsubj":
                return self.speaker(number, child)
        return None

    def _owner(self, number: int, head: int) -> Entity | None:
        """Whose statement it is: "his statement", "a statement from the ministry", "Holt's letter"."""
        passage = self.story.passages[number]
        author = self._author(number, head)
        if author is not None:
            return author
        for child in passage.children[head]:
            if passage.dep[child] == "prep" and passage.low[child] == "of":
                for below in passage.children[child]:
                    if passage.dep[below] == "pobj":
                        return self.speaker(number, below)
            if passage.dep[child] in ("compound", "amod") and passage.low[child] not in nouns.CHANNELS:
                mention = self.cast.at(number, child)
                if mention is not None:
                    return mention.entity
            if passage.dep[child] == "acl" and passage.tag[child] == "VBN":
                for by in passage.children[child]:
                    if passage.low[by] == "by":
                        for below in passage.children[by]:
                            if passage.dep[below] == "pobj" and passage.ent[below] not in (
                                "DATE",
                                "TIME",
                                "PRODUCT",
                            ):
                                return self.speaker(number, below)
        governor = passage.head[head]
        if governor != head and passage.dep[head] in ("dobj", "pobj"):
            acting = self._who_acts(number, governor)
            if acting is not None:
                return acting
        if passage.low[phrase(passage, head)[0]] in ("the", "that", "this"):
            return self.pronouns.said_last()
        return None


def _is_aged(passage: Passage, head: int) -> bool:
    """ "the 22-year-old Finn": no name, whatever it looks like."""
    return passage.low[max(head - 2, 0) : head] == ["-", "old"]


def _is_of_a_party(passage: Passage, head: int) -> bool:
    """ "the Ohio Republican", "the Canadian": a person already named, by party or people."""
    if passage.tag[head] not in ("NN", "NNP") or passage.low[phrase(passage, head)[0]] != "the":
        return False
    return passage.low[head] in nouns.PARTIES or passage.ent[head] == "NORP"


def _is_title(word: str) -> bool:
    return roles.is_role(word) or word in roles.TITLES


def _described(entity: Entity) -> set[str]:
    words = set(entity.name.lower().split())
    for role in entity.roles:
        words.update(role.lower().replace("’s", "").replace("'s", "").split())
    return words
