"""Sources: the list, and what the desk knows of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from factcheck.accounts.capabilities import Capability, requires

from . import reads
from .forms import SourceFilter
from .models import Source

A_PAGE = 50
LATEST = 10


@require_safe
@requires(Capability.READ)
def index(request: HttpRequest) -> HttpResponse:
    """All sources, by kind and words."""
    form = SourceFilter(request.GET)
    sources = Source.objects.visible_to(request.user)
    if form.is_valid():
        if form.cleaned_data["kind"]:
            sources = sources.filter(kind=form.cleaned_data["kind"])
        if form.cleaned_data["q"]:
            sources = sources.matching(form.cleaned_data["q"])
    sources = reads.with_counts(sources, request.user).select_related("parent").order_by("name", "pk")
    page = Paginator(sources, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "kinds": Source.Kind.choices, "any": Source.objects.exists()}
    return render(request, "sources/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
@requires(Capability.READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: its names and sites, what it published, and what it was checked for."""
    sources = Source.objects.visible_to(request.user).select_related("parent")
    source = get_object_or_404(sources.prefetch_related("aliases", "domains", "children"), pk=pk)
    articles = reads.articles_of(source, request.user)
    context = {
        "source": source,
        "articles": articles[:LATEST],
        "article_count": articles.count(),
        "claims": Paginator(reads.claims_of(source, request.user), A_PAGE).get_page(request.GET.get("page")),
        **reads.ratings_of(source, request.user),
    }
    return render(request, "sources/show.html", context)
