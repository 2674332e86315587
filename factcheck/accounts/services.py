"""Writes to people: making accounts, roles, who may sign in, and their sessions."""

import logging
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from factcheck.desk.audit import acting
from factcheck.desk.errors import AlreadyThere, Refused

from .capabilities import Capability, demand
from .models import Invitation, Role, Session, User

if TYPE_CHECKING:
    from factcheck.desk.audit import Job

RESET_VOID = _("This link does not work any more. Ask an admin of the desk for a new one.")

log = logging.getLogger("factcheck.accounts")


def create_person(
    *,
    actor: "User | Job",
    username: str,
    password: str,
    role_key: str,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    is_demo: bool = False,
) -> User:
    """Make an account that can sign in at once. Raises AlreadyThere for a taken name, ValidationError for a weak password."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "add person"):
        made = User(
            username=username.strip(),
            first_name=first_name.strip(),
            last_name=last_name.strip(),
            email=email.strip(),
            role=Role.objects.get(key=role_key),
            is_demo=is_demo,
        )
        return save_new(made, password)


def save_new(person: User, password: str) -> User:
    """Store a new account within the caller's transaction. Names that differ by case only are one name."""
    if taken := User.objects.filter(username__iexact=person.username).first():
        raise AlreadyThere(taken, _("Somebody signs in with this name already. Choose another."))
    validate_password(password, person)
    person.set_password(password)
    person.full_clean(exclude=["role"], validate_unique=False)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        taken = User.objects.get(username=person.username)
        raise AlreadyThere(taken, _("Somebody signs in with this name already. Choose another.")) from error
    return person


def edit_person(*, actor: User, person: User, first_name: str, last_name: str, email: str) -> User:
    """Correct somebody's name or address. Raises AlreadyThere when the address is somebody else's."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "edit person"):
        if email and (other := User.objects.filter(email__iexact=email).exclude(pk=person.pk).first()):
            raise AlreadyThere(other, _("%(name)s has this e-mail address.") % {"name": other})
        person.first_name, person.last_name, person.email = first_name, last_name, email
        person.full_clean(exclude=["role", "password"])
        person.save(update_fields=["first_name", "last_name", "email"])
        return person


def save_settings(*, actor: User, first_name: str, last_name: str, theme: str, shortcuts: bool) -> User:
    """Somebody's own name and how the desk looks and listens to them."""
    with acting(actor, "own settings"):
        actor.first_name, actor.last_name = first_name.strip(), last_name.strip()
        actor.theme, actor.shortcuts = theme, shortcuts
        actor.full_clean(exclude=["role", "password"])
        actor.save(update_fields=["first_name", "last_name", "theme", "shortcuts"])
        return actor


def change_role(*, actor: User, person: User, role: Role) -> User:
    """Give somebody another role. Raises Refused where nobody would be left to administer the desk."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "change role"):
        person = _lock(person)
        if person.role_id != role.pk:
            person.role = role
            person.save(update_fields=["role"])
            _demand_an_admin()
        return person


def deactivate(*, actor: User, person: User) -> User:
    """Keep somebody out from now on and end their sessions; what they wrote stays theirs. Raises Refused."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "deactivate"):
        person = _lock(person)
        if person.pk == actor.pk:
            raise Refused(_("You cannot deactivate yourself. Another admin can."))
        if person.is_active:
            person.is_active = False
            person.save(update_fields=["is_active"])
            _demand_an_admin()
        Session.objects.filter(user=person).delete()
        return person


def reactivate(*, actor: User, person: User) -> User:
    """Let somebody sign in again, with the password and role they had."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "reactivate"):
        person = _lock(person)
        if not person.is_active:
            person.is_active = True
            person.save(update_fields=["is_active"])
        return person


def edit_role(*, actor: User, role: Role, **changes: Any) -> Role:
    """Change a role's name, order or what it allows. Raises Refused where nobody would be left to administer the desk."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "edit role"):
        _lock_roles()
        role = Role.objects.get(pk=role.pk)
        for name, value in changes.items():
            setattr(role, name, value)
        role.full_clean()
        role.save()
        _demand_an_admin()
        return role


def add_role(*, actor: User, key: str, name: str, capabilities: list[str], position: int = 0) -> Role:
    """A new bundle of capabilities."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "add role"):
        role = Role(key=key, name=name, capabilities=capabilities, position=position)
        role.full_clean()
        role.save()
        return role


def delete_role(*, actor: User, role: Role) -> None:
    """Remove a role that nobody has. Raises Refused otherwise."""
    demand(actor, Capability.ADMINISTER)
    with acting(actor, "delete role"):
        _lock_roles()
        if role.users.exists() or Invitation.objects.waiting().filter(role=role).exists():
            raise Refused(_("Somebody has this role, or is invited with it. Give them another first."))
        role.delete()


def reset_token(*, actor: User, person: User) -> dict[str, str]:
    """What a link for a new password carries, as `who` and `token`; it works once, for PASSWORD_RESET_TIMEOUT seconds.

    Nothing of it is stored: the token is signed over the present password and last sign-in. Raises Refused for a deactivated
    person.
    """
    demand(actor, Capability.ADMINISTER)
    if not person.is_active:
        raise Refused(_("%(name)s is deactivated. Reactivate them first.") % {"name": person})
    log.info("password reset link", extra={"actor": actor.pk, "person": person.pk})
    return {
        "who": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }


def reset_works(*, person: User, token: str) -> bool:
    """Whether a reset link still sets this person's password."""
    return person.is_active and default_token_generator.check_token(person, token)


def set_password(*, person: User, token: str, password: str) -> User:
    """Use a reset link: set the password and end all sessions. Raises Refused when the link does not work any more."""
    with acting(person, "reset password"):
        person = _lock(person)
        if not reset_works(person=person, token=token):
            raise Refused(RESET_VOID)
        validate_password(password, person)
        person.set_password(password)
        person.save(update_fields=["password"])
        Session.objects.filter(user=person).delete()
        return person


def change_password(*, actor: User, password: str) -> User:
    """Set one's own password, the old one having been checked. The caller keeps its session and ends the others."""
    with acting(actor, "change password"):
        validate_password(password, actor)
        actor.set_password(password)
        actor.save(update_fields=["password"])
        return actor


def end_sessions(*, actor: User, person: User, keep: str | None = None, only: str | None = None) -> int:
    """End somebody's sessions and return how many: all, all but the one with the key `keep`, or `only` that one.

    One's own, or with the right to administer anybody's.
    """
    if actor.pk != person.pk:
        demand(actor, Capability.ADMINISTER)
    with acting(actor, "end sessions"):
        sessions = Session.objects.filter(user=person)
        if keep is not None:
            sessions = sessions.exclude(session_key=keep)
        if only is not None:
            sessions = sessions.filter(session_key=only)
        return sessions.delete()[0]


def _lock_roles() -> None:
    """Whoever changes who may administer waits here, so that two admins cannot remove each other at once."""
    list(Role.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _lock(person: User) -> User:
    _lock_roles()
    return User.objects.select_for_update(no_key=True, of=("self",)).select_related("role").get(pk=person.pk)


def _demand_an_admin() -> None:
    if not User.objects.with_capability(Capability.ADMINISTER).exists():
        raise Refused(_("Nobody would be left to administer the desk. Make somebody else an admin first."))
