"""Programs that talk to the desk: their tokens, and what each may do."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability


@pghistory.track(exclude=["token_hash", "last_used_at"])
class Token(models.Model):
    """One client's key: shown once, kept as a hash, revocable. Its capabilities are its scopes."""

    name = models.CharField(_("client"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    capabilities = ArrayField(
        models.CharField(max_length=20, choices=Capability), default=list, verbose_name=_("may")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
            models.CheckConstraint(condition=~Q(capabilities=[]), name="token_may_something"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())

    def may(self, capability: str) -> bool:
        """Whether this client has the capability now; a revoked or ended token has none."""
        return self.is_live and capability in self.capabilities
