"""One story carried by several outlets: its claims are joined, so that each is decided and counted once.

The same words are one claim as long as they mean the same time: "last month" read against two dates with a month's end between
them is two claims, and so are copies that carry them.
"""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Subquery

from factcheck.articles.copies import SPAN, are_near, family
from factcheck.articles.models import Article
from factcheck.claims.models import Appearance, Claim, Claimant
from factcheck.desk.audit import Job
from factcheck.desk.revisions import save_revision
from factcheck.figures.models import Figure

from .steps import take_step

_WORDS = re.compile(r"\w+")


def lock_family(article: Article) -> None:
    """Let one run at a time store what it found in an article and its copies, so that none misses what another stores."""
    rows = Article.objects.filter(pk__in=family(article)).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


class CarriedClaims:
    """The claims in the current texts of an article's copies, whatever became of them there."""

    def __init__(self, article: Article) -> None:
        others = [pk for pk in family(article) if pk != article.pk]
        self._places: dict[str, list[Appearance]] = {}
        for place in _places_in(others) if others else ():
            self._places.setdefault(words_of(place.exact), []).append(place)

    def same_as(self, quote: str, figures: Iterable[Figure]) -> Claim | None:
        """The claim that says the same as a quote with its figures as the machine read them; the oldest of several."""
        periods = _periods(figures)
        for place in self._places.get(words_of(quote), ()):
            if not _apart(periods, _periods(place.figures.all())):
                return place.claim.merged_into or place.claim
        return None


def join(*, actor: Job, claim: Claim, twin: Claim, standing: list[Appearance]) -> None:
    """A bare candidate of an article that turned out to be a copy becomes one with the claim of the same words in the other.

    `standing` are the places in that article's text, which are told. What a person worked on stays as it is.
    """
    if claim.state != Claim.State.CANDIDATE or claim.touched or not claim.found_by_machine:
        return
    if twin.pk in {claim.pk, *(place.claim_id for place in standing)}:
        return
    Appearance.objects.filter(claim=claim).update(claim=twin)
    take_step(claim=claim, actor=actor, action="merge", state=Claim.State.MERGED, merged_into_id=twin.pk)
    for place in standing:
        if place.claim_id == claim.pk:
            place.claim = twin


def unlink_far(article: Article) -> None:
    """Take back the links that an article's date forbids, now that it is known or another. The caller holds `lock_family`."""
    far = [article] if article.copy_of and not are_near(article, article.copy_of) else []
    far += [copy for copy in article.copies.order_by("pk") if not are_near(copy, article)]
    for copy in far:
        save_revision(copy, revision=None, copy_of=None)
        split_off(copy)


def split_off(article: Article) -> None:
    """Give an article that is no copy any more claims of its own for those it shares, in the caller's transaction.

    Only for bare candidates: what a person worked on stays one claim with all of its places.
    """
    places = Appearance.objects.filter(claim=OuterRef("pk"))
    shared = Claim.objects.filter(
        Exists(places.filter(version__article=article)),
        Exists(places.exclude(version__article=article)),
        state=Claim.State.CANDIDATE,
        touched=False,
        found_by_machine=True,
    )
    for claim in shared.order_by("pk").select_for_update(of=("self",)):
        here = claim.appearances.filter(version__article=article)
        first = here.order_by("-version__number", "start").first()
        own = Claim.objects.create(
            quote=first.exact,
            kind=claim.kind,
            score=first.score,
            reasons=first.reasons,
            lead_article=article,
            found_by_machine=True,
            is_demo=claim.is_demo,
        )
        if first.speaker_name:
            Claimant.objects.create(claim=own, name=first.speaker_name, role=first.speaker_role)
        here.update(claim=own)
        if claim.lead_article_id == article.pk:
            other = claim.appearances.order_by("pk").values("version__article")[:1]
            Claim.objects.filter(pk=claim.pk).update(lead_article=Subquery(other))


def words_of(quote: str) -> str:
    """A quote without what outlets change in passing: case, marks, white space."""
    return " ".join(_WORDS.findall(quote.casefold()))


def _places_in(articles: list[int]) -> Iterable[Appearance]:
    return (
        Appearance.objects.filter(
            version__in=Article.objects.filter(pk__in=articles).values("current_version")
        )
        .exclude(claim__state=Claim.State.SUPERSEDED)
        .select_related("claim__merged_into")
        .prefetch_related(Prefetch("figures", Figure.objects.in_use().only("text", "machine_reading")))
        .order_by("pk")
    )


def _periods(figures: Iterable[Figure]) -> dict[str, tuple[date | None, ...]]:
    """When each figure is of, by its words: what an editor set on one copy says nothing of how the other was read."""
    return {
        figure.text: tuple(
            date.fromisoformat(day) if (day := figure.machine_reading.get(end)) else None
            for end in ("period_from", "period_to")
        )
        for figure in figures
    }


def _apart(one: dict[str, tuple[date | None, ...]], other: dict[str, tuple[date | None, ...]]) -> bool:
    """Whether a figure of the same words is of another time: further off than a copy may be from its original."""
    return any(
        ours and theirs and abs((ours - theirs).days) > SPAN
        for text in one.keys() & other.keys()
        for ours, theirs in zip(one[text], other[text], strict=True)
    )
