"""What an article's address holds now: its page fetched again, or a page or text that somebody handed in for it.

An article never becomes another one. What is not its story any more (the site's front page), and what is less of it than the
desk has (a teaser before a paywall), leaves its text as it was and says so.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck import reading
from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.headlines import headline_said, headlines_agree, take_headline
from factcheck.articles.models import Article
from factcheck.articles.pasted import TextRefused, text_of
from factcheck.articles.services import add_version, ask_for_extraction, edit_from_page
from factcheck.articles.stories import is_piece, same_story
from factcheck.claims.services.carrying import carry_over
from factcheck.desk.audit import Job, acting
from factcheck.intake.models import Capture, Intake

from .setting_aside import settle
from .storing import BY_PERSON, INTAKE, Outcome, Status, belongs_to, outlet_of

if TYPE_CHECKING:
    from factcheck.accounts.models import User


def renew_from_page(intake: Intake, capture: Capture, found: reading.Reading) -> Outcome:
    """What a page or file says of an article that the desk has, and its text as a new version if that is another one."""
    article = _article(intake.article_id)
    current, dated, headline = article.current_version, article.published_on, article.title
    if capture.was_fetched and current.came_at > intake.queued_at:
        belongs_to(capture, article)
        words = _("A newer text was handed in while the page was looked at.")
        return Outcome(status=Status.UNCHANGED, words=words, article=article)
    if not (same_story(current.text, found.text) or _is_rewritten(article, found)):
        belongs_to(capture, article)
        return _other_story(article, fetched=capture.was_fetched)
    if capture.was_fetched:
        page_is_there(article)
    if found.paywalled and len(found.text) < len(current.text):
        belongs_to(capture, article)
        words = _("It stands behind a paywall now; the text is kept as it was.")
        return Outcome(status=Status.UNCHANGED, reason="paywall", words=words, article=article)
    if capture.was_fetched and is_piece(found.text, of=current.text):
        belongs_to(capture, article)
        words = _(
            "The page shows only a piece of the text that the desk has, which is kept. If it was cut, paste what is left."
        )
        return Outcome(status=Status.UNCHANGED, reason="piece", words=words, article=article)
    said = headline_said(article)
    edited = edit_from_page(
        article=article,
        actor=INTAKE,
        title=found.title,
        bylines=found.bylines,
        language=found.language,
        published=found.published,
        carried_by=outlet_of(intake, capture, found),
        given=_given(intake, article),
    )
    outcome = _newer(
        INTAKE,
        article,
        found.text,
        from_page=found.medium == "page",
        fetched=capture.was_fetched,
        # Whoever handed a page in may have been shown all of it.
        paywalled=found.paywalled and capture.was_fetched,
    )
    if outcome.status == Status.UNCHANGED and edited.title != headline:
        words = _("The text is as it was; the headline “%(old)s” became “%(new)s”.")
        outcome = replace(outcome, words=words % {"old": headline, "new": edited.title})
    renewed = Article.objects.select_related("current_version").get(pk=article.pk).current_version
    belongs_to(capture, article, version=renewed)
    newer = None if renewed == current else renewed
    changed = take_headline(actor=INTAKE, article=article, was=said, text=found.title, version=newer)
    if newer is None and (changed or edited.published_on != dated) and current.runs.exists():
        # Periods such as "last month" are resolved against the date; the figures of a headline are read along with the text's.
        ask_for_extraction(actor=INTAKE, version=current)
    return outcome


def renew_from_text(intake: Intake, text: str) -> Outcome:
    """A text that was handed in for an article that the desk has, as its new version if it is another one."""
    article = _article(intake.article_id)
    try:
        text = text_of(text)
    except TextRefused as refused:
        return Outcome(
            status=Status.FAILED, reason="text_refused", words=str(refused.message), article=article
        )
    if not same_story(article.current_version.text, text):
        return _other_story(article, fetched=False)
    edit_from_page(article=article, actor=INTAKE, given=_given(intake, article))
    return _newer(INTAKE, article, text, from_page=False, fetched=False)


def paste_newer(
    *,
    actor: "User",
    article: Article,
    text: str,
    given: dict[str, Any] | None = None,
    makes_good: Intake | None = None,
) -> Article:
    """Take a pasted text as the newer one of an article that the desk has, with what is said of it (`given`, as in
    `Intake.given`). A second click changes nothing.

    It may make good what failed, as with `paste`.
    Raises TextRefused, also for a text that is not that article's.
    """
    demand(actor, Capability.TRIAGE)
    text = text_of(text)
    with acting(actor, "paste newer text"):
        article = _article(article.pk)
        if not same_story(article.current_version.text, text):
            raise TextRefused(_("This is another text than that article's."))
        article = edit_from_page(article=article, actor=actor, given=_of_article(given or {}))
        _newer(actor, article, text, from_page=False, fetched=False)
        settle(article=article, makes_good=makes_good)
        return article


def page_is_there(article: Article) -> None:
    """Its page answers: where it had gone, it is back."""
    with acting(INTAKE, "page there"):
        Article.objects.filter(pk=article.pk).exclude(gone_at=None).update(gone_at=None)


def page_is_gone(article: Article) -> None:
    """Its page stands at its address no more, from now on."""
    with acting(INTAKE, "page gone"):
        Article.objects.filter(pk=article.pk, gone_at=None).update(gone_at=timezone.now())


def _given(intake: Intake, article: Article) -> dict[str, Any]:
    """What somebody says of the article with what was handed in. A program says nothing against what an editor corrected."""
    if intake.via not in BY_PERSON:
        return {}
    given = _of_article(intake.given)
    if intake.via != Intake.Via.API or not article.corrected:
        return given
    by_editor = article.events.filter(pgh_context__metadata__action="edit article").exists()
    columns = {"published": "published_on"}
    return {
        name: value
        for name, value in given.items()
        if not (by_editor and columns.get(name, name) in article.corrected)
    }


def _of_article(given: dict[str, Any]) -> dict[str, Any]:
    names = ("title", "bylines", "language", "published")
    return {name: given[name] for name in names if given.get(name)}


def _article(pk: int) -> Article:
    """The article as it is now, locked."""
    articles = Article.objects.select_related("current_version").select_for_update(no_key=True, of=("self",))
    return articles.get(pk=pk)


def _is_rewritten(article: Article, found: reading.Reading) -> bool:
    """Whether a whole text stands under the article's headline: its words may all be new. What is brief there may be a notice."""
    whole = len(found.text) >= len(article.current_version.text) / 2
    return whole and headlines_agree(article.title, found.title)


