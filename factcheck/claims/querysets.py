"""Reading claims: who may see which, what waits in the queue, and in which order."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
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
        # The window runs over the candidates' keys alone, so that the list itself keeps its index order.
        place = Window(RowNumber(), partition_by=F("lead_article"), order_by=RANK)
        best = (
            self.model.objects.candidates()
            .annotate(place=place)
            .filter(Q(place__lte=settings.TODAY_PER_ARTICLE) | Q(priority__gt=0))
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
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(quote__icontains=word)
                | Q(wording__icontains=word)
                | Exists(
                    self.model.claimants.rel.related_model.objects.filter(
                        claim=OuterRef("pk"), name__icontains=word
                    )
                )
            )
        return found

    def for_rows(self) -> Self:
        """With what a row of a list shows, in a fixed number of queries."""
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
                models.Prefetch("appearances", Appearance.objects.order_by("id").prefetch_related("figures")),
            )
            .annotate(spread=Subquery(spread))
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
