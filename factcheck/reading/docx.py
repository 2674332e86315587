"""A DOCX file: its sizes are checked before anything is unpacked, then its paragraphs, lists and tables are read."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from factcheck.reading import names
from factcheck.reading.document import Reading, Reason, Unreadable
from factcheck.reading.limits import (
    DOCX_MAX_PARTS,
    DOCX_TOTAL_BYTES,
    DOCX_XML_BYTES,
    MAX_TEXT_CHARS,
)
from factcheck.reading.metadata import language_of_text
from factcheck.reading.tree import squeeze

_PARAGRAPH, _ROW, _CELL = qn("w:p"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAKS = qn("w:t"), qn("w:tab"), frozenset((qn("w:br"), qn("w:cr")))
# Struck out by a reviewer, or a text that stands elsewhere: footnotes' marks, text boxes' second copy, field codes.
_LEFT_OUT = frozenset(
    (
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:instrText"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)

# Files that programs make with python-docx have the day of its template for their own.
TEMPLATE_MADE = date(2013, 12, 23)


def read(body: bytes) -> Reading | Unreadable:
    """The article in the bytes of a DOCX file."""
    refusal = _refused(body)
    if refusal is not None:
        return refusal
    try:
        document = docx.Document(io.BytesIO(body))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        etree.LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
    ):
        return Unreadable(Reason.BROKEN)
    title, lines = _lines(document)
    text = "\n\n".join(lines)
    if len(text) > MAX_TEXT_CHARS:
        return Unreadable(Reason.TOO_BIG, "The text is too long.")
    if not text:
        return Unreadable(Reason.EMPTY)
    core = document.core_properties
    return Reading(
        text=text,
        title=title or squeeze(core.title),
        bylines=names.writers(core.author or "").names,
        published=_day(core.created),
        modified=_day(core.modified),
        language=language_of_text(text),
        medium="docx",
        description=squeeze(core.subject),
    )


def _refused(body: bytes) -> Unreadable | None:
    """By the archive's list of contents alone; unpacking never yields more than it lists."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Unreadable(Reason.BROKEN)
    if len(parts) > DOCX_MAX_PARTS or sum(part.file_size for part in parts) > DOCX_TOTAL_BYTES:
        return Unreadable(Reason.TOO_BIG)
    if (
        sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
        > DOCX_XML_BYTES
    ):
        return Unreadable(Reason.TOO_BIG)
    if any(part.flag_bits & 0x1 for part in parts):
        return Unreadable(Reason.ENCRYPTED)
    if not any(part.filename == "[Content_Types].xml" for part in parts) or not any(
        part.filename.startswith("word/") for part in parts
    ):
        return Unreadable(Reason.WRONG_TYPE)
    return None


def _lines(document: Document) -> tuple[str, list[str]]:
    """The title, where a paragraph has that style, and the text: a line a paragraph, and one a row of a table."""
    title, lines = "", []
    styles = {style.style_id: style.name for style in document.styles if style.name}
    for element in document.element.body.iter(_PARAGRAPH, _ROW):
        if element.tag == _ROW:
            if next(element.iterancestors(_ROW), None) is not None:
                continue
            cells = [
                squeeze(" ".join(_text(p) for p in cell.iter(_PARAGRAPH)))
                for cell in element.iterchildren(_CELL)
            ]
            line = " | ".join(cells).strip(" |")
        else:
            if next(element.iterancestors(_ROW, _PARAGRAPH, *_LEFT_OUT), None) is not None:
                continue
            line = squeeze(_text(element))
            style = element.style
            if line and not title and not lines and style and styles.get(style) == "Title":
                title = line
                continue
        if line:
            lines.append(line)
    return title, lines


def _text(paragraph: etree._Element) -> str:
    parts = []
    for node in paragraph.iter(_TEXT, _TAB, *_BREAKS):
        if next(node.iterancestors(*_LEFT_OUT), None) is not None:
            continue
        parts.append((node.text or "") if node.tag == _TEXT else " ")
    return "".join(parts)


def _day(moment: datetime | None) -> date | None:
    """A day is all that the clock of the machine it was typed on is good for."""
    day = moment.date() if moment is not None and moment.year > 1990 else None
    return None if day == TEMPLATE_MADE else day
