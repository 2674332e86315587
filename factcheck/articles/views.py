"""Pages of articles: the list, the article itself, what is known of it, and what was read in it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from factcheck.accounts.capabilities import Capability, requires
from factcheck.claims.models import Claim
from factcheck.claims.services import linking
from factcheck.desk.errors import AlreadyThere, Stale
from factcheck.desk.forms import differing
from factcheck.intake.reads import captures_of
from factcheck.sources.models import Source

from . import reads, services
from .forms import DateForm, EditForm, names_offered
from .models import Article
from .querysets import long_of

STOP_POLLING = 286
PER_PAGE = 50
ROWS = 500


@require_GET
@requires(Capability.READ)
def list_articles(request: HttpRequest) -> HttpResponse:
    """The articles that came in, newest first; the filters are in the address."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "outlet", "state", "medium")}
    articles = Article.objects.visible_to(request.user)
    if asked["q"]:
        articles = articles.matching(asked["q"].replace("\x00", ""))
    if asked["outlet"].isdecimal():
        articles = articles.filter(carried_by=int(asked["outlet"][:15]))
    if asked["medium"] in Article.Medium.values:
        articles = articles.filter(medium=asked["medium"])
    articles = reads.in_state(articles, asked["state"])
    paginator = Paginator(reads.for_list(articles, request.user), PER_PAGE)
    # The count needs none of the columns that the rows show.
    paginator.count = articles.count()
    page = paginator.get_page(request.GET.get("page"))
    outlets = Source.objects.visible_to(request.user).filter(carried__isnull=False).distinct()
    context = {
        "page": page,
        "asked": asked,
        "narrowed": any(asked.values()),
        "changes": reads.changes_of(request.user).filter(seen_at=None).count(),
        "outlets": outlets.order_by("name").values_list("pk", "name"),
        "media": Article.Medium.choices,
        "states": [
            ("", _("All")),
            ("todo", _("To triage")),
            ("done", _("Done")),
            ("reading", _("Being read")),
            ("failed", _("Failed")),
        ],
    }
    return render(request, "articles/list.html", context)


