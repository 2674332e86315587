"""A figure that an outlet changed, brought to those who work on its claims."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.accounts.models import User
from factcheck.articles.models import ArticleVersion
from factcheck.claims.models import Claim
from factcheck.desk.audit import Job, acting
from factcheck.figures.changes import record_changes
from factcheck.figures.models import FigureChange

from .carrying import SET_ASIDE

WATCHER = Job("changed figures")


def watch_figures(*, version: ArticleVersion) -> list[FigureChange]:
    """Record the figures that changed from the version before, and mark the claims that hold one as needing another look."""
    if version.number == 1:
        return []
    with acting(WATCHER, "changed figures"):
        changes = record_changes(version=version)
        holding = [set(_holding(change).values_list("pk", flat=True)) for change in changes]
        # In the order in which every service locks claims, so that none waits for the other.
        rows = Claim.objects.filter(pk__in=set().union(*holding)).order_by("pk")
        list(rows.select_for_update(of=("self",)).values_list("pk"))
        for change, claims in zip(changes, holding, strict=True):
            Claim.objects.filter(pk__in=claims).update(needs_look=in_words(change)[:300])
        return changes


def _holding(change: FigureChange) -> "QuerySet[Claim]":
    """The claims that somebody may work with and that hold a changed figure, in its older or its newer form."""
    held = Q(appearances__figures=change.old) | Q(
        appearances__version=change.version,
        appearances__start__lte=change.new.start,
        appearances__end__gte=change.new.end,
    )
    return Claim.objects.filter(held).exclude(state__in=SET_ASIDE).order_by()


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
