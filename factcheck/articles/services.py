"""Writes to articles: bringing one in, correcting what is known of it, notes on it, and asking for an extraction."""

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import Job, acting, person
from factcheck.desk.errors import AlreadyThere, NotAllowed, Refused
from factcheck.desk.locks import hold
from factcheck.desk.revisions import save_revision
from factcheck.sources.models import Source
from factcheck.sources.services import add_source

from .anchors import anchor
from .canonical import canonical_url
from .copies import original_of, sketch
from .models import Annotation, Article, ArticleVersion, ExtractionRun
from .pasted import first_line, text_of
from .published import day_of, instant_of, moment_of

if TYPE_CHECKING:
    from factcheck.accounts.models import User

EXTRACT = "claims.extract"


def add_article(
    *,
    actor: "User | Job",
    text: str,
    title: str = "",
    url: str = "",
    carried_by: Source | None = None,
    written_by: Source | None = None,
    published: date | datetime | None = None,
    bylines: list[str] | None = None,
    language: str = "",
    medium: str = Article.Medium.NEWS,
    recording_url: str = "",
    copy_of: Article | None = None,
    is_demo: bool = False,
    new_outlet: str = "",
    canonical: str = "",
    from_page: bool = False,
    paywalled: bool = False,
    corrected: list[str] | None = None,
    extract: bool = True,
    next_fetch_at: datetime | None = None,
) -> Article:
    """Store an article with its first version and send it to the extractor. `new_outlet` names one to add as carrier.

    `from_page`: the text is a page's body as the reader found it, to be kept as it is, and `canonical` the address that the
    page gives itself. `paywalled`: the page ends before a paywall. `corrected` names the fields that a person set, which no later reading changes; all that are given if
    left out. `extract` False leaves the text unread until somebody asks. `next_fetch_at`: when its page is looked at again.
    An article in nearly the words of another is linked as its copy.

    Raises TextRefused when there is no readable text, AlreadyThere with the existing article when the same address, or the
    same text by the same outlet, came in before. Two who add it at once get one article.
    """
    demand(actor, Capability.TRIAGE)
    text = text if from_page else text_of(text)
    sha256 = hash_of(text)
    published = moment_of(published)
    canonical = canonical or canonical_url(url)
    with acting(actor, "add article"):
        # Whoever brings in the same text or address waits here until the first is stored.
        hold(*filter(None, (sha256, canonical)))
        if new_outlet:
            carried_by = outlet_named(actor, new_outlet)
        # Whose page it is was asked where the page was read.
        if carried_by is None and canonical and not from_page:
            carried_by = Source.objects.publishers().for_url(canonical)
        _refuse_the_same(sha256, canonical, carried_by)
        article = Article(
            url=url,
            canonical_url=canonical,
            title=(title.strip() or first_line(text))[:500],
            bylines=bylines or [],
            carried_by=carried_by,
            written_by=written_by,
            published_on=day_of(published),
            published_at=instant_of(published),
            language=language,
            medium=medium,
            recording_url=recording_url,
            corrected=_given(
                title=title, bylines=bylines, carried_by=carried_by, published_on=published, language=language
            )
            if corrected is None
            else sorted(corrected),
            next_fetch_at=next_fetch_at,
            added_by=person(actor),
            is_demo=is_demo,
        )
        # What else a full_clean would ask the database was asked above, under the locks.
        article.clean_fields(exclude=["current_version", "added_by", "carried_by", "written_by", "copy_of"])
        article.save(force_insert=True)
        version = ArticleVersion.objects.create(
            article=article,
            number=1,
            text=text,
            sha256=sha256,
            from_page=from_page,
            paywalled=paywalled,
            sketch=sketch(text),
        )
        article.copy_of = copy_of or original_of(version)
        article.current_version = version
        Article.objects.filter(pk=article.pk).update(current_version=version, copy_of=article.copy_of)
        if extract:
            _queue(actor, version)
    return article


