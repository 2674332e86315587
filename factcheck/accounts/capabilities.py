"""Who may what, decided here and nowhere else.

A role is a bundle of capabilities; a view asks with `requires`, a service with `demand`, a template with `user.may`.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from factcheck.desk.audit import Job
from factcheck.desk.errors import NotAllowed

if TYPE_CHECKING:
    from .models import User


class Capability(models.TextChoices):
    READ = "read", _("read")
    TRIAGE = "triage", _("triage candidates, add and annotate articles")
    VERIFY = "verify", _("verify claims")
    REVIEW = "review", _("review verdicts")
    PUBLISH = "publish", _("publish checks")
    DECIDE = "decide", _("decide disputes, see restricted claims")
    MANAGE = "manage", _("manage sources and data")
    ADMINISTER = "administer", _("administer people and settings")


_editor = [Capability.READ, Capability.TRIAGE, Capability.VERIFY]
_reviewer = [*_editor, Capability.REVIEW]
_head = [*_reviewer, Capability.PUBLISH, Capability.DECIDE]

DEFAULT_ROLES: dict[str, tuple[Any, list[Capability]]] = {
    "viewer": (_("Viewer"), [Capability.READ]),
    "editor": (_("Editor"), _editor),
    "reviewer": (_("Reviewer"), _reviewer),
    "head": (_("Desk head"), _head),
    "admin": (_("Admin"), [*_head, Capability.MANAGE, Capability.ADMINISTER]),
}


def demand(actor: "User | Job", capability: Capability) -> None:
    """Raise NotAllowed unless the actor has the capability. Jobs of the desk itself may do what they were written to do."""
    if not isinstance(actor, Job) and not actor.may(capability):
        raise NotAllowed(_("Your role does not allow you to %(what)s.") % {"what": capability.label})


def requires(capability: Capability) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for people with the capability; the others get a page that says what is missing (403)."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            demand(request.user, capability)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
