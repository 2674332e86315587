"""The figures of a claim: correct a reading, go back to the machine's, add one that it missed."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factcheck.accounts.capabilities import Capability, requires
from factcheck.claims.models import Claim
from factcheck.claims.reads import ClaimPage, read_figures
from factcheck.claims.services import editing
from factcheck.desk.errors import NotAllowed, Refused, Stale
from factcheck.figures.formatting import shown
from factcheck.figures.forms import NewFigureForm
from factcheck.figures.models import Figure, FigureChange
from factcheck.figures.reading import machine_values

from .page import again, claim_for, conflict, figure_form, refused, saved


@require_POST
@requires(Capability.VERIFY)
def correct(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    """Set fields of the reading; what the machine read stays beside them."""
    claim = claim_for(request, pk)
    try:
        figure = _figure(claim, figure_pk)
    except _Replaced as replaced:
        return _onto_newer(request, claim, replaced)
    form = figure_form(figure, request.POST)
    if not form.is_valid():
        return _again(request, claim, figure, form)
    mine = form.reading
    try:
        # The service writes on the figure that it is given; the page still shows the one in the database.
        figure = editing.correct_figure(
            actor=request.user,
            claim=claim,
            figure=copy(figure),
            revision=form.cleaned_data["revision"] or 0,
            changes=mine,
        )
    except Stale as stale:
        return _stale(request, claim, stale.current, mine)
    except ValidationError as error:
        form.add_errors(error)
        return _again(request, claim, figure, form)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _again(request, claim, figure, form, status=refusal.status)
    return saved(request, claim, _("Saved."), _row(claim, figure), anchor=f"figure-{figure.pk}")


@require_POST
@requires(Capability.VERIFY)
def back(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    """Take back one correction: `field` is as the machine read it."""
    claim = claim_for(request, pk)
    figure = _figure(claim, figure_pk)
    machine, name = machine_values(figure), request.POST.get("field", "")
    # The two ends of a value go back together: one alone could stand above the other.
    names = [end for end in ("low", "high") if end in machine] if name in ("low", "high") else [name]
    changes = {each: machine[each] for each in names if each in machine}
    if changes:
        revision = request.POST.get("revision", "")
        try:
            figure = editing.correct_figure(
                actor=request.user,
                claim=claim,
                figure=figure,
                revision=int(revision) if revision.isdecimal() else 0,
                changes=changes,
            )
        except Stale as stale:
            return _stale(request, claim, stale.current, changes, figure_form(stale.current))
        except ValidationError as error:
            now = _figure(claim, figure_pk)
            return _again(request, claim, now, figure_form(now), figure_error=" ".join(error.messages))
        except NotAllowed:
            raise
        except Refused as refusal:
            if request.htmx:
                raise
            messages.error(request, refusal.message)
            return redirect(claim)
    said = _("As the machine read it.")
    return saved(request, claim, said, _row(claim, figure), anchor=f"figure-{figure.pk}")


@require_POST
@requires(Capability.VERIFY)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure that the machine missed, on words of an appearance."""
    claim = claim_for(request, pk)
    appearances = [place.appearance for place in ClaimPage(claim, request.user).places]
    form = NewFigureForm(request.POST, appearances=appearances)
    bound = {"new_figure": form}
    if not form.is_valid():
        return refused(request, claim, "new_figure", bound=bound)
    said = form.cleaned_data
    try:
        figure = editing.add_figure(
            actor=request.user,
            appearance=form.appearances[said["appearance"]],
            start=said["start"],
            end=said["end"],
            reading=form.reading,
        )
    except ValidationError as error:
        form.add_errors(error)
        return refused(request, claim, "new_figure", bound=bound)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("exact", str(refusal.message))
        return refused(request, claim, "new_figure", bound=bound, status=refusal.status)
    name, row = _row(claim, figure)
    parts = [("new_figure", {"done": True}), (name, {**row, "append": True})]
    return saved(request, claim, _("Added."), *parts, anchor=f"figure-{figure.pk}")


class _Replaced(Refused):
    """A newer text put another figure in the place of one whose form somebody had open."""

    def __init__(self, change: FigureChange) -> None:
        words = _("The outlet changed this figure; it is “%(new)s” now.")
        super().__init__(words % {"new": change.new.text})
        self.old, self.new = change.old, change.new


def _figure(claim: Claim, pk: int) -> Figure:
    """The claim's figure. Raises _Replaced."""
    if figure := Figure.objects.filter(appearances__claim=claim, pk=pk).first():
        return figure
    changes = FigureChange.objects.filter(old=pk, new__appearances__claim=claim)
    if change := changes.select_related("old", "new").first():
        raise _Replaced(change)
    raise Http404


def _row(claim: Claim, figure: Figure, form: Any = None) -> tuple[str, dict[str, Any]]:
    places = figure.appearances.filter(claim=claim).count()
    (read,) = read_figures([figure], {figure.pk: places})
    return "figure", {"read": read, "form": form or figure_form(figure), "done": form is None}


def _again(
    request: HttpRequest, claim: Claim, figure: Figure, form: Any, status: int = 422, **context: Any
) -> HttpResponse:
    __, row = _row(claim, figure, form)
    bound = {("figure", figure.pk): form}
    return refused(request, claim, "figure", bound=bound, status=status, **row, **context)


def _onto_newer(request: HttpRequest, claim: Claim, replaced: _Replaced) -> HttpResponse:
    """The newer figure, and in its form what somebody set of the older one: the rest of that is not of this figure."""
    typed, fresh, data = (
        figure_form(replaced.old, request.POST),
        figure_form(replaced.new),
        request.POST.copy(),
    )
    typed.is_valid()
    as_it_was = {name for name, value in typed.reading.items() if value == getattr(replaced.old, name)}
    for name in fresh.fields:
        if name in as_it_was or name not in request.POST or name == "revision":
            value = fresh[name].value()
            data[name] = "" if value is None else value
    form = figure_form(replaced.new, data)
    kept = _("What you typed stands in its form: save it if it still holds.")
    form.add_error(None, f"{replaced.message} {kept}")
    return _again(request, claim, replaced.new, form, status=409)


def _stale(
    request: HttpRequest, claim: Claim, now: Figure, mine: dict[str, Any], form: Any = None
) -> HttpResponse:
    texts = [
        (Figure._meta.get_field(name).verbose_name, shown(name, getattr(now, name)), shown(name, value))
        for name, value in mine.items()
    ]
    both = conflict(now, *texts)
    form = form or figure_form(now, again(request, revision=now.revision))
    return _again(request, claim, now, form, status=409, figure_conflict=both, conflict_of=now.pk)
