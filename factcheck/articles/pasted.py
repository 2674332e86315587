"""What somebody pasted or uploaded, made into an article's text, or refused in their words."""

import re

import trafilatura
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.desk.errors import Refused
from factcheck.extraction.furniture import date_line

_TAG = re.compile(
    r"</?(?:html|head|body|div|p|span|article|section|a|br|h[1-6]|ul|li|table|meta|script)\b[^>]*>",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


class TextRefused(Refused):
    """This cannot be an article's text."""

    status = 422


def text_of(pasted: str) -> str:
    """The text to keep: CR LF as LF, no NULs, and the text of a page where its HTML was pasted.

    Raises TextRefused when it is empty, binary, or longer than the desk reads (`ARTICLE_MAX_CHARS`).
    """
    text = pasted.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > settings.ARTICLE_MAX_CHARS:
        raise TextRefused(
            _(
                "This text has %(has)s characters; the desk reads up to %(limit)s. Nothing is lost: cut it into parts and add each."
            )
            % {"has": f"{len(text):,}", "limit": f"{settings.ARTICLE_MAX_CHARS:,}"}
        )
    if looks_like_html(text):
        text = _text_of_html(text) or text
    if not text.strip():
        raise TextRefused(_("There is no text here. Paste the article's words."))
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if odd > max(8, len(text) // 50):
        raise TextRefused(
            _(
                "This is not readable text but a binary file. Save it as plain text (.txt, UTF-8) and add that."
            )
        )
    return text


def looks_like_html(text: str) -> bool:
    """Whether it is a page's source rather than its words."""
    start = text.lstrip()[:20_000]
    if start[:200].lower().startswith(("<!doctype html", "<html", "<head", "<body")):
        return True
    # An article about web pages has tags among its words; a part of a page's source has them around them.
    lines = [line.strip() for line in start.splitlines() if line.strip()]
    opened = sum(bool(_TAG.match(line)) for line in lines)
    wrapped = opened * 2 > len(lines) or (_TAG.match(start) and text.rstrip().endswith(">"))
    return bool(wrapped) and len(_TAG.findall(start)) >= 4


def decode(uploaded: bytes) -> str:
    """The text of an uploaded .txt file. Raises TextRefused for what is not text in a known encoding."""
    if uploaded.startswith((b"\xff\xfe", b"\xfe\xff")):
        return uploaded.decode("utf-16", errors="replace")
    if b"\x00" in uploaded[:4096]:
        raise TextRefused(
            _("This file is binary, not text. Save it as plain text (.txt, UTF-8) and add that.")
        )
    try:
        return uploaded.decode("utf-8-sig")
    except UnicodeDecodeError:
        return uploaded.decode("cp1252", errors="replace")


def first_line(text: str) -> str:
    """A title for want of a better one: the first line that has words and is not only a date, cut at a word."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    line = next((line for line in lines if not date_line(line)), lines[0] if lines else "")
    if len(line) <= 140:
        return line
    return line[:140].rsplit(" ", 1)[0] + "…"


def words(text: str) -> str:
    """How long a text is, as a journalist says it."""
    count = len(text.split())
    return ngettext("%(n)s word", "%(n)s words", count) % {"n": f"{count:,}"}


def _text_of_html(source: str) -> str:
    found = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True)
    return found or trafilatura.html2txt(source) or ""
