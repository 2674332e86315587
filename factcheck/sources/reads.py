"""What a list of sources and a source's own page show: counts of what was checked, never a score."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.verdicts.models import Verdict

from .models import Source

if TYPE_CHECKING:
    from factcheck.accounts.models import User

State = Claim.State
# The claims that the desk chose to check, whether it is through with them or not.
CHOSEN = (State.OPEN, State.IN_REVIEW, State.VERIFIED, State.PUBLISHED, State.CLOSED)


def with_counts(sources: "QuerySet[Source]", user: "User") -> "QuerySet[Source]":
    """Each with `article_count`, `claim_count` and `feed_count`: articles it carried or wrote, claims it is checked for, that
    `user` may see.
    """
    published = Article.objects.visible_to(user).filter(
        Q(carried_by=OuterRef("pk")) | Q(written_by=OuterRef("pk"))
    )
    said = Claim.objects.visible_to(user).filter(state__in=CHOSEN, claimants__source=OuterRef("pk"))
    feeds = Source.feeds.rel.related_model.objects.filter(source=OuterRef("pk"))
    return sources.annotate(
        article_count=_count(published), claim_count=_count(said), feed_count=_count(feeds)
    )


def narrowed(sources: "QuerySet[Source]", asked: dict[str, str]) -> "QuerySet[Source]":
    """Those that fit what SourceFilter was asked for: q, kind, reliability, feeds."""
    if asked["q"]:
        sources = sources.matching(asked["q"])
    if asked["kind"]:
        sources = sources.filter(kind=asked["kind"])
    if asked["reliability"]:
        sources = sources.filter(reliability="" if asked["reliability"] == "none" else asked["reliability"])
    if asked["feeds"]:
        with_feeds = Exists(Source.feeds.rel.related_model.objects.filter(source=OuterRef("pk")))
        sources = sources.filter(with_feeds if asked["feeds"] == "yes" else ~with_feeds)
    return sources


def in_order(sources: "QuerySet[Source]", sort: str) -> "QuerySet[Source]":
    """Sorted as SourceFilter names it; `articles` and `claims` need the counts of `with_counts`."""
    first = {"articles": ["-article_count"], "claims": ["-claim_count"], "newest": ["-created_at"]}
    return sources.order_by(*first.get(sort, []), Lower("name"), "pk")


def articles_of(source: Source, user: "User") -> dict[str, "QuerySet[Article]"]:
    """The articles it `carried`, and those `written` by it that others carried or nobody, newest first."""
    articles = (
        Article.objects.visible_to(user)
        .select_related("carried_by", "written_by")
        .order_by(F("published_on").desc(nulls_last=True), "-id")
    )
    return {
        "carried": articles.filter(carried_by=source),
        "written": articles.filter(written_by=source).exclude(carried_by=source),
    }


def claims_of(source: Source, user: "User") -> "QuerySet[Claim]":
    """The claims the desk chose to check it for, newest first, each with the rating of its current verdict if it has one."""
    current = Verdict.objects.filter(
        claim=OuterRef("pk"), status=Verdict.Status.APPROVED, claim__state__in=["verified", "published"]
    )
    return (
        Claim.objects.visible_to(user)
        .filter(state__in=CHOSEN, pk__in=Claim.objects.filter(claimants__source=source).values("pk"))
        .annotate(
            rating_label=Subquery(current.values("rating_label")[:1]),
            rating_tone=Subquery(current.values("rating__tone")[:1]),
        )
        .order_by("-state_at", "-id")
    )


def ratings_of(source: Source, user: "User") -> dict[str, Any]:
    """How the claims it was checked for were rated: `chosen`, `rated`, and `ratings` best first with label, tone and n."""
    chosen = claims_of(source, user).order_by()
    ratings = (
        Verdict.objects.filter(
            status=Verdict.Status.APPROVED,
            claim__in=chosen.filter(state__in=["verified", "published"]).values("pk"),
        )
        .values("rating_label", tone=F("rating__tone"))
        .annotate(n=Count("pk"), place=Coalesce("rating__position", 0))
        .order_by("place", "rating_label")
    )
    ratings = list(ratings)
    return {
        "chosen": chosen.count(),
        "rated": sum(row["n"] for row in ratings),
        "ratings": ratings,
    }


def _count(rows: "QuerySet[Any]") -> Coalesce:
    """How many different rows a sub-query has, 0 for none."""
    counted = (
        rows.order_by()
        .annotate(together=Value(1))
        .values("together")
        .annotate(n=Count("pk", distinct=True))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
