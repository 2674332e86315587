"""The page of API tokens."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.accounts.capabilities import Capability, requires
from factcheck.desk.errors import Refused

from . import services
from .forms import TokenForm
from .models import Token


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Capability.ADMINISTER)
def tokens(request: HttpRequest) -> HttpResponse:
    """The clients' tokens, and a form for a new one, whose secret the answer shows once."""
    if request.method == "GET":
        return _page(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    day = form.cleaned_data["expires_on"]
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None
    try:
        token, secret = services.make_token(
            actor=request.user,
            name=form.cleaned_data["name"],
            capabilities=form.cleaned_data["capabilities"],
            expires_at=end,
        )
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return _page(request, form, status=422)
    return _page(request, TokenForm(), made=token, secret=secret)


@require_POST
@requires(Capability.ADMINISTER)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token."""
    token = services.revoke_token(actor=request.user, token=get_object_or_404(Token, pk=pk))
    messages.success(request, _("The token of %(name)s is revoked.") % {"name": token.name})
    return redirect("api:tokens")


def _page(
    request: HttpRequest, form: TokenForm, *, made: Token | None = None, secret: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "tokens": Token.objects.select_related("created_by"),
        "made": made,
        "secret": secret,
        "address": request.build_absolute_uri("/api/v1/articles"),
    }
    return render(request, "api/tokens.html", context, status=status)
