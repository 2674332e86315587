"""Suggested sources: speakers that are none yet, each accepted, linked or set aside with one click, and back."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.desk.errors import NotAllowed, Refused
from factcheck.sources import suggesting, suggestions
from factcheck.sources.forms import LinkForm
from factcheck.sources.models import Source, SuggestionIgnored

A_PAGE = 25
SALT = "sources.suggested"
UNDONE_WITHIN = 60 * 60 * 24


@require_safe
@requires(Capability.MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    """The speakers that wait, those that a source is called like first."""
    return _page(request)


@require_POST
@requires(Capability.MANAGE)
def accept(request: HttpRequest) -> HttpResponse:
    """One click: the speaker becomes a source, and their claims are linked to it."""
    kind = request.POST.get("kind", "")
    return _decided(request, suggesting.accept_suggestion, kind=kind)


@require_POST
@requires(Capability.MANAGE)
def link(request: HttpRequest) -> HttpResponse:
    """The speaker is a source that is there: one of those offered (`pk`), or one by its name."""
    form = LinkForm(request.POST, user=request.user)
    if not form.is_valid():
        return _not_done(request, _name(request), ValidationError(form.errors["source"]))
    return _decided(request, suggesting.link_suggestion, source=form.cleaned_data["source"])


@require_POST
@requires(Capability.MANAGE)
def ignore(request: HttpRequest) -> HttpResponse:
    """Not suggested again, until somebody wants it back."""
    name = _name(request)
    suggesting.ignore_suggestion(actor=request.user, name=name)
    return _row_or_page(request, {"ignored": name})


@require_POST
@requires(Capability.MANAGE)
def again(request: HttpRequest) -> HttpResponse:
    """Suggested again."""
    name = _name(request)
    suggesting.suggest_again(actor=request.user, name=name)
    messages.success(request, _("%(name)s is suggested again.") % {"name": name})
    return redirect("sources:suggested")


@require_POST
@requires(Capability.MANAGE)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the linking that the signed record tells of."""
    linked = _unsigned(request.POST.get("done", ""))
    if linked is None:
        messages.error(request, _("This is too long ago to be undone here. Edit the source instead."))
        return redirect("sources:suggested")
    told = suggesting.undo_link(actor=request.user, linked=linked)
    messages.success(request, _("Undone: %(name)s is only suggested.") % {"name": linked.name})
    for words in told:
        messages.warning(request, words)
    return redirect("sources:suggested")


def _name(request: HttpRequest) -> str:
    return " ".join(request.POST.get("name", "").replace("\0", "").split())[:200]


def _decided(request: HttpRequest, decide: Any, **how: Any) -> HttpResponse:
    name = _name(request)
    try:
        linked = decide(actor=request.user, name=name, **how)
    except NotAllowed:
        raise
    except (Refused, ValidationError) as error:
        return _not_done(request, name, error)
    return _row_or_page(request, {"done": signing.dumps(linked.as_data(), salt=SALT, compress=True)})


def _row_or_page(request: HttpRequest, what: dict[str, str]) -> HttpResponse:
    """The row says what was done to it; without HTMX the page does, at an address that can be loaded again."""
    if request.htmx:
        return render(request, "sources/suggested.html#outcome", _outcome(request, what))
    return redirect(f"{reverse('sources:suggested')}?{urlencode(what)}")


def _outcome(request: HttpRequest, what: Any) -> dict[str, Any]:
    """What to say of the last decision: the record of a linking, or the name set aside."""
    if what.get("ignored"):
        return {"ignored": what["ignored"][:200]}
    linked = _unsigned(what.get("done", ""))
    source = linked and Source.objects.visible_to(request.user).filter(pk=linked.source).first()
    if source is None:
        return {}
    n = len(linked.claimants)
    words = ngettext("%(n)d claim by %(name)s is linked to", "%(n)d claims by %(name)s are linked to", n)
    return {"done": what["done"], "linked": words % {"n": n, "name": linked.name}, "source": source}


def _unsigned(record: str) -> suggesting.Linked | None:
    try:
        return suggesting.Linked(**signing.loads(record, salt=SALT, max_age=UNDONE_WITHIN))
    except signing.BadSignature:
        return None


def _not_done(request: HttpRequest, name: str, error: Refused | ValidationError) -> HttpResponse:
    said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error.message)
    status = 422 if isinstance(error, ValidationError) else error.status
    if request.htmx:
        rows = list(suggestions.suggested_names(request.user).filter(low=name.lower()))
        row = next(iter(suggestions.described(rows, request.user)), None)
        context = {"one": row, "said": said, "name": name}
        return render(request, "sources/suggested.html#row", context, status=status)
    return _page(request, status, said=said, said_of=name)


def _page(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    paginator = Paginator(suggestions.suggested_names(request.user), A_PAGE)
    paginator.count = suggestions.how_many(request.user)
    page = paginator.get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "rows": suggestions.described(list(page.object_list), request.user),
        "aside": SuggestionIgnored.objects.order_by("-ignored_at")[:A_PAGE],
        "aside_count": SuggestionIgnored.objects.count(),
        **_outcome(request, request.GET),
    }
    return render(request, "sources/suggested.html", context, status=status)
