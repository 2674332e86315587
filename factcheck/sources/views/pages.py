"""Sources: the list, and what the desk knows of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.sources import reads, suggestions
from factcheck.sources.forms import SourceFilter
from factcheck.sources.history import changes_of, ratings_of_reliability
from factcheck.sources.models import Source, SourceMerge

A_PAGE = 50
LATEST = 10


@require_safe
@requires(Capability.READ)
def index(request: HttpRequest) -> HttpResponse:
    """All sources, by words, kind, reliability and feeds."""
    form = SourceFilter(request.GET)
    sources = Source.objects.visible_to(request.user)
    if form.is_valid():
        sources = reads.narrowed(sources, form.cleaned_data)
    paginator = Paginator(
        reads.in_order(
            reads.with_counts(sources, request.user).select_related("parent"),
            form.cleaned_data.get("sort", ""),
        ),
        A_PAGE,
    )
    # The count needs none of the columns that the rows show.
    paginator.count = sources.count()
    context = {
        "page": paginator.get_page(request.GET.get("page")),
        "form": form,
        "narrowed": any(form.cleaned_data.get(name) for name in ("q", "kind", "reliability", "feeds")),
        "any": Source.objects.exists(),
        "suggested": suggestions.how_many(request.user) if request.user.may(Capability.MANAGE) else 0,
    }
    return render(request, "sources/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
@requires(Capability.READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: its names and sites, what it published, and what it was checked for. A merged one's address leads on."""
    sources = Source.objects.visible_to(request.user).select_related("parent")
    source = sources.prefetch_related("aliases", "domains", "children").filter(pk=pk).first()
    if source is None:
        return redirect("sources:show", get_object_or_404(SourceMerge.objects.of_address(pk)).into_id)
    published = reads.articles_of(source, request.user)
    context = {
        "source": source,
        "published": [(kind, articles[:LATEST], articles.count()) for kind, articles in published.items()],
        "claims": Paginator(reads.claims_of(source, request.user), A_PAGE).get_page(request.GET.get("page")),
        "rated_before": ratings_of_reliability(source)[1:],
        "merges": source.merges.filter(undone_at=None).select_related("merged_by"),
        **reads.ratings_of(source, request.user),
    }
    return render(request, "sources/show.html", context)


@require_safe
@requires(Capability.READ)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed on a source, by whom and when."""
    source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
    changes = Paginator(changes_of(source), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sources/history.html", {"source": source, "page": changes})
