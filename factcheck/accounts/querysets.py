"""Reading people and invitations."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone

if TYPE_CHECKING:
    from .models import User


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The people a person may see: colleagues see each other."""
        return self if user.may("read") else self.none()

    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_capability(self, capability: str) -> Self:
        """Active people who may do it now, through their role or as superusers."""
        return self.active().filter(Q(is_superuser=True) | Q(role__capabilities__contains=[capability]))

    def for_list(self) -> Self:
        """With role and when they were last here, those who may sign in first."""
        return (
            self.select_related("role")
            .annotate(seen_at=Max("sessions__seen_at"))
            .order_by("-is_active", "first_name", "last_name", "username")
        )


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    """These reads on top of what Django's own manager of people does."""

    use_in_migrations = False


class InvitationQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Neither accepted nor withdrawn; expired ones wait to be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def standing(self) -> Self:
        """Those whose link still works."""
        return self.waiting().filter(expires_at__gt=timezone.now())

    def to(self, email: str) -> Self:
        return self.filter(email__iexact=email)