@require_GET
@requires(Capability.READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The article: its text with what stands in it, and the cards beside it."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    return _article_page(request, article, reads.progress_of(article.current_version))


@require_GET
@requires(Capability.READ)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the extraction is, asked again and again; 286 ends the asking when it is over."""
    articles = reads.article_of(request.user).defer(*long_of("current_version"))
    article = get_object_or_404(articles, pk=pk)
    now = reads.progress_of(article.current_version)
    context: dict[str, Any] = {"article": article, "progress": now}
    if now.state == "finished":
        found = reads.appearances_in(article.current_version, request.user).exclude(
            claim__state__in=reads.SET_ASIDE
        )
        context["found"] = found.count()
    status = 200 if now.under_way else STOP_POLLING
    response = render(request, "articles/show.html#progress", context, status=status)
    if now.seen != request.GET.get("seen"):
        trigger_client_event(response, "announce", {"text": now.title, "quiet": True})
    return response


@require_POST
@requires(Capability.TRIAGE)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the text read again."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    services.ask_for_extraction(actor=request.user, version=article.current_version)
    if request.htmx:
        now = reads.progress_of(article.current_version)
        return render(request, "articles/show.html#progress", {"article": article, "progress": now})
    return redirect(article)


@require_POST
@requires(Capability.TRIAGE)
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is left to triage here: on to the next article. With `undo` it is open again."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    finished = "undo" not in request.POST
    services.mark_done(actor=request.user, article=article, done=finished)
    if not finished:
        return redirect(article)
    following = reads.next_to_triage(request.user, article)
    return redirect(following or f"{reverse('articles:list')}?state=todo")


@require_http_methods(["GET", "POST"])
@requires(Capability.TRIAGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is known of an article."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    initial = EditForm.of(article)
    if request.method == "GET":
        return _edit_page(request, article, EditForm(user=request.user, initial=initial), 200)
    form = EditForm(request.POST, user=request.user, initial=initial)
    if not form.is_valid():
        return _edit_page(request, article, form)
    changes = form.known()
    if changes["published_on"] != article.published_on:
        # A day that a person sets takes the place of an instant that came with the text.
        changes["published_at"] = None
    try:
        services.edit_article(
            actor=request.user,
            article=article,
            revision=form.cleaned_data["revision"],
            new_outlet=form.new_outlet,
            **changes,
        )
    except Stale as stale:
        return _edit_conflict(request, stale.current, form)
    except AlreadyThere as there:
        form.add_error("url", str(there.message))
        return _edit_page(
            request, get_object_or_404(reads.article_of(request.user), pk=pk), form, there=there
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _edit_page(request, get_object_or_404(reads.article_of(request.user), pk=pk), form)
    return redirect(article)


@require_POST
@requires(Capability.TRIAGE)
def set_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the day on the article's own page; its periods are resolved anew."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    form = DateForm(request.POST)
    if form.is_valid():
        try:
            services.edit_article(
                actor=request.user,
                article=article,
                revision=form.cleaned_data["revision"],
                published_on=form.cleaned_data["published_on"],
            )
        except Stale as stale:
            theirs = get_object_or_404(reads.article_of(request.user), pk=stale.current.pk)
            form.add_error(
                "published_on", _("Somebody else changed this article. Look at its date and save again.")
            )
            form.data = {**form.data.dict(), "revision": theirs.revision}
            return _article_page(
                request, theirs, reads.progress_of(theirs.current_version), date_form=form, status=409
            )
        return redirect(article)
    now = reads.progress_of(article.current_version)
    return _article_page(request, article, now, date_form=form, status=422)


@require_GET
@requires(Capability.READ)
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """All figures of the article as a table; minor ones only with `minor`."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    found = article.current_version.figures.in_use()
    minor = found.filter(minor=True).count()
    if "minor" not in request.GET:
        found = found.filter(minor=False)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {"article": article, "page": page, "minor": minor, "with_minor": "minor" in request.GET}
    return render(request, "articles/figures.html", context)


@require_GET
@requires(Capability.READ)
def quotations(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is quoted, and how."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    page = Paginator(reads.quotations_of(article.current_version), ROWS).get_page(request.GET.get("page"))
    context = {"article": article, "page": page, "speakers": article.current_version.speakers}
    return render(request, "articles/quotations.html", context)


@require_GET
@requires(Capability.READ)
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it came in, and what was fetched."""
    article = get_object_or_404(reads.article_of(request.user).select_related("not_copy_of"), pk=pk)
    copies = article.copies.visible_to(request.user).select_related("carried_by")
    context = {
        "article": article,
        "copies": copies.order_by("added_at", "pk"),
        "captures": captures_of(article, request.user),
    }
    return render(request, "articles/original.html", context)


@require_POST
@requires(Capability.TRIAGE)
def not_a_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The article is no copy of the one that it is linked to; with `undo`, it is one after all."""
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    say = linking.a_copy_after_all if "undo" in request.POST else linking.not_a_copy
    say(actor=request.user, article=article)
    return redirect("articles:original", pk)


def _article_page(
    request: HttpRequest,
    article: Article,
    now: reads.Progress,
    *,
    date_form: DateForm | None = None,
    status: int = 200,
) -> HttpResponse:
    claim = request.GET.get("claim", "")
    number = request.GET.get("part", "")
    aside = "aside" in request.GET
    page = reads.page_of(
        article,
        request.user,
        number=int(number[:6]) if number.isdecimal() else 1,
        claim=int(claim[:15]) if claim.isdecimal() else None,
        aside=aside,
    )
    context = {
        "article": article,
        "page": page,
        "progress": now,
        "aside": aside,
        "changes": reads.changes_of(request.user).filter(version=article.current_version, seen_at=None),
        "left": reads.left_behind(article, request.user).count() if page.version.number > 1 else 0,
        "dismissals": Claim.Dismissal.choices,
        "date_form": date_form or DateForm(initial={"revision": article.revision}),
    }
    template = "articles/show.html#fragment" if request.htmx else "articles/show.html"
    return render(request, template, context, status=status)


def _edit_page(
    request: HttpRequest, article: Article, form: EditForm, status: int = 422, **context: Any
) -> HttpResponse:
    return render(
        request,
        "articles/edit.html",
        {"article": article, "form": form, **names_offered(request.user), **context},
        status=status,
    )


def _edit_conflict(request: HttpRequest, current: Article, form: EditForm) -> HttpResponse:
    """Theirs and ours side by side; the form goes on from theirs, so that saving again is a decision."""
    conflicts = differing(form, EditForm.of(current))
    form.data = {**form.data.dict(), "revision": current.revision}
    return _edit_page(request, current, form, 409, conflicts=conflicts)
