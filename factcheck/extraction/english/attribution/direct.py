"""Quotations with marks, and the cue beside each that says who speaks."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.extraction.english.attribution import beside, clauses, cues
from factcheck.extraction.english.attribution.clauses import FINITE, Cue
from factcheck.extraction.english.attribution.entities import Entity
from factcheck.extraction.english.attribution.marks import Quoted
from factcheck.extraction.english.attribution.story import Story, sentence_of
from factcheck.extraction.english.attribution.subjects import can_speak, subject
from factcheck.extraction.english.parse import Passage

_MIN_WORDS = 4
_NAMING = frozenset(
    "called named titled entitled dubbed nicknamed known termed labelled labeled christened".split()
)
_SENTENCE_ENDS = ".!?…"


@dataclass(slots=True, eq=False)
class Found:
    """A quotation before its speaker is known. `voice` is (passage, head token) of the one who speaks; `follows` is
    the quotation whose speaker goes on."""

    start: int
    end: int
    kind: str
    cue: str | None
    voice: tuple[int, int] | None = None
    at: tuple[int, int] | None = None
    follows: Found | None = None
    # The one before it, for want of anything better.
    after: Found | None = None
    quoted: Quoted | None = None
    guess: bool = False
    # Who speaks, where a label says it and no phrase has to be read.
    known: Entity | None = None


def direct(
    story: Story, quoted: Quoted, by_sentence: dict[int, list[Cue]], earlier: list[Found]
) -> Found | None:
    if quoted.words == 0:
        return None
    number = story.passage_at(quoted.start)
    passage = story.passages[number]
    head = passage.token_at(quoted.start)
    first, stop, sentence = sentence_of(passage, head)
    first = story.first_word(number, first)
    tail_number = story.passage_at(quoted.end - 1)
    tail_passage = story.passages[tail_number]
    tail = tail_passage.token_at(quoted.end - 1)
    _, tail_stop, tail_sentence = sentence_of(tail_passage, tail)
    before = [
        cue
        for cue in by_sentence.get(sentence, ())
        if passage.end[cue.token] <= quoted.start and not clauses.is_passed_on(passage, cue.token)
    ]
    after = [cue for cue in by_sentence.get(tail_sentence, ()) if tail_passage.start[cue.token] >= quoted.end]
    lead = _words_between(story, passage.start[first], quoted.start)

    if _is_named(passage, head, first):
        return None
    leading = beside.leading(story, quoted, number, before)
    if leading is not None:
        return _with_cue(story, quoted, leading, quoted.start)
    trailing = beside.trailing(story, quoted, tail_number, tail, tail_stop, after)
    if trailing is None and tail >= tail_stop - 1:
        trailing = beside.next_sentence(story, quoted, tail_number, tail_stop, by_sentence)
    if (
        trailing is not None
        and not trailing.plain
        and (trailing.word not in cues.AFTER or beside.is_title(beside.inside_of(story, quoted)))
    ):
        trailing = None
    if trailing is not None:
        start = quoted.start
        begun = _clause_start(story, quoted, number, first, before, lead)
        if begun is not None:
            start = begun
        return _with_cue(story, quoted, trailing, start)
    after_colon = head > first and passage.words[head - 1] == ":"
    for cue in () if after_colon else reversed(before):
        found = _in_clause(story, quoted, cue)
        if found is not None:
            return found
    for cue in after:
        if cue.word == "according to":
            span = clauses.clause(story, cue, cue.speaker)
            if span is not None and tail_passage.start[span[0]] <= quoted.start:
                found = _with_cue(story, quoted, cue, min(quoted.start, tail_passage.start[span[0]]))
                found.kind = "direct" if found.start == quoted.start else "mixed"
                return found
    return _without_cue(story, quoted, number, head, first, stop, before, after, lead, earlier)


def _words_between(story: Story, start: int, end: int) -> int:
    return len(beside.WORDS.findall(story.text, start, end)) if end > start else 0


def _clause_start(
    story: Story, quoted: Quoted, number: int, first: int, before: list[Cue], lead: int
) -> int | None:
    """Where a reported clause begins that goes on into the marks: "The plan is “bad for us,” Holt said."""
    if lead < 2:
        return None
    passage = story.passages[number]
    gap = passage.tokens_in(passage.start[first], quoted.start)
    last = passage.words[gap[-1]] if len(gap) else ""
    if last in (".", ":", "!", "?") or any(story.is_inside(number, k) for k in gap) or before:
        return None
    if last == "," and (
        passage.low[gap[0]] in clauses.SUBORDINATE or not any(passage.tag[k] in FINITE for k in gap)
    ):
        return None
    left = gap[0]
    while left < gap[-1] and passage.low[left] in ("and", "but", ","):
        left += 1
    return passage.start[left]


def _with_cue(story: Story, quoted: Quoted, cue: Cue, start: int) -> Found:
    cue.used = True
    voice = voice_of(story, cue)
    kind = "direct" if start == quoted.start else "mixed"
    return Found(start, quoted.end, kind, cue.word, voice, (cue.passage, cue.token), quoted=quoted)


def voice_of(story: Story, cue: Cue) -> tuple[int, int] | None:
    head = cue.speaker if cue.speaker is not None else subject(story, cue.passage, cue.token, cue.first)
    return (cue.passage, head) if head is not None else None


