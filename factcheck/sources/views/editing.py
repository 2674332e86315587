"""One source as a form: adding it, with a look whether it is there already, changing it, deleting it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.outlets import and_linked
from factcheck.desk.errors import NotAllowed, Refused, Stale
from factcheck.desk.forms import differing, refused
from factcheck.sources import services
from factcheck.sources.forms import SourceForm, named_with_kind
from factcheck.sources.likeness import Likely, Register
from factcheck.sources.models import Source

OFFERED = 20


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    """A new source. One that resembles others is stored once the person has seen those."""
    if request.method == "GET":
        given = {"name": request.GET.get("name", "")[:200], "kind": request.GET.get("kind", "")}
        return _form_page(request, SourceForm(user=request.user, initial=given), 200)
    form = SourceForm(request.POST, user=request.user)
    if not form.is_valid():
        return _form_page(request, form)
    seen = set(request.POST.get("seen", "").split(","))
    if any(str(one.source.pk) not in seen for one in _likely(request, form)):
        unseen = _("Is it one of these? If it is none of them, save again.")
        return _form_page(request, form, unseen=unseen)
    try:
        source = services.add_source(actor=request.user, **form.known())
    except (Refused, ValidationError) as error:
        return _form_page(request, form, **refused(form, error))
    said = _("%(name)s is on the desk.") % {"name": source}
    messages.success(request, and_linked(said, source.linked))
    return redirect("sources:show", source.pk)


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a source; what somebody else saved meanwhile is shown beside what was typed."""
    source = _source(request, pk)
    if request.method == "GET":
        form = SourceForm(user=request.user, initial=SourceForm.of(source))
        return _form_page(request, form, 200, source=source)
    form = SourceForm(request.POST, user=request.user)
    if not form.is_valid():
        return _form_page(request, form, source=source)
    try:
        saved = services.edit_source(
            actor=request.user,
            source=source,
            revision=form.cleaned_data["revision"] or 0,
            **form.known(),
        )
    except Stale:
        return _conflict(request, _source(request, pk), form)
    except (Refused, ValidationError) as error:
        return _form_page(request, form, source=source, **refused(form, error))
    said = _("Saved.")
    messages.success(request, and_linked(said, saved.linked))
    return redirect("sources:show", source.pk)


@require_POST
@requires(Capability.MANAGE)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a source that nothing refers to; a second click finds it gone, which is what it asked for."""
    source = Source.objects.visible_to(request.user).filter(pk=pk).first()
    if source is not None:
        try:
            services.delete_source(actor=request.user, source=source)
        except NotAllowed:
            raise
        except Refused as error:
            messages.error(request, error.message)
            return redirect("sources:edit", pk)
        messages.success(request, _("%(name)s was deleted.") % {"name": source})
    return redirect("sources:list")


@require_safe
@requires(Capability.MANAGE)
def likely(request: HttpRequest) -> HttpResponse:
    """The sources that what is being typed may already be; asked while typing."""
    form = SourceForm(request.GET, user=request.user)
    return render(request, "sources/edit.html#likely", {"likely": _likely(request, form)})


@require_POST
@requires(Capability.MANAGE)
def not_same(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed in the form is another source than this one, now and later. The form goes on with all it holds."""
    source = _source(request, pk)
    form = SourceForm(request.POST, user=request.user)
    names, hosts = form.resembling()
    services.call_apart(actor=request.user, source=source, others=names + hosts)
    if request.htmx:
        return render(request, "sources/edit.html#likely", {"likely": _likely(request, form)})
    typed = request.POST.dict() | {"obeys_robots": "obeys_robots" in request.POST}
    unbound = SourceForm(user=request.user, initial=typed)
    return _form_page(request, unbound, 200, likely=_likely(request, form))


@require_POST
@requires(Capability.MANAGE)
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed in the form is this source: it keeps the name and the domains as its own."""
    source = _source(request, pk)
    form = SourceForm(request.POST, user=request.user)
    names, hosts = form.resembling()
    try:
        source = services.add_names(actor=request.user, source=source, names=names, domains=hosts)
    except (Refused, ValidationError) as error:
        form.full_clean()
        return _form_page(request, form, **refused(form, error))
    said = _("It is %(name)s, which has these names and domains now.") % {"name": source}
    messages.success(request, and_linked(said, source.linked))
    return redirect("sources:show", source.pk)


@require_safe
@requires(Capability.READ)
def options(request: HttpRequest) -> HttpResponse:
    """Names to choose from while one is typed; whichever field asks sends its words."""
    words = next((text for text in request.GET.values() if text.strip()), "").replace("\0", "").strip()[:100]
    found = Source.objects.visible_to(request.user).matching(words).order_by("name", "pk")[:OFFERED]
    return render(request, "sources/options.html", {"names": [named_with_kind(one) for one in found]})


def _source(request: HttpRequest, pk: int) -> Source:
    sources = Source.objects.visible_to(request.user).select_related("parent")
    return get_object_or_404(sources.prefetch_related("aliases", "domains"), pk=pk)


def _likely(request: HttpRequest, form: SourceForm) -> list[Likely]:
    names, hosts = form.resembling()
    if not (names or hosts):
        return []
    return Register(Source.objects.visible_to(request.user)).like(names, hosts)


def _form_page(
    request: HttpRequest, form: SourceForm, status: int = 422, *, source: Source | None = None, **context: Any
) -> HttpResponse:
    if source is None and "likely" not in context:
        asked = form if form.is_bound else SourceForm(form.initial, user=request.user)
        context["likely"] = _likely(request, asked)
    if source is not None:
        context["uses"] = services.uses_in_words(source)
    return render(request, "sources/edit.html", {"form": form, "source": source, **context}, status=status)


def _conflict(request: HttpRequest, now: Source, form: SourceForm) -> HttpResponse:
    """Theirs and ours side by side; the form goes on from theirs, so that saving again is a decision."""
    conflicts = differing(form, SourceForm.of(now))
    form.data = {**form.data.dict(), "revision": now.revision}
    return _form_page(request, form, 409, source=now, conflicts=conflicts)
