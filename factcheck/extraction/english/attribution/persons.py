"""Which names mean the same person: full names, surnames, first names, names with the parser's wrong label."""

from __future__ import annotations

import re
from collections import defaultdict

from factcheck.extraction.english.attribution import genders, roles
from factcheck.extraction.english.attribution.entities import Entity, Mention, folded
from factcheck.extraction.english.attribution.scan import BODY_LAST, PARTICLES, Scan
from factcheck.extraction.english.attribution.story import Story

# What a firm may be as well as a person.
_OF_BODIES = frozenset(
    "owner maker leader producer supplier retailer operator provider manufacturer developer publisher partner member "
    "sponsor creator employer investor vendor broker trader builder designer founder holder broadcaster".split()
)
# They go by one name, and the title belongs to it.
_REIGNING = frozenset("pope king queen prince princess patriarch emperor empress sultan emir".split())
_PLACES = frozenset("new north south east west san los las saint st great lower upper".split())


class Persons:
    """Gives every mention of a person its entity. What is left is no person's name."""

    def __init__(self, story: Story, scan: Scan, title: str | None) -> None:
        self._story = story
        self._scan = scan
        self._full: dict[str, list[Entity]] = defaultdict(list)
        self._first: dict[str, list[Entity]] = defaultdict(list)
        self._name(title)

    def surnamed(self, word: str, offset: int) -> Entity | None:
        """The person of this surname who was named last before `offset`, else the first one."""
        known = self._full.get(folded(word))
        if not known:
            return None
        return max(known, key=lambda entity: entity.last_before(offset)) if len(known) > 1 else known[0]

    def _name(self, title: str | None) -> None:
        persons = [mention for mention in self._scan.mentions if mention.kind == "person"]
        lasts = {folded(mention.text.split()[-1]) for mention in persons}
        for mention in persons:
            if len(_parts(mention.text)) > 1:
                self._link_full(mention)
        alone = {
            folded(mention.text)
            for mention in self._scan.mentions
            if mention.first == mention.last and mention.kind != "person" and self._is_bare(mention)
        }
        for mention in self._scan.mentions:
            if mention.kind != "person" and self._looks_personal(mention, alone):
                mention.kind = "person"
                self._link_full(mention)
        lasts.update(self._full)
        # A capitalised run that ends in the surname of somebody who is otherwise only named short.
        for mention in self._scan.mentions:
            parts = _parts(mention.text)
            if mention.kind == "unknown" and len(parts) in (2, 3) and folded(parts[-1]) in lasts:
                if folded(parts[-1]) not in self._full:
                    mention.kind = "person"
                    self._link_full(mention)
        self._untagged()
        for mention in self._scan.mentions:
            parts = _parts(mention.text)
            if mention.entity is None and len(parts) == 1:
                self._link_short(mention, parts[0], title)
            elif mention.entity is None:
                # "St. Pierre" after "Marie-Claude St. Pierre".
                ends = [folded(part) for part in parts]
                for entity in self._full.get(ends[-1], ()):
                    if [folded(word) for word in entity.words[-len(ends) :]] == ends:
                        mention.entity, mention.kind = entity, "person"
                        self._note(mention)
                        break

    def _untagged(self) -> None:
        """Adds surnames that the tagger takes for common words at the start of a sentence ("Mathers, 22, said")."""
        surnames = set(self._full)
        for number, passage in enumerate(self._story.passages):
            for token, _, _ in passage.sentences:
                for at in (token, token + 1):
                    if at + 1 >= len(passage.low) or folded(passage.low[at]) not in surnames:
                        continue
                    if (number, at) in self._scan.of_token or not passage.words[at][0].isupper():
                        continue
                    following = at + 1
                    if passage.words[following] in (",", "'s", "’s") or passage.tag[following] in (
                        "VBD",
                        "VBZ",
                        "MD",
                    ):
                        passage.tag[at] = "NNP"
                        self._scan.keep(number, passage, at, at + 1, "person", [])
        self._scan.mentions.sort(key=lambda mention: mention.start)

    def _is_bare(self, mention: Mention) -> bool:
        """Whether a single word stands as a person's surname would: no article before it, and it acts."""
        passage = self._story.passages[mention.passage]
        if mention.first and passage.low[mention.first - 1] in ("the", "a", "an", "this"):
            return False
        return passage.dep[mention.first] in ("nsubj", "nsubjpass", "poss", "pobj", "dobj")

    def _looks_personal(self, mention: Mention, alone: set[str]) -> bool:
        """Whether a name that the parser takes for a body is a person's: two or three plain words after a role, or
        before an age, or with the last word alone elsewhere ("Packer said")."""
        parts = mention.text.split()
        if not 2 <= len(parts) <= 4 or not all(part[0].isalpha() for part in parts):
            return False
        if any(part[0].islower() and part not in PARTICLES for part in parts) or parts[-1].isupper():
            return False
        if folded(parts[-1]) in BODY_LAST or folded(parts[0]) in _PLACES:
            return False
        passage = self._story.passages[mention.passage]
        before = mention.first - 1
        if before >= 0 and passage.low[before] in ("the", "a", "an"):
            return False
        if folded(parts[-1]) in alone:
            return True
        if before >= 0 and passage.tag[before] == "NN" and roles.is_role(passage.low[before]):
            return True
        if any(
            passage.dep[k] == "appos" and roles.is_role(passage.low[k]) and passage.low[k] not in _OF_BODIES
            for k in passage.children[mention.head]
        ):
            return True
        after = mention.last + 1
        if after + 1 < len(passage.words) and passage.words[after] == ",":
            if passage.words[after + 1].isdigit() and len(passage.words[after + 1]) == 2:
                return after + 2 < len(passage.words) and passage.words[after + 2] in (",", ".")
            if before > 0 and passage.words[before] == "," and roles.is_role(passage.low[before - 1]):
                return passage.low[before - 1] not in _OF_BODIES
            return passage.low[after + 1] == "who"
        return False

    def _link_full(self, mention: Mention) -> None:
        parts = _parts(mention.text)
        last = folded(parts[-1])
        for entity in self._full[last]:
            if _same_person(entity.words, parts):
                if len(parts) > len(entity.words) and not _is_initial(parts[0]):
                    entity.name = mention.text
                mention.entity = entity
                break
        else:
            entity = Entity(_without_possessive(mention.text), "person")
            self._full[last].append(entity)
            self._first[folded(parts[0])].append(entity)
            mention.entity = entity
        mention.entity.full.append(mention.start)
        self._note(mention)

    def _link_short(self, mention: Mention, word: str, title: str | None) -> None:
        key = folded(word)
        candidates = self._full.get(key)
        if not candidates and mention.kind == "person":
            candidates = self._first.get(key)
        if not candidates and mention.kind == "person":
            name = _from_title(title, word)
            if name is None and mention.title and mention.title[-1] in _REIGNING:
                name = f"{mention.title[-1].title()} {word}"
            entity = Entity(name or word, "person")
            self._full[key].append(entity)
            candidates = [entity]
        if not candidates:
            return
        if mention.kind == "body" and not self._is_free(mention):
            return
        mention.kind = "person"
        mention.entity = _nearest(candidates, mention)
        if key == folded(mention.entity.words[-1]):
            mention.entity.short = mention.start
        self._note(mention)

    def _is_free(self, mention: Mention) -> bool:
        """Whether a word labelled as a place or body is a surname here: it is the head of its phrase."""
        passage = self._story.passages[mention.passage]
        return passage.dep[mention.last] not in ("compound", "amod")

    def _note(self, mention: Mention) -> None:
        entity = mention.entity
        entity.seen.append((mention.start, mention.end))
        for word in mention.title:
            sex = genders.of_word(word)
            if sex:
                entity.votes[sex] = entity.votes.get(sex, 0) + 3
        if entity.gender is None:
            entity.gender = genders.of_first_name(entity.words[0]) if len(entity.words) > 1 else None


