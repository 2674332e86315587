"""A figure that an outlet changed, brought to those who work on its claims."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.accounts.models import User
from factcheck.articles.models import ArticleVersion
from factcheck.claims.models import Appearance, Claim
from factcheck.desk.audit import Job, acting
from factcheck.figures.changes import carry_corrections, record_changes
from factcheck.figures.models import FigureChange

from .carrying import SET_ASIDE
from .figures_found import CHECKED

WATCHER = Job("changed figures")


def watch_figures(*, version: ArticleVersion) -> list[FigureChange]:
    """Record the figures that changed from the version before, and mark the claims that hold one as needing another look.

    A claim that is being worked on has the newer figure then instead of the older one; a checked one stays as it was checked.
    """
    if version.number == 1:
        return []
    with acting(WATCHER, "changed figures"):
        changes = record_changes(version=version)
        holding = [set(_holding(change).values_list("pk", flat=True)) for change in changes]
        replacing = _to_replace(version)
        # In the order in which every service locks claims, so that none waits for the other.
        touched = Q(pk__in=set().union(*holding)) | Q(appearances__figures__in=[c.old_id for c in replacing])
        rows = Claim.objects.filter(pk__in=Claim.objects.filter(touched).order_by().values("pk"))
        list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
        for change, claims in zip(changes, holding, strict=True):
            Claim.objects.filter(pk__in=claims).update(needs_look=in_words(change)[:300])
        for change in replacing:
            _replace(change)
        return changes


def _holding(change: FigureChange) -> "QuerySet[Claim]":
    """The claims that somebody may work with and that hold a changed figure, in its older or its newer form."""
    held = Q(appearances__figures=change.old) | Q(
        appearances__version=change.version,
        appearances__start__lte=change.new.start,
        appearances__end__gte=change.new.end,
    )
    return Claim.objects.filter(held).exclude(state__in=SET_ASIDE).order_by()


def _to_replace(version: ArticleVersion) -> list[FigureChange]:
    """The changes of which a claim in the newer text still holds the older figure; also those that were recorded before, since
    a claim that was checked then may be open again."""
    standing = FigureChange.objects.filter(version=version, new__superseded=False)
    held = Appearance.objects.filter(version=version, figures=OuterRef("old"))
    return list(standing.filter(Exists(held)).select_related("old", "new").order_by("pk"))


def _replace(change: FigureChange) -> None:
    """Put the newer figure in the place of the older one in the claims that stand around it and are not checked."""
    around = Appearance.objects.filter(
        version=change.version,
        figures=change.old,
        start__lte=change.new.start,
        end__gte=change.new.end,
    ).exclude(claim__state__in=CHECKED)
    places = list(around)
    if places:
        carry_corrections(change=change)
    for place in places:
        place.figures.remove(change.old)
        place.figures.add(change.new)


def in_words(change: FigureChange) -> str:
    """The alert, as `87 percent became 78 percent without a notice.`"""
    words = (
        _("%(old)s became %(new)s; the outlet says so.")
        if change.noticed
        else _("%(old)s became %(new)s without a notice.")
    )
    return words % {"old": change.old.text, "new": change.new.text if change.new else "–"}


def mark_seen(*, actor: User, change: FigureChange) -> FigureChange:
    """Somebody looked at the alert; it leaves the list of open ones. A second click changes nothing."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "changed figure seen"):
        FigureChange.objects.filter(pk=change.pk, seen_at=None).update(seen_at=timezone.now(), seen_by=actor)
        change.refresh_from_db()
        return change
