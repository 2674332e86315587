"""Pages of versions: two of them side by side, and the figures that outlets changed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from factcheck.accounts.capabilities import Capability, requires
from factcheck.claims.services.changes import mark_seen

from . import reads
from .comparing import side_by_side

PER_PAGE = 50


@require_GET
@requires(Capability.READ)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of an article side by side: the last two, or those asked for by number."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    versions = list(article.versions.only("number", "came_at", "article").order_by("-number"))
    by_number = {str(version.number): version for version in versions}
    newer = by_number.get(request.GET.get("new", ""), versions[0])
    older = by_number.get(
        request.GET.get("old", ""), next((v for v in versions if v.number < newer.number), newer)
    )
    if older.number > newer.number:
        older, newer = newer, older
    context = {
        "article": article,
        "versions": versions,
        "older": older,
        "newer": newer,
        "stretches": [] if older == newer else side_by_side(older.text, newer.text),
        "changes": reads.changes_of(request.user).filter(version__article=article),
        "left": reads.left_behind(article, request.user),
    }
    return render(request, "articles/compare.html", context)


@require_GET
@requires(Capability.READ)
def changed_figures(request: HttpRequest) -> HttpResponse:
    """The figures that outlets changed, those that nobody looked at first asked for; `all` shows the others too."""
    changes = reads.changes_of(request.user)
    waiting = changes.filter(seen_at=None)
    shown = changes if "all" in request.GET else waiting
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "all": "all" in request.GET, "waiting": waiting.count()}
    return render(request, "articles/changed_figures.html", context)


@require_POST
@requires(Capability.TRIAGE)
def figure_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody looked at a changed figure."""
    change = get_object_or_404(reads.changes_of(request.user), pk=pk)
    mark_seen(actor=request.user, change=change)
    if request.htmx:
        return render(
            request,
            "articles/changed_figures.html#change",
            {"change": reads.changes_of(request.user).get(pk=pk)},
        )
    wanted = request.POST.get("next")
    return (
        redirect("articles:compare", change.article_id)
        if wanted == "article"
        else redirect("articles:changed_figures")
    )
