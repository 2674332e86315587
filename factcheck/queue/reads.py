"""What the queue shows: its views with their counts, a page of claims, and what came in since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Appearance, Claim
from factcheck.claims.querysets import VIEWS

from .paging import following, ordered, place_of
from .rows import Row, rows_of

PAGE = 50
COUNTED = 999  # beyond it a count says nothing more than "many", and costs

NAMES = {
    "today": _("Today"),
    "mine": _("Mine"),
    "review": _("To review"),
    "waiting": _("Waiting"),
    "late": _("Late"),
    "look": _("Needs another look"),
    "candidates": _("Candidates"),
    "open": _("Open"),
    "verified": _("Verified"),
    "set-aside": _("Set aside"),
    "all": _("Everything"),
}
DESK = ("today", "mine", "review", "waiting", "late", "look")
UNCOUNTED = ("all",)


class Counted(Subquery):
    """How many rows a queryset of keys has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class View:
    """One view of the queue as its link shows it; `count` stops at COUNTED and then has `more`."""

    key: str
    name: Any
    count: int | None
    more: bool


@dataclass(frozen=True)
class Page:
    """Fifty rows, and where the next ones begin ("" at the end)."""

    rows: list[Row]
    next: str


def views_of(user: User) -> list[View]:
    """Every view with its count, all counted in one query."""
    visible = Claim.objects.visible_to(user)
    counts = {
        f"n_{key.replace('-', '_')}": Counted(choose(visible, user).order_by().values("pk")[: COUNTED + 1])
        for key, choose in VIEWS.items()
        if key not in UNCOUNTED
    }
    found = User.objects.filter(pk=user.pk).values(**counts).get()
    views = []
    for key, name in NAMES.items():
        count = found.get(f"n_{key.replace('-', '_')}")
        more = count is not None and count > COUNTED
        views.append(View(key, name, COUNTED if more else count, more))
    return views


def claims_of(user: User, view: str, filters: dict[str, Any]) -> QuerySet[Claim]:
    """The claims of a view under the filters of QueueForm, that this person may see."""
    claims = VIEWS[view](Claim.objects.visible_to(user), user)
    if words := filters.get("q"):
        claims = claims.matching(words)
    if outlet := filters.get("outlet"):
        carried = Article.objects.filter(Q(carried_by=outlet) | Q(written_by=outlet))
        claims = claims.filter(
            Q(lead_article__in=carried)
            | Exists(Appearance.objects.filter(claim=OuterRef("pk"), version__article__in=carried))
        )
    for name in ("state", "kind"):
        if name in filters:
            claims = claims.filter(**{name: filters[name]})
    if article := filters.get("article"):
        claims = claims.filter(
            Q(lead_article=article)
            | Exists(Appearance.objects.filter(claim=OuterRef("pk"), version__article=article))
        )
    if assignee := filters.get("assignee"):
        whose = {"me": {"assignee": user}, "none": {"assignee": None}}
        claims = claims.filter(**whose.get(assignee, {"assignee": assignee}))
    if figure := filters.get("figure"):
        through = Appearance.figures.through.objects.filter(appearance__claim=OuterRef("pk"))
        claims = claims.filter(Exists(through) if figure == "yes" else ~Exists(through))
    return claims


def page_of(claims: QuerySet[Claim], order: str, after: str = "") -> Page:
    """One page of the claims in an order, after a place of an earlier page's `next`."""
    if after:
        claims = following(claims, order, after)
    found = list(ordered(claims, order).for_rows()[: PAGE + 1])
    more = len(found) > PAGE
    shown = found[:PAGE]
    return Page(rows_of(shown), place_of(shown[-1], order) if more else "")


def came_since(claims: QuerySet[Claim], since: datetime, user: User) -> int:
    """How many of the claims entered this list after `since`, other than by what this person did."""
    newer = claims.filter(state_at__gt=since).exclude(
        Exists(
            claims.model.steps.rel.related_model.objects.filter(
                claim=OuterRef("pk"), actor=user, at__gt=since
            )
        )
    )
    return newer.order_by().values("pk")[: COUNTED + 1].count()


def earlier_checks(claim: Claim, user: User, limit: int = 4) -> list[Claim]:
    """Verified claims in words like this one's, most alike first, each with its rating."""
    alike = Claim.objects.visible_to(user).verified().exclude(pk=claim.pk).like(str(claim))
    return list(alike.with_rating()[:limit])
