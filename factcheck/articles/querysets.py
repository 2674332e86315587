"""Reading articles and the passes over them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from factcheck.sources.domains import spellings

if TYPE_CHECKING:
    from factcheck.accounts.models import User

# What of a version may be as long as its text.
LONG = ("text", "body", "sentences", "quotations", "speakers", "sketch")


def long_of(version: str) -> list[str]:
    """The long columns of a version, by the path that leads to it: a list defers them, or it reads whole articles for its rows."""
    return [f"{version}__{name}" for name in LONG]


class HostBackwards(models.Func):
    """The host of an address from its end, `elpmaxe.dlareh.swen.`: whatever lies below a domain begins with it."""

    template = "reverse('.' || rtrim(substring(lower(%(expressions)s) from '^https?://(?:[^/?#]*@)?([^/?#:]+)'), '.'))"
    output_field = models.TextField()


class ArticleQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The articles a person may see: all of them for everyone who may read."""
        return self if user.may("read") else self.none()

    def with_run(self) -> Self:
        """Each with `run_status`, `run_stage` and `run_progress` of the last extraction of its current version."""
        from .models import ExtractionRun

        last = ExtractionRun.objects.filter(version=OuterRef("current_version")).order_by("-queued_at", "-id")
        return self.annotate(
            run_status=Subquery(last.values("status")[:1]),
            run_stage=Subquery(last.values("stage")[:1]),
            run_progress=Subquery(last.values("progress")[:1]),
        )

    def without_outlet_on(self, domains: Iterable[str]) -> Self:
        """Articles with an address on one of the domains (one at least), or below it, without an outlet, and not by an editor's will."""
        names = [name for domain in domains for name in spellings(domain)]
        on_one = reduce(or_, (Q(host__startswith=f".{name}"[::-1]) for name in names), Q())
        return (
            self.filter(carried_by=None)
            .exclude(corrected__contains=["carried_by"])
            .alias(host=HostBackwards("url"))
            .filter(on_one)
        )

    def matching(self, words: str) -> Self:
        """Articles with the words in title, URL or outlet."""
        return self.filter(
            Q(title__icontains=words) | Q(url__icontains=words) | Q(carried_by__name__icontains=words)
        )


class ExtractionRunQuerySet(models.QuerySet):
    def unfinished(self) -> Self:
        return self.filter(status__in=["queued", "running"])

    def stalled(self) -> Self:
        """Unfinished, and without a sign of life for longer than `EXTRACTION_STALLED_AFTER`."""
        seen = Coalesce("alive_at", "sent_at", "queued_at")
        return self.unfinished().annotate(seen=seen).filter(seen__lt=_stall_limit())

    def to_send_again(self) -> Self:
        """Stalled, and not sent in that time either: a message sent again is given as long as the first."""
        return self.stalled().exclude(sent_at__gte=_stall_limit())


class HeadlineQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Headlines that took the place of another one, and whose figures were not compared with that one's yet."""
        return self.filter(before__isnull=False, compared=False)


def _stall_limit() -> datetime:
    return timezone.now() - timedelta(seconds=settings.EXTRACTION_STALLED_AFTER)
