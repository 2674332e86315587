"""A local site with a feed."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from factcheck.feeds.models import Feed
from tests.e2e.conftest import axe
from tests.factories import SourceFactory
from tests.intake.conftest import site
from tests.support.hostile import Page

__all__ = ["axe", "site"]
NOW = datetime.now(UTC).replace(microsecond=0)


def rss(site, *numbers, age=timedelta(hours=1), path="/news", **headers):
    """An RSS feed of stories by number, the first on top."""
    items = "".join(
        f"<item><title>Story {n}</title><link>{path}/{n}</link><guid isPermaLink='false'>story-{n}</guid>"
        f"<pubDate>{format_datetime(NOW - age)}</pubDate></item>"
        for n in numbers
    )
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Norland Herald</title>{items}</channel></rss>"
    return Page(body=body.encode(), type="application/rss+xml", headers=headers)


@pytest.fixture
def outlet(db):
    return SourceFactory(name="Norland Herald")


@pytest.fixture
def feed(site, outlet):
    site.pages["/feed"] = rss(site, 3, 2, 1)
    return Feed.objects.create(source=outlet, url=site.url("/feed"))
