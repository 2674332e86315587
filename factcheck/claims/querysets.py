"""Reading claims: who may see which, what waits in the queue, and in which order."""

import re
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

if TYPE_CHECKING:
    from factcheck.accounts.models import User

RANK = (F("priority").desc(), F("score").desc(nulls_last=True), F("id").desc())


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The claims a person may see: a restricted one only with those it names, its assignee, and who may decide."""
        if not user.may("read"):
            return self.none()
        if user.may("decide"):
            return self
        named = self.model.people.through.objects.filter(claim=OuterRef("pk"), user=user)
        return self.filter(Q(restricted=False) | Q(assignee=user) | Q(created_by=user) | Exists(named))

    def ranked(self) -> Self:
        """Best first: what a person put first, then the machine's score, then the newest."""
        return self.order_by(*RANK)

    def candidates(self) -> Self:
        return self.filter(state="candidate")

    def today(self) -> Self:
        """The best candidates of the desk: at most `TODAY_PER_ARTICLE` an article, and those a person gave priority."""
        # Walked in the order of the index and stopped at `TODAY_SIZE`, each candidate asking only its own article's index
        # whether enough better ones are there: the cost does not grow with the candidates that wait.
        better = (
            self.model.objects.candidates()
            .annotate(worth=Coalesce("score", -1.0))
            .filter(lead_article=OuterRef("lead_article"))
            .filter(
                Q(priority__gt=0)
                | Q(worth__gt=OuterRef("worth"))
                | Q(worth=OuterRef("worth"), pk__gt=OuterRef("pk"))
            )
        )
        limit = settings.TODAY_PER_ARTICLE
        best = (
            self.model.objects.candidates()
            .annotate(worth=Coalesce("score", -1.0))
            .filter(Q(priority__gt=0) | ~Exists(better[limit - 1 : limit]))
            .order_by(*RANK)
            .values("pk")[: settings.TODAY_SIZE]
        )
        return self.filter(pk__in=best)

    def assigned_to(self, user: "User") -> Self:
        return self.filter(assignee=user, state__in=["candidate", "open", "in_review"])

    def to_review_by(self, user: "User") -> Self:
        """In review, and not written by this person."""
        from .models import Authorship

        mine = Authorship.objects.filter(claim=OuterRef("pk"), user=user, settled_at__isnull=True)
        return self.filter(state="in_review").exclude(Exists(mine))

    def waiting(self) -> Self:
        return self.filter(state="parked")

    def late(self) -> Self:
        return self.filter(
            due_on__lt=timezone.localdate(), state__in=["candidate", "open", "in_review", "parked"]
        )

    def needing_a_look(self) -> Self:
        return self.exclude(needs_look="").exclude(state__in=["dismissed", "merged", "superseded"])

    def verified(self) -> Self:
        """Claims whose checking is done, with their current verdict."""
        return self.filter(state__in=["verified", "published"])

    def matching(self, words: str) -> Self:
        """Claims with all the words in quote, wording or claimant."""
        claimants = self.model.claimants.rel.related_model.objects
        found = self
        for word in words.replace("\0", "").split()[:8]:
            # As a pattern, and not with `icontains`: that one compares in capitals and so passes by the trigram indexes.
            pattern = re.escape(word[:60])
            said = (
                self.model.objects.filter(Q(quote__iregex=pattern) | Q(wording__iregex=pattern))
                .order_by()
                .values("pk")
            )
            by = claimants.filter(name__iregex=pattern).order_by().values("claim_id")
            found = found.filter(pk__in=said.union(by))
        return found

    def like(self, words: str) -> Self:
        """Claims in words like these, most alike first."""
        words = words.replace("\0", "")[:500]
        return (
            self.filter(Q(quote__trigram_similar=words) | Q(wording__trigram_similar=words))
            .annotate(alike=Greatest(TrigramSimilarity("quote", words), TrigramSimilarity("wording", words)))
            .order_by("-alike", "-id")
        )

    def with_rating(self) -> Self:
        """Each with the rating of the verdict that stands: `rating_label` as it read then, `rating_tone`; None without one."""
        standing = self.model.verdicts.rel.related_model.objects.filter(
            claim=OuterRef("pk"), status="approved"
        )
        return self.annotate(
            rating_label=Subquery(standing.values("rating_label")[:1]),
            rating_tone=Subquery(standing.values("rating__tone")[:1]),
        )

    def for_rows(self) -> Self:
        """With what a row of a list shows, in a fixed number of queries and of rows: `first_appearances` (one, with its
        figures), `spread` (in how many articles it stands), claimants, people, and the rating that stands.
        """
        from .models import Appearance

        spread = (
            Appearance.objects.filter(claim=OuterRef("pk"))
            .order_by()
            .values("claim")
            .annotate(n=Count("version__article", distinct=True))
            .values("n")
        )
        return (
            self.select_related(
                "assignee", "lead_article", "lead_article__carried_by", "lead_article__written_by"
            )
            .prefetch_related(
                "claimants",
                models.Prefetch(
                    "appearances",
                    Appearance.objects.order_by("id").prefetch_related("figures")[:1],
                    to_attr="first_appearances",
                ),
            )
            .annotate(spread=Coalesce(Subquery(spread), 0))
            .with_rating()
        )


class AppearanceQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Appearances of claims that the person may see."""
        from .models import Claim

        return self.filter(claim__in=Claim.objects.visible_to(user))

    def standing(self) -> Self:
        """Those of claims that still stand in the text: neither superseded nor merged away."""
        return self.exclude(claim__state__in=["superseded", "merged"])


VIEWS: dict[str, Any] = {
    "today": lambda claims, user: claims.today(),
    "mine": lambda claims, user: claims.assigned_to(user),
    "review": lambda claims, user: claims.to_review_by(user),
    "waiting": lambda claims, user: claims.waiting(),
    "late": lambda claims, user: claims.late(),
    "look": lambda claims, user: claims.needing_a_look(),
    "candidates": lambda claims, user: claims.candidates(),
    "open": lambda claims, user: claims.filter(state="open"),
    "verified": lambda claims, user: claims.verified(),
    "set-aside": lambda claims, user: claims.filter(state__in=["dismissed", "closed", "superseded"]),
    "all": lambda claims, user: claims.exclude(state__in=["merged"]),
}
