"""Who does the saying at a verb: the head of the phrase, by the parse, else by what stands next to the verb."""

from __future__ import annotations

from factcheck.extraction.english.attribution import cues, roles
from factcheck.extraction.english.attribution.story import Story, sentence_of
from factcheck.extraction.english.parse import Passage

_NOUN_TAGS = frozenset(("NNP", "NNPS", "NN", "NNS", "PRP"))
_RELATIVE = frozenset(("who", "which", "that"))
_CLAUSE = frozenset(("relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "conj", "parataxis", "dep"))


def subject(story: Story, number: int, verb: int, first: int = 0) -> int | None:
    """The head token of the one who speaks at `verb`, or None. A relative pronoun gives what it stands for; words
    of the sentence before the token `first` are a dateline."""
    passage = story.passages[number]
    behind = _behind(passage, verb, first)
    if behind is not None and not story.is_inside(number, behind):
        return behind
    found = _by_parse(story, number, verb, first)
    if found is None and first:
        # The parser joins the speaker to the place in the dateline.
        found = next(
            (
                k
                for k in range(first, verb)
                if passage.head[k] < first and passage.dep[k] in ("appos", "conj")
            ),
            None,
        )
    if found is not None and passage.tag[found] == "NNP":
        # "New Ardley and Norland officials said": the parser takes the first place for the subject.
        before = verb - 1
        while before > found and passage.tag[before] in ("RB", "VBD", "VBZ", "VBP", "MD"):
            before -= 1
        if before > found and passage.tag[before] == "NNS" and passage.dep[before] == "conj":
            found = before
    if found is None or story.is_inside(number, found):
        found = _by_place(story, number, verb)
    return found


def _behind(passage: Passage, verb: int, first: int) -> int | None:
    """ "The wells are safe, argued the ministry's lawyer.": the parser takes the speaker for an object."""
    if verb <= first or passage.words[verb - 1] != "," or passage.tag[verb] not in ("VBD", "VBZ"):
        return None
    below = passage.children[verb]
    if any(passage.dep[k] in ("nsubj", "nsubjpass", "ccomp", "xcomp") for k in below):
        return None
    found = next((k for k in below if k > verb and passage.dep[k] == "dobj"), None)
    if found is None or found - verb > 12 or not can_speak(passage, found):
        return None
    return found if passage.tag[found] in ("NN", "NNP") else None


def _by_parse(story: Story, number: int, verb: int, first: int) -> int | None:
    passage = story.passages[number]
    at = verb
    fallback = None
    for _ in range(5):
        own = _own_subject(passage, at, at != verb, first)
        hidden = own is not None and story.is_inside(number, own)
        if own is not None and not hidden:
            if passage.low[own] in _RELATIVE and passage.dep[at] == "relcl":
                return passage.head[at]
            if passage.low[own] == "who":
                return _stood_for(passage, own)
            if at == verb or (can_speak(passage, own) and passage.tag[own] != "DT"):
                return own
            fallback = fallback if fallback is not None else own
        dep, above = passage.dep[at], passage.head[at]
        if dep == "acl" and passage.tag[at] in ("VBD", "VBZ"):
            # "Holt, speaking to the radio station, called it ...": a finite verb that the parser joins to a noun.
            return _acting(passage, at)
        if dep == "acl" and not hidden:
            # "a statement saying": the document; "a man saying": the man.
            return above
        if dep == "relcl" or dep not in _CLAUSE or above == at:
            break
        if dep in ("ccomp", "parataxis", "dep") and passage.tag[at] != "VBG" and not hidden:
            break
        at = above
        if passage.dep[at] == "prep" and not passage.tag[at].startswith("V"):
            at = passage.head[at]
        if not passage.tag[at].startswith("V"):
            break
    return fallback


def _acting(passage: Passage, verb: int) -> int | None:
    """The first subject of the sentence, before `verb`."""
    first, _, _ = sentence_of(passage, verb)
    return next((k for k in range(first, verb) if passage.dep[k] == "nsubj" and can_speak(passage, k)), None)


def _stood_for(passage: Passage, who: int) -> int | None:
    """The noun that "who" stands for, where the parser did not join its clause to it."""
    at = who - 1
    while at > 0 and passage.words[at] in (",", "—", "–", ")", "("):
        at -= 1
    if passage.tag[at] not in _NOUN_TAGS:
        return None
    while passage.dep[at] == "pobj" and passage.low[passage.head[at]] in ("of", "for", "in", "from", "at"):
        at = passage.head[passage.head[at]]
    return at if passage.tag[at] in _NOUN_TAGS else None


def can_speak(passage: Passage, head: int) -> bool:
    """Whether a common noun may be a speaker; names and pronouns may."""
    low = passage.low[head]
    if passage.tag[head] not in ("NN", "NNS"):
        return True
    if passage.tag[head] == "NNS":
        low = low.removesuffix("s")
    return (
        roles.is_role(low)
        or low in roles.BODIES
        or low in cues.DOCUMENTS
        or low
        in (
            "police",
            "source",
            "people",
            "official",
            "critic",
            "expert",
            "famil",
            "familie",
            "men",
            "women",
            "children",
            "other",
            "scientist",
        )
    )


def _own_subject(passage: Passage, verb: int, passive_too: bool, first: int) -> int | None:
    passive = None
    for child in passage.children[verb]:
        if child < first:
            continue
        dep = passage.dep[child]
        if dep == "nsubj" and passage.tag[child] not in ("EX", "WP$"):
            return child
        if dep == "nsubjpass":
            passive = child
        if dep == "agent":
            for below in passage.children[child]:
                if passage.dep[below] == "pobj":
                    return below
    if passive is not None and (passive_too or passage.low[verb] in ("quoted", "heard", "seen", "cited")):
        return passive
    return None


def _by_place(story: Story, number: int, verb: int) -> int | None:
    """The noun right before the verb, or in the inverted order ("said Ada Byron") right after it."""
    passage = story.passages[number]
    first, stop, _ = sentence_of(passage, verb)
    marked = story.inside[number]
    at = verb - 1
    while (
        at >= first
        and passage.tag[at] in ("RB", "MD", "VBD", "VBZ", "VBP")
        and passage.dep[at] in ("advmod", "aux")
    ):
        at -= 1
    if at > first and passage.low[at] == "old" and passage.words[at - 1] == "-":
        return at
    if at >= first and passage.tag[at] in _NOUN_TAGS and not (marked and marked[at] >= 0):
        return at
    if at >= first and passage.words[at] == "," and not (marked and marked[at] >= 0):
        name = _before_apposition(passage, first, at)
        if name is not None and not (marked and marked[name] >= 0):
            return name
    if passage.low[verb] in ("told", "tells"):
        return None
    at = verb + 1
    while at < stop and passage.tag[at] in ("DT", "JJ", "POS", "PRP$", "CD", "VBN", "HYPH", "JJS", "JJR"):
        at += 1
    last = None
    while (
        at < stop
        and not (marked and marked[at] >= 0)
        and (passage.tag[at] in _NOUN_TAGS or passage.words[at] == "-")
    ):
        last = at
        at += 1
    if last is None:
        return None
    last = _after_office(passage, at, min(at + 10, stop)) or last
    before_quote = verb == first or (passage.words[verb - 1] in (",", "”", '"', "''", "?", "!", "’", "'"))
    return last if before_quote else None


def _after_office(passage: Passage, at: int, stop: int) -> int | None:
    """ "said Centre for Norland Studies analyst Ada Byron": the name after the rank, where an office comes first."""
    if at >= stop or passage.low[at] not in ("of", "for", "and", "on"):
        return None
    names = at + 1
    while names < stop and passage.tag[names] in ("NNP", "NNPS"):
        names += 1
    if names - at > 3 and (roles.is_role(passage.low[at - 1]) or passage.low[at - 1] in roles.TITLES):
        # "tweeted Mayor of Ardley Ada Byron"
        return names - 1
    rank = last = None
    for token in range(at, stop):
        if passage.tag[token] in ("NNP", "NNPS"):
            last = token if rank is not None else None
        elif passage.tag[token] == "NN" and roles.is_role(passage.low[token]):
            rank = token
        elif passage.tag[token] not in ("NN", "NNS", "IN", "DT", "CC", "JJ", "HYPH", "POS"):
            break
        elif rank is not None:
            break
    return last


def _before_apposition(passage: Passage, first: int, comma: int) -> int | None:
    """ "Ryan Holt, a spokesman for the ministry, said": the name before the inserted phrase."""
    at = comma - 1
    while at > first and comma - at < 25:
        if passage.words[at] == ",":
            return at - 1 if passage.tag[at - 1] in _NOUN_TAGS else None
        at -= 1
    return None


def phrase(passage: Passage, head: int) -> tuple[int, int]:
    """First and last token of the plain phrase around a noun: with its of-, for- and from-phrases, without
    clauses, appositions or anything beyond a comma."""
    first, _, _ = sentence_of(passage, head)
    if passage.low[head] == "old":
        # "the 71-year-old": the parser does not join it.
        left = head
        while left > first and (
            passage.end[left - 1] == passage.start[left] or passage.tag[left - 1] in ("DT", "CD")
        ):
            left -= 1
        return left, head
    left = head
    for child in passage.children[head]:
        if (
            child < head
            and passage.tag[child] != "VBG"
            and passage.dep[child] not in ("punct", "cc", "conj", "appos", "relcl", "advmod", "mark", "advcl")
        ):
            left = min(left, passage.subtree(child)[0])
    left = max(left, first, head - 12)
    for at in range(head - 1, left - 1, -1):
        if passage.words[at] in (",", ";", ":", "“", "”", '"'):
            left = at + 1
            break
    right = head
    for child in passage.children[head]:
        if child > head and passage.dep[child] in ("prep", "amod", "pobj", "poss", "acl"):
            if passage.dep[child] == "acl" and (
                passage.tag[child] != "VBN" or passage.low[child] in ("read", "said")
            ):
                continue
            if passage.dep[child] == "prep" and passage.low[child] not in (
                "of",
                "for",
                "from",
                "at",
                "in",
                "with",
                "to",
                "on",
                "within",
                "inside",
                "against",
            ):
                continue
            below = passage.subtree(child)
            if below[0] != right + 1:
                break
            right = below[-1]
    right = min(right, head + 14)
    for at in range(head + 1, right + 1):
        if passage.words[at] in (
            ",",
            ";",
            ":",
            "—",
            "–",
            "“",
            "”",
            '"',
            "(",
            "who",
            "which",
            "that",
        ) or passage.tag[at] in ("VBD", "VBZ", "VBP"):
            right = at - 1
            break
    return left, right


def joined(passage: Passage, head: int) -> list[int]:
    """The heads of the phrases joined to this one by "and": "the union and the city"."""
    result: list[int] = []
    at = head
    for _ in range(4):
        following = next(
            (
                k
                for k in passage.children[at]
                if k > at and passage.dep[k] == "conj" and passage.tag[k] in _NOUN_TAGS
            ),
            None,
        )
        if following is None and passage.dep[head] == "nsubj":
            following = _second(passage, at)
        if following is None:
            break
        between = range(at + 1, following)
        if any(passage.tag[k][0] in "VM" or passage.words[k] in (";", ":", "(", "—", "–") for k in between):
            break
        result.append(following)
        at = following
    if not result or not any(passage.low[k] in ("and", "&") for k in range(head, result[-1])):
        return []
    return result


def _second(passage: Passage, head: int) -> int | None:
    """ "The mayor, Ada Byron, and Ryan Holt said": the second subject of the same verb."""
    for token in passage.children[passage.head[head]]:
        if token > head and passage.dep[token] == "nsubj" and passage.tag[token] in _NOUN_TAGS:
            return token if passage.low[passage.subtree(token)[0] - 1] == "and" else None
    return None
