"""What was said without marks: the clause that a verb of saying, or "according to", reports."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.extraction.english.attribution import cues
from factcheck.extraction.english.attribution.story import Story
from factcheck.extraction.english.parse import Passage

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OPEN = frozenset(("“", '"', "‘", "``", "'", "„"))
_LOOSE = frozenset(("parataxis", "intj", "dep", "ccomp", "advcl", "conj"))
SUBORDINATE = frozenset(("while", "when", "although", "though", "after", "before", "as", "since", "because"))
_TRIM = frozenset((",", ".", ";", ":", "—", "–", "-", "--", "and", "but"))


@dataclass(slots=True)
class Cue:
    """A verb of saying, or "according to" (then `token` is "according" and `speaker` the noun)."""

    passage: int
    token: int
    word: str
    plain: bool
    first: int
    stop: int
    sentence: int
    speaker: int | None = None
    used: bool = False


def find(story: Story, number: int) -> list[Cue]:
    """The cues of a passage, outside marks, in order."""
    passage = story.passages[number]
    marked = story.inside[number]
    result: list[Cue] = []
    low, tag = passage.low, passage.tag
    for first, stop, sentence in passage.sentences:
        first = min(story.first_word(number, first), stop - 1)
        for token in range(first, stop):
            if marked is not None and marked[token] >= 0:
                continue
            word = low[token]
            if word == "according" and token + 1 < stop and low[token + 1] == "to":
                head = _object(passage, token, stop)
                if head is not None:
                    result.append(Cue(number, token, "according to", True, first, stop, sentence, head))
                continue
            if tag[token][0] != "V" and word != "said":
                continue
            if token and passage.words[token - 1] == "-" and passage.end[token - 1] == passage.start[token]:
                # "so-called"
                continue
            if word == "saying" and low[token - 1] in ("the", "a", "this", "old"):
                continue
            if word in ("is", "was"):
                argument = _argument(passage, token)
                if argument is not None:
                    result.append(Cue(number, token, argument[0], True, first, stop, sentence, argument[1]))
                continue
            found = cues.cue_of(word)
            if found is None:
                continue
            if word in cues.BACK and low[token + 1 : token + 2] not in (["back"], ["in"]):
                continue
            past, plain = found
            result.append(Cue(number, token, past, plain, first, stop, sentence))
    return result


def _argument(passage: Passage, verb: int) -> tuple[str, int] | None:
    """ "The ministry's argument was that ...": the noun that says it is said, and whose it is."""
    if passage.low[verb + 1 : verb + 2] != ["that"]:
        return None
    below = passage.children[verb]
    # "counter-argument" is three subjects to the parser.
    subjects = [k for k in below if passage.dep[k] == "nsubj" and k < verb]
    noun = next((passage.low[k] for k in subjects if passage.low[k] in cues.ARGUMENTS), None)
    if noun is None or not any(passage.dep[k] == "ccomp" for k in below):
        return None
    owners = [k for at in subjects for k in passage.children[at] if passage.dep[k] == "poss"]
    return (noun, owners[0]) if owners else None


def _object(passage: Passage, token: int, stop: int) -> int | None:
    found = next((k for k in passage.children[token + 1] if passage.dep[k] == "pobj"), None)
    at = token + 2
    last = None
    while at < stop and passage.tag[at] in (
        "DT",
        "JJ",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "POS",
        "PRP$",
        "PRP",
        "CD",
    ):
        if passage.tag[at] == "PRP" and last is not None:
            break
        last = at
        at += 1
    # The last noun of the run is the one meant ("Norland Senator Ada Byron"), unless the parser looks beyond it.
    return found if found is not None and (last is None or found > last) else last


def clause(story: Story, cue: Cue, subject: int | None) -> tuple[int, int] | None:
    """First and last token of what `cue` reports, or None where it reports no clause."""
    passage = story.passages[cue.passage]
    if cue.word == "according to":
        return _according(passage, cue)
    verb = cue.token
    # What follows the verb comes first: what stands before may be a sentence of its own.
    for child in sorted(passage.children[verb], key=lambda k: (k < verb, k)):
        dep = passage.dep[child]
        if child < verb and cue.word in cues.BEFORE_ONLY:
            continue
        if dep == "ccomp" or (dep == "parataxis" and child < verb):
            found = _from_subtree(passage, cue, child)
            if found is not None:
                return found
    if (
        cue.word not in cues.PLAIN
        or cue.word == "denied"
        or passage.tag[verb] in ("VBG", "VBN")
        or _is_agented(passage, verb)
    ):
        return None
    if passage.dep[verb] in _LOOSE and passage.head[verb] != verb and not _is_marked(passage, verb):
        found = _inserted(passage, cue, subject)
        if found is not None:
            return found
    return _by_place(passage, cue, subject)


def is_passed_on(passage: Passage, verb: int) -> bool:
    """ "as reported by the Herald": who speaks is named elsewhere."""
    return verb > 0 and passage.low[verb - 1] == "as" and passage.low[verb + 1 : verb + 2] == ["by"]


def _is_agented(passage: Passage, verb: int) -> bool:
    return any(passage.dep[k] in ("agent", "nsubjpass") for k in passage.children[verb])


def _is_marked(passage: Passage, verb: int) -> bool:
    return any(
        passage.dep[k] in ("mark", "advmod")
        and passage.low[k] in ("while", "when", "although", "though", "if", "because", "after")
        for k in passage.children[verb]
    )


def _from_subtree(passage: Passage, cue: Cue, child: int) -> tuple[int, int] | None:
    if passage.tag[child] in ("VBG", "VBN", "VB") and not _has_finite(passage, child) and child > cue.token:
        # "said to be" and "reported missing" are no reported clauses.
        return None
    below = passage.subtree(child)
    if child > cue.token:
        left, right = max(below[0], cue.token + 1), below[-1]
        left = _after_that(passage, left, child)
        right = _before_next_cue(passage, left, _stretch(passage, cue, right))
        return _trimmed(passage, left, min(right, cue.stop - 1))
    if (
        passage.tag[cue.token] in ("VBG", "VBN")
        or passage.dep[cue.token] == "relcl"
        or _is_marked(passage, cue.token)
        or any(passage.words[k] in (";", ":") for k in range(child, cue.token))
    ):
        return None
    right = below[-1]
    subject_left = min([cue.token, *(k for k in _subject_tokens(passage, cue.token))])
    right = min(right, subject_left - 1)
    left = max(below[0], cue.first)
    return _trimmed(passage, left, right)


def _subject_tokens(passage: Passage, verb: int) -> list[int]:
    for child in passage.children[verb]:
        if passage.dep[child] == "nsubj" and child < verb:
            return passage.subtree(child)
    return []


def _has_finite(passage: Passage, child: int) -> bool:
    below = passage.children[child]
    if any(passage.dep[k] in ("aux", "auxpass", "cop") and passage.tag[k] in FINITE for k in below):
        return True
    # "demanded he resign": a bare verb with a subject of its own.
    return (
        passage.tag[child] == "VB"
        and any(passage.dep[k] in ("nsubj", "nsubjpass", "expl") for k in below)
        and not any(passage.low[k] == "to" for k in below)
    )


def _after_that(passage: Passage, left: int, child: int) -> int:
    """Past the words that only join: commas and "that". A question word stays."""
    while left < child and (passage.low[left] in (",", ":", ";", "—", "–") or _is_joining(passage, left)):
        left += 1
    return left


def _is_joining(passage: Passage, token: int) -> bool:
    """ "that" where it joins; in "that's nonsense" it is the subject."""
    if passage.low[token] != "that" or token + 1 >= len(passage.low):
        return False
    if passage.dep[token] == "det":
        # No demonstrative, whatever the parse says, before a name or a plural: "told them that CERB payments stopped".
        return passage.tag[passage.head[token]] in ("NNS", "NNP", "NNPS")
    return passage.tag[token + 1] not in FINITE


def _before_next_cue(passage: Passage, left: int, right: int) -> int:
    """Where the clause ends, if another verb of saying is joined to it: "... is full, and called for calm"."""
    for token in range(left + 2, right + 1):
        if passage.words[token] == ";":
            return token - 1
        if passage.tag[token] not in ("VBD", "VBZ") or cues.cue_of(passage.low[token]) is None:
            continue
        if passage.dep[token] == "conj":
            before = token - 1
            while before > left and passage.tag[before] == "RB":
                before -= 1
            if passage.low[before] in ("and", "but"):
                return before - 1
            own = next((k for k in passage.children[token] if passage.dep[k] == "nsubj"), None)
            if own is not None:
                before = passage.subtree(own)[0] - 1
                reports = any(passage.dep[k] == "ccomp" and k > token for k in passage.children[token])
                if before - 1 > left and passage.low[before] in ("and", "but"):
                    if passage.words[before - 1] == ",":
                        return before - 2
                    if reports:
                        return before - 1
        elif passage.dep[token] == "advcl":
            mark = next((k for k in passage.children[token] if passage.low[k] == "while"), None)
            if mark is not None and mark > left + 2:
                return mark - 1
    return right


def _stretch(passage: Passage, cue: Cue, right: int) -> int:
    """On to the end of the sentence, where nothing that follows begins another verb of saying."""
    last = cue.stop - 1
    if right >= last:
        return right
    for token in range(right + 1, cue.stop):
        if (
            passage.dep[token] in ("conj", "advcl", "parataxis", "ROOT", "relcl")
            and passage.head[token] != token
        ):
            if not right >= passage.head[token] > cue.token:
                return right
        if passage.dep[token] == "ROOT":
            return right
    return last


def _inserted(passage: Passage, cue: Cue, subject: int | None) -> tuple[int, int] | None:
    """ "The wells, he said, are safe": the whole sentence, or what stands before a verb at its end."""
    verb = cue.token
    left = min(verb, subject if subject is not None else verb)
    while left > cue.first and passage.words[left - 1] != ",":
        left -= 1
        if verb - left > 12:
            return None
    if left <= cue.first:
        return None
    if subject is not None and subject > verb:
        right = max(subject, verb)
    else:
        right = verb
    while right + 1 < cue.stop and passage.words[right + 1] not in (",", ".", ";", "?", "!"):
        right += 1
        if right - verb > 14:
            return None
    if right + 1 >= cue.stop - 1:
        return _trimmed(passage, cue.first, left - 1) if _is_clause(passage, cue.first, left - 1) else None
    if passage.words[right + 1] != ",":
        return None
    if not _is_clause(passage, right + 1, cue.stop - 1) and not _is_clause(passage, cue.first, left - 1):
        return None
    if passage.dep[verb] in ("conj", "advcl"):
        return None
    return _trimmed(passage, cue.first, cue.stop - 1)


def _by_place(passage: Passage, cue: Cue, subject: int | None) -> tuple[int, int] | None:
    """Where the parse finds no clause: what follows the verb if it holds a finite verb, else what stands before."""
    if subject is None:
        return None
    verb, last = cue.token, cue.stop - 1
    if subject < verb:
        for token in range(verb + 1, min(verb + 12, last)):
            if passage.low[token] == "that" and passage.tag[token] in ("IN", "WDT"):
                return _trimmed(passage, token + 1, last) if _is_clause(passage, token + 1, last) else None
        if verb < last and passage.low[verb + 1] in ("nothing", "little", "so", "goodbye"):
            return None
        if cue.word == "added" and any(passage.dep[k] == "dobj" for k in passage.children[verb]):
            return None
        stop = _before_next_cue(passage, verb, last)
        if cue.word in ("said", "added", "told") and _is_clause(passage, verb + 1, stop) and stop - verb > 3:
            return _trimmed(passage, verb + 1, stop)
    if cue.word != "told" and any(passage.dep[k] == "dobj" and k != subject for k in passage.children[verb]):
        return None
    if passage.low[cue.first] in SUBORDINATE:
        return None
    comma = min(verb, subject) - 1
    while comma > cue.first and passage.words[comma] != "," and verb - comma < 14:
        comma -= 1
    if comma > cue.first and passage.words[comma] == "," and _is_clause(passage, cue.first, comma - 1):
        if not _is_clause(passage, max(verb, subject) + 1, last):
            return _trimmed(passage, cue.first, comma - 1)
    return None


def _is_clause(passage: Passage, left: int, right: int) -> bool:
    finite = any(passage.tag[k] in FINITE for k in range(left, right + 1))
    return finite and right - left >= 2


def _according(passage: Passage, cue: Cue) -> tuple[int, int] | None:
    """The rest of the sentence beside "according to X": after its comma where it leads, else before it."""
    first, last = cue.first, cue.stop - 1
    if cue.token - first <= 2:
        at = cue.speaker + 1
        while at < last and passage.words[at] != ",":
            at += 1
        while at < last and not _is_clause(passage, at + 1, last):
            at += 1
        # Appositions of the speaker stand between commas of their own.
        root = next((k for k in range(first, last + 1) if passage.head[k] == k), None)
        if root is not None and root > at:
            begin = min(
                (
                    k
                    for k in passage.children[root]
                    if k > at and passage.dep[k] in ("nsubj", "nsubjpass", "expl")
                ),
                default=None,
            )
            if begin is not None:
                before = passage.subtree(begin)[0] - 1
                comma = before
                while comma > at and passage.words[comma] != ",":
                    comma -= 1
                at = comma if comma > at else at
        return _trimmed(passage, at + 1, last)
    right = cue.token - 1
    if passage.words[right] == ",":
        right -= 1
    if passage.low[right] in ("and", "but"):
        # "... for months and, according to the ministry, died there."
        after = cue.speaker + 1
        while (
            after < last and passage.words[after] != "," and passage.tag[after] not in FINITE | {"PRP", "DT"}
        ):
            after += 1
        if _is_clause(passage, after, last):
            return _trimmed(passage, after, last)
    end = passage.subtree(cue.speaker)[-1]
    if end < last and passage.tag[end + 1] in FINITE and not _is_clause(passage, first, right):
        return _trimmed(passage, end + 1, last)
    end = cue.speaker
    while end < last and passage.words[end] != ",":
        end += 1
    if (
        end < last
        and passage.words[end] == ","
        and _is_clause(passage, end + 1, last)
        and not _is_clause(passage, first, right)
    ):
        return _trimmed(passage, first, last)
    root = next((k for k in range(first, last + 1) if passage.head[k] == k), first)
    if end < last and passage.words[end] == "," and (root > cue.token or right - first < 4):
        return _trimmed(passage, first, last)
    left = first
    for token in range(right, first, -1):
        if passage.words[token] == ";":
            left = token + 1
            break
    return _trimmed(passage, left, right)


def _trimmed(passage: Passage, left: int, right: int) -> tuple[int, int] | None:
    while left <= right and (passage.low[left] in _TRIM or _is_joining(passage, left)):
        left += 1
    while right >= left and passage.words[right] in (",", ".", ";", ":", "—", "–", "-", "--", "?", "!"):
        right -= 1
    return (left, right) if right - left >= 1 else None
