"""Reads names off the tokens of an article: persons with their titles, bodies, and what may be either."""

from __future__ import annotations

from factcheck.extraction.english.attribution import genders, roles
from factcheck.extraction.english.attribution.entities import Mention
from factcheck.extraction.english.attribution.story import Story
from factcheck.extraction.english.parse import Passage

_NAME_TAGS = frozenset(("NNP", "NNPS"))
PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le el al bin ibn bint af zu".split()
)
_BODY_ENTS = frozenset(("ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"))
BODY_LAST = frozenset(
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
# Offices whose name goes on with "of" or "for".
_OFFICES = frozenset(
    "ministry department court bank university institute bureau office council board federation association society "
    "centre center centers centres academy college commission committee house agency organization organisation "
    "government school faculty chamber union league confederation institution institutes institution service".split()
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december i".split()
)

_ABBREVIATED = frozenset(word for word in roles.TITLES | roles.HONORIFICS if word.endswith("."))


class Scan:
    """Every run of capitalised words that names something. `mentions` is in the order of the text once all of it has
    been read; `of_token` leads from (passage, token) to the mention there."""

    def __init__(self, story: Story) -> None:
        self.mentions: list[Mention] = []
        self.of_token: dict[tuple[int, int], Mention] = {}
        for number, passage in enumerate(story.passages):
            self._read(number, passage)

    def _read(self, number: int, passage: Passage) -> None:
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
        if word == ".":
            # "Const. Marie Duchamp": the parser cuts the full stop off.
            before = passage.low[j - 1]
            return (
                touching
                and before + "." in _ABBREVIATED
                and j + 1 < len(passage.words)
                and passage.words[j + 1][0].isupper()
            )
        if passage.words[j - 1] == ".":
            return passage.tag[j] in _NAME_TAGS or passage.ent[j] == "PERSON"
        if word == "-":
            return touching and j + 1 < len(passage.words) and passage.start[j + 1] == passage.end[j]
        if passage.words[j - 1] == "-":
            return True
        if passage.tag[j] in _NAME_TAGS or passage.ent[j] == "PERSON":
            if word in ("'s", "’s", "’", "'"):
                return False
            return word[0].isupper() or word.lower() in PARTICLES
        return (
            word.lower() in PARTICLES
            and j + 1 < len(passage.words)
            and passage.tag[j + 1] in _NAME_TAGS
            and passage.ent[j - 1] in ("PERSON", "")
        )

    def _take(self, number: int, passage: Passage, i: int, j: int) -> None:
        """Splits the run of capitalised tokens [i, j) into title and name, and says what kind of name it is."""
        ent, low = passage.ent, passage.low
        begin = i
        while (
            begin < j
            and not (begin + 1 < j and genders.is_first_name(low[begin]))
            and (
                low[begin] in roles.HONORIFICS
                or low[begin] in roles.TITLES
                or roles.is_role(low[begin])
                or low[begin] == "."
            )
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
            if rank is not None and low[j - 1] not in BODY_LAST:
                title, begin = low[i : rank + 1], rank + 1
            elif j - begin > 3 and genders.is_first_name(low[j - 2]) and low[j - 1] not in BODY_LAST:
                # "the United Nations Nikki Haley": two names in one run.
                self._body(number, passage, begin, j - 2, wide=False)
                begin = j - 2
        if begin >= j:
            return
        if low[begin] in _NOT_NAMES and j - begin == 1:
            return
        if person_at is not None and self._cut(passage, begin, j) < j:
            stop = self._cut(passage, begin, j)
            self.keep(number, passage, begin, stop, "person", title)
            return
        kind = self._kind(passage, begin, j, title)
        if kind == "person":
            self.keep(number, passage, begin, j, "person", title)
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
            last in BODY_LAST
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

    def keep(self, number: int, passage: Passage, i: int, j: int, kind: str, title: list[str]) -> None:
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
        while i > 1 and passage.words[i - 1] == "." and passage.low[i - 2] + "." in _ABBREVIATED:
            i -= 2
        for token in range(i, j):
            self.of_token[number, token] = mention

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
        if wide:
            j = _to_the_end(passage, i, j)
        last = self.mentions[-1] if self.mentions else None
        if last is not None and last.passage == number and last.last >= i:
            for token in range(i, j):
                self.of_token.setdefault((number, token), last)
            return
        self.keep(number, passage, i, j, kind, [])


def _is_rank(word: str) -> bool:
    return word in roles.TITLES or roles.is_role(word)


def _to_the_end(passage: Passage, i: int, j: int) -> int:
    """Where the name of an office ends that the parser cuts short: "Ministry of Health", "High Court of England and
    Wales", "Center for Systems Science and Engineering"."""
    if passage.low[j - 1] in _OFFICES and j < len(passage.low) and passage.low[j] in ("of", "for"):
        first = j + 2 if passage.low[j + 1 : j + 2] == ["the"] else j + 1
        stop = _capitals(passage, first)
        if stop > first:
            j = stop
    if j + 1 >= len(passage.low) or passage.low[j] not in ("and", "&"):
        return j
    link = next((k for k in range(i + 1, j) if passage.low[k] in ("of", "for")), None)
    if link is None or not any(passage.low[k] in _OFFICES for k in range(i, link)):
        return j
    stop = _capitals(passage, j + 1)
    if stop == j + 1 or passage.dep[stop - 1] != "conj":
        return j
    above = passage.head[stop - 1]
    # Joined to the office itself, only two places are one name ("of England and Wales").
    places = passage.ent[stop - 1] == "GPE" and passage.low[j - 1] not in _OFFICES
    return stop if above > link or (above == link - 1 and places) else j


def _capitals(passage: Passage, first: int) -> int:
    """The end of the capitalised words from `first` that name no person and no rank; `first` if there are none."""
    at = first
    while at < len(passage.low) and passage.tag[at] in _NAME_TAGS and passage.words[at][0].isupper():
        if passage.ent[at] in ("PERSON", "DATE", "TIME") or _is_rank(passage.low[at]):
            return first
        at += 1
    return at
