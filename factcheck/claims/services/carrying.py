"""What stands in an article's older text, moved along to a newer one.

A place is moved, not copied, so that a claim, a figure and a note keep who they are; what is not found again stays where it
was, in the older version, which is how an orphan is known: its version is not the article's current one.
"""

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

    A figure moves only where its words did not change; a claim and a note also where they are nearly the same. A claim that
    is left behind is superseded if only the machine knew of it, else marked as needing another look.
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
        carried.figures = _carry_figures(old, new, alignment)
        lost = [place for place in places.select_related("claim") if not _carry(place, new, alignment)]
        carried.claims, carried.orphaned = new.appearances.count(), len(lost)
        for place in lost:
            _orphan(place, new)
        for note in Annotation.objects.filter(version=old):
            moved = _carry(note, new, alignment)
            carried.notes += moved
            carried.notes_left += not moved
        return carried


def _carry_figures(old: ArticleVersion, new: ArticleVersion, alignment: Alignment) -> int:
    moved = []
    for figure in old.figures.filter(superseded=False).select_for_update(of=("self",)):
        if figure.start is None or (span := alignment.exactly(figure.start, figure.end)) is None:
            continue
        figure.version, (figure.start, figure.end) = new, span
        moved.append(figure)
    Figure.objects.bulk_update(moved, ["version", "start", "end"], batch_size=500)
    return len(moved)


def _carry(place: Appearance | Annotation, new: ArticleVersion, alignment: Alignment) -> bool:
    span = alignment.nearly(place.start, place.end)
    if span is None or _is_taken(place, new, span):
        return False
    start, end = span
    changed = place.exact.split() != new.text[start:end].split()
    place.version, place.start, place.end, place.exact = new, start, end, new.text[start:end]
    place.prefix = new.text[max(0, start - CONTEXT) : start]
    place.suffix = new.text[end : end + CONTEXT]
    place.save(update_fields=["version", "start", "end", "exact", "prefix", "suffix"])
    if changed and isinstance(place, Appearance):
        _look_again(place.claim, _("Its words changed in “%(title)s”.") % {"title": new.article.title})
    return True


def _is_taken(place: Appearance | Annotation, new: ArticleVersion, span: tuple[int, int]) -> bool:
    """Whether the claim stands there already: two of its places may have become one."""
    if isinstance(place, Annotation):
        return False
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
