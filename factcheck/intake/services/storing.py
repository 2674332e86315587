"""Storing what was read of a page, a file or a text: as a new article, or as a new version of one."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck import reading
from factcheck.articles.canonical import canonical_url
from factcheck.articles.copies import is_copy
from factcheck.articles.models import Article, ArticleVersion
from factcheck.articles.pasted import TextRefused, first_line
from factcheck.articles.published import moment_of
from factcheck.articles.services import add_article, add_version, edit_from_page
from factcheck.claims.services.carrying import carry_over
from factcheck.desk.audit import Job, acting
from factcheck.desk.errors import AlreadyThere
from factcheck.intake.models import Capture, Intake
from factcheck.sources.models import Source

from .archiving import ask_to_archive
from .asking import article_at, next_fetch

INTAKE = Job("intake")
Status = Intake.Status
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
        return Outcome(status=Status.KNOWN, reason="known", words=str(there.message), article=there.existing)
    return Outcome(status=Status.ADDED, article=article)


def store_page(intake: Intake, capture: Capture, found: reading.Reading) -> Outcome:
    """A page or file that came in, as an article, unless the desk has it under its address or its text."""
    url = intake.url or found.canonical_url
    canonical = _canonical(intake, capture, found)
    if there := article_at(canonical):
        _belongs_to(capture, there)
        return Outcome(
            status=Status.KNOWN, reason="known", words=_("The desk has this article."), article=there
        )
    try:
        article = add_article(
            actor=INTAKE,
            text=found.text,
            title=_said(intake, "title", found.title) or first_line(found.text),
            url=url[:2000],
            canonical=canonical,
            from_page=found.medium == "page",
            extract=intake.extract,
            next_fetch_at=next_fetch(timezone.now()) if intake.url else None,
            **_known(intake, capture, found),
        )
    except AlreadyThere as there:
        _belongs_to(capture, there.existing)
        return Outcome(status=Status.KNOWN, reason="known", words=str(there.message), article=there.existing)
    _belongs_to(capture, article, version=article.current_version)
    transaction.on_commit(lambda: ask_to_archive(capture))
    words = _("Only what stands before the paywall came in.") if found.paywalled else ""
    return Outcome(
        status=Status.ADDED, reason="paywall" if found.paywalled else "", words=words, article=article
    )


def store_again(intake: Intake, capture: Capture, found: reading.Reading) -> Outcome:
    """A page that was fetched before: what it says of itself now, and its text if that is another one."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=intake.article_id)
    with acting(INTAKE, "page there"):
        Article.objects.filter(pk=article.pk).exclude(gone_at=None).update(gone_at=None)
    edit_from_page(
        article=article,
        actor=INTAKE,
        title=found.title,
        bylines=found.bylines,
        language=found.language,
        published=found.published,
        carried_by=_outlet(intake, capture, found),
    )
    before = article.current_version
    version = add_version(actor=INTAKE, article=article, text=found.text, from_page=found.medium == "page")
    if version is None:
        _belongs_to(capture, article)
        return Outcome(status=Status.UNCHANGED, words=_("The text is as it was."), article=article)
    _belongs_to(capture, article, version=version)
    carry_over(old=before, new=version)
    words = _("The text changed; this is version %(n)s.") % {"n": version.number}
    reason = "paywall" if found.paywalled else ""
    return Outcome(status=Status.UPDATED, reason=reason, words=words, article=article)


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
        "carried_by": _outlet(intake, capture, found),
        # A person may name a speaker; an agency that a page names publishes.
        "written_by": (Source.objects if given.get("written_by") else pages).named(writer).first()
        if writer
        else None,
        "recording_url": given.get("recording_url", ""),
        "corrected": corrected,
    }


def _outlet(intake: Intake, capture: Capture | None, found: reading.Reading | None) -> Source | None:
    """Whose page it is: as handed in, by the address that answered or that the page gives itself, else by its name for itself.

    The address that was asked says nothing where it is a short link, or one that has moved.
    """
    if intake.source is not None:
        return intake.source
    pages = Source.objects.publishers()
    for url in (capture.final_url if capture else intake.url, found.canonical_url if found else ""):
        if url and (outlet := pages.for_url(url)):
            return outlet
    return pages.named(found.outlet).first() if found and found.outlet else None


def _said(intake: Intake, name: str, read: Any) -> Any:
    """What a person or program said of it before what the page says; a feed, which often says less, after it."""
    given = intake.given.get(name)
    return (given or read) if intake.via in BY_PERSON else (read or given)


def _canonical(intake: Intake, capture: Capture, found: reading.Reading) -> str:
    """The address that names the article: the one the page gives itself, unless that is plainly another article's."""
    asked = canonical_url(capture.final_url or intake.url)
    said = canonical_url(found.canonical_url)
    if not said or said == asked or not asked:
        return said or asked
    there = Article.objects.filter(canonical_url=said).select_related("current_version").first()
    # Some sites give one canonical address, often that of a section, to all their pages.
    wrong = there is not None and not is_copy(there.current_version.text, found.text)
    return asked if wrong else said


def _belongs_to(capture: Capture, article: Article, *, version: ArticleVersion | None = None) -> None:
    """Whose capture it is, and which version was read from it."""
    capture.article, capture.version = article, version
    capture.save(update_fields=["article", "version"])