def _other_story(article: Article, *, fetched: bool) -> Outcome:
    if fetched:
        page_is_gone(article)
        words = _(
            "Another page stands at its address now. What the desk has of it stays."
            " To bring that page in, take the address from this article first."
        )
        return Outcome(status=Status.GONE, reason="other_page", words=words, article=article)
    words = _("The desk has another text from this address. Correct the address, or hand it in without one.")
    return Outcome(status=Status.FAILED, reason=Intake.OTHER_TEXT, words=words, article=article)


def _newer(
    actor: "User | Job",
    article: Article,
    text: str,
    *,
    from_page: bool,
    fetched: bool,
    paywalled: bool = False,
) -> Outcome:
    before = article.current_version
    # Where claims were not to be looked for in the text before, they are not in this one either.
    read = article.versions.filter(runs__isnull=False).exists()
    version = add_version(
        actor=actor, article=article, text=text, from_page=from_page, paywalled=paywalled, extract=read
    )
    if version is None and fetched:
        return Outcome(status=Status.UNCHANGED, words=_("The text is as it was."), article=article)
    if version is None:
        words = _("The desk has this article.")
        return Outcome(status=Status.KNOWN, reason="known", words=words, article=article)
    carry_over(old=before, new=version)
    if not fetched:
        # What the site shows to strangers would take its place.
        Article.objects.filter(pk=article.pk).update(next_fetch_at=None)
    words = _("The text changed; this is version %(n)s.") % {"n": version.number}
    return Outcome(status=Status.UPDATED, words=words, article=article)
