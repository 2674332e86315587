"""The figures that the extractor found in a version, stored beside what editors made of them.

A figure is found again by its span, or by half of it; what an editor set stays, and is kept apart from what the machine reads.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from factcheck.articles.anchors import overlap
from factcheck.articles.models import ArticleVersion, Headline
from factcheck.claims.models import Claim
from factcheck.figures.models import READING_FIELDS, Figure

SAME = 0.5  # of the longer span
CHECKED = (Claim.State.IN_REVIEW, Claim.State.VERIFIED, Claim.State.PUBLISHED)
WRITTEN = ("start", "end", "text", "minor", "machine_reading", "superseded", *READING_FIELDS)


def store_figures(version: ArticleVersion, found: list[dict[str, Any]]) -> list[Figure]:
    """The version's figures in the order of `found`. A figure an editor corrected keeps what they set."""
    there = list(version.figures.filter(superseded=False).select_for_update())
    gone = {figure.pk: figure for figure in version.figures.filter(superseded=True, added_by=None)}
    stored: list[Figure] = []
    changed: list[Figure] = []
    read_otherwise: list[Figure] = []
    # Whose span is exactly one that was found is that one's, before another that only overlaps with it can take it.
    by_span = {(figure.start, figure.end): figure for figure in there}
    exact = {(item["start"], item["end"]) for item in found} & by_span.keys()
    kept = {by_span[span].pk for span in exact}
    for item in found:
        span = (item["start"], item["end"])
        figure = by_span[span] if span in exact else nearest(span, (f for f in there if f.pk not in kept))
        if figure is None:
            same = (f for f in gone.values() if (f.start, f.end) == span and f.pk not in kept)
            figure = next(same, None) or Figure(version=version)
        before, meant = _columns(figure, WRITTEN), _columns(figure, READING_FIELDS)
        _write_reading(figure, item)
        stored.append(figure)
        if figure.pk:
            kept.add(figure.pk)
            if _columns(figure, WRITTEN) != before:
                changed.append(figure)
            if _columns(figure, READING_FIELDS) != meant:
                read_otherwise.append(figure)
    lost = _supersede_figures([figure for figure in there if figure.pk not in kept])
    _save_figures(changed, [figure for figure in stored if not figure.pk])
    _link_restatements(stored, found)
    _flag_checked_claims([*read_otherwise, *lost])
    return stored


def figures_of_line(headline: Headline, found: list[dict[str, Any]]) -> list[Figure]:
    """The figures that were found in a headline, unsaved."""
    figures = [Figure(headline=headline) for _item in found]
    for figure, item in zip(figures, found, strict=True):
        _write_reading(figure, item)
    return figures


def nearest(span: tuple[int, int], rows: Iterable[Any]) -> Any:
    """The row that shares most with a span, if that is half of the longer one or more."""
    best = max(rows, key=lambda row: overlap(span, (row.start, row.end)), default=None)
    return best if best is not None and overlap(span, (best.start, best.end)) >= SAME else None


def reading_of(found: dict[str, Any]) -> dict[str, Any]:
    """A figure of the contract as the columns of Figure's reading."""
    period = found.get("period") or {}
    flat = {
        **{name: found.get(name) for name in READING_FIELDS if not name.startswith("period_")},
        "period_text": period.get("text"),
        "period_from": period.get("from"),
        "period_to": period.get("to"),
    }
    fit = {"low": 12, "high": 12, "precision": 12}
    read = {}
    for name, value in flat.items():
        if name in fit:
            read[name] = None if value is None else round(Decimal(value), fit[name])
        elif name in ("period_from", "period_to"):
            read[name] = value
        else:
            read[name] = (value or "")[: Figure._meta.get_field(name).max_length]
    return read


def _write_reading(figure: Figure, item: dict[str, Any]) -> None:
    """What the machine reads now, but for what an editor set."""
    reading = reading_of(item)
    if figure.added_by_id is None:
        figure.start, figure.end, figure.text = item["start"], item["end"], item["text"][:300]
        figure.minor = bool(item.get("minor"))
        for name, value in reading.items():
            if name not in figure.set_by_editor:
                setattr(figure, name, value)
    if figure.dimension != Figure.Dimension.SCORE and figure.low > figure.high:
        figure.low, figure.high = figure.high, figure.low
    figure.machine_reading = {name: _json(value) for name, value in reading.items()}
    figure.superseded = False


def _columns(figure: Figure, names: Iterable[str]) -> list[Any]:
    values = [getattr(figure, name) for name in names]
    return [value.isoformat() if isinstance(value, date) else value for value in values]


def _supersede_figures(lost: list[Figure]) -> list[Figure]:
    untouched = [figure for figure in lost if not figure.set_by_editor and figure.added_by_id is None]
    Figure.objects.filter(pk__in=[figure.pk for figure in untouched]).update(superseded=True)
    return untouched


def _save_figures(changed: list[Figure], new: list[Figure]) -> None:
    for figure in changed:
        # Whoever has the figure's form open began from another reading.
        figure.revision += 1
    if changed:
        # Spans may change places between rows; moved out of each other's way first, since a span is unique among those in use.
        Figure.objects.filter(pk__in=[figure.pk for figure in changed]).update(superseded=True)
        Figure.objects.bulk_update(changed, [*WRITTEN, "revision"], batch_size=500)
    Figure.objects.bulk_create(new, batch_size=500)


def _flag_checked_claims(figures: list[Figure]) -> None:
    """A verdict keeps the figures it was submitted with; that the text is read otherwise now is for a person to look at."""
    checked = Claim.objects.filter(appearances__figures__in=figures, state__in=CHECKED, needs_look="")
    Claim.objects.filter(pk__in=checked.order_by().values("pk")).update(
        needs_look=str(_("The machine reads a figure of this claim otherwise now."))
    )


def _link_restatements(stored: list[Figure], found: list[dict[str, Any]]) -> None:
    linked = []
    for figure, item in zip(stored, found, strict=True):
        target = stored[item["same_as"]].pk if item.get("same_as") is not None else None
        if figure.same_as_id != target:
            figure.same_as_id = target
            linked.append(figure)
    Figure.objects.bulk_update(linked, ["same_as"], batch_size=500)


def _json(value: Any) -> Any:
    """Decimals as strings: a reading is kept exactly."""
    return str(value.normalize()) if isinstance(value, Decimal) else value
