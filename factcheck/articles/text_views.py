"""What an editor does in an article's text: claims on selected words, where they stand, their wording, and notes.

With HTMX the answer holds the paragraphs that changed, to be put in their place, and the card.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.anchors import widened
from factcheck.claims.models import Appearance, Claim
from factcheck.claims.services import editing
from factcheck.desk.errors import AlreadyThere, Refused, Stale

from . import reads, services
from .cards import cards_beside
from .models import Annotation, Article, ArticleVersion


class SpanForm(forms.Form):
    """A selection: code points into the version's text, and its words as the page showed them."""

    version = forms.IntegerField()
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=0)
    exact = forms.CharField(strip=False, required=False)
    note = forms.CharField(required=False)
    wording = forms.CharField(required=False)


@require_POST
@requires(Capability.TRIAGE)
def add_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim of the editor's own on the selected words; where one stands there already, that one is shown."""
    article, version, said = _selection(request, pk)
    try:
        claim = editing.add_claim_in_text(
            actor=request.user, version=version, start=said["start"], end=said["end"]
        )
    except AlreadyThere as there:
        return _show_existing(request, article, there)
    if said["wording"]:
        claim = editing.edit_claim(
            actor=request.user, claim=claim, revision=claim.revision, wording=said["wording"]
        )
    appearance = claim.appearances.get(version=version)
    return _changed(request, article, _("Added."), (appearance.start, appearance.end), new=appearance)


@require_POST
@requires(Capability.TRIAGE)
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    """A note on the selected words."""
    article, version, said = _selection(request, pk)
    note = services.annotate(
        actor=request.user, version=version, start=said["start"], end=said["end"], note=said["note"]
    )
    return _changed(request, article, _("Noted."), (note.start, note.end), new=note)


