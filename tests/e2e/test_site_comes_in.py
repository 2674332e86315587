"""A whole site comes in by itself: its feeds are polled by beat, its pages fetched and read by a worker that is killed twice."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from factcheck.articles.models import Article, ExtractionRun
from factcheck.embedded import ROOT, processes, programs
from factcheck.feeds.models import Feed, FeedItem
from factcheck.intake.models import Capture, Intake
from tests.factories import SourceFactory
from tests.support import servers
from tests.support.hostile import HostileSite, Page

PAGES = 200
NOW = datetime.now(UTC).replace(microsecond=0)
KILLED_AT = (40, 120)  # articles


def story(number):
    """A page of its own words: no two of the site are near copies."""
    body = (
        f"<p>The council of district {number} said on Monday that it had sealed {number * 7 + 3} wells since the spring.</p>"
        f"<p>A spokesman for ward {number + 500} told reporters that costs rose {number % 30 + 1} percent to "
        f"${number + 10} million, and that parish {number + 900} would be next in line for repairs.</p>"
    )
    return (
        f"<!doctype html><html lang='en'><head><title>Wells of district {number}</title>"
        f"<meta property='og:title' content='Wells of district {number}'>"
        f"<meta property='article:published_time' content='2026-03-02T09:00:00+00:00'></head>"
        f"<body><article><h1>Wells of district {number}</h1>{body}</article></body></html>"
    ).encode()


def rss(numbers):
    items = "".join(
        f"<item><title>Wells {n}</title><link>/story/{n}</link><guid>tag:{n}</guid><pubDate>{format_datetime(NOW)}</pubDate></item>"
        for n in numbers
    )
    return Page(
        f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode(),
        "application/rss+xml",
    )


def atom(numbers):
    entries = "".join(
        f"<entry><id>tag:{n}</id><title>Wells {n}</title><link href='/story/{n}?utm_source=atom'/><updated>{NOW.isoformat()}</updated></entry>"
        for n in numbers
    )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Latest</title>{entries}</feed>"
    return Page(feed.encode(), "application/atom+xml")


def json_feed(numbers):
    items = [
        {"id": str(n), "url": f"/story/{n}", "title": f"Wells {n}", "date_published": NOW.isoformat()}
        for n in numbers
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "All", "items": items}
    return Page(json.dumps(feed).encode(), "application/feed+json")


def sitemap(site, numbers):
    entries = "".join(
        f"<url><loc>{site.url(f'/story/{n}')}</loc><lastmod>{NOW.date()}</lastmod></url>" for n in numbers
    )
    spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    return Page(f"<urlset {spaces}>{entries}</urlset>".encode(), "application/xml")


@pytest.fixture
def site():
    with HostileSite() as made:
        for number in range(PAGES):
            made.pages[f"/story/{number}"] = story(number)
        made.pages["/rss"] = rss(range(0, 90))
        made.pages["/atom"] = atom(range(60, 130))
        made.pages["/feed.json"] = json_feed(range(120, 160))
        made.pages["/sitemap.xml"] = sitemap(made, range(140, PAGES))
        yield made


@pytest.fixture
def machines(worker, site, tmp_path):
    """A worker and a beat that are impatient and may ask the local site."""
    more = {
        "FETCH_PORTS": str(site.port),
        "FETCH_ALLOWED_NETWORKS": "127.0.0.0/8",
        "FETCH_DELAY": "0",
        "FETCH_ROBOTS": "0",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "SWEEP_EVERY": "2",
        "INTAKE_STALLED_AFTER": "5",
        "EXTRACTION_STALLED_AFTER": "5",
    }
    worker.restart(**more)
    beat = processes.spawn(
        programs.beat(schedule=tmp_path / "beat"),
        log=tmp_path / "beat.log",
        cwd=ROOT,
        env=servers.environment(**more),
        pid_file=tmp_path / "beat.pid",
    )
    yield lambda: worker.start(**more)
    beat.terminate()
    beat.wait()
    worker.kill()


def test_two_hundred_pages_come_in_each_once_though_the_worker_is_killed_twice(site, machines, worker):
    outlet = SourceFactory(name="Norland Herald")
    for path in ("/rss", "/atom", "/feed.json", "/sitemap.xml"):
        Feed.objects.create(source=outlet, url=site.url(path), next_poll_at=NOW - timedelta(minutes=1))

    for articles in KILLED_AT:
        servers.until(lambda n=articles: Article.objects.count() >= n, f"{articles} articles", seconds=120)
        worker.kill()
        machines()
    read = ExtractionRun.objects.filter(status="finished")
    servers.until(
        lambda: Article.objects.count() == PAGES and read.count() >= PAGES, "all pages read", seconds=240
    )

    titles = sorted(Article.objects.values_list("title", flat=True))
    assert titles == sorted(f"Wells of district {n}" for n in range(PAGES))
    assert not Intake.objects.exclude(status__in=["added", "known"]).exists()
    assert Intake.objects.filter(status="added").count() == PAGES
    assert FeedItem.objects.filter(intake=None).count() == 0
    assert set(Article.objects.values_list("carried_by", flat=True)) == {outlet.pk}
    assert Capture.objects.filter(version__isnull=False).count() == PAGES
    assert not Article.objects.exclude(copy_of=None).exists()
