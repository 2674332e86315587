"""A file that an editor hands in: what it is, by its bytes first and its name second, and the article in it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace

from factcheck.extraction import cleanup
from factcheck.reading import charsets, docx, pdf
from factcheck.reading.document import Reading, Reason, Unreadable
from factcheck.reading.limits import MAX_FILE_BYTES, MAX_PAGE_BYTES, MAX_TEXT_CHARS
from factcheck.reading.metadata import language_of_text
from factcheck.reading.page import is_binary, read_page
from factcheck.reading.tree import squeeze

_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|article|div|p)\b", re.I)
_MHTML = re.compile(rb"^(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,40}", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://[^\s<>\"']{1,2000})\s*-->", re.I)
_MAX_PARTS = 500


def read_file(
    body: bytes, *, filename: str = "", content_type: str = "", url: str = ""
) -> Reading | Unreadable:
    """The article in a text file, a saved web page (HTML or MHTML), a PDF or a DOCX.

    filename, content_type: as the browser sent them; believed only where the bytes leave it open. url: where it was, if that is
    known. Never raises.
    """
    if len(body) > MAX_FILE_BYTES:
        return Unreadable(Reason.TOO_BIG)
    if not body.strip():
        return Unreadable(Reason.EMPTY)
    try:
        return _read(body, filename.lower().rpartition(".")[2], content_type.lower(), url)
    except (RecursionError, MemoryError):
        return Unreadable(Reason.TOO_COMPLEX)
    except Exception:
        # Whatever a parser trips over, the editor learns that the file is at fault.
        return Unreadable(Reason.BROKEN)


def _read(body: bytes, ending: str, content_type: str, url: str) -> Reading | Unreadable:
    start = body[:1024]
    before, mark, _ = start.partition(b"%PDF-")
    # A page may speak of PDFs; what looks like markup behind the mark is chance, as in an encrypted one.
    if mark and not _HTML.search(before):
        return pdf.read(body)
    if body.startswith(b"PK\x03\x04"):
        return docx.read(body)
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        # A DOCX with a password is packed into the container that Word's old format used.
        return Unreadable(Reason.ENCRYPTED if ending == "docx" else Reason.WRONG_TYPE)
    if start.startswith((b"{\\rtf", b"%!PS")):
        return Unreadable(Reason.WRONG_TYPE)
    if is_binary(body):
        return Unreadable(Reason.BINARY)
    if ending in {"mht", "mhtml"} or content_type.startswith(("multipart/related", "message/rfc822")):
        return _mhtml(body, url)
    if b"multipart/related" in start.lower() and _MHTML.match(start):
        return _mhtml(body, url)
    text = charsets.decode(body, content_type=content_type)
    if (
        ending in {"htm", "html", "xhtml"}
        or "html" in content_type
        or (ending not in {"txt", "md"} and _looks_html(text))
    ):
        saved = _SAVED_FROM.search(text[:3000])
        return _saved_page(body, url=url, saved_from=saved[1] if saved else "", content_type=content_type)
    if ending in {"txt", "text", "md", ""} or content_type.startswith("text/plain"):
        return _text(text)
    return Unreadable(Reason.WRONG_TYPE)


def _looks_html(text: str) -> bool:
    return bool(_HTML.search(text[:3000].encode("utf-8", "ignore")))


def _saved_page(body: bytes, *, url: str, saved_from: str, **more: str) -> Reading | Unreadable:
    """A page that a browser saved, which often writes down where it was."""
    found = read_page(body, url=url or saved_from, **more)
    if url or isinstance(found, Unreadable):
        return found
    return replace(found, canonical_url=found.canonical_url or saved_from)


def _mhtml(body: bytes, url: str) -> Reading | Unreadable:
    """A web page as browsers save it in one file: a message whose first HTML part is the page."""
    message = email.message_from_bytes(body, policy=email.policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and len(page) <= MAX_PAGE_BYTES:
                said = (part.get("Content-Location"), message.get("Snapshot-Content-Location"))
                addresses = (squeeze(str(address)) for address in said if address)
                saved_from = next((a for a in addresses if a.startswith(("http://", "https://"))), "")
                charset = part.get_content_charset() or ""
                return _saved_page(page, url=url, saved_from=saved_from, charset=charset)
    return Unreadable(Reason.NO_ARTICLE)


def _text(text: str) -> Reading | Unreadable:
    if len(text) > MAX_TEXT_CHARS:
        return Unreadable(Reason.TOO_BIG, "The text is too long.")
    reading = from_lines(text)
    return replace(reading, medium="text") if reading.text else Unreadable(Reason.EMPTY)


def from_lines(text: str) -> Reading:
    """An article out of plain text: the headline, bylines and date that it begins with, and all the rest as body."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    page = cleanup.read_page(text)
    start = page.paragraphs[0][0] if page.title and page.paragraphs else 0
    body = text[start:]
    lines = [squeeze(body[a:b]) for a, b in cleanup.read_raw(body).paragraphs]
    joined = "\n\n".join(line for line in lines if line)
    return Reading(
        text=joined,
        title=squeeze(page.title),
        bylines=page.bylines,
        outlet=page.publisher or "",
        published=page.published,
        language=language_of_text(joined),
    )
