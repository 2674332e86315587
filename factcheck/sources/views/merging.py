"""Merging a source into another: choose the other, look what would move, confirm; and undo."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.desk.errors import NotAllowed, Refused, Stale
from factcheck.sources import merging
from factcheck.sources.forms import MergeForm
from factcheck.sources.likeness import Register
from factcheck.sources.models import Source, SourceMerge


@require_safe
@requires(Capability.MANAGE)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which other source is the same as this one: those that resemble it, or one by its name."""
    source = _source(request, pk)
    form = MergeForm(request.GET or None, user=request.user)
    if form.is_bound and form.is_valid():
        other = form.cleaned_data["other"]
        if other.pk != source.pk:
            return redirect("sources:merge", source.pk, other.pk)
        form.add_error("other", _("That is this source itself."))
    names = [source.name, *source.aliases.values_list("name", flat=True)]
    domains = source.domains.values_list("domain", flat=True)
    likely = Register(Source.objects.visible_to(request.user)).like(names, domains, but=source.pk)
    context = {"source": source, "form": form, "likely": likely}
    return render(request, "sources/merge_choose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def merge(request: HttpRequest, pk: int, other_pk: int) -> HttpResponse:
    """What would move from the other to this one; on confirmation it does. A second click finds it done."""
    done = SourceMerge.objects.of_address(other_pk).filter(into=pk).first()
    if done is not None:
        return redirect("sources:show", pk)
    source, other = _source(request, pk), _source(request, other_pk)
    if request.method == "GET":
        return _preview(request, source, other)
    try:
        merging.merge_sources(
            actor=request.user,
            into=source,
            other=other,
            revisions=(_number(request, "revision"), _number(request, "other_revision")),
            take={name: request.POST.get(f"take_{name}", merging.KEEP) for name in merging.CHOICES},
        )
    except NotAllowed:
        raise
    except Stale:
        said = _("Somebody changed one of the two meanwhile. Look again at what would be done.")
        return _preview(request, _source(request, pk), _source(request, other_pk), said, 409)
    except Refused as refused:
        return _preview(request, source, other, str(refused.message), refused.status)
    messages.success(
        request, _("%(other)s is a part of %(name)s now.") % {"other": other.name, "name": source.name}
    )
    return redirect("sources:show", source.pk)


@require_POST
@requires(Capability.MANAGE)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Part what was merged; what could not be put back is told."""
    done = get_object_or_404(SourceMerge, pk=pk)
    try:
        told = merging.undo_merge(actor=request.user, merge=done)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("sources:show", done.into_id)
    messages.success(request, _("%(name)s is a source of its own again.") % {"name": done.name})
    for words in told:
        messages.warning(request, words)
    return redirect("sources:show", done.was["source"]["pk"])


def _source(request: HttpRequest, pk: int) -> Source:
    return get_object_or_404(Source.objects.visible_to(request.user).select_related("parent"), pk=pk)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value[:9]) if value.isdecimal() else 0


def _preview(
    request: HttpRequest, source: Source, other: Source, said: str = "", status: int = 200
) -> HttpResponse:
    if source.pk == other.pk:
        return redirect("sources:merge_choose", source.pk)
    context = {"source": source, "other": other, "preview": merging.preview(source, other), "said": said}
    return render(request, "sources/merge.html", context, status=status)
