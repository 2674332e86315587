"""Taking the demonstration away again: exactly what it brought, with its history."""

from typing import Any

from django.db import models
from django.db.models import ProtectedError

from factcheck.accounts.capabilities import Capability, demand
from factcheck.accounts.models import User
from factcheck.articles.models import Annotation, Article
from factcheck.claims.models import Appearance, Claim, Claimant, SeenBy
from factcheck.desk.audit import acting
from factcheck.feeds.models import Feed
from factcheck.figures.models import Figure
from factcheck.sources.models import Source, SourceAlias, SourceDomain
from factcheck.verdicts.models import Evidence, Exhibit, Review, Verdict, VerdictDraft

from .models import Loading


def remove(*, actor: Any) -> dict[str, int]:
    """Delete the demonstration's claims, articles, exhibits, sources and people. Returns how many of each.

    What a person made stays: a demonstration source that a real article uses, somebody who worked on a real claim (deactivated).
    """
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "remove demonstration"):
        claims = Claim.objects.filter(is_demo=True)
        articles = Article.objects.filter(is_demo=True)
        counts = {"claims": claims.exclude(state=Claim.State.MERGED).count(), "articles": articles.count()}
        _let_go_of_merged()
        gone = _tracked_rows(claims, articles)
        claims.filter(merged_into__isnull=False).delete()
        claims.delete()
        articles.delete()
        feeds = Feed.objects.filter(is_demo=True)
        gone.append((Feed, list(feeds.values_list("pk", flat=True))))
        feeds.delete()
        exhibits = Exhibit.objects.filter(is_demo=True, uses=None)
        gone.append((Exhibit, list(exhibits.values_list("pk", flat=True))))
        counts["exhibits"] = exhibits.delete()[0]
        counts["sources"] = _remove_unused(Source.objects.filter(is_demo=True), gone)
        counts["people"] = _remove_people()
        for model, keys in gone:
            model.pgh_event_model.objects.filter(pgh_obj_id__in=keys).delete()
        Loading.objects.all().delete()
    return counts


def _let_go_of_merged() -> None:
    """A real claim that was merged into a demonstration's is a candidate again."""
    Claim.objects.filter(is_demo=False, merged_into__is_demo=True).update(
        state=Claim.State.CANDIDATE, merged_into=None
    )


def _tracked_rows(
    claims: models.QuerySet[Claim], articles: models.QuerySet[Article]
) -> list[tuple[type[models.Model], list[int]]]:
    rows = [
        (Claim, claims),
        (Article, articles),
        (
            Appearance,
            Appearance.objects.filter(claim__in=claims)
            | Appearance.objects.filter(version__article__in=articles),
        ),
        (Claimant, Claimant.objects.filter(claim__in=claims)),
        (SeenBy, SeenBy.objects.filter(claim__in=claims)),
        (
            Figure,
            Figure.objects.filter(version__article__in=articles)
            | Figure.objects.filter(headline__article__in=articles),
        ),
        (Annotation, Annotation.objects.filter(version__article__in=articles)),
        (Evidence, Evidence.objects.filter(claim__in=claims)),
        (VerdictDraft, VerdictDraft.objects.filter(claim__in=claims)),
        (Verdict, Verdict.objects.filter(claim__in=claims)),
        (Review, Review.objects.filter(verdict__claim__in=claims)),
    ]
    return [(model, list(found.values_list("pk", flat=True))) for model, found in rows]


def _remove_unused(sources: models.QuerySet[Source], gone: list[tuple[type[models.Model], list[int]]]) -> int:
    """Children before parents, so as often round as families are deep; what real rows use stays."""
    removed: list[int] = []
    while True:
        leaves = list(sources.filter(children=None, carried=None, written=None, claimed=None, exhibits=None))
        if not leaves:
            break
        keys = [source.pk for source in leaves]
        gone.append(
            (SourceAlias, list(SourceAlias.objects.filter(source__in=keys).values_list("pk", flat=True)))
        )
        gone.append(
            (SourceDomain, list(SourceDomain.objects.filter(source__in=keys).values_list("pk", flat=True)))
        )
        Source.objects.filter(pk__in=keys).delete()
        removed += keys
    gone.append((Source, removed))
    return len(removed)


def _remove_people() -> int:
    removed = 0
    for user in User.objects.filter(is_demo=True):
        try:
            user.delete()
            removed += 1
        except ProtectedError:
            User.objects.filter(pk=user.pk).update(is_active=False)
    return removed
