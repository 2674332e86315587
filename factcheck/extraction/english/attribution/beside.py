"""The cue that stands right beside a pair of marks: before the opening one, after the closing one."""

from __future__ import annotations

import re

from factcheck.extraction.english.attribution.clauses import FINITE, Cue
from factcheck.extraction.english.attribution.marks import Quoted
from factcheck.extraction.english.attribution.story import Story, sentence_of
from factcheck.extraction.english.parse import Passage

WORDS = re.compile(r"[^\W_][\w'’-]*")


def leading(story: Story, quoted: Quoted, number: int, before: list[Cue]) -> Cue | None:
    """The cue that stands right before the opening mark, with at most whom, when or where in between."""
    passage = story.passages[number]
    for cue in reversed(before):
        gap = passage.tokens_in(passage.end[cue.token], quoted.start)
        if passage.tag[cue.token] in ("VBN", "VBD") and any(
            passage.dep[k] == "agent" and k < gap.stop for k in passage.children[cue.token]
        ):
            # "- as the Lantern put it, as reported by Holt - “...”"
            continue
        if cue.token and passage.low[cue.token - 1] == "as" and passage.low[cue.token + 1] == "by":
            continue
        if cue.word == "added" and passage.tag[cue.token] == "VB":
            continue
        if cue.word == "according to":
            if (
                not any(passage.tag[k] in FINITE for k in gap) and passage.words[gap[-1]] == ","
                if len(gap)
                else False
            ):
                cue.used = True
                return cue
            continue
        if len(gap) > 30 or any(story.is_inside(number, k) for k in gap):
            return None
        if (
            is_title(inside_of(story, quoted))
            and not (len(gap) and passage.words[gap[-1]] in (",", ":"))
            and quoted.words < 12
        ):
            return None
        if len(gap) == 0 or passage.words[gap[-1]] in (",", ":", "—", "–"):
            inner = [k for k in gap if passage.tag[k] in FINITE]
            if (
                len(gap) == 0
                or (passage.words[gap[-1]] == ":" and not (cue.plain and inner))
                or (not inner and len(gap) <= 14)
            ):
                cue.used = True
                return cue
        if all(
            passage.low[k]
            in (
                "that",
                ":",
                ",",
                "the",
                "a",
                "an",
                "as",
                "it",
                "him",
                "her",
                "them",
                "how",
                "why",
                "to",
                "of",
            )
            for k in gap
        ):
            if not (cue.plain and passage.low[gap[-1]] in ("the", "a", "an", "it", "to", "of")):
                cue.used = True
                return cue
        if passage.ent[gap[-1]] == "DATE" and not any(passage.tag[k][0] in "VM" for k in gap):
            cue.used = True
            return cue
        if passage.low[gap[-1]] == "that" and not any(passage.tag[k] in FINITE for k in gap):
            cue.used = True
            return cue
    return None


def trailing(story: Story, quoted: Quoted, number: int, tail: int, stop: int, after: list[Cue]) -> Cue | None:
    """The cue right after the closing mark: "...," said X; "...," X, who ..., said."""
    passage = story.passages[number]
    for cue in after:
        gap = list(passage.tokens_in(quoted.end, passage.start[cue.token]))
        if any(story.is_inside(number, k) for k in gap):
            return None
        while gap and passage.words[gap[0]] in (",", "–", "—", "--", "-", "."):
            gap = gap[1:]
        if cue.word == "according to":
            if not gap:
                cue.used = True
                return cue
            continue
        if gap and passage.low[gap[0]] in (
            "and",
            "but",
            "or",
            "as",
            "that",
            "to",
            "of",
            "in",
            "with",
            "by",
            "for",
            "is",
            "was",
            "while",
            "who",
            "when",
            "because",
            "on",
            "from",
        ):
            if passage.low[gap[0]] == "as" and not any(passage.tag[k] in FINITE for k in gap):
                cue.used = True
                return cue
            return None
        if (
            passage.tag[cue.token] == "VBN"
            and not any(passage.dep[k] == "aux" for k in passage.children[cue.token])
            and passage.low[cue.token] != "said"
            and (gap or not cue.plain or not _is_name(passage, cue.token + 1))
        ):
            continue
        if any(passage.tag[k] == "VBG" and passage.dep[k] in ("aux", "advcl") for k in gap):
            return None
        if _is_tight(passage, gap):
            cue.used = True
            return cue
        return None
    return None


def _is_tight(passage: Passage, gap: list[int]) -> bool:
    """Whether the tokens are no more than the name of a speaker, with what is put between commas about him."""
    if len(gap) > 40:
        return False
    if any(passage.words[k] in (";", ":") for k in gap):
        return False
    depth = 0
    for position, k in enumerate(gap):
        if passage.words[k] == ",":
            depth += 1
        if passage.tag[k] in FINITE and depth == 0:
            return passage.dep[k] == "aux" and position >= len(gap) - 2
    return depth != 1


def next_sentence(
    story: Story, quoted: Quoted, number: int, stop: int, by_sentence: dict[int, list[Cue]]
) -> Cue | None:
    """ "We won!" Smith said. - where the sentence was cut at the mark."""
    passage = story.passages[number]
    if stop >= len(passage.start):
        return None
    first, end, sentence = sentence_of(passage, stop)
    if end - first > 25 or story.text[quoted.end : passage.start[first]].strip():
        return None
    for cue in by_sentence.get(sentence, ()):
        gap = list(range(first, cue.token))
        rest = range(cue.token + 1, end)
        if (
            cue.word == "according to"
            or not gap
            or (not cue.plain and cue.word not in ("continued", "laughed", "smiled"))
        ):
            return None
        if not _is_tight(passage, gap) or any(story.is_inside(number, k) for k in rest):
            return None
        if any(passage.tag[k] in FINITE for k in rest) or any(
            passage.dep[k] == "ccomp" for k in passage.children[cue.token]
        ):
            return None
        if any(passage.dep[k] == "dobj" for k in passage.children[cue.token]) and cue.word not in (
            "told",
            "asked",
        ):
            return None
        if cue.word in (
            "said",
            "added",
            "told",
            "asked",
            "explained",
            "continued",
            "wrote",
            "tweeted",
            "noted",
            "recalled",
        ):
            cue.used = True
            return cue
    return None


def inside_of(story: Story, quoted: Quoted) -> str:
    return story.text[slice(*quoted.inner)].strip()


def is_title(inner: str) -> bool:
    """Capitals on every longer word: the title of a book, a song, a show."""
    words = [word for word in WORDS.findall(inner) if len(word) > 3]
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)


def _is_name(passage: Passage, token: int) -> bool:
    return token < len(passage.words) and passage.words[token][0].isupper()