def _parts(text: str) -> list[str]:
    return [
        part
        for part in _without_possessive(text).split()
        if part not in ("Jr.", "Jr", "Sr.", "Sr", "II", "III")
    ] or [text]


def _without_possessive(text: str) -> str:
    return re.sub(r"['’]s?$", "", text)


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1


def _same_person(known: list[str], parts: list[str]) -> bool:
    if 1 < len(parts) < len(known) and [folded(word) for word in known[-len(parts) :]] == [
        folded(word) for word in parts
    ]:
        return True
    a, b = folded(known[0]).strip("."), folded(parts[0]).strip(".")
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _nearest(candidates: list[Entity], mention: Mention) -> Entity:
    """Of several with one surname: the one whose title fits, else the one named last before."""
    if len(candidates) > 1:
        sexes = {genders.of_word(word) for word in mention.title} - {None}
        if sexes:
            fitting = [entity for entity in candidates if entity.gender in sexes]
            candidates = fitting or candidates
    best, when = candidates[0], -1
    for entity in candidates:
        earlier = entity.last_before(mention.start)
        if earlier > when:
            best, when = entity, earlier
    return best


def _from_title(title: str | None, surname: str) -> str | None:
    if not title:
        return None
    found = re.search(rf"\b([A-ZÀ-Þ][\w'’-]+)\s+{re.escape(surname)}\b", title)
    return found.group() if found and genders.is_first_name(found.group(1)) else None
