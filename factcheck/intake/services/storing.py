"""Storing what was read of a page, a file or a text as an article."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck import reading
from factcheck.articles.canonical import canonical_url
from factcheck.articles.models import Article, ArticleVersion
from factcheck.articles.pasted import TextRefused, first_line
from factcheck.articles.published import moment_of
from factcheck.articles.services import add_article
from factcheck.articles.stories import same_story
from factcheck.desk.audit import Job
from factcheck.desk.errors import AlreadyThere
from factcheck.intake.models import Capture, Intake
from factcheck.sources.models import Source

from .archiving import ask_to_archive
from .asking import article_at, next_fetch

INTAKE = Job("intake")
Status = Intake.Status
AT_ITS_ADDRESS = "known"  # the desk has an article there, maybe with other words
# A person gave these with it; feeds only hint at them.
BY_PERSON = (Intake.Via.URL, Intake.Via.PASTE, Intake.Via.FILE, Intake.Via.BOOKMARKLET, Intake.Via.API)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one try ended. `wait` are the seconds until the next one, for what is tried again.

    `counts` is off where the site was busy with another of our own fetches: the try does not count, and the row stays out.
    """

    status: str
    reason: str = ""
    words: str = ""
    article: Article | None = None
    wait: float | None = None
    counts: bool = True


def store_text(intake: Intake, text: str) -> Outcome:
    """A text that was handed in, as an article."""
    given = intake.given
    try:
        article = add_article(
            actor=INTAKE,
            text=text,
            title=given.get("title", ""),
            url=intake.url,
            extract=intake.extract,
            **_known(intake, None, None),
        )
    except TextRefused as refused:
        return Outcome(status=Status.FAILED, reason="text_refused", words=str(refused.message))
    except AlreadyThere as there:
        return _known_article(there, intake.canonical_url)
    return Outcome(status=Status.ADDED, article=article)


def store_page(intake: Intake, capture: Capture, found: reading.Reading) -> Outcome:
    """A page or file that came in, as an article, unless the desk has it under its address or its text."""
    canonical = _canonical(intake, capture, found)
    if there := article_at(canonical):
        belongs_to(capture, there)
        return Outcome(
            status=Status.KNOWN, reason=AT_ITS_ADDRESS, words=_("The desk has this article."), article=there
        )
    try:
        article = add_article(
            actor=INTAKE,
            text=found.text,
            title=_said(intake, "title", found.title) or first_line(found.text),
            url=_url(intake, capture, found) if canonical else "",
            canonical=canonical,
            from_page=found.medium == "page",
            paywalled=found.paywalled,
            extract=intake.extract,
            # A browser or a person may have seen more than a stranger to the site is shown.
            next_fetch_at=next_fetch(timezone.now()) if capture.was_fetched else None,
            **_known(intake, capture, found),
        )
    except AlreadyThere as there:
        belongs_to(capture, there.existing)
        return _known_article(there, canonical)
    belongs_to(capture, article, version=article.current_version)
    transaction.on_commit(lambda: ask_to_archive(capture))
    words = _("Only what stands before the paywall came in.") if found.paywalled else ""
    return Outcome(
        status=Status.ADDED, reason="paywall" if found.paywalled else "", words=words, article=article
    )


def _known_article(there: AlreadyThere, canonical: str) -> Outcome:
    article = there.existing
    reason = AT_ITS_ADDRESS if canonical and article.canonical_url == canonical else "same_text"
    return Outcome(status=Status.KNOWN, reason=reason, words=str(there.message), article=article)


def _url(intake: Intake, capture: Capture, found: reading.Reading) -> str:
    """Where the article is: not the short link or the "latest" page that led to it."""
    led_elsewhere = canonical_url(capture.final_url) != canonical_url(intake.url)
    url = capture.final_url if capture.was_fetched and led_elsewhere else intake.url
    return (url or found.canonical_url)[:2000]


def _known(intake: Intake, capture: Capture | None, found: reading.Reading | None) -> dict[str, Any]:
    """What is known of the article: as given with it, else as the page says; and which of it a person said."""
    given = intake.given
    pages = Source.objects.publishers()
    writer = given.get("written_by") or (found.agency if found else "")
    read = {
        "published": moment_of(_said(intake, "published", found.published if found else None)),
        "bylines": _said(intake, "bylines", found.bylines if found else []),
        "language": _said(intake, "language", found.language if found else ""),
        "medium": given.get("medium")
        or (Article.Medium.DOCUMENT if found and found.medium in ("pdf", "docx") else Article.Medium.NEWS),
    }
    by_person = intake.via in BY_PERSON
    names = {"title": "title", "published": "published_on", "bylines": "bylines", "language": "language"}
    corrected = [column for name, column in names.items() if by_person and given.get(name)]
    return {
        **read,
        "carried_by": outlet_of(intake, capture, found),
        # A person may name a speaker; an agency that a page names publishes.
        "written_by": (Source.objects if given.get("written_by") else pages).named(writer).first()
        if writer
        else None,
        "recording_url": given.get("recording_url", ""),
        "corrected": corrected,
    }


def outlet_of(intake: Intake, capture: Capture | None, found: reading.Reading | None) -> Source | None:
    """Whose page it is: as handed in, by the address that answered or that the page gives itself, else by its name for itself.

    The address that was asked says nothing where it is a short link, or one that has moved. A feed may list pages of others:
    its source comes after the addresses.
    """
    if intake.source is not None and intake.via != Intake.Via.FEED:
        return intake.source
    pages = Source.objects.publishers()
    addresses = list(
        filter(None, (capture.final_url if capture else intake.url, found.canonical_url if found else ""))
    )
    outlets = pages.for_urls(addresses)
    if outlet := next(filter(None, map(outlets.get, addresses)), None):
        return outlet
    if intake.source is not None:
        return intake.source
    return pages.named(found.outlet).first() if found and found.outlet else None


def _said(intake: Intake, name: str, read: Any) -> Any:
    """What a person or program said of it before what the page says; a feed, which often says less, after it."""
    given = intake.given.get(name)
    return (given or read) if intake.via in BY_PERSON else (read or given)


def _canonical(intake: Intake, capture: Capture, found: reading.Reading) -> str:
    """The address that names the article: the one the page gives itself, unless that is plainly another article's."""
    asked = canonical_url(capture.final_url or intake.url)
    said = canonical_url(found.canonical_url)
    if not said or said == asked:
        return said or asked
    there = Article.objects.filter(canonical_url=said).select_related("current_version").first()
    # Some sites give one canonical address, often that of a section, to all their pages.
    wrong = there is not None and not same_story(there.current_version.text, found.text)
    return asked if wrong else said


def belongs_to(capture: Capture, article: Article, *, version: ArticleVersion | None = None) -> None:
    """Whose capture it is, and which version was read from it."""
    capture.article, capture.version = article, version
    capture.save(update_fields=["article", "version"])