@require_POST
@requires(Capability.TRIAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a claim on other words: those selected, or a word more or less (`by`) at one of its ends."""
    appearance = _appearance(request, pk)
    article = appearance.version.article
    old = (appearance.start, appearance.end)
    if "by" in request.POST:
        start, end = widened(appearance.version, *old, by=request.POST["by"])
    else:
        said = _said(request, appearance.version)
        start, end = said["start"], said["end"]
    # The card's address carries the place that it showed, so that a stale tab moves nothing.
    editing.move_appearance(
        actor=request.user, appearance=appearance, start=start, end=end, was=request.GET.get("was")
    )
    appearance = _appearance(request, pk)
    words = _("It stands on “%(words)s” now.") % {"words": appearance.exact[:80]}
    return _changed(
        request,
        article,
        words,
        old,
        (appearance.start, appearance.end),
        card=appearance,
        editing="by" in request.POST,
    )


@require_POST
@requires(Capability.TRIAGE)
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the neutral wording on the card."""
    appearance = _appearance(request, pk)
    wording = request.POST.get("wording", "").replace("\x00", "")
    revision = request.POST.get("revision", "")
    try:
        editing.edit_claim(
            actor=request.user,
            claim=appearance.claim,
            revision=int(revision[:9]) if revision.isdecimal() else 0,
            wording=wording,
            was=request.POST.get("was"),
        )
    except Stale as stale:
        appearance = _appearance(request, pk)
        mine = {"theirs": stale.current.wording, "yours": wording.strip()}
        return _card(request, appearance, status=409, draft=wording, conflict=mine)
    except Refused as refused:
        return _card(request, appearance, status=refused.status, draft=wording, problem=refused.message)
    if request.htmx:
        return HttpResponse(cards_beside(request, [appearance.claim_id], at=pk))
    return redirect(f"{appearance.version.article.get_absolute_url()}?claim={appearance.claim_id}#card-{pk}")


@require_POST
@requires(Capability.TRIAGE)
def edit_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite one's own note."""
    note = _note(request, pk)
    text = request.POST.get("note", "").replace("\x00", "")
    revision = request.POST.get("revision", "")
    try:
        note = services.edit_annotation(
            actor=request.user,
            annotation=note,
            revision=int(revision[:9]) if revision.isdecimal() else 0,
            note=text,
        )
    except Stale:
        note = _note(request, pk)
        mine = {"theirs": note.note, "yours": text.strip()}
        return _note_card(request, note, status=409, draft=text, conflict=mine)
    except Refused as refused:
        if refused.status == 403:
            raise
        return _note_card(request, note, status=422, draft=text, problem=refused.message)
    if request.htmx:
        return _note_card(request, _note(request, pk))
    return redirect(f"{note.version.article.get_absolute_url()}#note-{pk}")


@require_POST
@requires(Capability.TRIAGE)
def remove_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own note away."""
    note = _note(request, pk)
    article, span = note.version.article, (note.start, note.end)
    services.remove_annotation(actor=request.user, annotation=note)
    return _changed(request, article, _("The note is gone."), span, gone=f"note-{pk}")


def _selection(request: HttpRequest, pk: int) -> tuple[Article, ArticleVersion, dict[str, Any]]:
    article = get_object_or_404(reads.article_of(request.user), pk=pk)
    version = article.versions.filter(pk=_number(request.POST.get("version", ""))).first()
    version = version or article.current_version
    return article, version, _said(request, version)


def _said(request: HttpRequest, version: ArticleVersion) -> dict[str, Any]:
    """The selection, checked against the words that the page showed. Raises Refused when they are not the text's."""
    form = SpanForm({"version": version.pk, **request.POST.dict()})
    if not form.is_valid():
        raise Refused(_("Select some words first."))
    said = form.cleaned_data
    exact = said["exact"]
    if exact and "".join(exact.split()) != "".join(version.text[said["start"] : said["end"]].split()):
        raise Refused(
            _("These words are not in the text any more. Reload the article and select them again.")
        )
    return said


def _number(given: str) -> int:
    return int(given[:15]) if given.isdecimal() else 0


def _appearance(request: HttpRequest, pk: int) -> Appearance:
    mine = Appearance.objects.visible_to(request.user)
    return get_object_or_404(mine.select_related("claim", "claim__assignee", "version__article"), pk=pk)


def _note(request: HttpRequest, pk: int) -> Annotation:
    mine = Annotation.objects.filter(version__article__in=Article.objects.visible_to(request.user))
    return get_object_or_404(mine.select_related("author", "version__article"), pk=pk)


def _card(request: HttpRequest, appearance: Appearance, *, status: int = 200, **context: Any) -> HttpResponse:
    context = {
        "claim": appearance.claim,
        "appearance": appearance,
        "article": appearance.version.article,
        **context,
    }
    template = "articles/card.html" if request.htmx else "articles/one_card.html"
    return render(request, template, context, status=status)


def _note_card(request: HttpRequest, note: Annotation, *, status: int = 200, **context: Any) -> HttpResponse:
    context = {"note": note, "article": note.version.article, **context}
    template = "articles/note.html" if request.htmx else "articles/one_card.html"
    return render(request, template, context, status=status)


def _changed(
    request: HttpRequest,
    article: Article,
    words: str,
    *stretches: tuple[int, int],
    new: Appearance | Annotation | None = None,
    card: Appearance | None = None,
    editing: bool = False,
    gone: str = "",
) -> HttpResponse:
    """The paragraphs that changed, with a card that is new, rewritten or gone; without HTMX the article."""
    of = new or card
    if not request.htmx:
        target = f"?claim={of.claim_id}#card-{of.pk}" if isinstance(of, Appearance) else ""
        return redirect(f"{article.get_absolute_url()}{target}")
    context: dict[str, Any] = {
        "article": article,
        "blocks": reads.blocks_around(article.current_version, request.user, *stretches),
        "gone": gone,
        "is_new": new is not None,
        "editing": editing,
    }
    if isinstance(of, Appearance):
        context |= {"appearance": of, "claim": of.claim}
    elif of is not None:
        context["note"] = of
    response = render(request, "articles/changed.html", context)
    trigger_client_event(response, "announce", {"text": words, "quiet": True, "kind": "good"})
    if of is not None:
        row = f"card-{of.pk}" if isinstance(of, Appearance) else f"note-{of.pk}"
        trigger_client_event(response, "showCard", {"id": row, "start": of.start}, after="settle")
    return response


def _show_existing(request: HttpRequest, article: Article, there: AlreadyThere) -> HttpResponse:
    """The claim that stands on these words, if this person may see it."""
    claim = Claim.objects.visible_to(request.user).filter(pk=there.existing.pk).first()
    appearance = claim and claim.appearances.filter(version=article.current_version).first()
    if not appearance:
        raise Refused(there.message)
    address = f"{article.get_absolute_url()}?claim={claim.pk}#card-{appearance.pk}"
    if not request.htmx:
        return redirect(address)
    response = HttpResponse(status=204)
    trigger_client_event(response, "announce", {"text": str(there.message), "kind": "warn"})
    return trigger_client_event(response, "showCard", {"id": f"card-{appearance.pk}", "href": address})
