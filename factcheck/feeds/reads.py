"""What the pages of the feeds show: how each one is, what stood in it, and what became of that."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.claims.models import Claim

from .models import Feed, FeedItem
from .paths import is_wanted

if TYPE_CHECKING:
    from factcheck.accounts.models import User

QUIET = timedelta(days=14)
OVERDUE = timedelta(minutes=5)
# Once may be anything; three times in a row is a state.
FAILING = 3
PREVIEWED = 20


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed is: `key` for its colour, `shape` for who sees none, `words` for everybody."""

    key: str
    shape: str
    words: str


def health_of(feed: Feed) -> Health:
    """How a feed is, by its last answers."""
    now = timezone.now()
    if not feed.is_on:
        return Health("off", "○", _("off: its site says it is gone") if feed.reason == "gone" else _("off"))
    if feed.failures >= FAILING:
        said = ngettext("failing, %(n)s time in a row", "failing, %(n)s times in a row", feed.failures)
        return Health("bad", "✕", said % {"n": feed.failures})
    if feed.failures:
        return Health("warn", "!", _("failed, tried again"))
    if feed.next_poll_at < now - OVERDUE:
        return Health("warn", "◔", _("overdue: no worker came to it"))
    if feed.succeeded_at is None:
        return Health("new", "…", _("not asked yet"))
    if (feed.changed_at or feed.created_at) < now - QUIET:
        return Health("quiet", "–", _("answers, nothing new for long"))
    return Health("good", "✓", _("answers"))


def for_list(user: "User") -> "QuerySet[Feed]":
    """The feeds with their sources, and `lately`: how many items came in the last day. Those that fail first."""
    items = FeedItem.objects.filter(feed=OuterRef("pk"), seen_at__gte=timezone.now() - timedelta(days=1))
    counted = items.order_by().values("feed").annotate(n=Count("pk")).values("n")
    return (
        Feed.objects.visible_to(user)
        .select_related("source")
        .annotate(lately=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0)))
        .order_by("-is_on", "-failures", "source__name", "url")
    )


def items_of(feed: Feed, user: "User") -> "QuerySet[FeedItem]":
    """What stood in a feed, newest first, each with what became of it and `candidates`, the claims found in its article."""
    claims = Claim.objects.visible_to(user).filter(lead_article=OuterRef("intake__article")).order_by()
    counted = claims.values("lead_article").annotate(n=Count("pk")).values("n")
    return feed.items.select_related("intake__article").annotate(
        candidates=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
    )


@dataclass(frozen=True, slots=True)
class Previewed:
    """One of the last items, and whether it would come in."""

    item: FeedItem
    comes_in: bool


def preview(feed: Feed, *, include: str, exclude: str) -> list[Previewed]:
    """Which of a feed's last items these paths would let in; lines that are no path let through what the others do."""
    paths = {"include": _paths(include), "exclude": _paths(exclude)}
    items = feed.items.all()[:PREVIEWED]
    return [Previewed(item, is_wanted(item.url, **paths)) for item in items]


def _paths(text: str) -> str:
    lines = (line.strip() for line in text[:20_000].splitlines()[:200])
    return "\n".join(line for line in lines if line.startswith(("/", "*")))


def as_outlines(user: "User") -> list[tuple[str, str, str, str]]:
    """All feeds as the OPML of `opml.written` wants them."""
    rows: Any = Feed.objects.visible_to(user).order_by("source__name", "url")
    return list(rows.values_list("source__name", "title", "url", "source__homepage"))