def edit_article(
    *, actor: "User", article: Article, revision: int, new_outlet: str = "", **changes: Any
) -> Article:
    """Correct what is known of an article; a correction survives later extractions. `new_outlet` names one to add as carrier.

    A new date sends the text to the extractor again, since periods are resolved against it, and links to copies that it forbids
    go. Raises Stale, ValidationError, AlreadyThere when the address is another article's.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "edit article"):
        if new_outlet:
            changes["carried_by"] = outlet_named(actor, new_outlet)
        changed = {name: value for name, value in changes.items() if getattr(article, name) != value}
        if not changed:
            return article
        if "url" in changed:
            changed["canonical_url"] = canonical_url(changed["url"])
            same = Article.objects.filter(canonical_url=changed["canonical_url"]).exclude(canonical_url="")
            if existing := same.exclude(pk=article.pk).first():
                raise AlreadyThere(existing, _("Another article has this address."))
        for name, value in changed.items():
            setattr(article, name, value)
        article.full_clean(exclude=["current_version", "added_by", "done_by"])
        changed["corrected"] = sorted(set(article.corrected) | set(changes.keys() & changed.keys()))
        article = save_revision(article, revision=revision, **changed)
        if {"published_on", "published_at"} & changed.keys():
            ask_for_extraction(actor=actor, version=article.current_version)
        return article


def edit_from_page(
    *,
    actor: Job,
    article: Article,
    title: str = "",
    bylines: list[str] | None = None,
    language: str = "",
    published: date | datetime | None = None,
    carried_by: Source | None = None,
    given: dict[str, Any] | None = None,
) -> Article:
    """Take over what a page says of itself now, but for what an editor corrected and what it does not say.

    `carried_by` is whose page it is, for an article that came in before the desk knew the outlet. `given` (title, bylines,
    language, published) is what somebody says of it, which counts for more and is a correction from then on.
    """
    read = _said(article, title=title, bylines=bylines, language=language, published=published)
    said = _said(article, **(given or {}))
    if carried_by and not article.carried_by_id:
        read["carried_by"] = carried_by
    kept = {*article.corrected, *(["published_at"] if "published_on" in article.corrected else [])}
    now = {name: value for name, value in read.items() if name not in kept} | said
    if said:
        now["corrected"] = sorted({*article.corrected, *(said.keys() - {"published_at"})})
    changed = {name: value for name, value in now.items() if getattr(article, name) != value}
    with acting(actor, "read page"):
        return save_revision(article, revision=None, **changed) if changed else article


def add_version(
    *,
    actor: "User | Job",
    article: Article,
    text: str,
    from_page: bool = False,
    paywalled: bool = False,
    extract: bool = True,
) -> ArticleVersion | None:
    """Store a newer text of an article and, unless `extract` is off, send it to the extractor; None when the words are those of
    the current one.

    An article that only now has nearly the words of another is linked as its copy; one that was a copy stays one.
    What stands in the older text is carried over by `factcheck.claims.services.carrying`, in the caller's transaction.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "add version"):
        article = Article.objects.select_for_update(no_key=True, of=("self",)).get(pk=article.pk)
        current = article.current_version
        if current.text.split() == text.split():
            return None
        version = ArticleVersion.objects.create(
            article=article,
            number=article.versions.latest("number").number + 1,
            text=text,
            sha256=hash_of(text),
            from_page=from_page,
            paywalled=paywalled,
            sketch=sketch(text),
        )
        save_revision(
            article,
            revision=None,
            current_version=version,
            copy_of=article.copy_of or original_of(version),
            done_at=None,
            done_by=None,
        )
        if extract:
            _queue(actor, version)
        return version


