"""Finds the quotations of an article and the words beside them that say who speaks."""

from __future__ import annotations

from bisect import bisect_left

from factcheck.extraction.english.attribution import clauses, cues, turns
from factcheck.extraction.english.attribution.clauses import Cue
from factcheck.extraction.english.attribution.direct import Found, direct, voice_of
from factcheck.extraction.english.attribution.names import Cast
from factcheck.extraction.english.attribution.story import Story
from factcheck.extraction.english.parse import Passage

_COLON_LINE = 200


def find(story: Story, cast: Cast) -> list[Found]:
    """All quotations in order of the text. `cast` says which names before a colon are a person's."""
    by_sentence: dict[int, list[Cue]] = {}
    for number, passage in enumerate(story.passages):
        if passage.start:
            for cue in clauses.find(story, number):
                by_sentence.setdefault(cue.sentence, []).append(cue)
    result: list[Found] = []
    covered: list[Found] = []
    for quoted in story.quoted:
        found = direct(story, quoted, by_sentence, covered)
        if found is not None:
            covered.append(found)
    result.extend(covered)
    result.extend(_indirect(story, cast, by_sentence, covered))
    answers = turns.find(story, cast)
    if answers:
        result = [item for item in result if not any(turn.start <= item.start < turn.end for turn in answers)]
        result.extend(Found(turn.start, turn.end, "direct", None, known=turn.entity) for turn in answers)
    else:
        result.extend(_after_colons(story, cast))
    result = _merged(story, result)
    for item in result:
        if item.kind == "indirect" and _holds_marks(story, item):
            item.kind = "mixed"
    _chain(story, result)
    return result


# Quotations without marks.


def _indirect(
    story: Story, cast: Cast, by_sentence: dict[int, list[Cue]], marked: list[Found]
) -> list[Found]:
    taken = {item.at for item in marked if item.at is not None and not item.guess}
    result: list[Found] = []
    for found in by_sentence.values():
        for cue in found:
            if (
                not cue.plain
                or cue.used
                or clauses.is_passed_on(story.passages[cue.passage], cue.token)
                or (cue.passage, cue.token) in taken
            ):
                continue
            voice = voice_of(story, cue)
            if voice is None:
                continue
            passage = story.passages[cue.passage]
            if cue.word != "according to" and not _may_say(story, cast, cue, voice[1]):
                continue
            span = clauses.clause(story, cue, voice[1])
            if span is None:
                continue
            result.append(
                Found(
                    passage.start[span[0]],
                    _before_colon(story, passage.start[span[0]], passage.end[span[1]]),
                    "indirect",
                    cue.word,
                    voice,
                    (cue.passage, cue.token),
                )
            )
    return result


def _before_colon(story: Story, start: int, end: int) -> int:
    """Where a report ends, if a quotation of its own follows it after a colon."""
    at = bisect_left(story.quoted, start, key=lambda quoted: quoted.start)
    if at < len(story.quoted) and story.quoted[at].start < end:
        before = story.text[start : story.quoted[at].start].rstrip()
        if before.endswith(":") and " " in before:
            return start + len(before[:-1].rstrip())
    return end


def _after_colons(story: Story, cast: Cast) -> list[Found]:
    """Headlines and transcripts: "Holt: wells are safe", "Wells are safe: Holt"."""
    result = []
    for start, end in story.paragraphs:
        colon = story.text.find(":", start, min(end, start + _COLON_LINE))
        if colon < 0:
            continue
        number = story.passage_at(start)
        passage = story.passages[number]
        first = passage.token_at(start)
        at = passage.token_at(colon)
        mention = cast.at(number, at - 1) if at else None
        begin = colon + 1
        while begin < end and story.text[begin].isspace():
            begin += 1
        if begin >= end:
            continue
        if (
            mention is not None
            and mention.entity.kind == "person"
            and mention.first - first <= 3
            and mention.end == colon
        ):
            if not any(passage.tag[k] in ("VBD", "VBZ", "VBP", "IN") for k in range(first, mention.first)):
                voice = (number, mention.last)
                result.append(Found(begin, end, "indirect", None, voice, voice))
                continue
        if end - start < _COLON_LINE and story.text[end - 1].isalpha():
            mention = cast.at(number, len(passage.words) - 1)
            if mention is not None and mention.entity.kind == "person" and begin == mention.start:
                voice = (number, mention.last)
                result.append(Found(start, colon, "indirect", None, voice, voice))
    return result


