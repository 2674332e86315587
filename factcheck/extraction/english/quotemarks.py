"""Pairs of quotation marks, curly or straight, double or single, also where a paragraph ends without closing them."""

from __future__ import annotations

import re
from dataclasses import dataclass

Span = tuple[int, int]

_DOUBLE = re.compile(r"[\"“”„«»]|``|''")
_SINGLE = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–-]))[‘'](?=[\w\"“(\[])|(?<=[\w.,!?;:…)\]])['’](?=[\s.,;:!?)\]—–-]|$)")
_PUNCTUATED = re.compile(r"[.,!?…][’']$")


@dataclass(slots=True)
class Quote:
    """A quoted stretch with its marks; `open_ended` if the paragraph ended before the closing mark."""

    start: int
    end: int
    open_ended: bool = False
    words: int = 0


def find(text: str, paragraphs: list[Span]) -> list[Quote]:
    quotes: list[Quote] = []
    for start, end in paragraphs:
        found = _doubles(text, start, end)
        if not found and ("‘" in text[start:end] or " '" in text[start:end] or text[start] == "'"):
            found = _singles(text, start, end)
        quotes.extend(found)
    for quote in quotes:
        quote.words = len(re.findall(r"[\w’'-]*\w", text[quote.start : quote.end]))
    return [quote for quote in quotes if quote.words]


def _doubles(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    opened: int | None = None
    for match in _DOUBLE.finditer(text, start, end):
        mark, at = match.group(), match.start()
        before = text[at - 1] if at > start else " "
        after = text[match.end()] if match.end() < end else " "
        if mark == '"' and before.isdigit() and not opened and not after.isalnum():
            continue
        opens = mark in "“„«" or mark == "``"
        closes = mark in "”»" or mark == "''"
        if mark == '"' or (mark in "“”" and opened is not None and mark == "“" and not before.isspace()):
            closes = opened is not None and not (before.isspace() and after.isalnum() and _unbalanced(text, at, end))
            opens = not closes
        if mark == "”" and opened is None and (before.isspace() or before in "(—") and after.isalnum():
            opens, closes = True, False
        if opens:
            if opened is None:
                opened = at
            elif mark in "“«" and opened is not None and text[opened] in "“«" and before in " \n" and _starts_line(text, at, start):
                quotes.append(Quote(opened, at, True))
                opened = at
        elif closes and opened is not None:
            quotes.append(Quote(opened, match.end()))
            opened = None
    if opened is not None and end - opened > 20:
        quotes.append(Quote(opened, end, True))
    return quotes


def _unbalanced(text: str, at: int, end: int) -> bool:
    """A straight mark after a space opens a new quotation where an even number of marks would be left otherwise."""
    return text.count('"', at, end) % 2 == 0


def _starts_line(text: str, at: int, start: int) -> bool:
    return at == start or text[at - 1] == "\n"


def _singles(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    opened: int | None = None
    for match in _SINGLE.finditer(text, start, end):
        at = match.start()
        opening = at == start or text[at - 1] in " \t\n([—–-"
        if opening and opened is None:
            opened = at
        elif not opening and opened is not None:
            content = text[opened : at + 1]
            if text[opened] == "'" and not _PUNCTUATED.search(content) and re.match(r"\s+\w", text[at + 1 : at + 3]) and text[at - 1] == "s" and "'" in text[at + 1 : end]:
                continue
            quotes.append(Quote(opened, at + 1))
            opened = None
    return quotes
