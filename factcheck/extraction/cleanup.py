"""Which part of a pasted page is the article: its title, bylines, outlet and date, and the body's paragraphs.

Nothing is cut out. Furniture (menus, share lines, captions, footers) is simply not among the paragraphs returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from factcheck.extraction import furniture

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
_PROSE_END = re.compile(r"[.!?…:;,][\"”’')\]»*]*(?:\[\d+\])?$|[\"”»]$")
_WORD = re.compile(r"\S+")
_LOWER_START = re.compile(r"[a-zà-öø-ÿ,;]")
# A line that was broken to fit a width is about as long as its neighbours.
_WRAP_MIN, _WRAP_MAX = 45, 100
# A "read more" box in mid-article is followed by more article, in words; the page's footer is not.
_MUCH_PROSE = 60


@dataclass(slots=True)
class Line:
    start: int
    end: int
    text: str
    words: int
    blank_before: bool
    prose: bool
    used: bool = False
    # Goes on where the line before it was broken off.
    joined: bool = False
    number: int = 0


@dataclass(slots=True)
class Page:
    paragraphs: list[Span] = field(default_factory=list)
    title: str | None = None
    bylines: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: date | None = None

    @property
    def body(self) -> list[Span]:
        """The paragraphs, those with nothing but white space between them joined."""
        return self._joined

    _joined: list[Span] = field(default_factory=list)


def read_raw(text: str) -> Page:
    """All of `text` is body; paragraphs are only where it is cut for reading."""
    lines = _lines(text)
    page = Page(paragraphs=_paragraphs(lines))
    page._joined = [(0, len(text))] if text else []
    return page


def read_page(text: str) -> Page:
    """A pasted page. A text without a single line of prose is taken as body whole, but for plain furniture."""
    lines = _lines(text)
    page = Page()
    for line in lines:
        line.used = furniture.is_furniture(line.text)
    _head(lines, page)
    first = next((i for i, line in enumerate(lines) if line.prose and not line.used), None)
    if first is None:
        if not any(not line.used for line in lines):
            for line in lines:
                line.used = False
    else:
        _body(lines, first, page)
    body = [line for line in lines if not line.used]
    page.paragraphs = _paragraphs(body)
    page._joined = _joined(text, page.paragraphs)
    return page


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        content = match.group()
        stripped = content.strip()
        if not stripped:
            continue
        start += len(content) - len(content.lstrip())
        end = start + len(stripped)
        blank = not lines or text.count("\n", last, start) > 1
        words = len(_WORD.findall(stripped)) if len(stripped) < 2000 else 300
        lines.append(Line(start, end, stripped, words, blank, _is_prose(stripped, words), number=len(lines)))
        last = end
    _mark_wrapped(lines)
    return lines


def _is_prose(text: str, words: int) -> bool:
    if words >= 25:
        return True
    return words >= 7 and bool(_PROSE_END.search(text)) and not text.endswith((":", ",", ";"))


def _mark_wrapped(lines: list[Line]) -> None:
    """Lines broken to a width are prose if the paragraph they make up is."""
    index = 0
    while index < len(lines):
        stop = index + 1
        while stop < len(lines) and _continues(lines[stop - 1], lines[stop]):
            stop += 1
        if stop - index > 1 and _is_run(lines[index:stop]):
            joined = " ".join(line.text for line in lines[index:stop])
            words = sum(line.words for line in lines[index:stop])
            prose = _is_prose(joined, words)
            for line in lines[index:stop]:
                line.prose = prose
            for line in lines[index + 1 : stop]:
                line.joined = True
        index = stop


def _is_run(lines: list[Line]) -> bool:
    """Most lines of running text begin in the middle of a sentence; headlines and bylines below each other do not."""
    lower = sum(bool(_LOWER_START.match(line.text)) for line in lines[1:])
    return lower * 2 >= len(lines) - 1


def _continues(before: Line, line: Line) -> bool:
    if line.blank_before or furniture.byline(line.text) or furniture.date_line(line.text):
        return False
    if _WRAP_MIN <= before.end - before.start <= _WRAP_MAX and not _PROSE_END.search(before.text):
        return True
    if _WRAP_MIN <= before.end - before.start <= _WRAP_MAX and before.text[-1] in ",;":
        return True
    return bool(_LOWER_START.match(line.text)) and before.text[-1] not in ".!?"


def _head(lines: list[Line], page: Page) -> None:
    """Takes title, bylines, outlet and date out of the lines before the first prose."""
    title: Line | None = None
    for index, line in enumerate(lines):
        if line.used:
            page.publisher = page.publisher or furniture.publisher_of(line.text)
            continue
        found = furniture.byline(line.text)
        if found:
            line.used = True
            for name in found.names:
                if name not in page.bylines:
                    page.bylines.append(name)
            page.publisher = page.publisher or found.outlet
            continue
        stamp = furniture.date_line(line.text)
        if stamp:
            line.used = True
            page.published = page.published or stamp
            continue
        if line.prose and line.words > 6 and (title is not None or not _looks_like_title(lines, index)):
            break
        if index > 40 and title is None:
            break
        if title is None or (line.words > 3 >= title.words):
            title = line
    if title is not None and title.words >= 3 and any(line.prose and not line.used for line in lines):
        page.title, outlet = furniture.split_title(title.text)
        page.publisher = page.publisher or outlet
        key = furniture.key(page.title)
        for line in lines:
            if furniture.key(line.text) == key or (
                line.words < 25 and furniture.key(line.text).startswith(key)
            ):
                line.used = True
    for line in reversed(lines[-12:]):
        if page.publisher is None and line.used:
            page.publisher = furniture.publisher_of(line.text)


def _looks_like_title(lines: list[Line], index: int) -> bool:
    """A first line with a full stop or question mark is a headline where a byline or date follows at once."""
    line = lines[index]
    if line.words > 20 or line.text.endswith("."):
        return False
    return any(
        furniture.byline(other.text) or furniture.date_line(other.text)
        for other in lines[index + 1 : index + 4]
    )


def _body(lines: list[Line], first: int, page: Page) -> None:
    """From the first prose on, keeps what is prose or belongs to it, and stops at the page's footer."""
    for line in lines[:first]:
        line.used = True
    ended = False
    prose_after = _prose_after(lines)
    for index in range(first, len(lines)):
        line = lines[index]
        if ended:
            line.used = True
            continue
        if line.used:
            ended = furniture.ends_article(line.text) and prose_after[index] <= _MUCH_PROSE
            continue
        if (
            (furniture.byline(line.text) and index > first)
            or (furniture.date_line(line.text) and line.words < 8)
            or (not line.prose and not _is_part_of_prose(lines, index))
        ):
            line.used = True


def _prose_after(lines: list[Line]) -> list[int]:
    """How many words of prose follow each line."""
    following, words = [], 0
    for line in reversed(lines):
        following.append(words)
        if line.prose and not line.used:
            words += line.words
    return following[::-1]


def _is_part_of_prose(lines: list[Line], index: int) -> bool:
    """Short spoken lines and list items belong to the article; headings and captions without a stop do not."""
    line = lines[index]
    text = line.text
    if text[0] in "\"“‘'«" and line.words >= 2:
        return True
    if text[0] in "•*·‣▪" or re.match(r"(?:-|–|—|\d{1,2}[.)])\s", text):
        return line.words >= 3
    if text[-1] in '.!?"”’':
        return line.words >= 2
    if text[-1] == ":" and line.words >= 5:
        return True
    if index and line.joined and not lines[index - 1].used:
        return True
    if index + 1 < len(lines) and lines[index + 1].joined:
        return True
    return line.words >= 14


def _paragraphs(lines: list[Line]) -> list[Span]:
    spans: list[Span] = []
    before: Line | None = None
    for line in lines:
        if before is not None and spans and line.joined and line.number == before.number + 1:
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        before = line
    return spans


def _joined(text: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
