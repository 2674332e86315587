"""Pages that answer, but not with an article: sign-in, not found, cookie walls, robot checks, empty shells."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from factcheck.reading import jsonld
from factcheck.reading.document import Reason, Unreadable
from factcheck.reading.marks import Marks
from factcheck.reading.tree import squeeze

_LOGIN = re.compile(
    r"(?i)\b(?:log|sign)[ -]?(?:in|on)\b|\banmelden\b|\biniciar sesi[oó]n\b|\bse connecter\b|\binloggen\b"
)
_MISSING = re.compile(
    r"(?i)^\W*(?:404|410|not found)\W*$|^\W*404\b.{0,40}|\b(?:error|http) 404\b|\b404 (?:error|not found)\b|"
    r"\bpage (?:not found|cannot be found|does ?n.t exist|does not exist|unavailable|is missing)\b|"
    r"\b(?:can.?t|cannot|could ?n.t|could not) (?:find|locate) (?:the|this|that) page\b|"
    r"\b(?:page|article|story|content) (?:you (?:requested|are looking for|were looking for)|(?:is|was) no longer available)\b|"
    r"\bseite nicht gefunden|\bpage introuvable|\bp[aá]gina no encontrada"
)
_ERROR = re.compile(
    r"(?i)^\W*(?:error(?:\s*[:\d!.].{0,40})?|(?:an )?(?:unexpected )?error (?:has )?occurred.{0,40}|(?:error |http )?"
    r"(?:403 forbidden|500 internal|502 bad|503 service|504 gateway).{0,40}|access denied|forbidden|"
    r"access to this page has been denied.{0,40}|(?:temporarily )?(?:service )?unavailable|bad gateway|internal server error|"
    r"something went wrong.{0,40}|too many requests)\W*$"
)
_ROBOT = re.compile(
    r"(?i)^\W*(?:just a moment|checking your browser|(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a robot|human)|"
    r"attention required|security (?:check|verification)|robot check|human verification|pardon our interruption|ddos protection).{0,40}$"
)
_ROBOT_TEXT = re.compile(
    r"(?i)\b(?:checking your browser before|verify (?:that )?you are (?:a )?human|unusual traffic|not a robot|complete the captcha|"
    r"enable javascript and cookies to continue)\b"
)
_COOKIES = re.compile(
    r"(?i)\b(?:before you continue|we value your privacy|we (?:and our (?:\d+ )?partners )?(?:use|store).{0,60}cookies|your privacy (?:choices|matters)|"
    r"accept (?:all )?cookies|cookie (?:consent|settings|preferences|policy)|manage (?:cookies|preferences|consent)|"
    r"(?:consent|agree) to (?:the use of )?cookies|wir verwenden cookies|nous utilisons des cookies)"
)
_ABOUT_COOKIES = re.compile(r"(?i)\b(?:cookies?|consent|privacy)\b")
_SCRIPT = re.compile(
    r"(?i)\b(?:enable javascript|javascript (?:is )?(?:disabled|required|must be enabled)|requires? javascript|turn on javascript)\b"
)
_FEW, _SOME = 40, 160


def refused(tree: HtmlElement, marks: Marks, lines: list[str]) -> Unreadable | None:
    """Why the page with these body paragraphs holds no article; None where it holds one."""
    words = sum(len(line.split()) for line in lines)
    story = bool(marks.story.get("articleBody")) or (words >= _FEW and _claims_article(marks))
    if words > 2 * _SOME or (story and words >= _FEW):
        return None
    heads = [*marks.headings[:2], marks.title]
    seen = squeeze(
        " ".join(tree.itertext("p", "h1", "h2", "h3", "div", "span", "button", "noscript", "title"))[:20_000]
    )
    if words < _SOME:
        if marks.password and (words < _FEW or any(_LOGIN.search(head) for head in heads)):
            return Unreadable(Reason.LOGIN)
        if any(_MISSING.search(head) for head in heads) or (words < _FEW and _MISSING.search(seen[:1000])):
            return Unreadable(Reason.NO_ARTICLE, "The page says that the article was not found.")
        if any(_ERROR.match(head) for head in heads):
            return Unreadable(Reason.NO_ARTICLE, "The page shows an error instead of an article.")
        if any(_ROBOT.match(head) for head in heads) or (words < _FEW and _ROBOT_TEXT.search(seen)):
            return Unreadable(
                Reason.NO_ARTICLE, "The page asks for a proof of being human instead of showing an article."
            )
    text = " ".join(lines)
    if (
        _is_cookie_notice(lines)
        or (words < _FEW and _COOKIES.search(seen))
        or (words < _SOME and any(map(_COOKIES.search, heads)))
    ):
        return Unreadable(Reason.NO_ARTICLE, "The page shows a cookie notice instead of an article.")
    if words < _SOME and heads and _LOGIN.match(heads[0].strip()) and (words < _FEW or _LOGIN.search(text)):
        return Unreadable(Reason.LOGIN)
    if words < _FEW and _SCRIPT.search(seen):
        return Unreadable(Reason.NO_ARTICLE, "The page shows its text only when its scripts run.")
    if not seen:
        return Unreadable(Reason.EMPTY)
    if not lines or (words < 12 and not _claims_article(marks)):
        return Unreadable(Reason.NO_ARTICLE)
    return None


def _is_cookie_notice(lines: list[str]) -> bool:
    """Whether most of the text is about cookies: a banner beside an article may be taken for a part of it."""
    about = sum(len(line) for line in lines if _ABOUT_COOKIES.search(line))
    return len(lines) > 0 and about * 2 > sum(map(len, lines)) and any(map(_COOKIES.search, lines))


def _claims_article(marks: Marks) -> bool:
    kinds = jsonld.types(marks.story) if marks.story else set()
    return marks.get("og:type").lower().endswith("article") or any(
        "article" in kind or "posting" in kind for kind in kinds
    )
