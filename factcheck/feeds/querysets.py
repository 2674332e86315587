"""Reading feeds."""

from typing import TYPE_CHECKING, Self

from django.db import models
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