def _in_clause(story: Story, quoted: Quoted, cue: Cue) -> Found | None:
    """Marks inside what an earlier verb reports: the whole clause is one mixed quotation."""
    passage = story.passages[cue.passage]
    voice = voice_of(story, cue)
    if cue.plain and voice is not None:
        span = clauses.clause(story, cue, voice[1])
        if span is not None:
            start, end = passage.start[span[0]], passage.end[span[1]]
            if start <= quoted.start and end >= quoted.start:
                cue.used = True
                end = max(end, quoted.end)
                kind = "mixed"
                if quoted.start - start <= 3 and quoted.end >= end - 2:
                    start, kind = quoted.start, "direct"
                return Found(start, end, kind, cue.word, voice, (cue.passage, cue.token), quoted=quoted)
    gap = passage.tokens_in(passage.end[cue.token], quoted.start)
    if cue.word in cues.BESIDE or beside.is_title(beside.inside_of(story, quoted)):
        return None
    if voice is None or len(gap) > 25 or any(passage.words[k] in (";",) for k in gap):
        return None
    if any(passage.tag[k] in FINITE for k in gap) and not cue.plain:
        return None
    if quoted.words < _MIN_WORDS and (
        (
            passage.tag[cue.token] == "VBN"
            and any(passage.dep[k] in ("nsubjpass", "auxpass") for k in passage.children[cue.token])
        )
        or len(gap) > 12
        or any(
            passage.tag[k][0] == "V"
            and passage.dep[k] != "amod"
            and passage.low[k] not in ("be", "being", "is", "was")
            for k in gap
        )
    ):
        return None
    return Found(quoted.start, quoted.end, "direct", cue.word, voice, (cue.passage, cue.token), quoted=quoted)


def _without_cue(
    story: Story,
    quoted: Quoted,
    number: int,
    head: int,
    first: int,
    stop: int,
    before: list[Cue],
    after: list[Cue],
    lead: int,
    earlier: list[Found],
) -> Found | None:
    inner = beside.inside_of(story, quoted)
    whole = inner.rstrip("'’”\"")[-1:] in _SENTENCE_ENDS or (not quoted.closed and quoted.opens_paragraph)
    passage = story.passages[number]
    free = lead == 0 or passage.words[head - 1 if head > first else head] == ":"
    if quoted.words < _MIN_WORDS and not (free and whole and lead == 0):
        return None
    if beside.is_title(inner) and not (whole and free):
        return None
    if free and lead:
        for cue in reversed(before):
            # "According to Holt, it will do: “...”"
            voice = voice_of(story, cue) if cue.plain else None
            if voice is not None and not story.is_inside(number, cue.token):
                return Found(
                    quoted.start, quoted.end, "direct", cue.word, voice, (number, head - 1), quoted=quoted
                )
        # "Van Dyke disagreed: “...”"
        voice = _governor(story, number, head, first)
        if voice is not None:
            return Found(quoted.start, quoted.end, "direct", None, voice, voice, quoted=quoted)
    if free:
        if not whole and not quoted.opens_paragraph and inner[-1:] != ",":
            return None
        return Found(quoted.start, quoted.end, "direct", None, None, None, quoted=quoted)
    said = _said_in_sentence(earlier, quoted, passage, first)
    if said is not None:
        if said.kind == "mixed":
            said.end = max(said.end, quoted.end)
            return None
        return Found(quoted.start, quoted.end, "direct", said.cue, said.voice, said.at, quoted=quoted)
    voice = _governor(story, number, head, first)
    if voice is None:
        return None
    if not can_speak(story.passages[voice[0]], voice[1]):
        return Found(quoted.start, quoted.end, "direct", None, quoted=quoted)
    return Found(quoted.start, quoted.end, "direct", None, voice, voice, quoted=quoted, guess=True)


def _said_in_sentence(earlier: list[Found], quoted: Quoted, passage: Passage, first: int) -> Found | None:
    """What was said just before in the same sentence: its speaker goes on."""
    said = earlier[-1] if earlier else None
    if said is None or said.voice is None or said.guess or said.end <= passage.start[first]:
        return None
    return said


def _is_named(passage: Passage, head: int, first: int) -> bool:
    """ "a song called “…”", "commonly known as “…”": a name, whoever gave it."""
    at = head - 1
    while at > first and passage.tag[at] in ("IN", "DT", "RB"):
        at -= 1
    if at < first or passage.tag[at] != "VBN" or passage.low[at] not in _NAMING:
        return False
    if any(passage.dep[k] == "aux" and passage.low[k] not in cues.BEING for k in passage.children[at]):
        return False
    return not any(passage.dep[k] == "agent" for k in passage.children[at])


def _governor(story: Story, number: int, head: int, first: int) -> tuple[int, int] | None:
    """The subject of the verb that the quoted words depend on."""
    passage = story.passages[number]
    at = head - 1
    while at >= first:
        if passage.tag[at] in FINITE or passage.tag[at] == "VBG":
            found = subject(story, number, at)
            if found is not None and found < head and not story.is_inside(number, found):
                return number, found
        at -= 1
    return None
