"""Signing in and out, oneself and one's sessions, and the links that bring people in."""

import hashlib
import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.desk.errors import AlreadyThere, Refused

from . import invitations, services
from .forms import AcceptForm, ChangePasswordForm, NewPasswordForm, SettingsForm, SignInForm
from .models import Session, User

OWN_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(auth_views.LoginView):
    """Django's own sign-in, which follows `next` only within the desk; a wrong password answers 422."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


sign_in = SignIn.as_view()
sign_out = auth_views.LogoutView.as_view()


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """One's name, the look of the desk, shortcuts, password and sessions."""
    form = SettingsForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        services.save_settings(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return _me_page(request, settings_form=form, status=422 if form.is_bound else 200)


@sensitive_post_parameters()
@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password for oneself; every other browser is signed out."""
    form = ChangePasswordForm(request.POST, person=request.user)
    if not form.is_valid():
        return _me_page(request, password_form=form, status=422)
    services.change_password(actor=request.user, password=form.cleaned_data["password"])
    update_session_auth_hash(request, request.user)
    services.end_sessions(actor=request.user, person=request.user, keep=request.session.session_key)
    messages.success(request, _("Your password is changed. Other browsers were signed out."))
    return redirect("accounts:me")


@require_POST
def end_session(request: HttpRequest, handle: str) -> HttpResponse:
    """Sign one of one's own browsers out."""
    for session in Session.objects.filter(user=request.user):
        if secrets.compare_digest(handle_of(session.session_key).encode(), handle.encode()):
            if session.session_key == request.session.session_key:
                messages.info(request, _("This is the browser you are in. Sign out instead."))
                break
            services.end_sessions(actor=request.user, person=request.user, only=session.session_key)
            messages.success(request, _("That browser is signed out."))
            break
    else:
        messages.info(request, _("That browser was signed out already."))
    return redirect("accounts:me")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign all of one's own browsers out but this one."""
    services.end_sessions(actor=request.user, person=request.user, keep=request.session.session_key)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("accounts:me")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Where an invitation's link leads. The token is in the query, which the desk's log leaves out."""
    if request.user.is_authenticated:
        return _link_page(
            request, _("You are signed in already. Sign out first to accept an invitation."), 409
        )
    token = request.GET.get("token", "")
    try:
        invitation = invitations.find(token)
    except Refused as error:
        return _link_page(request, error.message, 410)
    first, __, last = invitation.name.partition(" ")
    initial = {"first_name": first, "last_name": last}
    form = AcceptForm(request.POST or None, person=invitation, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {
            name: form.cleaned_data[name] for name in ("username", "password", "first_name", "last_name")
        }
        try:
            person = invitations.accept(token=token, **given)
        except AlreadyThere as error:
            form.add_error("username", str(error.message))
        except Refused as error:
            return _link_page(request, error.message, 410)
        else:
            login(request, person, backend=OWN_BACKEND)
            messages.success(request, _("Welcome. This is the queue: what waits to be checked, best first."))
            return redirect("queue")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/accept.html", context, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Where a link for a new password leads."""
    person, token = _person_of(request.GET.get("who", "")), request.GET.get("token", "")
    if person is None or not services.reset_works(person=person, token=token):
        return _link_page(request, services.RESET_VOID, 410)
    form = NewPasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_password(person=person, token=token, password=form.cleaned_data["password"])
        except Refused as error:
            return _link_page(request, error.message, 410)
        messages.success(request, _("Your new password is set. Sign in with it."))
        return redirect("accounts:login")
    context = {"form": form, "person": person}
    return render(request, "accounts/reset.html", context, status=422 if form.is_bound else 200)


def handle_of(session_key: str) -> str:
    """A name for a session in addresses, from which its key cannot be had."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:24]


def _me_page(request: HttpRequest, status: int = 200, **forms: Any) -> HttpResponse:
    person = User.objects.get(pk=request.user.pk)
    sessions = list(Session.objects.filter(user=person).order_by("-seen_at"))
    for session in sessions:
        session.handle = handle_of(session.session_key)
        session.is_this = session.session_key == request.session.session_key
    context = {
        "settings_form": SettingsForm(instance=person),
        "password_form": ChangePasswordForm(person=person),
        "sessions": sessions,
    }
    return render(request, "accounts/me.html", context | forms, status=status)


def _link_page(request: HttpRequest, message: Any, status: int) -> HttpResponse:
    return render(request, "accounts/link_void.html", {"message": message}, status=status)


def _person_of(who: str) -> User | None:
    try:
        return User.objects.active().filter(pk=int(urlsafe_base64_decode(who))).first()
    except (ValueError, OverflowError):
        return None
