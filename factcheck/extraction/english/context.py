"""What pronouns stand for, as far as figures need it: the subject last spoken of, a person apart from a thing."""

from __future__ import annotations

from factcheck.extraction.english.figures import phrases
from factcheck.extraction.english.figures.phrases import NOUN, PRONOUN
from factcheck.extraction.english.parse import Passage

_PEOPLE = frozenset(("he", "she", "him", "her", "his", "hers"))
_GROUPS = frozenset(("they", "them", "their", "theirs"))
_THINGS = frozenset(("it", "its"))


class Context:
    """Read in the order of the text: `resolve` looks back in the sentence, then at the sentences before it."""

    def __init__(self) -> None:
        self.person: str | None = None
        self.thing: str | None = None
        self.many: str | None = None

    def resolve(self, p: Passage, at: int) -> str | None:
        """The noun phrase that the pronoun at token `at` means, or None."""
        low = p.low[at]
        if low in _PEOPLE:
            return self._here(p, at, people=True) or self.person
        if low in _GROUPS:
            return self._here(p, at, many=True) or self.many or self.thing
        if low in _THINGS:
            return self._here(p, at) or self.thing
        return None

    def _here(self, p: Passage, at: int, *, people: bool = False, many: bool = False) -> str | None:
        """A subject earlier in the sentence that the pronoun may stand for."""
        for begin, stop, _ in p.sentences:
            if begin <= at < stop:
                break
        else:
            return None
        for i in range(begin, at):
            if p.dep[i] in ("nsubj", "nsubjpass") and p.tag[i] in NOUN and p.head[i] != p.head[at]:
                person = p.ent[i] == "PERSON"
                plural = p.tag[i] in ("NNS", "NNPS") or p.ent[i] == "ORG"
                if (
                    (people and (person or not plural))
                    or (many and (plural or p.ent[i] in ("ORG", "GPE")))
                    or (not people and not many and not person)
                ):
                    phrase = phrases.name(p, i)
                    if phrase is not None:
                        return phrase.text
        return None

    def leave(self, p: Passage, sentence: tuple[int, int, int]) -> None:
        """Remembers the sentence's main subject for the next one."""
        begin, stop, _ = sentence
        dep, tag = p.dep, p.tag
        for i in range(begin, stop):
            if dep[i] not in ("nsubj", "nsubjpass") or tag[i] in PRONOUN or tag[i] not in NOUN:
                continue
            if dep[p.head[i]] not in ("ROOT", "ccomp"):
                continue
            phrase = phrases.name(p, i)
            if phrase is None:
                continue
            if p.ent[i] == "PERSON":
                self.person = phrase.text
            elif tag[i] in ("NNS", "NNPS"):
                self.many = phrase.text
            else:
                self.thing = phrase.text
                if p.ent[i] not in ("ORG", "GPE") and tag[i] == "NN":
                    self.person = self.person or phrase.text
            if dep[p.head[i]] == "ROOT":
                break
