"""Twenty sources in ten minutes, in a real browser with a real worker: homepages in, sources with feeds out."""

import pytest
from playwright.sync_api import expect

from factcheck.feeds.models import Feed, LookupRow
from factcheck.sources.models import Source
from tests.factories import SourceFactory
from tests.feeds.conftest import rss
from tests.support.hostile import HostileSite

HOSTS = {"127.0.0.2": "Norland Herald", "127.0.0.3": "Valley Post", "127.0.0.4": "Port Sellen Gazette"}


@pytest.fixture
def sites():
    """Three outlets with a homepage and a feed each."""
    made = [HostileSite(host) for host in HOSTS]
    for site, name in zip(made, HOSTS.values(), strict=True):
        site.pages["/"] = (
            f"<!doctype html><html><head><title>{name} – all the news</title><meta property='og:site_name' content='{name}'>"
            f"<link rel='alternate' type='application/rss+xml' href='/feed'></head><body><h1>{name}</h1></body></html>"
        ).encode()
        site.pages["/feed"] = rss(site, 3, 2, 1, path="/nothing")
    yield made
    for site in made:
        site.close()


@pytest.fixture
def fetching_worker(worker, sites):
    """A worker that may fetch from the local sites; the next test gets an ordinary one."""
    worker.restart(
        FETCH_ALLOWED_NETWORKS="127.0.0.0/8",
        FETCH_PORTS=",".join(str(site.port) for site in sites),
        FETCH_DELAY="0",
        FETCH_ROBOTS="false",
    )
    yield worker
    worker.stop()


@pytest.fixture
def desk(page, sign_in, admin):
    sign_in(page, admin)
    return page


def test_homepages_are_pasted_looked_up_ticked_and_added(desk, fetching_worker, sites, axe):
    desk.goto("/feeds/add-many/")
    desk.get_by_label("Homepages").fill("\n".join(site.url("/") for site in sites))
    desk.keyboard.press("Control+Enter")

    expect(desk.get_by_text("3 sites looked at")).to_be_visible(timeout=30_000)
    names = desk.locator("#lookup-rows .outlet input")
    expect(names).to_have_count(3)
    assert [field.input_value() for field in names.all()] == list(HOSTS.values())
    expect(desk.get_by_text("Story 3")).to_have_count(3)
    axe(desk)

    names.nth(1).fill("The Valley Post")
    desk.get_by_label("Tick all").focus()
    desk.keyboard.press("Space")
    expect(desk.locator("[data-ticked]")).to_have_text("3")
    desk.keyboard.press("Control+Enter")

    expect(desk.get_by_text("3 were added.")).to_be_visible()
    assert set(Source.objects.values_list("name", flat=True)) == {*HOSTS.values(), "The Valley Post"} - {
        "Valley Post"
    }
    assert set(Feed.objects.values_list("url", flat=True)) == {site.url("/feed") for site in sites}
    fetching_worker.settle()
    assert Feed.objects.filter(items__isnull=False).distinct().count() == 3


def test_what_somebody_types_stays_while_other_rows_fill(desk, fetching_worker, sites):
    desk.goto("/feeds/add-many/")
    slow, dead = f"{sites[0].url('/silent')}", sites[1].url("/status/404")
    desk.get_by_label("Homepages").fill("\n".join([sites[2].url("/"), dead, slow]))
    desk.keyboard.press("Control+Enter")
    name = desk.locator("#lookup-rows .outlet input").first
    name.fill("Typed by hand")
    tick = desk.locator("#lookup-rows input[type=checkbox]").first
    tick.check()

    LookupRow.objects.filter(url=slow).update(status="failed", words="The site took too long to answer.")
    expect(desk.get_by_text("The site took too long to answer.")).to_be_visible()
    expect(desk.get_by_text("The site has no page at this address")).to_be_visible(timeout=30_000)
    expect(name).to_have_value("Typed by hand")
    expect(tick).to_be_checked()
    fetching_worker.kill()


def test_not_the_same_and_try_again_answer_in_their_row(desk, admin):
    from factcheck.feeds.models import Lookup
    from tests.feeds.test_lookups import found

    lookup = Lookup.objects.create(asked_by=admin)
    SourceFactory(name="Norland Herald")
    found(lookup, 1, name="Norland Heralds")
    found(lookup, 2, status="failed", feeds=[], words="The site is down.")
    desk.goto(lookup.get_absolute_url())

    desk.get_by_role("button", name="Not the same").click()
    expect(desk.get_by_role("button", name="Not the same")).to_have_count(0)
    desk.get_by_role("button", name="Try again").click()
    expect(desk.get_by_text("The site is down.")).to_have_count(0)
    expect(desk.locator("#lookup-bar progress")).to_be_visible()
    expect(desk.locator("#lookup-rows tr")).to_have_count(2)


def test_the_preview_follows_the_paths_as_they_are_typed(desk, admin):
    feed = Feed.objects.create(source=SourceFactory(), url="https://herald.example/rss")
    for part in ("politics", "video"):
        feed.items.create(key=part, url=f"https://herald.example/{part}/1", title=part)
    desk.goto(f"/feeds/{feed.pk}/edit/")
    expect(desk.locator("#preview [data-in=yes]")).to_have_count(2)
    desk.get_by_label("Not these paths").fill("/video/*")
    expect(desk.locator("#preview [data-in=no]")).to_contain_text("video")