def ask_for_extraction(*, actor: "User | Job", version: ArticleVersion) -> ExtractionRun:
    """Queue a run for the version, or return the one that is under way. The job is a row of this transaction; it is sent on commit."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "extract"):
        ArticleVersion.objects.select_for_update(no_key=True).only("pk").get(pk=version.pk)
        return version.runs.unfinished().first() or _queue(actor, version)


def _queue(actor: "User | Job", version: ArticleVersion) -> ExtractionRun:
    """A run of a version that has none under way: one that is locked, or that nobody else can see yet."""
    run = ExtractionRun.objects.create(version=version, asked_by=person(actor))
    transaction.on_commit(lambda: send(run))
    return run


def send(run: ExtractionRun) -> bool:
    """Hand the job to the broker. If it does not take it, the row stays queued and the sweeper sends it later: it is as silent
    since it was queued as one whose message is lost."""
    try:
        current_app.send_task(EXTRACT, args=[run.pk], queue="extract")
    except (OperationalError, RedisError, OSError):
        return False
    return True


def mark_done(*, actor: "User", article: Article, done: bool = True) -> Article:
    """Nothing is left to triage in the article, or it is open again."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "done"):
        now = timezone.now() if done else None
        return save_revision(article, revision=None, done_at=now, done_by=actor if done else None)


def annotate(*, actor: "User", version: ArticleVersion, start: int, end: int, note: str) -> Annotation:
    """A note on a span (code points, end exclusive). Raises Refused for an empty note or span."""
    demand(actor, Capability.TRIAGE)
    if not note.strip():
        raise Refused(_("Write the note first."))
    with acting(actor, "annotate"):
        same = {"version": version, "author": actor, "note": note.strip(), **anchor(version, start, end)}
        # The same note by the same person on the same words is a second click.
        return Annotation.objects.filter(**same).first() or Annotation.objects.create(**same)


def edit_annotation(*, actor: "User", annotation: Annotation, revision: int, note: str) -> Annotation:
    """Rewrite one's own note. Raises Stale, NotAllowed."""
    demand(actor, Capability.TRIAGE)
    _demand_own(actor, annotation)
    if not note.strip():
        raise Refused(_("Write the note first."))
    with acting(actor, "edit note"):
        return save_revision(annotation, revision=revision, note=note.strip())


def remove_annotation(*, actor: "User", annotation: Annotation) -> None:
    """Remove one's own note; the audit trail keeps it."""
    demand(actor, Capability.TRIAGE)
    _demand_own(actor, annotation)
    with acting(actor, "remove note"):
        annotation.delete()


def outlet_named(actor: "User | Job", name: str) -> Source:
    """The publisher of this name, made as an outlet where there is none. Raises NotAllowed, ValidationError."""
    there = Source.objects.publishers().named(name).first()
    try:
        return there or add_source(actor=actor, name=name, kind=Source.Kind.OUTLET)
    except AlreadyThere as faster:
        return faster.existing


def _demand_own(actor: "User", annotation: Annotation) -> None:
    if annotation.author_id != actor.pk and not actor.may(Capability.ADMINISTER):
        raise NotAllowed(_("Only %(name)s may change this note.") % {"name": annotation.author})


def _refuse_the_same(sha256: str, canonical: str, carried_by: Source | None) -> None:
    if canonical and (existing := Article.objects.filter(canonical_url=canonical).first()):
        raise AlreadyThere(existing, _("The desk has an article from this address."))
    same_text = Article.objects.filter(versions__sha256=sha256)
    if canonical:
        # The same words at another address are another outlet's copy, and an article of their own.
        same_text = same_text.filter(canonical_url="", carried_by=carried_by)
    elif carried_by is not None:
        same_text = same_text.filter(carried_by__in=[carried_by]) | same_text.filter(carried_by=None)
    if existing := same_text.first():
        raise AlreadyThere(existing, _("The desk has this text already."))


def hash_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _said(
    article: Article,
    *,
    title: str = "",
    bylines: list[str] | None = None,
    language: str = "",
    published: Any = None,
) -> dict[str, Any]:
    """The columns of what is said of an article, without what is not said."""
    said: dict[str, Any] = {"title": title[:500], "bylines": bylines, "language": language}
    said = {name: value for name, value in said.items() if value}
    moment = moment_of(published)
    if day := day_of(moment):
        said["published_on"] = day
        # One who names the day alone does not take the hour from it.
        if (instant := instant_of(moment)) or day != article.published_on:
            said["published_at"] = instant
    return said


def _given(**fields: Any) -> list[str]:
    """Which fields a person gave; the extractor leaves those alone."""
    return sorted(name for name, value in fields.items() if value)
