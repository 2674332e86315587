"""What stands in an article's older text, moved along to a newer one.

A place is moved, not copied, so that a claim, a figure and a note keep who they are; what is not found again stays where it
was, in the older version, which is how an orphan is known: its version is not the article's current one. It moves on when a
later text has its words again.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from factcheck.articles.alignment import Alignment, word_for_word
from factcheck.articles.anchors import CONTEXT
from factcheck.articles.models import Annotation, ArticleVersion
from factcheck.claims.models import Appearance, Claim
from factcheck.desk.audit import Job, acting
from factcheck.figures.models import Figure

from .steps import take_step

CARRIER = Job("new version")
FEWEST = 4  # words of what is found again by itself; fewer may stand anywhere
SET_ASIDE = (Claim.State.DISMISSED, Claim.State.CLOSED, Claim.State.SUPERSEDED, Claim.State.MERGED)


@dataclass
class Carried:
    """How many places moved along, how many did not, and how many of older texts came back."""

    claims: int = 0
    orphaned: int = 0
    figures: int = 0
    back: int = 0
    notes: int = 0
    notes_left: int = 0


def carry_over(*, old: ArticleVersion, new: ArticleVersion) -> Carried:
    """Move claims, figures and notes whose words are found in the newer text along to it, in the caller's transaction.

    A claim and a note move also where their words are nearly the same; a figure goes with the claim that holds it, or by
    itself, and only where its own words did not change. A claim that is left behind is superseded if only the machine knew of
    it, else marked as needing another look. What was left behind before moves where the newer text has its very words again.
    """
    with acting(CARRIER, "carry over"):
        plain = " ".join(new.text.split())
        left = _left_behind(Appearance, old, new).values_list("pk", "exact")
        back = [pk for pk, exact in left if _plain(exact) in plain]
        places = Appearance.objects.filter(Q(version=old) | Q(pk__in=back))
        _lock(places, old, new)
        alignment = Alignment(old.text, new.text)
        figures = _Figures(places, old, new)
        carried = Carried()
        lost = []
        for place in places.filter(version=old).select_related("claim"):
            span = alignment.nearly(place.start, place.end)
            if span is None or _is_taken(place, new, span):
                lost.append(place)
            else:
                figures.go_along(place, span)
                _move(place, new, span)
        for place in _left_behind(Appearance, old, new).filter(pk__in=back):
            span = _where_again(place, new.text)
            if span is not None and not _is_taken(place, new, span):
                figures.go_along(place, span)
                _move(place, new, span)
                _unmark(place.claim)
                carried.back += 1
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
        for note in _left_behind(Annotation, old, new):
            if _plain(note.exact) in plain and (span := _where_again(note, new.text)):
                _move(note, new, span)
                carried.back += 1
        return carried


def _lock(places: QuerySet[Appearance], old: ArticleVersion, new: ArticleVersion) -> None:
    versions = ArticleVersion.objects.filter(Q(pk__in=(old.pk, new.pk)) | Q(pk__in=places.values("version")))
    list(versions.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    claims = Claim.objects.filter(pk__in=places.values("claim"))
    list(claims.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def _left_behind(
    kind: type[Appearance] | type[Annotation], old: ArticleVersion, new: ArticleVersion
) -> QuerySet[Any]:
    """What stayed in the versions before the last one, the newest first."""
    left = kind.objects.filter(version__article=new.article_id).exclude(version__in=(old, new))
    if kind is Appearance:
        left = left.exclude(claim__state=Claim.State.MERGED).select_related("claim")
    return left.order_by("-version__number", "start", "pk")


def _where_again(place: Appearance | Annotation, text: str) -> tuple[int, int] | None:
    """Where words that a text before had lost stand again: among those that stood around them, else by themselves."""
    before, around = len(place.prefix), place.prefix + place.exact + place.suffix
    if found := word_for_word(around, text, near=place.start - before):
        inner = Alignment(around, text[slice(*found)]).exactly(before, before + len(place.exact))
        return inner and (found[0] + inner[0], found[0] + inner[1])
    if len(place.exact.split()) < FEWEST:
        return None
    return word_for_word(place.exact, text, near=place.start)


def _plain(words: str) -> str:
    return " ".join(words.split())


class _Figures:
    """The figures of older texts, each moved to a place of its own in the newer one."""

    def __init__(self, places: QuerySet[Appearance], old: ArticleVersion, new: ArticleVersion) -> None:
        self.old, self.new = old, new
        links = Appearance.figures.through.objects.filter(appearance__in=places)
        there = Figure.objects.filter(superseded=False, start__isnull=False)
        there = there.filter(
            Q(version=old) | Q(pk__in=links.values("figure"), version__article=new.article_id)
        )
        self.staying = {figure.pk: figure for figure in there.select_for_update(of=("self",))}
        self.moved: dict[tuple[int, int], Figure] = {}
        self.held: defaultdict[int, list[int]] = defaultdict(list)
        for place, figure in links.order_by("pk").values_list("appearance", "figure"):
            self.held[place].append(figure)

    def go_along(self, place: Appearance, span: tuple[int, int]) -> None:
        """Move those that a claim holds in its quote to where its words stand in the newer text."""
        inner = Alignment(place.exact, self.new.text[slice(*span)])
        for pk in self.held[place.pk]:
            figure = self.staying.get(pk)
            if figure is None or figure.version_id != place.version_id:
                continue
            if place.start <= figure.start and figure.end <= place.end:
                found = inner.exactly(figure.start - place.start, figure.end - place.start)
                self._move(figure, found and (span[0] + found[0], span[0] + found[1]))

    def go_by_themselves(self, alignment: Alignment) -> None:
        """Move the others of the last text whose words stand where they stood."""
        for figure in [figure for figure in self.staying.values() if figure.version_id == self.old.pk]:
            self._move(figure, alignment.exactly(figure.start, figure.end))

    def save(self) -> int:
        """Store where they stand now. Returns how many moved."""
        return Figure.objects.bulk_update(self.moved.values(), ["version", "start", "end"], batch_size=500)

    def _move(self, figure: Figure, span: tuple[int, int] | None) -> None:
        if span is not None and span not in self.moved:
            figure.version, (figure.start, figure.end) = self.new, span
            self.moved[span] = self.staying.pop(figure.pk)


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
        _look_again(claim, _gone() % {"title": new.article.title})


def _gone() -> str:
    return _("Its words are no longer in “%(title)s”.")


def _unmark(claim: Claim) -> None:
    """Take back that a claim's words are gone, if they stand in each of its articles again; what it was marked for before that
    still wants a look."""
    mark = _gone().partition("%(title)s")[0]
    standing = claim.appearances.filter(version=F("version__article__current_version"))
    elsewhere = claim.appearances.exclude(version__article__in=standing.values("version__article"))
    if claim.needs_look.startswith(mark) and not elsewhere.exists():
        before = claim.events.exclude(needs_look__startswith=mark).order_by("-pgh_id").first()
        Claim.objects.filter(pk=claim.pk).update(needs_look=before.needs_look if before else "")


def _look_again(claim: Claim, words: str) -> None:
    """Mark what somebody works on or has checked; a bare candidate is only read anew."""
    worked_on = claim.touched or claim.state not in (Claim.State.CANDIDATE, *SET_ASIDE)
    if worked_on and claim.state not in SET_ASIDE:
        Claim.objects.filter(pk=claim.pk).update(needs_look=words[:300])
