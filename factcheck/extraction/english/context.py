"""What pronouns stand for, as far as figures need it: the subject last spoken of, a person apart from a thing."""

from __future__ import annotations

import re

from factcheck.extraction.english.attribution import genders
from factcheck.extraction.english.figures import phrases
from factcheck.extraction.english.figures.phrases import NOUN, PRONOUN
from factcheck.extraction.english.parse import Passage

_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_GROUPS = frozenset(("they", "them", "their", "theirs"))
_THINGS = frozenset(("it", "its"))
_BODIES = frozenset(("ORG", "GPE", "NORP"))
_PERSON_NOUN = re.compile(
    r"(?:man|woman|boy|girl|person|child|son|daughter|(?:fath|moth|broth|sist|lead|offic|play|work|teach|driv|farm|read|writ|sing|danc|minist|manag|lawy|"
    r"prison|report|produc|direct|act|doct|senat|govern|may|invest|edit|auth|survey|profess|ambassad|counsell|councill|visit|auth)(?:e|o)r|president|king|queen|"
    r"prince|princess|student|suspect|victim|chief|judge|analyst|scientist|artist|economist|activist|tourist|candidate|politician|physician|nurse|pilot|"
    r"spokesperson|chairperson|resident|patient|secretary|chancellor|official|wife|husband|teenager|striker|coach|captain|soldier|cosmonaut|astronaut)$"
)
_SPEAKERS = frozenset("i me my we us our".split())
_SPOKESMEN = frozenset("spokesman spokeswoman spokesperson spokesmen".split())
_FIRM = re.compile(
    r"(?:maker|giant|group|firm|company|bank|airline|retailer|lender|insurer|operator|producer|builder|chain|supplier|manufacturer)$"
)
_KEPT = 12
# Stands for whoever is quoted, until the quotations are known; no text holds it, NUL being taken out or unspeakable.
SPEAKER = "\0speaker"


