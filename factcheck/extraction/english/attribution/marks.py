"""The stretches of a text between quotation marks, found on the characters alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

Span = tuple[int, int]

_MARK = re.compile(r"[\"“”„‟«»＂]|''|``|[‘’‚‛']")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# Words that begin with an apostrophe: not an opening mark.
_CLIPPED = re.compile(
    r"['‘’](?:\d0s|\d\d\b|em\b|til\b|till\b|cause\b|tis\b|twas\b|n['’]|cos\b|round\b|bout\b)", re.I
)
_OPENERS = "“„‟«"
_CLOSERS = "”»"
_DOUBLE = frozenset('"“”„‟«»＂') | {"''", "``"}
# How many marks ahead a closing one is looked for, so that a text of nothing but marks takes linear time.
_MANY = 400
# A quotation that is never closed is taken to the end of its sentence at most, unless it opens its paragraph.
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


@dataclass(slots=True)
class Quoted:
    """One stretch between marks, marks included. `closed` is False where its closing mark is missing."""

    start: int
    end: int
    words: int
    closed: bool
    paragraph: int
    opens_paragraph: bool
    continues: bool = False

    @property
    def inner(self) -> Span:
        return self.start + 1, self.end - 1 if self.closed else self.end


def find(text: str, paragraphs: list[Span]) -> list[Quoted]:
    """The outermost quoted stretches of each paragraph, in order. A paragraph that opens with a mark after one
    that never closed its own goes on with the same quotation (`continues`)."""
    result: list[Quoted] = []
    unclosed = False
    for number, (start, end) in enumerate(paragraphs):
        found = _in_paragraph(text, start, end, number)
        if unclosed and found and found[0].opens_paragraph:
            found[0].continues = True
        unclosed = bool(found) and not found[-1].closed and found[-1].end == end
        result.extend(found)
    return result


def _in_paragraph(text: str, start: int, end: int, number: int) -> list[Quoted]:
    marks = list(_MARK.finditer(text, start, end))
    result: list[Quoted] = []
    index = 0
    while index < len(marks):
        mark = marks[index]
        if not _can_open(text, start, end, mark):
            index += 1
            continue
        close, after = _closing(text, start, end, marks, index)
        first = mark.start()
        opens = not text[start:first].strip(" \t(*–—-")
        if close is not None:
            result.append(_quoted(text, first, close, True, number, opens))
        else:
            stop = end
            if not opens:
                if mark.group() in "‘’‚‛'":
                    index += 1
                    continue
                found = _SENTENCE_END.search(text, first, end)
                stop = found.end() if found and marks[index].group() not in _OPENERS else end
            result.append(_quoted(text, first, stop, False, number, opens))
            after = next((i for i in range(index + 1, len(marks)) if marks[i].start() >= stop), len(marks))
        index = after
    return result


def _quoted(text: str, start: int, end: int, closed: bool, number: int, opens: bool) -> Quoted:
    return Quoted(start, end, len(_WORD.findall(text, start, end)), closed, number, opens)


def _can_open(text: str, start: int, end: int, mark: re.Match[str]) -> bool:
    sign, at, after = mark.group(), mark.start(), mark.end()
    if after >= end:
        return False
    before = text[at - 1] if at > start else " "
    following = text[after]
    if sign in _OPENERS or sign == "``":
        return True
    if sign in _CLOSERS:
        # A closing mark typed for an opening one.
        return sign == "”" and before.isspace() and (following.isalnum())
    if sign in _DOUBLE:
        return not following.isspace() and not before.isalnum() and before not in ".,!?)"
    if before.isalnum() or following.isspace() or not (following.isalnum() or following in '"“[($£€…'):
        return False
    if before in ".,!?)" or _CLIPPED.match(text, at):
        return False
    return sign != "’" or before.isspace()


def _closing(
    text: str, start: int, end: int, marks: list[re.Match[str]], index: int
) -> tuple[int | None, int]:
    """The end of the closing mark that answers marks[index], and the index of the mark after it."""
    sign = marks[index].group()
    if sign in _DOUBLE:
        return _closing_double(text, end, marks, index)
    return _closing_single(text, start, end, marks, index)


def _closing_double(text: str, end: int, marks: list[re.Match[str]], index: int) -> tuple[int | None, int]:
    sign = marks[index].group()
    curly = sign in _OPENERS
    depth = 0
    for number in range(index + 1, min(len(marks), index + _MANY)):
        other = marks[number]
        mark = other.group()
        if mark not in _DOUBLE:
            continue
        at, after = other.start(), other.end()
        if curly:
            if mark in _OPENERS:
                if depth == 0 and text[at - 1].isspace():
                    # Opened twice and never closed: the first is taken to end where the second begins, if a
                    # sentence ends there.
                    if (
                        text[:at].rstrip()[-1:] in ".!?,"
                        if at < 400
                        else text[at - 400 : at].rstrip()[-1:] in ".!?,"
                    ):
                        return None, number
                    depth += 1
                continue
            if mark in _CLOSERS or mark in ('"', "''"):
                if depth:
                    depth -= 1
                    continue
                return after, number + 1
            continue
        before = text[at - 1]
        following = text[after] if after < end else " "
        if mark in _OPENERS or mark == "``":
            continue
        if before.isspace() and not following.isspace() and following not in ",.;:!?)":
            # It opens another: the first was never closed, or marks are nested alike.
            return None, number
        return after, number + 1
    return None, len(marks)


def _closing_single(
    text: str, start: int, end: int, marks: list[re.Match[str]], index: int
) -> tuple[int | None, int]:
    fallback: tuple[int, int] | None = None
    for number in range(index + 1, min(len(marks), index + _MANY)):
        mark = marks[number]
        sign, at, after = mark.group(), mark.start(), mark.end()
        if sign in _DOUBLE or sign in "‘‚‛":
            continue
        following = text[after] if after < end else " "
        before = text[at - 1]
        if following.isalnum() or before.isspace():
            continue
        if before in '.,!?…)”"':
            return after, number + 1
        if before in "sS" and following == " " and after + 1 < end and text[after + 1].islower():
            # It may be a possessive ("the workers’ demands"): only if nothing better comes in the paragraph.
            fallback = fallback or (after, number + 1)
            if after - marks[index].start() < 60 and number == len(marks) - 1:
                return fallback
            continue
        return after, number + 1
    if fallback:
        return fallback
    return None, len(marks)
