"""Invitations: a link brings one person in, once. The token is only ever in the link; the database has its hash."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.desk.audit import Job, acting
from factcheck.desk.errors import AlreadyThere, Refused

from .capabilities import Capability, demand
from .models import Invitation, Role, User
from .services import save_new

UNKNOWN = _("The desk does not know this link. Copy it whole; if a newer one was sent to you, use that.")
ACCEPTED = _("This invitation was used already. Sign in with the name you chose.")
WITHDRAWN = _("This invitation was withdrawn. Ask for a new one.")
EXPIRED = _("This invitation is too old. Ask for a new one.")


def invite(*, actor: User, email: str, role: Role, name: str = "") -> tuple[Invitation, str]:
    """An invitation and its token, which is not kept. Raises AlreadyThere for somebody who is here, or invited, already."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "invite"):
        email = email.strip()
        _one_at_a_time(email)
        if person := User.objects.filter(email__iexact=email).first():
            raise AlreadyThere(person, _("%(name)s has this e-mail address.") % {"name": person})
        if waiting := Invitation.objects.waiting().to(email).first():
            raise AlreadyThere(
                waiting, _("This address is invited already; send that invitation again below.")
            )
        token, token_hash = _new_token()
        invitation = Invitation(
            email=email,
            name=name.strip(),
            role=role,
            token_hash=token_hash,
            invited_by=actor,
            expires_at=_expiry(),
        )
        invitation.full_clean(exclude=["accepted_by", "accepted_at", "withdrawn_at"])
        invitation.save()
        return invitation, token


def resend(*, actor: User, invitation: Invitation) -> tuple[Invitation, str]:
    """A new link for a waiting invitation; the old one stops working. Raises Refused when it was used or withdrawn."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "resend invitation"):
        invitation = _lock_waiting(invitation)
        token, invitation.token_hash = _new_token()
        invitation.expires_at = _expiry()
        invitation.save(update_fields=["token_hash", "expires_at"])
        return invitation, token


def withdraw(*, actor: User, invitation: Invitation) -> Invitation:
    """Make the link useless. Raises Refused when it was used already."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "withdraw invitation"):
        invitation = _lock_waiting(invitation)
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        return invitation


def find(token: str) -> Invitation:
    """The invitation that a link's token opens. Raises Refused, saying why, when it opens none any more.

    The look-up goes by the token's SHA-256, so its time tells nothing about tokens that exist.
    """
    invitation = (
        Invitation.objects.select_related("role", "invited_by").filter(token_hash=_hash(token)).first()
    )
    if invitation is None or not secrets.compare_digest(invitation.token_hash, _hash(token)):
        raise Refused(UNKNOWN)
    if invitation.accepted_at is not None:
        raise Refused(ACCEPTED)
    if invitation.withdrawn_at is not None:
        raise Refused(WITHDRAWN)
    if invitation.is_expired:
        raise Refused(EXPIRED)
    return invitation


def accept(*, token: str, username: str, password: str, first_name: str = "", last_name: str = "") -> User:
    """Make the invited person's account. Two clicks make one. Raises Refused, AlreadyThere (name taken), ValidationError."""
    found = find(token)
    with acting(Job("invitation"), "accept invitation"):
        Invitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
        invitation = find(token)
        person = save_new(
            User(
                username=username.strip(),
                first_name=first_name.strip(),
                last_name=last_name.strip(),
                email=invitation.email,
                role=invitation.role,
            ),
            password,
        )
        invitation.accepted_by, invitation.accepted_at = person, timezone.now()
        invitation.save(update_fields=["accepted_by", "accepted_at"])
        return person


def _new_token() -> tuple[str, str]:
    token = secrets.token_urlsafe(32)
    return token, _hash(token)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _expiry() -> "timezone.datetime":
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


def _lock_waiting(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.waiting().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if locked is None:
        raise Refused(_("This invitation was used or withdrawn already."))
    return locked


def _one_at_a_time(email: str) -> None:
    """A second click waits here until the first invitation is stored, and then finds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [email.lower()])
