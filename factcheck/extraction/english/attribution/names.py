"""Who and what is named in an article, and which short names mean which long ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from factcheck.extraction.english.attribution import genders, roles
from factcheck.extraction.english.attribution.entities import Entity, Mention, folded
from factcheck.extraction.english.attribution.story import Story
from factcheck.extraction.english.parse import Passage

_NAME_TAGS = frozenset(("NNP", "NNPS"))
_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le el al bin ibn bint af zu".split()
)
_BODY_ENTS = frozenset(("ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"))
_BODY_LAST = frozenset(
    "inc inc. ltd ltd. corp corp. plc llc co co. group party university college school institute ministry department "
    "council committee commission agency authority association federation union bank court house senate congress "
    "parliament police army news times post press office service foundation center centre hospital company society "
    "club league organization organisation bureau board street road avenue park airport island river city county "
    "province state church cathedral museum stadium tower bridge square station act bill agreement treaty award prize "
    "cup championship airlines airways international administration campaign network media journal herald tribune "
    "guardian telegraph system ltd force forces guard day war games festival university's hill lake mountain bay "
    "united rangers rovers securities holdings partners industries systems technologies motors energy resources foods "
    "beach valley cabinet team building plaza mall hotel street's reserve fund trust alliance coalition".split()
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december i".split()
)
_ACRONYM = re.compile(r"\s\(([A-Z][A-Za-z]*[A-Z]|[A-Z]{2,})\)")


# What a firm may be as well as a person.
_OF_BODIES = frozenset(
    "owner maker leader producer supplier retailer operator provider manufacturer developer publisher partner member "
    "sponsor creator employer investor vendor broker trader builder designer founder holder broadcaster".split()
)
# They go by one name, and the title belongs to it.
_REIGNING = frozenset("pope king queen prince princess patriarch emperor empress sultan emir".split())
_PLACES = frozenset("new north south east west san los las saint st great lower upper".split())


class Cast:
    """All who are named, and the way from any token of a name to the one it means."""

    def __init__(self, story: Story, title: str | None) -> None:
        self.story = story
        self.mentions: list[Mention] = []
        self.entities: list[Entity] = []
        self._of_token: dict[tuple[int, int], Mention] = {}
        self._acronyms: dict[str, Entity] = {}
        self._full: dict[str, list[Entity]] = defaultdict(list)
        self._first: dict[str, list[Entity]] = defaultdict(list)
        self._bodies: dict[str, Entity] = {}
        for number, passage in enumerate(story.passages):
            self._scan(number, passage)
        self._name_persons(title)
        self._name_bodies()
        self.mentions = [mention for mention in self.mentions if mention.entity is not None]
        self._starts = [mention.start for mention in self.mentions]

    def at(self, passage: int, token: int) -> Mention | None:
        mention = self._of_token.get((passage, token))
        return mention if mention is not None and mention.entity is not None else None

    def before(self, offset: int, limit: int = 40) -> list[Mention]:
        """The last mentions that begin before `offset`, nearest first."""
        at = bisect_right(self._starts, offset - 1)
        return self.mentions[max(at - limit, 0) : at][::-1]

    def surnamed(self, word: str, offset: int) -> Entity | None:
        """The person of this surname who was named last before `offset`, else the first one."""
        known = self._full.get(folded(word))
        if not known:
            return None
        return max(known, key=lambda entity: entity.last_before(offset)) if len(known) > 1 else known[0]

    def after(self, offset: int, limit: int = 10) -> list[Mention]:
        at = bisect_right(self._starts, offset - 1)
        return self.mentions[at : at + limit]

    def add(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        return entity

    # Reading names off the tokens.

    def _scan(self, number: int, passage: Passage) -> None:
        tag, words, ent = passage.tag, passage.words, passage.ent
        i, n = 0, len(words)
        while i < n:
            if not (tag[i] in _NAME_TAGS or ent[i] == "PERSON") or not words[i][0].isupper():
                i += 1
                continue
            j = i + 1
            while j < n and self._goes_on(passage, j):
                j += 1
            while not words[j - 1][0].isupper() and words[j - 1] not in ("Jr.", "Sr."):
                j -= 1
            self._take(number, passage, i, j)
            i = j

    @staticmethod
    def _goes_on(passage: Passage, j: int) -> bool:
        word = passage.words[j]
        touching = passage.start[j] == passage.end[j - 1]
        if word == "-":
            return touching and j + 1 < len(passage.words) and passage.start[j + 1] == passage.end[j]
        if passage.words[j - 1] == "-":
            return True
        if passage.tag[j] in _NAME_TAGS or passage.ent[j] == "PERSON":
            if word in ("'s", "’s", "’", "'"):
                return False
            return word[0].isupper() or word.lower() in _PARTICLES
        return (
            word.lower() in _PARTICLES
            and j + 1 < len(passage.words)
            and passage.tag[j + 1] in _NAME_TAGS
            and passage.ent[j - 1] in ("PERSON", "")
        )

    def _take(self, number: int, passage: Passage, i: int, j: int) -> None:
        """Splits the run of capitalised tokens [i, j) into title and name, and says what kind of name it is."""
        ent, low = passage.ent, passage.low
        begin = i
        while begin < j and (
            low[begin] in roles.HONORIFICS or low[begin] in roles.TITLES or roles.is_role(low[begin])
        ):
            begin += 1
        title = low[i:begin]
        while begin < j - 1 and (
            not passage.words[begin][0].isalpha() or low[begin] in ("elect", "designate")
        ):
            begin += 1
        if begin == i and i > 1 and low[i - 1] == "of" and j - i >= 3 and _is_rank(low[i - 2]):
            # "Prime Minister of India Narendra Modi": the place is no part of the name.
            known = next((k for k in range(i + 1, j - 1) if genders.is_first_name(low[k])), None)
            begin = known or (i + 1 if j - i == 3 else i)
        person_at = next((k for k in range(begin, j) if ent[k] == "PERSON"), None)
        if person_at is not None and person_at > begin:
            # "Norland Health Secretary Ada Byron": the last word of rank before the name ends the title.
            rank = max(
                (k for k in range(begin, person_at) if low[k] in roles.TITLES or roles.is_role(low[k])),
                default=None,
            )
            if rank is not None:
                title, begin = low[i : rank + 1], rank + 1
            elif ent[begin] in _BODY_ENTS and passage.iob[person_at] == 3:
                self._body(number, passage, begin, person_at)
                begin = person_at
        elif person_at is None:
            rank = max(
                (k for k in range(begin, j - 1) if low[k] in roles.TITLES or low[k] in roles.HONORIFICS),
                default=None,
            )
            if rank is not None and low[j - 1] not in _BODY_LAST:
                title, begin = low[i : rank + 1], rank + 1
            elif j - begin > 3 and genders.is_first_name(low[j - 2]) and low[j - 1] not in _BODY_LAST:
                # "the United Nations Nikki Haley": two names in one run.
                self._body(number, passage, begin, j - 2, wide=False)
                begin = j - 2
        if begin >= j:
            return
        if low[begin] in _NOT_NAMES and j - begin == 1:
            return
        if person_at is not None and self._cut(passage, begin, j) < j:
            stop = self._cut(passage, begin, j)
            self._keep(number, passage, begin, stop, "person", title)
            return
        kind = self._kind(passage, begin, j, title)
        if kind == "person":
            self._keep(number, passage, begin, j, "person", title)
        else:
            self._body(number, passage, i, j, kind)

    @staticmethod
    def _cut(passage: Passage, begin: int, j: int) -> int:
        """Where a person's name ends though capitals go on ("Ryan Holt Tuesday")."""
        stop = j
        while stop - 1 > begin and passage.ent[stop - 1] in ("DATE", "TIME"):
            stop -= 1
        return stop

    @staticmethod
    def _kind(passage: Passage, begin: int, j: int, title: list[str]) -> str:
        ent, low = passage.ent, passage.low
        last = low[j - 1]
        labels = [ent[k] for k in range(begin, j)]
        if (
            last in _BODY_LAST
            and j - begin > 1
            and not (labels.count("PERSON") == len(labels) and genders.is_first_name(low[begin]))
        ):
            return "body"
        if (
            title
            and any(word in roles.HONORIFICS or word in roles.TITLES for word in title)
            and j - begin <= 4
        ):
            if "GPE" in labels and title[-1] in ("prime", "first", "chief"):
                return "body"
            return "person"
        if "PERSON" in labels:
            return "person"
        if 2 <= j - begin <= 3 and genders.is_first_name(low[begin]) and not passage.words[j - 1].isupper():
            return "person"
        if j - begin == 1 and labels[0] not in ("GPE", "LOC", "FAC") and genders.is_first_name(last):
            return "person"
        if any(label in _BODY_ENTS for label in labels):
            return "body"
        return "unknown"

    def _keep(self, number: int, passage: Passage, i: int, j: int, kind: str, title: list[str]) -> None:
        mention = Mention(
            passage=number,
            first=i,
            last=j - 1,
            start=passage.start[i],
            end=passage.end[j - 1],
            text=" ".join(passage.text[passage.start[i] : passage.end[j - 1]].split()),
            kind=kind,
            title=title,
            head=next((k for k in range(i, j) if not i <= passage.head[k] < j), j - 1),
        )
        self.mentions.append(mention)
        for token in range(i, j):
            self._of_token[number, token] = mention

    def _body(
        self, number: int, passage: Passage, i: int, j: int, kind: str = "body", wide: bool = True
    ) -> None:
        # A name the parser labels goes beyond its capitals: "Ministry of Health", "Centers for Disease Control".
        ent, iob = passage.ent, passage.iob
        while wide and j < len(ent) and ent[j] == ent[j - 1] in _BODY_ENTS and iob[j] == 1:
            if passage.words[j] == "(" or (
                passage.words[j] in ("'s", "’s", "’", "'") and passage.dep[j - 1] == "poss"
            ):
                break
            j += 1
        while i > 0 and iob[i] == 1 and ent[i] in _BODY_ENTS and ent[i - 1] == ent[i]:
            i -= 1
        last = self.mentions[-1] if self.mentions else None
        if last is not None and last.passage == number and last.last >= i:
            for token in range(i, j):
                self._of_token.setdefault((number, token), last)
            return
        self._keep(number, passage, i, j, kind, [])

    # Which names mean the same.

    def _name_persons(self, title: str | None) -> None:
        persons = [mention for mention in self.mentions if mention.kind == "person"]
        lasts = {folded(mention.text.split()[-1]) for mention in persons}
        for mention in persons:
            if len(_parts(mention.text)) > 1:
                self._link_full(mention)
        alone = {
            folded(mention.text)
            for mention in self.mentions
            if mention.first == mention.last and mention.kind != "person" and self._is_bare(mention)
        }
        for mention in self.mentions:
            if mention.kind != "person" and self._looks_personal(mention, alone):
                mention.kind = "person"
                self._link_full(mention)
        lasts.update(self._full)
        # A capitalised run that ends in the surname of somebody who is otherwise only named short.
        for mention in self.mentions:
            parts = _parts(mention.text)
            if mention.kind == "unknown" and len(parts) in (2, 3) and folded(parts[-1]) in lasts:
                if folded(parts[-1]) not in self._full:
                    mention.kind = "person"
                    self._link_full(mention)
        self._untagged()
        for mention in self.mentions:
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
        for number, passage in enumerate(self.story.passages):
            for token, _, _ in passage.sentences:
                for at in (token, token + 1):
                    if at + 1 >= len(passage.low) or folded(passage.low[at]) not in surnames:
                        continue
                    if (number, at) in self._of_token or not passage.words[at][0].isupper():
                        continue
                    following = at + 1
                    if passage.words[following] in (",", "'s", "’s") or passage.tag[following] in (
                        "VBD",
                        "VBZ",
                        "MD",
                    ):
                        self._keep(number, passage, at, at + 1, "person", [])
        self.mentions.sort(key=lambda mention: mention.start)

    def _is_bare(self, mention: Mention) -> bool:
        """Whether a single word stands as a person's surname would: no article before it, and it acts."""
        passage = self.story.passages[mention.passage]
        if mention.first and passage.low[mention.first - 1] in ("the", "a", "an", "this"):
            return False
        return passage.dep[mention.first] in ("nsubj", "nsubjpass", "poss", "pobj", "dobj")

    def _looks_personal(self, mention: Mention, alone: set[str]) -> bool:
        """Whether a name that the parser takes for a body is a person's: two or three plain words after a role, or
        before an age, or with the last word alone elsewhere ("Packer said")."""
        parts = mention.text.split()
        if not 2 <= len(parts) <= 4 or not all(part[0].isalpha() for part in parts):
            return False
        if any(part[0].islower() and part not in _PARTICLES for part in parts) or parts[-1].isupper():
            return False
        if folded(parts[-1]) in _BODY_LAST or folded(parts[0]) in _PLACES:
            return False
        passage = self.story.passages[mention.passage]
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
                return True
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
            entity = self.add(Entity(_without_possessive(mention.text), "person"))
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
            entity = self.add(Entity(name or word, "person"))
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
        passage = self.story.passages[mention.passage]
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

    def _name_bodies(self) -> None:
        for mention in self.mentions:
            if mention.entity is not None or (mention.kind == "unknown" and len(mention.text) < 2):
                continue
            name = re.sub(r"^[Tt]he\s+", "", mention.text)
            key = name.lower()
            entity = self._bodies.get(key) or self._acronyms.get(name)
            if entity is None:
                entity = self.add(Entity(name, "organisation"))
                self._bodies[key] = entity
            found = _ACRONYM.match(self.story.text, mention.end)
            if found and len(name) > len(found.group(1)):
                self._acronyms.setdefault(found.group(1), entity)
                whole = _spelled_out(self.story.text, mention.end, found.group(1))
                if whole and entity.name in whole:
                    entity.name = whole
            elif " " in name:
                letters = "".join(word[0] for word in name.split() if word[0].isupper())
                if len(letters) > 2:
                    self._acronyms.setdefault(letters, entity)
            mention.entity = entity
            entity.seen.append((mention.start, mention.end))


def _is_rank(word: str) -> bool:
    return word in roles.TITLES or roles.is_role(word)


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


def _from_title(title: str | None, surname: str) -> str | None:
    if not title:
        return None
    found = re.search(rf"\b([A-ZÀ-Þ][\w'’-]+)\s+{re.escape(surname)}\b", title)
    return found.group() if found and genders.is_first_name(found.group(1)) else None