def _may_say(story: Story, cast: Cast, cue: Cue, subject: int) -> bool:
    passage = story.passages[cue.passage]
    if passage.low[subject] == "it" and cue.word not in cues.PLAIN:
        return False
    if passage.low[subject] in ("i", "you", "we"):
        return False
    if cue.token == cue.first and cue.word == "asked":
        # "Asked whether it would, Holt said ...": he was asked.
        return False
    below = passage.children[cue.token]
    if any(passage.dep[k] == "neg" for k in below) or passage.ent[subject] == "PERCENT":
        return False
    if any(passage.dep[k] == "neg" for k in passage.children[subject]):
        return False
    if passage.tag[cue.token] == "VBN" and not any(
        passage.low[k] in ("have", "has", "had", "'ve", "’ve", "'s", "’s", "'d", "’d", "having")
        for k in below
    ):
        # A passive: who said it is not its subject, unless he reports being told.
        above = passage.head[cue.token]
        if passage.dep[cue.token] == "xcomp" and passage.low[above] in cues.SAY:
            return True
        return any(passage.dep[k] == "agent" for k in below) or passage.low[cue.token] == "quoted"
    if any(
        passage.low[k] in ("would", "will", "could", "should", "may", "might", "can", "to", "must")
        and passage.dep[k] in ("aux",)
        for k in passage.children[cue.token]
    ):
        return False
    if cue.word == "found":
        mention = cast.at(cue.passage, subject)
        words = mention.text.lower().split() if mention is not None else (passage.low[subject],)
        return not cues.FINDERS.isdisjoint(words)
    if cue.word in cues.SHOWING and passage.tag[subject] in ("NN", "NNS"):
        return passage.low[subject] not in cues.EVIDENCE or _is_authored(passage, subject)
    return True


def _is_authored(passage: Passage, noun: int) -> bool:
    """Whether a study or a survey has its author beside it, or is what somebody publishes."""
    for child in passage.children[noun]:
        if passage.dep[child] == "poss" or (
            passage.dep[child] == "prep" and passage.low[child] in ("by", "from")
        ):
            return True
    above = passage.head[noun]
    return passage.dep[noun] == "dobj" and any(passage.dep[k] == "nsubj" for k in passage.children[above])


# Putting them together.


def _merged(story: Story, found: list[Found]) -> list[Found]:
    """In order; of those that overlap, the one with marks wins and takes in a clause around it with the same cue."""
    found.sort(key=lambda item: (item.start, -item.end))
    result: list[Found] = []
    for item in found:
        last = result[-1] if result else None
        if last is None or item.start >= last.end:
            result.append(item)
            continue
        if item.kind == "indirect" and last.kind == "indirect":
            # One report inside another ("said that Holt told them ..."): the outer speaks, unless it only passes on
            # what another said ("Holt said ..., according to Reuters").
            if last.cue == "according to" and (item.end - item.start) * 2 > last.end - last.start:
                result[-1] = item
            continue
        own = _own_cue(story, last, item)
        if own is not None:
            last.end = own
            result.append(item)
            continue
        if item.end <= last.end:
            if last.kind == "indirect" and (item.end - item.start) * 20 > (last.end - last.start) * 17:
                if item.voice is None:
                    item.voice, item.at, item.cue = last.voice, last.at, last.cue
                result[-1] = item
            elif last.kind == "indirect":
                last.kind = "mixed"
                last.quoted = last.quoted or item.quoted
            continue
        if last.kind == "indirect" or item.kind == "mixed" or last.kind == "mixed":
            last.end = max(last.end, item.end)
            last.kind = "mixed"
            last.quoted = item.quoted or last.quoted
            continue
        result.append(item)
    return result


def _own_cue(story: Story, last: Found, item: Found) -> int | None:
    """Where a report ends that runs on into a quotation with a cue of its own: "... seized it, stating “...”"."""
    if (
        last.kind != "indirect"
        or item.kind != "direct"
        or item.at is None
        or item.at == last.at
        or not item.cue
    ):
        return None
    passage = story.passages[item.at[0]]
    verb = item.at[1]
    if not last.start < passage.start[verb] < item.start or passage.words[verb - 1] != ",":
        return None
    return passage.end[verb - 2]


def _chain(story: Story, found: list[Found]) -> None:
    """Quotations without a cue go on from the one before, where nothing stands between that could change it."""
    for index, item in enumerate(found):
        if item.cue is not None or item.guess or item.quoted is None:
            continue
        previous = found[index - 1] if index else None
        following = found[index + 1] if index + 1 < len(found) else None
        paragraph = story.paragraph_at(item.start)
        if previous is not None and story.paragraph_at(previous.end - 1) >= paragraph - 1:
            item.after = previous
        goes_on = previous is not None and item.quoted.continues
        if goes_on and (previous.voice is not None or previous.follows not in (None, item)):
            item.follows = previous
            continue
        if previous is not None and story.paragraph_at(previous.end - 1) == paragraph:
            item.follows = previous
            continue
        if following is not None and following.quoted is not None and following.quoted.continues:
            item.follows = following
            continue
        if goes_on:
            item.follows = previous
            continue
        if (
            following is not None
            and following.cue is not None
            and story.paragraph_at(following.start) == paragraph
            and following.quoted is not None
        ):
            item.follows = following
            continue
        item.follows = item.after


def _holds_marks(story: Story, item: Found) -> bool:
    at = bisect_left(story.quoted, item.start, key=lambda quoted: quoted.start)
    return at < len(story.quoted) and story.quoted[at].end <= item.end
