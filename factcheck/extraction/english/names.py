"""Who is named in an article: people by their full names, organisations, their roles, and where they are mentioned."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from factcheck.extraction.english.parse import Passage

Span = tuple[int, int]

_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president premier minister senator sen rep representative congressman congresswoman gov "
    "governor judge justice captain capt colonel col general gen lieutenant lt sergeant sgt inspector detective officer chief mayor king queen prince "
    "princess pope bishop archbishop reverend rev father sister rabbi imam sheikh secretary chancellor ambassador attorney councillor cllr mp coach "
    "superintendent commissioner director chairman chairwoman admiral major commander deputy vice prime".split()
)
FEMALE = frozenset(
    "mrs ms miss dame lady queen princess congresswoman chairwoman spokeswoman councilwoman sister mother daughter wife actress businesswoman duchess woman girl her".split()
)
MALE = frozenset("mr sir lord king prince congressman chairman spokesman councilman father son husband actor businessman duke pope man boy".split())
_GIVEN_FEMALE = frozenset(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol "
    "amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy angela shirley anna ruth brenda pamela nicole katherine virginia "
    "catherine christine samantha debra janet rachel carolyn emma maria heather diane julie joyce evelyn joan victoria kelly christina lauren frances "
    "martha judith cheryl megan andrea olivia ann jean alice jacqueline hannah doris kathryn gloria teresa sara janice marie julia grace judy theresa rose "
    "beverly denise marilyn amber danielle brittany diana abigail jane natalie lori tiffany alexis kayla kate katie claire fiona nicola priti angela kamala "
    "hillary ivanka melania nikki tulsi kirsten amal greta malala aisha fatima leila yasmin sofia sophia isabel isabella charlotte mia ella chloe lucy "
    "ursula jacinda theresa marine esther kellyanne alexandria ilhan rashida nadia elena olga svetlana natalia irina ada".split()
)
_GIVEN_MALE = frozenset(
    "james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth "
    "kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory "
    "alexander frank patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith "
    "roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie wayne randy "
    "vincent liam roy ralph eugene bobby russell louis philip johnny mike bill bob jim tom barack bernie boris vladimir emmanuel xi mohammed muhammad ahmed ali "
    "hassan ibrahim omar abdul khalid narendra shinzo tony gordon jeremy nigel sadiq ian simon graham neil martin stuart colin hugo pedro carlos luis miguel "
    "ivan sergei dmitry alexei igor yuri andrzej recep bashar hassan kim moon rodrigo jair".split()
)
_NOT_PERSON = re.compile(r"[\d@/]|^(?:the|a|an)\s|\b(?:inc|corp|ltd|party|street|university|church|court|county|house|airport)\b", re.I)


@dataclass(slots=True)
class Entity:
    """Someone or something that speaks. `short` are the names it also goes by."""

    name: str
    kind: str
    role: str | None = None
    gender: str | None = None
    mentions: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Mention:
    start: int
    end: int
    entity: Entity
    subject: bool = False


class Cast:
    """Everyone named in an article, in the order of the text."""

    def __init__(self, passages: list[Passage]) -> None:
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self._by_name: dict[str, Entity] = {}
        self._by_last: dict[str, list[Entity]] = {}
        runs = [run for p in passages for run in _runs(p)]
        for p, i, j, label in runs:
            if label == "PERSON" and j > i:
                self._person(p, i, j)
        for p, i, j, label in runs:
            self._mention(p, i, j, label)
        self.mentions.sort(key=lambda m: m.start)
        self._starts = [m.start for m in self.mentions]

    def _person(self, p: Passage, i: int, j: int) -> None:
        i, j = _trim(p, i, j)
        if j <= i:
            return
        name = _clean(p.slice(i, j))
        key = name.lower()
        if key in self._by_name or _NOT_PERSON.search(name):
            return
        entity = Entity(name, "person")
        entity.gender = gender_of(name, p, i)
        self.entities.append(entity)
        self._by_name[key] = entity
        parts = key.split()
        self._by_last.setdefault(parts[-1], []).append(entity)
        self._by_last.setdefault(parts[0], []).append(entity)
        if len(parts) > 2:
            self._by_name.setdefault(f"{parts[0]} {parts[-1]}", entity)
            self._by_name.setdefault(" ".join(parts[-2:]), entity)

    def _mention(self, p: Passage, i: int, j: int, label: str) -> None:
        i, j = _trim(p, i, j)
        if j < i:
            return
        start, end = p.start[i], p.end[j]
        name = _clean(p.slice(i, j))
        entity = self.find(name, start)
        if entity is None:
            if label not in ("PERSON", "ORG", "NORP", "GPE") or not name:
                return
            kind = "person" if label == "PERSON" else "organisation" if label == "ORG" else "other"
            entity = self._by_name.get(name.lower())
            if entity is None:
                entity = Entity(name, kind, gender=gender_of(name, p, i) if kind == "person" else None)
                self._by_name[name.lower()] = entity
                self.entities.append(entity)
        if entity.role is None and entity.kind == "person":
            entity.role = _role(p, i, j)
        if entity.gender is None and entity.kind == "person":
            entity.gender = gender_of("", p, i)
        head = j
        while i <= p.head[head] <= j and p.head[head] != head:
            head = p.head[head]
        subject = p.dep[head] in ("nsubj", "nsubjpass")
        entity.mentions.append((start, start + len(p.text[start:end].rstrip("'’s")) if p.text[start:end].endswith(("'s", "’s")) else end))
        self.mentions.append(Mention(start, end, entity, subject))

    def find(self, name: str, at: int) -> Entity | None:
        """The one meant by a full name or by a surname or first name used later."""
        key = name.lower()
        found = self._by_name.get(key)
        if found is not None and " " in key:
            return found
        parts = key.split()
        if not parts:
            return None
        if len(parts) > 1 and parts[0].rstrip(".") in _TITLES:
            return self.find(" ".join(name.split()[1:]), at)
        if len(parts) == 1 or found is None:
            candidates = self._by_last.get(parts[-1], []) if len(parts) == 1 else []
            named = [c for c in candidates if c.mentions and c.mentions[0][0] <= at] or candidates
            if named:
                return max(named, key=lambda c: max((s for s, _ in c.mentions if s <= at), default=-1))
        return found

    def before(self, at: int) -> list[Mention]:
        """The mentions that begin before `at`, the latest first."""
        return self.mentions[: bisect_right(self._starts, at - 1)][::-1]

    def covering(self, start: int, end: int) -> Mention | None:
        """The mention that shares most with [start, end); a person rather than anything else."""
        best = None
        for mention in self.mentions[max(0, bisect_right(self._starts, start) - 3) : bisect_right(self._starts, end)]:
            if mention.start < end and start < mention.end:
                if best is None or (mention.entity.kind == "person" and best.entity.kind != "person"):
                    best = mention
        return best


def _runs(p: Passage) -> list[tuple[Passage, int, int, str]]:
    """The named entities of a passage as token ranges, inclusive."""
    runs = []
    ent, iob = p.ent, p.iob
    i, n = 0, len(ent)
    while i < n:
        if ent[i] and iob[i] == 3:
            j = i
            while j + 1 < n and iob[j + 1] == 1:
                j += 1
            if ent[i] in ("PERSON", "ORG", "NORP", "GPE"):
                runs.append((p, i, j, ent[i]))
            i = j
        i += 1
    return runs


def _trim(p: Passage, i: int, j: int) -> tuple[int, int]:
    """Without titles before the name and possessives after it."""
    while i <= j and (p.low[i].rstrip(".") in _TITLES or p.tag[i] in ("DT", "``", "''", "-LRB-", ":", ",")):
        i += 1
    while j >= i and (p.tag[j] in ("POS", "''", "``", ",", ".", ":", "HYPH") or p.low[j] in ("'s", "’s", "said", "says")):
        j -= 1
    return i, j


def _clean(name: str) -> str:
    name = re.sub(r"\s+", " ", name).strip(" ,.;:\"“”'’")
    return re.sub(r"['’]s$", "", name)


def gender_of(name: str, p: Passage, i: int) -> str | None:
    words = {p.low[k].rstrip(".") for k in range(max(0, i - 3), i)}
    if words & FEMALE - {"her"}:
        return "f"
    if words & MALE:
        return "m"
    first = name.lower().split()[0] if name else ""
    if first in _GIVEN_FEMALE:
        return "f"
    return "m" if first in _GIVEN_MALE else None


def _role(p: Passage, i: int, j: int) -> str | None:
    """"Ministry spokesman Ryan Holt" or "Ryan Holt, a ministry spokesman"."""
    first = i
    while first - 1 >= 0 and p.tag[first - 1] in ("NN", "NNP", "JJ", "HYPH", "NNPS", "NNS", "POS") and i - first < 7:
        if p.tag[first - 1] == "POS" or p.start[first] - p.end[first - 1] > 1:
            break
        if not (p.head[first - 1] >= first - 1 and p.dep[first - 1] in ("compound", "amod", "nmod", "punct", "poss")):
            break
        first -= 1
    if first < i and any(p.tag[k] in ("NN", "NNP") for k in range(first, i)):
        text = p.slice(first, i - 1)
        if not text.lower().startswith(("mr", "mrs", "ms", "miss")):
            return text
    if j + 2 < len(p.low) and p.low[j + 1] == ",":
        head = j
        while i <= p.head[head] <= j and p.head[head] != head:
            head = p.head[head]
        for child in p.children[head]:
            if p.dep[child] == "appos" and child > j and p.tag[child] in ("NN", "NNP", "NNS"):
                left = child
                while left - 1 > j + 1 and p.tag[left - 1] in ("NN", "NNP", "JJ", "DT", "PRP$", "POS", "HYPH", "JJS", "VBG"):
                    left -= 1
                right = child
                for k in range(child + 1, min(len(p.low), child + 9)):
                    if p.tag[k] in (",", ".", "WP", "WDT", "``", "''", ":") or p.tag[k].startswith("VB"):
                        break
                    right = k
                while right > child and p.tag[right] in ("IN", "DT", "CC"):
                    right -= 1
                text = p.slice(left, right)
                return re.sub(r"^(?:a|an|the)\s+", "", text, flags=re.I)
    return None
