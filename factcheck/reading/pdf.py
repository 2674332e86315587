"""A PDF's text with its paragraphs put together again: lines joined, words that were broken at a line's end, running heads out."""

from __future__ import annotations

import io
import logging
import re
import statistics
import time
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from factcheck.reading import names
from factcheck.reading.document import Reading, Reason, Unreadable
from factcheck.reading.limits import MAX_TEXT_CHARS, PDF_MAX_PAGES, PDF_SECONDS, PDF_STREAM_BYTES
from factcheck.reading.metadata import language_of_text
from factcheck.reading.tree import squeeze

# It warns of every flaw in a file that it can live with.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_LIMITS = {
    "maximum_declared_stream_length": PDF_STREAM_BYTES * 2,
    "array_based_stream_maximum_output_length": PDF_STREAM_BYTES,
    "zlib_maximum_output_length": PDF_STREAM_BYTES,
    "lzw_maximum_output_length": PDF_STREAM_BYTES,
    "run_length_maximum_output_length": PDF_STREAM_BYTES,
    "stream_decoding_work_maximum_length": PDF_STREAM_BYTES * 3,
    "stream_parsing_work_maximum_count": 250_000,
    "page_tree_maximum_entries": 20_000,
    "page_tree_maximum_page_entries": 200_000,
    "xform_maximum_invocations_per_extraction": 500,
    "jbig2dec_binary": None,
}
_TITLE_JUNK = re.compile(
    r"(?i)^(?:untitled|microsoft word\b.*|document\d*|.*\.(?:docx?|indd|qxd|pdf|rtf|pages|odt|tex))$"
)
_PAGE_NUMBER = re.compile(r"(?i)^\W*(?:(?:page|seite|p\.?)\s*)?\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?\W*$")
_BROKEN_WORD = re.compile(r"(?<=[a-zà-öø-ÿ])[-\u2010\u00ad]$")
_SENTENCE_END = re.compile(r"[.!?:…][\"”’')\]»]*$")
_LIST_START = re.compile(r"^(?:[•·▪◦–—*-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")


class _OutOfTime(Exception):
    pass


def read(body: bytes) -> Reading | Unreadable:
    """The article in the bytes of a PDF; of a very long one, its first pages."""
    with apply_configuration(**_LIMITS):
        try:
            return _read(body)
        except _OutOfTime:
            return Unreadable(Reason.TOO_COMPLEX)
        except (LimitReachedError, RecursionError, MemoryError):
            return Unreadable(Reason.TOO_COMPLEX)
        except FileNotDecryptedError:
            return Unreadable(Reason.ENCRYPTED)
        except PyPdfError:
            return Unreadable(Reason.BROKEN)
        except Exception:
            # A damaged file trips the parser in places of every kind.
            return Unreadable(Reason.BROKEN)


