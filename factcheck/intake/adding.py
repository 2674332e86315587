"""Bringing something in by hand: by address, file or paste, and out of one's own browser."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.forms import names_offered
from factcheck.articles.models import Article
from factcheck.articles.pasted import TextRefused
from factcheck.articles.services import outlet_named
from factcheck.desk.errors import AlreadyThere
from factcheck.sources.models import Source

from . import services
from .bookmarklet import code_for
from .forms import ADDRESSES, FILES, LONGEST_PAGE, AddForm, FromBrowserForm
from .models import Intake

SECOND_CLICK = timedelta(seconds=15)


@require_http_methods(["GET", "POST"])
@requires(Capability.TRIAGE)
def add(request: HttpRequest) -> HttpResponse:
    """Bring an article in, or many. Whatever is wrong, the answer holds all that was typed."""
    host, failed = request.get_host(), _failed(request)
    if request.method == "GET":
        initial = AddForm.of(failed) if failed else {}
        form = AddForm(user=request.user, host=host, initial=initial)
        # Where the work goes on: an address first, and where that did not help, the text.
        form.fields["text" if initial else "url"].widget.attrs["autofocus"] = True
        return _add_page(request, form, 200)
    form = AddForm(request.POST, request.FILES, user=request.user, host=host)
    if not form.is_valid():
        return _add_page(request, form)
    try:
        return _hand_in(request, form) if form.way in (ADDRESSES, FILES) else _paste(request, form, failed)
    except ValidationError as error:
        form.add_error(None, error)
        return _add_page(request, form)


@require_GET
@requires(Capability.TRIAGE)
def bookmarklet(request: HttpRequest) -> HttpResponse:
    """The link to drag to one's bookmarks, and how it is used."""
    target = (settings.DESK_URL or f"{request.scheme}://{request.get_host()}").rstrip("/")
    code = code_for(
        target + reverse("intake:from_browser"),
        blocked=_("Allow this site to open a window, then try again."),
    )
    return render(request, "intake/bookmarklet.html", {"code": code})


@require_http_methods(["GET", "POST"])
@requires(Capability.TRIAGE)
def from_browser(request: HttpRequest) -> HttpResponse:
    """What the bookmarklet opens beside a page: shows what will be added, takes the page from its window, and adds it."""
    host = request.get_host()
    if request.method == "GET":
        asked = {"url": request.GET.get("url", ""), "title": request.GET.get("title", "")[:500]}
        # Bound at once, so that an address that cannot be added is told before the button is pressed.
        return _browser_page(request, FromBrowserForm(asked, host=host), 200)
    form = FromBrowserForm(request.POST, host=host)
    if not form.is_valid():
        return _browser_page(request, form, 422)
    url, html = form.cleaned_data["url"], form.cleaned_data["html"]
    if html.strip():
        intake = services.hand_in_file(
            actor=request.user,
            # The mark at its start says UTF-8 to whoever reads it, whatever the page itself declares.
            body=html.encode("utf-8-sig", "replace"),
            file_name="page.html",
            content_type="text/html",
            url=url,
            via=Intake.Via.BOOKMARKLET,
        )
    else:
        intake = services.hand_in_url(actor=request.user, url=url, via=Intake.Via.BOOKMARKLET)
    return _then(request, intake)


def _hand_in(request: HttpRequest, form: AddForm) -> HttpResponse:
    source: Source | None = form.outlet
    if form.new_outlet:
        source = outlet_named(request.user, form.new_outlet)
    common = {"actor": request.user, "given": form.given(), "source": source}
    addresses = form.cleaned_data["url"]
    if form.way == ADDRESSES:
        if len(addresses) > 1:
            return redirect("intake:batch", services.hand_in_urls(urls=addresses, **common))
        return _then(request, services.hand_in_url(url=addresses[0], **common))
    files = form.uploads()
    if len(files) == 1 and not files[0].is_bundle:
        file, url = files[0], addresses[0] if addresses else ""
        intake = services.hand_in_file(
            body=file.body, file_name=file.name, content_type=file.content_type, url=url, **common
        )
        return _then(request, intake)
    return redirect("intake:batch", services.hand_in_files(files=files, **common))


def _paste(request: HttpRequest, form: AddForm, failed: Intake | None) -> HttpResponse:
    known, text = form.known(), form.cleaned_data["text"]
    known["published"] = known.pop("published_on")
    common = {"actor": request.user, "text": text, "makes_good": failed}
    try:
        return redirect(services.paste(new_outlet=form.new_outlet, **common, **known))
    except AlreadyThere as there:
        if _is_second_click(request, there.existing, text):
            return redirect(there.existing)
        if request.POST.get("newer_of") != str(there.existing.pk):
            return _add_page(request, form, there=there)
        return _paste_newer(request, form, article=there.existing, **common)
    except TextRefused as refused:
        form.add_error("text", str(refused.message))
        return _add_page(request, form)


def _paste_newer(request: HttpRequest, form: AddForm, **what: Any) -> HttpResponse:
    try:
        article = services.paste_newer(given=form.given(), **what)
    except TextRefused as refused:
        form.add_error("text", str(refused.message))
        return _add_page(request, form)
    return redirect(article)


def _then(request: HttpRequest, intake: Intake) -> HttpResponse:
    """On to the article where it is here already, else to where one sees how it comes in."""
    if intake.status == Intake.Status.KNOWN and intake.article_id:
        messages.info(request, intake.words)
        return redirect(intake.article)
    return redirect(intake)


def _failed(request: HttpRequest) -> Intake | None:
    """What did not come in, and is to be brought in here by hand; the address of the page names it."""
    number = request.GET.get("intake", "")
    if not number.isdecimal() or len(number) > 15:
        return None
    return Intake.objects.visible_to(request.user).select_related("source").filter(pk=int(number)).first()


def _is_other_text(existing: Article, text: str) -> bool:
    return existing.current_version is None or existing.current_version.text.split() != text.split()


def _is_second_click(request: HttpRequest, existing: Article, text: str) -> bool:
    """Whether this person brought it in a moment ago, so that what looks like a copy is the same click again."""
    return (
        existing.added_by_id == request.user.pk
        and not _is_other_text(existing, text)
        and existing.added_at is not None
        and timezone.now() - existing.added_at < SECOND_CLICK
    )


def _add_page(
    request: HttpRequest, form: AddForm, status: int = 422, there: AlreadyThere | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "there": there,
        "newer": there is not None and _is_other_text(there.existing, form.cleaned_data["text"]),
        "limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        **names_offered(request.user),
    }
    return render(request, "articles/add.html", context, status=status)


def _browser_page(request: HttpRequest, form: FromBrowserForm, status: int) -> HttpResponse:
    response = render(
        request, "intake/from_browser.html", {"form": form, "longest": LONGEST_PAGE}, status=status
    )
    # The page's own window hands its text over, which the browser forbids to windows that are kept apart.
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response
