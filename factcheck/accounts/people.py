"""The people of the desk, for those who administer it. Links are shown once, in the answer that made them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.desk.errors import Refused

from . import invitations, mail, services
from .capabilities import Capability, requires
from .forms import InviteForm, RoleForm
from .models import Invitation, Role, User

administers = requires(Capability.ADMINISTER)


@require_safe
@administers
def index(request: HttpRequest) -> HttpResponse:
    """Who is here with what role, and who is invited."""
    return _page(request)


@require_POST
@administers
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is in the answer, and in a mail where mail is set up."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invitation, token = invitations.invite(actor=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error("email", str(error.message))
        else:
            return _show_invitation(request, invitation, token)
    return _page(request, form=form, status=422)


@require_POST
@administers
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link in place of the old one."""
    try:
        invitation, token = invitations.resend(
            actor=request.user, invitation=get_object_or_404(Invitation, pk=pk)
        )
    except Refused as error:
        return _back(request, error)
    return _show_invitation(request, invitation, token)


@require_POST
@administers
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an invitation's link useless."""
    try:
        invitation = invitations.withdraw(actor=request.user, invitation=get_object_or_404(Invitation, pk=pk))
    except Refused as error:
        return _back(request, error)
    messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("accounts:people")


@require_POST
@administers
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody another role."""
    person = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That role is not there any more. Choose another."))
        return redirect("accounts:people")
    try:
        person = services.change_role(actor=request.user, person=person, role=form.cleaned_data["role"])
    except Refused as error:
        return _back(request, error)
    messages.success(request, _("%(name)s is now: %(role)s.") % {"name": person, "role": person.role})
    return redirect("accounts:people" if request.user.pk != person.pk else "accounts:me")


@require_POST
@administers
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep somebody out; their work stays."""
    try:
        person = services.deactivate(actor=request.user, person=get_object_or_404(User, pk=pk))
    except Refused as error:
        return _back(request, error)
    messages.success(request, _("%(name)s is deactivated and signed out everywhere.") % {"name": person})
    return redirect("accounts:people")


@require_POST
@administers
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in again."""
    person = services.reactivate(actor=request.user, person=get_object_or_404(User, pk=pk))
    messages.success(request, _("%(name)s can sign in again.") % {"name": person})
    return redirect("accounts:people")


@require_POST
@administers
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign somebody out of every browser."""
    person = get_object_or_404(User, pk=pk)
    keep = request.session.session_key if person.pk == request.user.pk else None
    services.end_sessions(actor=request.user, person=person, keep=keep)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": person})
    return redirect("accounts:people")


@require_POST
@administers
def reset_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link with which somebody sets a new password."""
    person = get_object_or_404(User, pk=pk)
    try:
        carried = services.reset_token(actor=request.user, person=person)
    except Refused as error:
        return _back(request, error)
    link = _address(request, "accounts:reset", **carried)
    sent = bool(person.email) and mail.send_reset_link(person, link)
    return _page(request, link=link, link_for=person, link_kind="reset", sent=sent)


def _show_invitation(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    link = _address(request, "accounts:accept", token=token)
    sent = mail.send_invitation(invitation, link)
    return _page(request, link=link, link_for=invitation.email, link_kind="invitation", sent=sent)


def _address(request: HttpRequest, name: str, **query: str) -> str:
    return request.build_absolute_uri(f"{reverse(name)}?{urlencode(query)}")


def _back(request: HttpRequest, error: Refused) -> HttpResponse:
    messages.error(request, str(error.message))
    return _page(request, status=error.status)


def _page(
    request: HttpRequest, form: InviteForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "people": User.objects.visible_to(request.user).for_list(),
        "invitations": Invitation.objects.waiting().select_related("role", "invited_by"),
        "roles": Role.objects.all(),
        "form": form or InviteForm(initial={"role": Role.objects.filter(key="editor").first()}),
        "mail_works": mail.is_set_up(),
    }
    response = render(request, "accounts/people.html", context | more, status=status)
    if "link" in more:
        response["Cache-Control"] = "no-store"
    return response