def _read(body: bytes) -> Reading | Unreadable:
    reader = PdfReader(io.BytesIO(body), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return Unreadable(Reason.ENCRYPTED)
    pages = _pages(reader)
    letters = sum(mark.isalpha() for page in pages for line in page for mark in line)
    if letters < 20 * max(1, min(len(pages), 3)):
        return Unreadable(Reason.SCAN if pages else Reason.EMPTY)
    info: Any = reader.metadata or {}
    title = _title(info)
    lines = _paragraphs(_without_running_heads(pages))
    if lines and title and squeeze(lines[0]).casefold() == title.casefold():
        lines = lines[1:]
    text = "\n\n".join(lines)[:MAX_TEXT_CHARS]
    return Reading(
        text=text,
        title=title,
        bylines=names.writers(squeeze(str(info.get("/Author") or ""))).names,
        published=_moment(info, "creation_date"),
        modified=_moment(info, "modification_date"),
        language=language_of_text(text),
        medium="pdf",
        description=squeeze(str(info.get("/Subject") or ""))[:1000],
    )


def _pages(reader: PdfReader) -> list[list[str]]:
    """The lines of each page. A page that is broken, or drawn with too much on it, is left out, as long as not all are."""
    deadline = time.monotonic() + PDF_SECONDS

    def check(*_: Any) -> None:
        if time.monotonic() > deadline:
            raise _OutOfTime

    pages: list[list[str]] = []
    chars = 0
    failed: Exception | None = None
    for number, page in enumerate(reader.pages):
        if number >= PDF_MAX_PAGES or chars > MAX_TEXT_CHARS:
            break
        check()
        drawn: list[tuple[float, str]] = []

        def place(text: str, matrix: Any, line: Any, *_: Any, drawn: list[tuple[float, str]] = drawn) -> None:
            drawn.append((line[4] * matrix[1] + line[5] * matrix[3] + matrix[5], text))

        try:
            page.extract_text(visitor_operand_before=check, visitor_text=place)
            text = _with_gaps(drawn)
        except _OutOfTime:
            if chars > 2000:
                break
            raise
        except Exception as error:
            failed = error
            continue
        chars += len(text)
        pages.append([squeeze(line) for line in text.split("\n")])
    if failed is not None and not chars:
        raise failed
    return pages


def _with_gaps(drawn: list[tuple[float, str]]) -> str:
    """The text of a page, with a blank line where more room is between two lines than is usual on it.

    drawn: each piece of text with its height on the page.
    """
    pieces = [(height, text) for height, text in drawn if text.strip()]
    gaps = [before[0] - after[0] for before, after in pairwise(pieces) if before[0] - after[0] > 1]
    wide = 1.35 * statistics.median(gaps) if len(gaps) > 2 else float("inf")
    parts: list[str] = []
    above: float | None = None
    for height, text in drawn:
        if text.strip():
            if above is not None and above - height > wide:
                parts.append("\n\n")
            above = height
        parts.append(text)
    return "".join(parts)


def _title(info: Any) -> str:
    title = squeeze(str(info.get("/Title") or ""))[:300]
    return "" if _TITLE_JUNK.match(title) or len(title) < 4 else title


def _moment(info: Any, name: str) -> date | datetime | None:
    try:
        found = getattr(info, name, None)
    except (ValueError, TypeError, PyPdfError):
        return None
    return found if isinstance(found, datetime) and 1980 < found.year < 2200 else None


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Without page numbers, and without what stands at the top or foot of most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        filled = [line for line in page if line]
        edges.update({_shape(line) for line in filled[:2] + filled[-2:]})
    repeated = {
        shape for shape, count in edges.items() if shape and len(pages) >= 3 and count * 2 > len(pages)
    }
    kept = []
    for page in pages:
        filled = [index for index, line in enumerate(page) if line]
        edge = {*filled[:2], *filled[-2:]}
        kept.append(
            [
                line
                for index, line in enumerate(page)
                if index not in edge
                or not (_shape(line) in repeated or (len(pages) > 1 and _PAGE_NUMBER.match(line)))
            ]
        )
    return kept


def _shape(line: str) -> str:
    """The same for "Page 3 of 9" and "Page 4 of 9"."""
    return re.sub(r"\d+", "0", line.casefold())


def _paragraphs(pages: list[list[str]]) -> list[str]:
    """Lines joined to paragraphs, by blank lines, short last lines and how the next line begins; over page ends too."""
    lengths = [len(line) for page in pages for line in page if len(line) > 20]
    width = statistics.quantiles(lengths, n=10)[-1] if len(lengths) > 3 else 80
    lines: list[str] = []
    open_line = False
    for page in pages:
        blank = False
        for line in page:
            if not line:
                blank = True
                continue
            if lines and open_line and not _starts_anew(line, blank):
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
            # A line that is much shorter than the others ends a paragraph, or is a heading.
            open_line = len(line) > 0.8 * width or not _SENTENCE_END.search(line)
            if len(line) < 0.6 * width and not _BROKEN_WORD.search(line) and line[-1:].isalnum():
                open_line = len(line) > 0.35 * width and len(lines[-1]) > len(line)
            blank = False
    return lines


def _starts_anew(line: str, blank: bool) -> bool:
    if _LIST_START.match(line):
        return True
    if line[:1].islower():
        return False
    return blank


def _joined(before: str, line: str) -> str:
    if _BROKEN_WORD.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
