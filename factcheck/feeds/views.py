"""Pages of the feeds: all of them, one with what it brought, adding and changing one, and the list as OPML."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from factcheck.accounts.capabilities import Capability, requires
from factcheck.desk.errors import NotAllowed, Refused, Stale
from factcheck.desk.forms import differing, refused
from factcheck.sources.forms import named_with_kind
from factcheck.sources.models import Source

from . import opml, reads, services
from .forms import FeedForm
from .models import Feed

A_PAGE = 50
ITEMS = 50


@require_safe
@requires(Capability.READ)
def index(request: HttpRequest) -> HttpResponse:
    """All feeds, those that fail first."""
    feeds = Paginator(reads.for_list(request.user), A_PAGE)
    return render(request, "feeds/list.html", {"page": feeds.get_page(request.GET.get("page"))})


@require_safe
@requires(Capability.READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One feed: how it is, and what became of its last items."""
    feed = _feed(request, pk)
    items = Paginator(reads.items_of(feed, request.user), ITEMS).get_page(request.GET.get("page"))
    return render(request, "feeds/show.html", {"feed": feed, "page": items})


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    """A new feed, of the source in the address if there is one."""
    if request.method == "GET":
        source = _source_asked_for(request)
        given = {
            "source": named_with_kind(source) if source else "",
            "url": request.GET.get("url", "")[:2000],
        }
        return _form_page(request, FeedForm(user=request.user, initial=given), 200)
    form = FeedForm(request.POST, user=request.user)
    if not form.is_valid():
        return _form_page(request, form)
    try:
        feed = services.add_feed(actor=request.user, **form.known())
    except (Refused, ValidationError) as error:
        return _form_page(request, form, **refused(form, error))
    messages.success(request, _("The feed is on the desk."))
    return redirect(feed)


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a feed; what somebody else saved meanwhile is shown beside what was typed."""
    feed = _feed(request, pk)
    if request.method == "GET":
        return _form_page(request, FeedForm(user=request.user, initial=FeedForm.of(feed)), 200, feed=feed)
    form = FeedForm(request.POST, user=request.user)
    if not form.is_valid():
        return _form_page(request, form, feed=feed)
    revision = form.cleaned_data["revision"] or 0
    try:
        services.edit_feed(actor=request.user, feed=_feed(request, pk), revision=revision, **form.known())
    except Stale:
        return _conflict(request, _feed(request, pk), form)
    except (Refused, ValidationError) as error:
        return _form_page(request, form, feed=feed, **refused(form, error))
    messages.success(request, _("Saved."))
    return redirect(feed)


@require_safe
@requires(Capability.MANAGE)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the last items these paths would let in; asked while they are typed."""
    shown = _preview(_feed(request, pk), request.GET)
    return render(request, "feeds/edit.html#preview", {"preview": shown})


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a feed once it is confirmed; a second click finds it gone, which is what it asked for."""
    if request.method == "GET":
        return render(request, "feeds/delete.html", {"feed": _feed(request, pk)})
    feed = Feed.objects.visible_to(request.user).filter(pk=pk).first()
    if feed is not None:
        services.delete_feed(actor=request.user, feed=feed)
        messages.success(request, _("The feed was deleted. The articles that it brought stay."))
    return redirect("feeds:list")


@require_POST
@requires(Capability.MANAGE)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a feed now."""
    feed = _feed(request, pk)
    try:
        services.poll_now(actor=request.user, feed=feed)
        messages.success(request, _("The feed is asked now. What is new shows here in a moment."))
    except NotAllowed:
        raise
    except Refused as error:
        messages.warning(request, error.message)
    return redirect(feed)


@require_POST
@requires(Capability.MANAGE)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a feed on or off, as the button that was pressed said: pressed twice it is the same."""
    feed = _feed(request, pk)
    on = request.POST.get("on") == "1"
    services.edit_feed(actor=request.user, feed=feed, revision=feed.revision, is_on=on)
    messages.success(request, _("The feed is on.") if on else _("The feed is off: it is asked no more."))
    return redirect(feed)


@require_POST
@requires(Capability.MANAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a feed at the address that it has moved to, which the button names."""
    feed = _feed(request, pk)
    try:
        services.use_new_address(actor=request.user, feed=feed, url=request.POST.get("url", ""))
        messages.success(request, _("The feed is asked at its new address from now on."))
    except NotAllowed:
        raise
    except Refused as error:
        messages.warning(request, error.message)
    return redirect("feeds:show", pk)


@require_POST
@requires(Capability.TRIAGE)
def add_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Bring in an item that was left out: its row as it is then, or the page that it stands on without JavaScript."""
    feed = _feed(request, pk)
    items = reads.items_of(feed, request.user)
    services.bring_in(actor=request.user, item=get_object_or_404(items, pk=item_pk))
    if request.htmx:
        context = {"feed": feed, "item": items.get(pk=item_pk), "came_in": True}
        response = render(request, "feeds/show.html#item", context)
        return trigger_client_event(response, "announce", {"text": _("It comes in now."), "quiet": True})
    messages.success(request, _("It comes in now."))
    number = request.GET.get("page", "")
    return redirect(feed.get_absolute_url() + (f"?page={number}" if number.isdecimal() else ""))


@require_safe
@requires(Capability.READ)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All feeds as OPML, which other readers import."""
    lines = opml.written(_("Feeds of the desk"), reads.as_outlines(request.user))
    answer = StreamingHttpResponse(lines, content_type="text/x-opml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="feeds-{timezone.localdate():%Y-%m-%d}.opml"'
    return answer


def _feed(request: HttpRequest, pk: int) -> Feed:
    return get_object_or_404(Feed.objects.visible_to(request.user).select_related("source"), pk=pk)


def _source_asked_for(request: HttpRequest) -> Source | None:
    asked = request.GET.get("source", "")
    if not asked.isdecimal() or len(asked) > 15:
        return None
    return Source.objects.visible_to(request.user).filter(pk=asked).first()


def _preview(feed: Feed, data: Any) -> list[reads.Previewed]:
    return reads.preview(feed, include=data.get("include", ""), exclude=data.get("exclude", ""))


def _form_page(
    request: HttpRequest, form: FeedForm, status: int = 422, *, feed: Feed | None = None, **context: Any
) -> HttpResponse:
    if feed is not None:
        context["preview"] = _preview(feed, form.data if form.is_bound else FeedForm.of(feed))
    return render(request, "feeds/edit.html", {"form": form, "feed": feed, **context}, status=status)


def _conflict(request: HttpRequest, now: Feed, form: FeedForm) -> HttpResponse:
    """Theirs and ours side by side; the form goes on from theirs, so that saving again is a decision."""
    conflicts = differing(form, FeedForm.of(now))
    form.data = {**form.data.dict(), "revision": now.revision}
    return _form_page(request, form, 409, feed=now, conflicts=conflicts)
