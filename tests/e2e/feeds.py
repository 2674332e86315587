"""Feeds in every state, and a list of homepages with a row of each kind, for the pages of the demonstration desk."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.feeds.models import Feed, FeedItem, Lookup, LookupRow
from factcheck.intake.models import Intake
from factcheck.sources.models import Source, SourceDomain

FEED = "https://herald.example/rss"
HOUR = timedelta(hours=1)
LONG = (
    "https://herald.example/feeds/a-very-long-address-that-goes-on-and-on/with-parts/and-parts/of-its-own.xml"
)
WORDS = "The site answered with an error of its own; try again later."


def follow(user: User) -> None:
    """Feeds of the demonstration's outlets, the items of one of them, and homepages that were looked up."""
    now = timezone.now()
    outlets = list(Source.objects.filter(is_demo=True, kind="outlet").order_by("pk"))
    first, second = outlets[0], outlets[-1]
    answers = {"succeeded_at": now - HOUR, "polled_at": now - HOUR, "next_poll_at": now + HOUR}
    feed = Feed.objects.create(
        source=first, url=FEED, kind="rss", title="Top stories", exclude="/video/*",
        changed_at=now - HOUR, **answers,
    )  # fmt: skip
    rows = [
        {"source": first, "url": LONG, "kind": "sitemap", "failures": 5, "reason": "server_error", "words": WORDS},
        {"source": second, "url": "https://wire.example/atom", "kind": "atom", "title": "أخبار", "failures": 1, "words": WORDS},
        {"source": second, "url": "https://wire.example/old", "is_on": False, "reason": "gone"},
        {"source": second, "url": "https://wire.example/new", "next_poll_at": now + HOUR},
        {"source": second, "url": "https://wire.example/late", **answers, "next_poll_at": now - HOUR},
    ]  # fmt: skip
    Feed.objects.bulk_create(Feed(**row) for row in rows)
    article = Article.objects.filter(is_demo=True).order_by("pk")[0]
    added = Intake.objects.create(
        via="feed", status="added", url="https://herald.example/wells", article=article
    )
    failed = Intake.objects.create(via="feed", status="failed", url="https://herald.example/dam", words=WORDS)
    for number, what in enumerate(
        [
            {"intake": added},
            {"intake": failed},
            {"left_out": "path"},
            {"left_out": "old", "published_at": now - 400 * HOUR},
        ]
    ):
        url = f"https://herald.example/{'video' if 'left_out' in what else 'news'}/{number}"
        FeedItem.objects.create(
            feed=feed, key=str(number), url=url, title=f"Story {number}: half of the wells", **what
        )
    _look_up(user, first)


def _look_up(user: User, known: Source) -> None:
    now = timezone.now()
    lookup = Lookup.objects.create(asked_by=user)
    SourceDomain.objects.create(source=known, domain="already.example")

    def feed(path: str, title: str) -> dict[str, object]:
        return {
            "url": f"https://{path}", "kind": "rss", "title": title, "last_at": (now - HOUR).isoformat(),
            "headlines": ["Militia loses 87 percent of its territory", "Grain exports double", "Wells sealed in the valley"],
        }  # fmt: skip

    found = {"status": "found", "attempts": 1}
    rows = [
        {"name": "The Valley Post", "paywall": True, "feeds": [feed("valley.example/rss", "Valley Post"), feed("valley.example/world", "Valley Post: World")], **found},
        {"name": f"{known.name} Online", "paywall": False, "feeds": [feed("online.example/rss", "All news")], **found},
        {"name": known.name, "domain": "already.example", "feeds": [feed("already.example/rss", "Everything")], **found},
        {"name": "Quiet Gazette", "words": "No feed at the likeliest addresses. The desk can look at further ones.", "left": ["https://x.example/rss"], **found},
        {"status": "failed", "words": "No site of this name was found; check the address."},
        {"status": "running", "alive_at": now},
        {"status": "queued"},
        {"name": known.name, "status": "added", "source": known},
    ]  # fmt: skip
    for number, row in enumerate(rows, 1):
        domain = row.pop("domain", f"site{number}.example")
        LookupRow.objects.create(
            lookup=lookup, position=number, url=f"https://{domain}/", domain=domain, sent_at=now, **row
        )


def pages() -> list[tuple[str, str, str]]:
    """(name, path, username) of each page of the feeds."""
    feed = Feed.objects.get(url=FEED)
    lookup = Lookup.objects.get()
    return [
        ("feeds", reverse("feeds:list"), "admin"),
        ("feed", reverse("feeds:show", args=[feed.pk]), "admin"),
        ("feed-viewer", reverse("feeds:show", args=[feed.pk]), "viewer"),
        ("feed-add", reverse("feeds:add"), "admin"),
        ("feed-edit", reverse("feeds:edit", args=[feed.pk]), "admin"),
        ("feed-delete", reverse("feeds:delete", args=[feed.pk]), "admin"),
        ("feeds-add-many", reverse("feeds:add_many"), "admin"),
        ("feeds-lookup", lookup.get_absolute_url(), "admin"),
    ]
