"""What reading gives: an article, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Medium = Literal["page", "pdf", "docx", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as its page or file gives it. What is not known is "", [] or None.

    text: the body only, its paragraphs parted by a blank line. agency: who wrote it, where that is not the outlet.
    published, modified: a day, or a moment, which is aware if the page named a zone. language: two letters.
    canonical_url: absolute, http or https. paywalled: the page says that the rest is for subscribers.
    """

    text: str
    title: str = ""
    bylines: list[str] = field(default_factory=list)
    outlet: str = ""
    agency: str = ""
    published: date | datetime | None = None
    modified: date | datetime | None = None
    language: str = ""
    canonical_url: str = ""
    paywalled: bool = False
    medium: Medium = "page"
    description: str = ""


class Reason(StrEnum):
    EMPTY = "empty"
    NO_ARTICLE = "no_article"
    PAYWALL = "paywall"
    LOGIN = "login"
    BINARY = "binary"
    SCAN = "scan"
    ENCRYPTED = "encrypted"
    TOO_BIG = "too_big"
    BROKEN = "broken"
    TOO_COMPLEX = "too_complex"
    WRONG_TYPE = "wrong_type"


_WORDS = {
    Reason.EMPTY: "There is no text in it.",
    Reason.NO_ARTICLE: "No article was found on the page.",
    Reason.PAYWALL: "The page shows the article to subscribers only.",
    Reason.LOGIN: "The page asks to sign in.",
    Reason.BINARY: "This is not text, a page or a document.",
    Reason.SCAN: "The PDF holds pictures of pages and no text.",
    Reason.ENCRYPTED: "The file is protected with a password.",
    Reason.TOO_BIG: "The file is too big.",
    Reason.BROKEN: "The file is damaged and cannot be read.",
    Reason.TOO_COMPLEX: "The file is built in too complicated a way to be read.",
    Reason.WRONG_TYPE: "Files of this kind cannot be read: only text, HTML, PDF and DOCX.",
}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why there is no article; `words` say it to an editor, in English."""

    reason: Reason
    words: str = ""

    def __post_init__(self) -> None:
        if not self.words:
            object.__setattr__(self, "words", _WORDS[self.reason])
