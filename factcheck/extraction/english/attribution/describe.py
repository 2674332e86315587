"""What the text says a named person is: from the words before the name and the apposition after it."""

from __future__ import annotations

from factcheck.extraction.english.attribution import genders, roles
from factcheck.extraction.english.attribution.entities import Entity, Mention
from factcheck.extraction.english.attribution.names import Cast
from factcheck.extraction.english.attribution.story import sentence_of
from factcheck.extraction.english.parse import Passage

_PRE = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "VBG", "VBN"))
_STOP = frozenset((",", ".", ";", ":", "?", "!", "”", "“", '"', "—", "–", "--", ")", "("))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB", "PRP"))
_LONGEST = 14


def describe(cast: Cast) -> None:
    """Gives each named person roles, the nouns they may be called by, and their gender where the text tells it."""
    for mention in cast.mentions:
        entity = mention.entity
        passage = cast.story.passages[mention.passage]
        if entity.kind != "person":
            _apposed_body(passage, mention, entity)
            continue
        for role, head in (_before(passage, mention), _after(passage, mention), _inverted(passage, mention)):
            if role:
                _give(entity, role, head)


def _give(entity: Entity, role: str, head: str) -> None:
    if len(role) > 140:
        return
    if role not in entity.roles:
        entity.roles.append(role)
    entity.heads.add(head)
    sex = genders.of_word(head)
    if sex:
        entity.votes[sex] = entity.votes.get(sex, 0) + 2


def _before(passage: Passage, mention: Mention) -> tuple[str | None, str]:
    at = mention.first - 1
    while at >= 0 and passage.low[at] in roles.HONORIFICS:
        at -= 1
    if at > 0 and passage.words[at] == "." and passage.end[at - 1] == passage.start[at]:
        # "Coun. Joe Bright": an abbreviation whose full stop the parser cut off.
        at -= 1
    if at < 0 or passage.tag[at] not in _PRE:
        return None, ""
    last = at
    head = passage.low[last]
    if not _is_role(head):
        # "Secretary of State Mike Pompeo": the rank stands before "of".
        back = last
        while back > 0 and passage.tag[back] in ("NNP", "NNPS", "NN", "CC", "NNS", "JJ") and last - back < 6:
            back -= 1
        if back <= 0 or passage.low[back] not in ("of", "for") or not _is_role(passage.low[back - 1]):
            return None, ""
        at = back - 1
        head = passage.low[at]
    while at > 0 and (
        passage.tag[at - 1] in _PRE
        or (passage.tag[at - 1] == "CC" and _is_role(passage.low[at - 2]) and passage.low[at - 1] == "and")
        or (passage.words[at - 1] == "-" and passage.end[at - 1] == passage.start[at])
    ):
        if passage.tag[at - 1] == "VBG" and passage.dep[at - 1] not in ("amod", "compound"):
            break
        if last - at > _LONGEST:
            return None, ""
        at -= 1
    return passage.slice(at, last), head


def _after(passage: Passage, mention: Mention) -> tuple[str | None, str]:
    at = mention.last + 1
    n = len(passage.words)
    if at < n and passage.words[at] == "(":
        return None, ""
    if at + 1 < n and passage.low[at] in ("is", "was") and passage.low[at + 1] in ("a", "an", "the"):
        return _role_phrase(passage, at + 1)
    if at >= n or passage.words[at] not in (",", "–", "—", "--"):
        return None, ""
    at += 1
    if at + 1 < n and passage.words[at].isdigit() and passage.words[at + 1] == ",":
        at += 2
    return _role_phrase(passage, at)


def _role_phrase(passage: Passage, at: int) -> tuple[str | None, str]:
    n = len(passage.words)
    while at < n and passage.low[at] in (
        "a",
        "an",
        "the",
        "also",
        "who",
        "is",
        "was",
        "himself",
        "herself",
        "then",
    ):
        at += 1
    first, head = at, ""
    while at < n and at - first <= _LONGEST:
        tag = passage.tag[at]
        if (
            passage.words[at] in _STOP
            or tag in _FINITE
            or passage.low[at] in ("who", "whose", "that", "said")
        ):
            break
        if not head and tag in ("IN", "TO") and at > first:
            break
        if (
            not head
            and _is_role(passage.low[at])
            and not (at + 1 < n and passage.tag[at + 1] in ("NN", "NNP") and _is_role(passage.low[at + 1]))
        ):
            if at + 1 >= n or passage.tag[at + 1] not in ("NN", "NNS", "POS"):
                head = passage.low[at]
        at += 1
    if not head or at == first:
        return None, ""
    return passage.slice(first, at - 1), head


def _inverted(passage: Passage, mention: Mention) -> tuple[str | None, str]:
    """ "The ministry's spokesman, Ryan Holt, said"."""
    comma = mention.first - 1
    while comma >= 0 and passage.low[comma] in roles.HONORIFICS:
        comma -= 1
    if comma < 1 or passage.words[comma] != ",":
        return None, ""
    after = mention.last + 1
    if after < len(passage.words) and passage.words[after] not in (",", ".", "”", "said", "says"):
        return None, ""
    first, _, _ = sentence_of(passage, comma)
    at = comma - 1
    head = ""
    while at >= first and comma - at <= _LONGEST:
        tag = passage.tag[at]
        if tag in ("NN", "NNP") and _is_role(passage.low[at]):
            head = passage.low[at]
        if passage.words[at] in _STOP or tag in _FINITE or tag in ("VB", "VBG"):
            return None, ""
        if tag in ("DT", "PRP$") and (at == first or passage.tag[at - 1] not in ("IN", "TO")):
            at += 1
            break
        at -= 1
    if not head:
        return None, ""
    at = max(at, first)
    return passage.slice(at, comma - 1), head


def _apposed_body(passage: Passage, mention: Mention, entity: Entity) -> None:
    """A body may be called by its own words ("the ministry") and by the noun that explains it ("a charity")."""
    if not entity.heads:
        entity.heads.update(word for word in entity.name.lower().split() if word in roles.BODIES)
    for token in passage.children[mention.head]:
        if passage.dep[token] == "appos" and passage.low[token] in roles.BODIES:
            entity.heads.add(passage.low[token])
    before = mention.first - 1
    if before >= 0 and passage.low[before] in roles.BODIES:
        entity.heads.add(passage.low[before])
    above = passage.head[mention.head]
    if passage.dep[mention.head] == "appos" and passage.low[above] in (
        "maker",
        "owner",
        "operator",
        "manufacturer",
    ):
        entity.heads.update(("company", "firm"))


def _is_role(word: str) -> bool:
    return roles.is_role(word) or word in roles.TITLES
