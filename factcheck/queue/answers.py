"""How a step of triage is answered: the rows of a list, the cards of an article, or the page one came from."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh, trigger_client_event

from factcheck.articles.cards import cards_beside, cards_in
from factcheck.articles.models import Article
from factcheck.claims.models import Claim

from .reads import views_of
from .rows import rows_of

LEVELS = {"good": messages.SUCCESS, "warn": messages.WARNING, "bad": messages.ERROR, "info": messages.INFO}


def answer(
    request: HttpRequest,
    claims: Sequence[Claim],
    said: Any,
    *,
    kind: str = "good",
    status: int = 200,
    decided: bool = False,
    go_to: Claim | None = None,
    next_url: str = "",
) -> HttpResponse:
    """Show `claims` as they are now, where the person is working, and say what happened.

    `decided` keeps a row in its place, greyed, with the way back. `go_to` is the claim to stand on next, None for where one is.
    """
    shape = request.POST.get("as", "") if request.htmx else ""
    if shape == "row":
        html = _rows(request, claims, said, decided)
    elif shape == "card":
        html = _cards(request, claims, decided)
    else:
        return _page(request, claims, said, kind, next_url)
    response = HttpResponse(html, status=status)
    keys = [claim.pk for claim in claims]
    trigger_client_event(response, "announce", {"text": str(said), "kind": kind, "quiet": kind == "good"})
    decided_on = {"go": go_to.pk if go_to else None, "claims": keys}
    trigger_client_event(response, "desk:decided", decided_on, after="settle")
    return response


def safe_next(request: HttpRequest) -> str:
    """The address on this site that a form asks to go on to, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def _rows(request: HttpRequest, claims: Sequence[Claim], said: Any, decided: bool) -> str:
    """Rows that take the place of themselves, wherever they stand; those that are not on the page are left out."""
    keys = {claim.pk for claim in claims}
    if "shown" in request.POST:
        keys &= {int(key) for key in request.POST["shown"].split(",") if key.isdecimal() and len(key) < 19}
    rows = rows_of(Claim.objects.visible_to(request.user).filter(pk__in=keys).for_rows())
    context = {
        "rows": rows,
        "oob": True,
        "decided": decided,
        "views": views_of(request.user),
        "said": said,
        "last": rows[0] if decided and rows and len(claims) == 1 else None,
        "dismissals": Claim.Dismissal.choices,
        # Where the person is, also when a key sent the step alone: never the address of the step itself.
        "here": safe_next(request) or request.htmx.current_url_abs_path or reverse("queue"),
    }
    return render_to_string("queue/queue.html#answer", context, request)


def _cards(request: HttpRequest, claims: Sequence[Claim], decided: bool) -> str:
    """The claims' cards beside the article that is open: the one asked for, and whatever else of them stands there."""
    keys = [claim.pk for claim in claims]
    if wanted := request.POST.get("appearance", ""):
        in_place = "oob" in request.POST
        return cards_beside(request, keys, at=_number(wanted), in_place=in_place, decided=decided)
    asked = request.POST.get("article", "")
    article = get_object_or_404(Article, pk=_number(asked)) if asked else None
    return cards_in(request, keys, article=article, decided=decided)


def _page(request: HttpRequest, claims: Sequence[Claim], said: Any, kind: str, next_url: str) -> HttpResponse:
    """Back to where the form was, with what happened said on the page."""
    messages.add_message(request, LEVELS[kind], said)
    target = next_url or safe_next(request)
    if request.htmx:
        return HttpResponseClientRedirect(target) if target else HttpResponseClientRefresh()
    if not target:
        one = len(claims) == 1
        target = claims[0].get_absolute_url() if one else reverse("queue")
    return HttpResponseRedirect(target)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
