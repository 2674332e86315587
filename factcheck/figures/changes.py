"""Figures that a newer version of an article gives otherwise."""

import re
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from factcheck.articles.alignment import Alignment
from factcheck.articles.models import ArticleVersion
from factcheck.desk.revisions import save_revision

from .models import READING_FIELDS, Figure, FigureChange
from .reading import machine_values
from .successors import changed_figures

# How outlets tell their readers; "updated at 14:20" alone says nothing of what changed.
_NOTICE = re.compile(
    r"\bcorrect(?:ed|ion|ions|s)\b|\bclarif(?:ied|ies|ication)\b|\bamended\b|\bearlier version\b|\beditor.s note\b"
    r"|\bpreviously (?:said|stated|reported)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]?")
# What is carried over to a changed figure, together or not at all; the number itself is the newer text's own.
_PERIOD = ("period_text", "period_from", "period_to")
_NUMBER = ("low", "high", "precision", "bound", "unit", "dimension")
_CARRIED = [_PERIOD, *((name,) for name in READING_FIELDS if name not in (*_NUMBER, *_PERIOD))]


def compared_with(version: ArticleVersion) -> list[ArticleVersion]:
    """The versions whose figures a version is compared with, the last one first: back to the last that was read, since one
    that a newer text followed at once may never have been. Each with `was_read`."""
    before = version.article.versions.filter(number__lt=version.number).order_by("-number")
    before = before.annotate(was_read=ExpressionWrapper(~Q(sentences=[]), output_field=BooleanField()))
    found: list[ArticleVersion] = []
    for earlier in before.defer("text", "body", "sentences", "quotations", "speakers", "sketch"):
        found.append(earlier)
        if earlier.was_read:
            break
    return found


def record_changes(*, version: ArticleVersion) -> list[FigureChange]:
    """Pair the figures that earlier versions had in places whose words changed with what stands there now.

    To be called when the newer text was read. A change is recorded once: reading the text again gives only what is new.
    """
    recorded = dict(FigureChange.objects.filter(version=version).values_list("old", "new"))
    taken = set(recorded.values())
    found: list[FigureChange] = []
    for before in compared_with(version):
        found += _changes_from(before, version, recorded, taken)
    FigureChange.objects.bulk_create(found, ignore_conflicts=True)
    return list(FigureChange.objects.filter(version=version, old__in=[change.old for change in found]))


def _changes_from(
    before: ArticleVersion, version: ArticleVersion, recorded: dict[int, int], taken: set[int]
) -> list[FigureChange]:
    """The changes of the figures that stayed behind in one version, unsaved. What they became is added to `taken`."""
    left = list(before.figures.filter(superseded=False, minor=False, start__isnull=False))
    if not left:
        return []
    alignment = Alignment(before.text, version.text)
    now = list(version.figures.filter(superseded=False, start__isnull=False))
    notice = notice_in(alignment)
    told = {"noticed": bool(notice), "notice": notice}
    left = [figure for figure in left if figure.pk not in recorded]
    changed = changed_figures(left, [figure for figure in now if figure.pk not in taken], alignment)
    taken |= {new.pk for _old, new in changed}
    return [
        FigureChange(article=version.article, version=version, old=old, new=new, **told)
        for old, new in changed
    ]


def set_by_person(figure: Figure) -> list[str]:
    """The fields that a person set, in their order; of a figure that a person added, all that it has."""
    names = READING_FIELDS if figure.added_by_id else figure.set_by_editor
    return [name for name in READING_FIELDS if name in names and getattr(figure, name) not in (None, "")]


def carry_corrections(*, change: FigureChange) -> Figure:
    """Give the newer figure what a person set on the one that it replaced, in the caller's transaction.

    Only what the machine reads in both alike is carried: where the newer text says another period, an older correction of it
    says nothing. Returns the newer figure.
    """
    old, new = change.old, change.new
    theirs, before, now = set_by_person(old), machine_values(old), machine_values(new)
    carried: dict[str, Any] = {}
    for names in _CARRIED:
        alike = all((before.get(name) or "") == (now.get(name) or "") for name in names)
        if alike and set(names) & set(theirs) and not set(names) & set(new.set_by_editor):
            carried |= {name: getattr(old, name) for name in names}
    if not carried or new.added_by_id:
        return new
    by_editor = sorted({*new.set_by_editor, *(name for name in carried if name in theirs)})
    return save_revision(new, revision=None, set_by_editor=by_editor, **carried)


def notice_in(alignment: Alignment) -> str:
    """The sentence among the new words by which the outlet tells its readers of a change; empty if there is none."""
    for piece in alignment.pieces:
        if piece.kind in ("insert", "replace") and (said := _NOTICE.search(alignment.new, *piece.new)):
            around = (match for match in _SENTENCE.finditer(alignment.new) if match.end() > said.start())
            return next(around).group().strip()[:300]
    return ""
