"""Reading feeds."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

if TYPE_CHECKING:
    from factcheck.accounts.models import User


class FeedQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The feeds a person may see: all of them for everyone who may read."""
        return self if user.may("read") else self.none()

    def due(self) -> Self:
        """Switched on, and their time has come; the longest overdue first."""
        return self.filter(is_on=True, next_poll_at__lte=timezone.now()).order_by("next_poll_at", "pk")


class LookupQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Lists of homepages, for those who manage sources."""
        return self if user.may("manage") else self.none()

    def with_counts(self) -> Self:
        """Each with `sites`, and how many of them were `added`."""
        return self.annotate(sites=Count("rows"), added=Count("rows", filter=Q(rows__status="added")))


class LookupRowQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The rows of the lists that a person may see."""
        return self if user.may("manage") else self.none()

    def under_way(self) -> Self:
        return self.filter(status__in=self.model.UNDER_WAY)

    def to_send_again(self) -> Self:
        """Due, and without a sign of life for longer than `INTAKE_STALLED_AFTER`: lost with the broker, or with a worker."""
        now = timezone.now()
        limit = now - timedelta(seconds=settings.INTAKE_STALLED_AFTER)
        seen = Coalesce("alive_at", "sent_at", "lookup__asked_at")
        silent = self.under_way().annotate(seen=seen).filter(Q(sent_at=None) | Q(sent_at__lt=limit))
        return silent.filter(Q(next_try_at__lte=now) | Q(next_try_at=None, seen__lt=limit))