class Context:
    """Read in the order of the text: `resolve` looks back in the sentence, then at the sentences before it."""

    def __init__(self) -> None:
        self.people: list[tuple[str, str | None]] = []
        self.genders: dict[str, str] = {}
        self.thing: str | None = None
        self.many: str | None = None

    def resolve(self, p: Passage, at: int) -> str | None:
        """The noun phrase that the pronoun at token `at` means, or None."""
        low = p.low[at]
        if low in _SPEAKERS:
            return SPEAKER
        if low in _GENDER:
            return self._person_here(p, at, _GENDER[low]) or self._person_before(_GENDER[low])
        if low in _GROUPS:
            return self._thing_here(p, at, many=True) or self.many or self.thing
        if low in _THINGS:
            return self._thing_here(p, at, many=False) or self.thing
        return None

    def _person_before(self, gender: str) -> str | None:
        """The last person of that gender; one of whom it is not known rather than none."""
        for wanted in (gender, None):
            for name, known in reversed(self.people):
                if known == wanted:
                    return name
        return None

    def _person_here(self, p: Passage, at: int, gender: str) -> str | None:
        """A person named earlier in the sentence."""
        for i in range(_begin(p, at), at):
            if p.dep[i] not in ("nsubj", "nsubjpass") or p.tag[i] not in NOUN or p.head[i] == p.head[at]:
                continue
            found = self._person(p, i)
            if found is not None and found[1] in (gender, None):
                return found[0]
        return None

    def _person(self, p: Passage, i: int) -> tuple[str, str | None] | None:
        """The name and gender of the person whose noun is at `i`."""
        named = p.tag[i] == "NNP" and (
            p.ent[i] == "PERSON" or (p.dep[i - 1] == "compound" and genders.is_first_name(p.words[i - 1]))
        )
        if not named and not (p.tag[i] == "NN" and _PERSON_NOUN.search(p.low[i])):
            return None
        phrase = phrases.name(p, i)
        if phrase is None:
            return None
        if not named:
            return phrase.text, genders.of_word(p.low[i])
        last = p.low[i]
        known = self.genders.get(last) or _gender_of(p, i, phrase.first)
        if known:
            self.genders.setdefault(last, known)
        return phrase.text, known

    def _thing_here(self, p: Passage, at: int, *, many: bool) -> str | None:
        """A thing or group that is a subject earlier in the sentence."""
        for i in range(_begin(p, at), at):
            if p.dep[i] not in ("nsubj", "nsubjpass") or p.tag[i] not in NOUN or p.head[i] == p.head[at]:
                continue
            plural = p.tag[i] in ("NNS", "NNPS")
            body = self._spoken_for(p, i)
            if body is not None:
                return body
            if (many and (plural or p.ent[i] in _BODIES)) or (
                not many and not plural and (p.ent[i] != "PERSON" or self._is_body(p, i))
            ):
                phrase = phrases.name(p, i)
                if phrase is not None:
                    return phrase.text
        return None

    def _spoken_for(self, p: Passage, i: int) -> str | None:
        """ "Army spokesman Ryan Holt said it …", "a spokesman for the bank said it …": for whom the subject speaks."""
        begin = _begin(p, i)
        for k in range(i, max(begin - 1, i - 5), -1):
            if p.low[k] not in _SPOKESMEN:
                continue
            first = k
            while first > begin and p.tag[first - 1] in ("NN", "NNP", "NNPS", "JJ"):
                first -= 1
            if first < k:
                return p.slice(first, k - 1)
            found = phrases.object_of(p, k, ("for", "of"))
            phrase = phrases.name(p, found) if found is not None else None
            return phrase.text if phrase is not None else None
        return None

    def _is_body(self, p: Passage, i: int) -> bool:
        """A name the model calls a person, though nothing says that it is one: "Vextra said it sold …"."""
        phrase = phrases.name(p, i)
        return (
            phrase is not None
            and p.words[i].lower() not in self.genders
            and _gender_of(p, i, phrase.first) is None
            and not any(genders.is_first_name(p.words[k]) for k in range(phrase.first, i + 1))
            and (
                phrase.first == i
                or p.tag[phrase.first] != "NNP"
                or _FIRM.search(p.low[phrase.first]) is not None
            )
        )

    def leave(self, p: Passage, sentence: tuple[int, int, int]) -> None:
        """Remembers whom and what the sentence spoke of: its subjects above others."""
        begin, stop, _ = sentence
        subjects: list[tuple[str, str | None]] = []
        for i in range(begin, stop):
            tag, dep = p.tag[i], p.dep[i]
            if tag not in NOUN or tag in PRONOUN:
                continue
            subject = dep in ("nsubj", "nsubjpass")
            if (p.ent[i] == "PERSON" or (tag == "NNP" and i and genders.is_first_name(p.words[i - 1]))) and (
                subject or dep in ("pobj", "dobj", "appos", "poss", "conj", "attr", "ROOT")
            ):
                found = self._person(p, i)
                if found is not None:
                    (subjects if subject else self.people).append(found)
                continue
            if not subject or dep_of_head(p, i) not in ("ROOT", "ccomp", "conj"):
                continue
            found = self._person(p, i)
            if found is not None:
                subjects.append(found)
                continue
            phrase = phrases.name(p, i)
            if phrase is None:
                continue
            if tag in ("NNS", "NNPS"):
                self.many = phrase.text
            else:
                self.thing = phrase.text
        self.people.extend(subjects)
        del self.people[:-_KEPT]


def dep_of_head(p: Passage, i: int) -> str:
    return p.dep[p.head[i]]


def _begin(p: Passage, at: int) -> int:
    """The first token of the sentence that holds token `at`."""
    for begin, stop, _ in p.sentences:
        if begin <= at < stop:
            return begin
    return at


def _gender_of(p: Passage, i: int, first: int) -> str | None:
    """By a first name, or by a title or word before the name ("Mrs", "spokesman")."""
    for k in range(first, i + 1):
        found = genders.of_first_name(p.words[k]) or genders.of_word(p.low[k])
        if found:
            return found
    return None
