"""What stands in an article's older text, moved along to a newer one.

A place is moved, not copied, so that a claim, a figure and a note keep who they are; what is not found again stays where it
was, in the older version, which is how an orphan is known: its version is not the article's current one.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from factcheck.articles.alignment import Alignment
from factcheck.articles.anchors import CONTEXT
from factcheck.articles.models import Annotation, ArticleVersion
from factcheck.claims.models import Appearance, Claim
from factcheck.desk.audit import Job, acting
from factcheck.figures.models import Figure

from .steps import take_step

CARRIER = Job("new version")
SET_ASIDE = (Claim.State.DISMISSED, Claim.State.CLOSED, Claim.State.SUPERSEDED, Claim.State.MERGED)


@dataclass
class Carried:
    """How many places moved along, and how many did not."""

    claims: int = 0
    orphaned: int = 0
    figures: int = 0
    notes: int = 0
    notes_left: int = 0


def carry_over(*, old: ArticleVersion, new: ArticleVersion) -> Carried:
    """Move claims, figures and notes whose words are found in the newer text along to it, in the caller's transaction.

    A claim and a note move also where their words are nearly the same; a figure goes with the claim that holds it, or by
    itself, and only where its own words did not change. A claim that is left behind is superseded if only the machine knew of
    it, else marked as needing another look.
    """
    with acting(CARRIER, "carry over"):
        list(
            ArticleVersion.objects.filter(pk__in=(old.pk, new.pk))
            .order_by("pk")
            .select_for_update(no_key=True)
        )
        places = Appearance.objects.filter(version=old)
        list(
            Claim.objects.filter(pk__in=places.values("claim"))
            .order_by("pk")
            .select_for_update(of=("self",))
            .values("pk")
        )
        alignment = Alignment(old.text, new.text)
        carried = Carried()
        figures = _Figures(old, new)
        lost = []
        for place in places.select_related("claim"):
            span = alignment.nearly(place.start, place.end)
            if span is None or _is_taken(place, new, span):
                lost.append(place)
            else:
                figures.go_along(place, span)
                _move(place, new, span)
        figures.go_by_themselves(alignment)
        carried.figures = figures.save()
        carried.claims, carried.orphaned = new.appearances.count(), len(lost)
        for place in lost:
            _orphan(place, new)
        for note in Annotation.objects.filter(version=old):
            if span := alignment.nearly(note.start, note.end):
                _move(note, new, span)
                carried.notes += 1
            else:
                carried.notes_left += 1
        return carried


class _Figures:
    """The figures of an older text, each moved to a place of its own in the newer one."""

    def __init__(self, old: ArticleVersion, new: ArticleVersion) -> None:
        there = old.figures.filter(superseded=False, start__isnull=False)
        self.new = new
        self.staying = {figure.pk: figure for figure in there.select_for_update(of=("self",))}
        self.moved: dict[tuple[int, int], Figure] = {}
        self.held: defaultdict[int, list[int]] = defaultdict(list)
        links = Appearance.figures.through.objects.filter(figure__in=there.order_by())
        for place, figure in links.order_by("pk").values_list("appearance", "figure"):
            self.held[place].append(figure)

    def go_along(self, place: Appearance, span: tuple[int, int]) -> None:
        """Move those that a claim holds in its quote to where its words stand in the newer text."""
        inner = Alignment(place.exact, self.new.text[slice(*span)])
        for pk in self.held[place.pk]:
            figure = self.staying.get(pk)
            if figure and place.start <= figure.start and figure.end <= place.end:
                found = inner.exactly(figure.start - place.start, figure.end - place.start)
                self._move(figure, found and (span[0] + found[0], span[0] + found[1]))

    def go_by_themselves(self, alignment: Alignment) -> None:
        for figure in list(self.staying.values()):
            self._move(figure, alignment.exactly(figure.start, figure.end))

    def _move(self, figure: Figure, span: tuple[int, int] | None) -> None:
        if span is not None and span not in self.moved:
            figure.version, (figure.start, figure.end) = self.new, span
            self.moved[span] = self.staying.pop(figure.pk)

    def save(self) -> int:
        """Store where they stand now. Returns how many moved."""
        return Figure.objects.bulk_update(self.moved.values(), ["version", "start", "end"], batch_size=500)


def _move(place: Appearance | Annotation, new: ArticleVersion, span: tuple[int, int]) -> None:
    start, end = span
    changed = place.exact.split() != new.text[start:end].split()
    place.version, place.start, place.end, place.exact = new, start, end, new.text[start:end]
    place.prefix = new.text[max(0, start - CONTEXT) : start]
    place.suffix = new.text[end : end + CONTEXT]
    place.save(update_fields=["version", "start", "end", "exact", "prefix", "suffix"])
    if changed and isinstance(place, Appearance):
        _look_again(place.claim, _("Its words changed in “%(title)s”.") % {"title": new.article.title})


def _is_taken(place: Appearance, new: ArticleVersion, span: tuple[int, int]) -> bool:
    """Whether the claim stands there already: two of its places may have become one."""
    return Appearance.objects.filter(claim=place.claim_id, version=new, start=span[0], end=span[1]).exists()


def _orphan(place: Appearance, new: ArticleVersion) -> None:
    claim = place.claim
    elsewhere = claim.appearances.exclude(pk=place.pk).exclude(version__article=new.article_id).exists()
    if new.appearances.filter(claim=claim).exists():
        return
    only_machine = claim.found_by_machine and not claim.touched and claim.state == Claim.State.CANDIDATE
    if only_machine and not elsewhere:
        take_step(claim=claim, actor=CARRIER, action="supersede", state=Claim.State.SUPERSEDED)
    else:
        _look_again(claim, _("Its words are no longer in “%(title)s”.") % {"title": new.article.title})


def _look_again(claim: Claim, words: str) -> None:
    """Mark what somebody works on or has checked; a bare candidate is only read anew."""
    worked_on = claim.touched or claim.state not in (Claim.State.CANDIDATE, *SET_ASIDE)
    if worked_on and claim.state not in SET_ASIDE:
        Claim.objects.filter(pk=claim.pk).update(needs_look=words[:300])
