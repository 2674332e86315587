"""People, their roles, their sessions, and the invitations that bring them in."""

import pghistory
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .capabilities import Capability
from .permissions import opens
from .querysets import InvitationQuerySet, PeopleManager


@pghistory.track()
class Role(models.Model):
    """A named bundle of capabilities; an admin may change what is in it."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    capabilities = ArrayField(
        models.CharField(max_length=20, choices=Capability), default=list, blank=True, verbose_name=_("may")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    fields=["username", "first_name", "last_name", "email", "role", "is_active", "is_superuser"],
    model_name="UserEvent",
)
class User(AbstractUser):
    """Somebody who signs in."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("as the device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, related_name="users", verbose_name=_("role")
    )
    shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = PeopleManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def may(self, capability: str) -> bool:
        """Whether this person has the capability now; a deactivated one has none."""
        if not self.is_active:
            return False
        return self.is_superuser or (self.role is not None and capability in self.role.capabilities)

    @property
    def can(self) -> dict[str, bool]:
        """The capabilities by name, for templates: `user.can.triage`."""
        return {capability.value: self.may(capability) for capability in Capability}

    @property
    def opens_admin(self) -> bool:
        """Whether this person has anything to do in the administration."""
        return self.may(Capability.MANAGE) or self.may(Capability.ADMINISTER)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's permissions follow from the capabilities; nobody is given any by themselves."""
        return opens(self, perm)

    def has_module_perms(self, app_label: str) -> bool:
        return self.opens_admin


class Session(AbstractBaseSession):
    """A signed-in browser, with whose it is, so that it can be listed and ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls) -> type:
        from .sessions import SessionStore

        return SessionStore


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """A link that lets one person make their account; only the hash of its token is kept."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.ForeignKey(Role, on_delete=models.CASCADE, verbose_name=_("role"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations_sent")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_by = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, related_name="invitation")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.email

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
