"""The verified claims that may leave the desk, with what a row of an export needs, a few at a time."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from factcheck.articles.models import ArticleVersion
from factcheck.claims.models import Appearance, Claim, Claimant
from factcheck.sources.models import Source
from factcheck.verdicts.models import Rating, Verdict

if TYPE_CHECKING:
    from factcheck.accounts.models import User

AT_ONCE = 200

APPROVED = Verdict.Status.APPROVED


def exportable(
    *,
    user: "User",
    q: str = "",
    rating: Rating | None = None,
    claimant: str = "",
    source: Source | None = None,
    since: date | None = None,
    until: date | None = None,
) -> "QuerySet[Claim]":
    """Verified claims that `user` may see, with `verified_at`, newest first; none under embargo, none without its rating.

    `since` and `until` are days of the desk's time zone, both included; `source` said or published it.
    """
    current = Verdict.objects.filter(claim=OuterRef("pk"), status=APPROVED)
    claims = (
        Claim.objects.visible_to(user)
        .verified()
        .exclude(embargo_until__gt=timezone.now())
        .annotate(verified_at=Subquery(current.values("review__at")[:1]))
        .filter(verified_at__isnull=False)
    )
    if q:
        claims = claims.matching(q)
    if rating is not None:
        claims = claims.filter(pk__in=_with(Verdict.objects.filter(status=APPROVED, rating=rating)))
    if claimant:
        claims = claims.filter(pk__in=_with(Claimant.objects.filter(name__icontains=claimant)))
    if source is not None:
        carried = Q(version__article__carried_by=source) | Q(version__article__written_by=source)
        claims = claims.filter(
            Q(pk__in=_with(Claimant.objects.filter(source=source)))
            | Q(pk__in=_with(Appearance.objects.filter(carried)))
        )
    if since:
        claims = claims.filter(verified_at__date__gte=since)
    if until:
        claims = claims.filter(verified_at__date__lte=until)
    return claims.order_by("-verified_at", "-pk")


def with_verdict(claims: "QuerySet[Claim]") -> "QuerySet[Claim]":
    """With the current verdict as `current` (a list of one), its rating and its reviewer."""
    current = Verdict.objects.filter(status=APPROVED).select_related("rating", "review__reviewer")
    return claims.prefetch_related(Prefetch("verdicts", current, to_attr="current"))


def rows(claims: "QuerySet[Claim]") -> Iterator[Claim]:
    """The claims one by one from a cursor of the database's, with verdict, claimants and articles for `AT_ONCE` at a time."""
    versions = ArticleVersion.objects.select_related("article").only(
        "speakers", "article__url", "article__title", "article__medium", "article__published_on",
        "article__published_at",
    )  # fmt: skip
    appearances = Appearance.objects.order_by("pk").only("claim", "version", "speaker_name")
    claims = with_verdict(claims).prefetch_related(
        Prefetch("claimants", Claimant.objects.select_related("source").order_by("pk")),
        Prefetch("appearances", appearances.prefetch_related(Prefetch("version", versions))),
    )
    for claim in claims.iterator(chunk_size=AT_ONCE):
        # Between the cursor's snapshot and this chunk's verdicts the claim may have been reopened and rated anew.
        if claim.current:
            yield claim


def articles_of(claim: Claim) -> list[Any]:
    """The articles a claim of `rows` stands in, each once, the oldest first; those without a date last."""
    articles = {a.version.article.pk: a.version.article for a in claim.appearances.all()}
    return sorted(articles.values(), key=lambda a: (a.published_on or date.max, a.pk))


def _with(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.values("claim")
