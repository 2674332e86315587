"""Writes to API tokens: making one, and ending it."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import acting
from factcheck.desk.errors import NotAllowed, Refused

from .models import Token

if TYPE_CHECKING:
    from factcheck.accounts.models import User

PREFIX = "desk_"
SHOWN = 12  # characters of a token that stay readable, so that one can tell which it is
NOTED_EVERY = timedelta(minutes=1)
# What a program may be given. Verdicts, reviews and people stay with people.
SCOPES = (Capability.READ, Capability.TRIAGE)


def make_token(
    *, actor: "User", name: str, capabilities: list[str], expires_at: datetime | None = None
) -> tuple[Token, str]:
    """A token for one client, and its secret, which nobody can be shown again.

    Raises Refused without a name or a scope, or for an end that has passed; NotAllowed for a scope the maker does not have.
    """
    demand(actor, Capability.ADMINISTER)
    name = " ".join(name.split())
    wanted = [scope for scope in SCOPES if scope in capabilities]
    if not name:
        raise Refused(_("Say which client the token is for."))
    if not wanted or set(capabilities) - set(SCOPES):
        raise Refused(_("Choose what the client may do."))
    if expires_at is not None and expires_at <= timezone.now():
        raise Refused(_("This end has passed already."))
    for scope in wanted:
        if not actor.may(scope):
            raise NotAllowed(_("You cannot give what you do not have yourself."))
    secret = PREFIX + secrets.token_urlsafe(32)
    with acting(actor, "make token"):
        token = Token.objects.create(
            name=name[:100],
            token_hash=hash_of(secret),
            prefix=secret[:SHOWN],
            capabilities=wanted,
            created_by=actor,
            expires_at=expires_at,
        )
    return token, secret


def revoke_token(*, actor: "User", token: Token) -> Token:
    """End a token for good; a second click changes nothing."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "revoke token"):
        Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
        token.refresh_from_db()
        return token


def token_of(secret: str) -> Token | None:
    """The live token that a client shows, None for any other. Notes that it was used, at most once a minute."""
    token = Token.objects.filter(token_hash=hash_of(secret)).first()
    if token is None or not token.is_live:
        return None
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is long and random, so a plain hash holds."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
