"""Letters with links. Where no mail server is set up, or it does not answer, the admin hands the link over."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from .models import Invitation, User

log = logging.getLogger("factcheck.accounts")


def is_set_up() -> bool:
    """Whether the desk has a mail server to send by."""
    return bool(settings.EMAIL_HOST)


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Send the link to the invited person; False when no mail went out."""
    words = {"who": invitation.invited_by, "desk": settings.DESK_NAME, "link": link}
    body = _(
        "%(who)s invites you to %(desk)s.\n\nOpen this link to choose a name and a password:\n\n%(link)s\n\n"
        "It works once. If you did not expect it, ignore this letter."
    )
    return _send(invitation.email, _("Your invitation to %(desk)s"), body, words)


def send_reset_link(person: User, link: str) -> bool:
    """Send the link for a new password; False when no mail went out."""
    body = _(
        "An admin of %(desk)s made this link for you to choose a new password:\n\n%(link)s\n\n"
        "It works once and for a day. If you did not ask for it, tell the desk."
    )
    return _send(
        person.email, _("A new password for %(desk)s"), body, {"desk": settings.DESK_NAME, "link": link}
    )


def _send(to: str, subject: str, body: str, words: dict[str, object]) -> bool:
    if not is_set_up():
        return False
    try:
        sent = send_mail(subject % words, body % words, settings.DEFAULT_FROM_EMAIL, [to])
    except (SMTPException, OSError) as error:
        log.warning("mail not sent", extra={"reason": type(error).__name__})
        return False
    return bool(sent)
