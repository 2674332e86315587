"""Suggested sources: speakers that are none yet, accepted, linked or set aside, each with one click or several at once, and back."""

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
from factcheck.desk.errors import NotAllowed, Refused, in_words
from factcheck.sources import suggesting, suggestions
from factcheck.sources.forms import LinkForm
from factcheck.sources.models import Source, SuggestionIgnored

A_PAGE = 25
SALT = "sources.suggested"
UNDONE_WITHIN = 60 * 60 * 24
# What became of several is too long for an address: it waits in the session until the page shows it.
SEVERAL = "suggested_sources"


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
    """Suggested again, one name or several."""
    names = [_tidy(name) for name in request.POST.getlist("name")[:A_PAGE]]
    for name in names:
        suggesting.suggest_again(actor=request.user, name=name)
    words = ngettext("%(name)s is suggested again.", "%(n)d names are suggested again.", len(names))
    messages.success(request, words % {"name": names[0] if names else "", "n": len(names)})
    return redirect("sources:suggested")


@require_POST
@requires(Capability.MANAGE)
def several(request: HttpRequest) -> HttpResponse:
    """All that is ticked is taken in, is one source, or is set aside. The page then says what became of each."""
    kinds = _ticked(request)
    do = request.POST.get("do") or ("link" if request.POST.get("source") else "accept")
    if not kinds:
        messages.warning(request, _("No name is ticked."))
        return _to_page(request)
    if do == "link":
        form = LinkForm(request.POST, user=request.user)
        if not form.is_valid():
            return _page(request, 422, form=form, ticked=kinds)
        done = suggesting.link_suggestions(
            actor=request.user, names=kinds, source=form.cleaned_data["source"]
        )
    elif do == "ignore":
        done = suggesting.ignore_suggestions(actor=request.user, names=kinds)
    else:
        done = suggesting.accept_suggestions(actor=request.user, kinds=kinds)
    _remember(request, done)
    return _to_page(request, several=1)


@require_POST
@requires(Capability.MANAGE)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the linkings that the signed record tells of."""
    linked = _unsigned(request.POST.get("done", ""))
    if not linked:
        messages.error(request, _("This is too long ago to be undone here. Edit the source instead."))
        return redirect("sources:suggested")
    told = [words for one in linked for words in suggesting.undo_link(actor=request.user, linked=one)]
    request.session.pop(SEVERAL, None)
    words = ngettext(
        "Undone: %(name)s is only suggested.", "Undone: %(n)d names are only suggested.", len(linked)
    )
    messages.success(request, words % {"name": linked[0].name, "n": len(linked)})
    for words in dict.fromkeys(told):
        messages.warning(request, words)
    return redirect("sources:suggested")


def _name(request: HttpRequest) -> str:
    return _tidy(request.POST.get("name", ""))


def _tidy(name: str) -> str:
    return " ".join(name.replace("\0", "").split())[:200]


def _ticked(request: HttpRequest) -> dict[str, str]:
    """The ticked names, each with the kind that its row suggests."""
    pairs = [value.partition("|") for value in request.POST.getlist("ticked")[:A_PAGE]]
    return {_tidy(name): kind for kind, __, name in pairs if _tidy(name)}


def _to_page(request: HttpRequest, **what: Any) -> HttpResponse:
    """The page of the list that was open."""
    return redirect(
        f"{reverse('sources:suggested')}?{urlencode({'page': request.POST.get('page', '')[:6], **what})}"
    )


def _remember(request: HttpRequest, done: suggesting.Decided) -> None:
    """Keep what was decided for the page. What a first click had done already is done, and no refusal of the second."""
    before = request.session.get(SEVERAL, {}).get("linked", [])
    linked = [one for one in before if one["name"] in done.refused]
    names = [one["name"] for one in linked]
    request.session[SEVERAL] = {
        "linked": linked + [one.as_data() for one in done.linked],
        "aside": done.aside,
        "refused": {name: why for name, why in done.refused.items() if name not in names},
    }


def _decided(request: HttpRequest, decide: Any, **how: Any) -> HttpResponse:
    name = _name(request)
    try:
        linked = decide(actor=request.user, name=name, **how)
    except NotAllowed:
        raise
    except (Refused, ValidationError) as error:
        return _not_done(request, name, error)
    return _row_or_page(request, {"done": _signed([linked.as_data()])})


def _row_or_page(request: HttpRequest, what: dict[str, str]) -> HttpResponse:
    """The row says what was done to it; without HTMX the page does, at an address that can be loaded again."""
    if request.htmx:
        return render(request, "sources/suggested.html#outcome", _outcome(request, what))
    return redirect(f"{reverse('sources:suggested')}?{urlencode(what)}")


def _outcome(request: HttpRequest, what: Any) -> dict[str, Any]:
    """What to say of the last decision: the record of a linking, or the name set aside."""
    if what.get("ignored"):
        return {"ignored": what["ignored"][:200]}
    if what.get("several"):
        done = request.session.get(SEVERAL, {})
        return {"several": done, "done": _signed(done.get("linked", []))}
    linked = next(iter(_unsigned(what.get("done", ""))), None)
    source = linked and Source.objects.visible_to(request.user).filter(pk=linked.source).first()
    if source is None:
        return {}
    n = len(linked.claimants)
    words = ngettext("%(n)d claim by %(name)s is linked to", "%(n)d claims by %(name)s are linked to", n)
    return {"done": what["done"], "linked": words % {"n": n, "name": linked.name}, "source": source}


def _signed(linked: list[dict[str, Any]]) -> str:
    return signing.dumps(linked, salt=SALT, compress=True)


def _unsigned(record: str) -> list[suggesting.Linked]:
    """The linkings that a record tells of; none for one that is forged, too old, or from a desk that wrote it otherwise."""
    try:
        return [suggesting.Linked(**one) for one in signing.loads(record, salt=SALT, max_age=UNDONE_WITHIN)]
    except (signing.BadSignature, TypeError):
        return []


def _not_done(request: HttpRequest, name: str, error: Refused | ValidationError) -> HttpResponse:
    said = in_words(error)
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
    page = paginator.get_page(request.POST.get("page") or request.GET.get("page"))
    context = {
        "form": LinkForm(user=request.user),
        "page": page,
        "rows": suggestions.described(list(page.object_list), request.user),
        "aside": SuggestionIgnored.objects.order_by("-ignored_at")[:A_PAGE],
        "aside_count": SuggestionIgnored.objects.count(),
        **_outcome(request, request.GET),
        **context,
    }
    return render(request, "sources/suggested.html", context, status=status)
