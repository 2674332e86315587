"""What asking a feed brings, what is not brought twice, and how a failing one is left alone."""

import gzip
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from itertools import pairwise

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from factcheck.desk.errors import AlreadyThere, NotAllowed, Refused, Stale
from factcheck.feeds.models import Feed
from factcheck.feeds.parsing import parse
from factcheck.feeds.services import add_feed, edit_feed, poll_feed, poll_now, send_due
from factcheck.intake.models import Intake
from tests.factories import SourceFactory
from tests.feeds.conftest import rss
from tests.support.hostile import Page

pytestmark = pytest.mark.django_db


def polled(feed):
    """The feed after a poll whose time has come."""
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now())
    poll_feed(feed_id=feed.pk)
    return Feed.objects.get(pk=feed.pk)


def urls():
    return sorted(Intake.objects.values_list("url", flat=True))


def test_new_items_are_handed_in_for_the_source(site, feed):
    feed = polled(feed)

    assert urls() == [site.url(f"/news/{n}") for n in (1, 2, 3)]
    intake = Intake.objects.get(url=site.url("/news/1"))
    assert (intake.via, intake.source, intake.given["title"]) == ("feed", feed.source, "Story 1")
    assert (feed.kind, feed.title, feed.failures) == ("rss", "Norland Herald", 0)
    assert feed.next_poll_at > timezone.now() + timedelta(minutes=25)


def test_an_item_is_handed_in_once(site, feed):
    polled(feed)
    site.pages["/feed"] = rss(site, 4, 3, 2)

    polled(feed)

    assert urls() == [site.url(f"/news/{n}") for n in (1, 2, 3, 4)]


def test_the_site_is_told_what_the_desk_has(site, feed):
    site.pages["/feed"] = rss(site, 1, ETag='"one"')
    polled(feed)
    site.pages["/feed"] = Page(status=304)

    feed = polled(feed)

    asked = {name.lower(): value for name, value in site.requests[-1].headers.items()}
    assert asked["if-none-match"] == '"one"'
    assert (feed.failures, feed.etag) == (0, '"one"')
    assert feed.changed_at < feed.succeeded_at


def test_only_wanted_paths_come_in(site, feed):
    Feed.objects.filter(pk=feed.pk).update(include="/news/*", exclude="/news/2")

    polled(feed)

    assert urls() == [site.url("/news/1"), site.url("/news/3")]
    assert feed.items.get(url=site.url("/news/2")).left_out == "path"


def test_what_wider_paths_let_in_comes_in_while_it_stands_in_the_feed(site, feed, admin):
    Feed.objects.filter(pk=feed.pk).update(include="/politics/*")
    site.pages["/feed"] = rss(site, 2, 1, ETag='"one"')
    feed = polled(feed)
    site.pages["/feed"] = rss(site, 3, 2, ETag='"one"')
    edit_feed(actor=admin, feed=feed, revision=feed.revision, include="")

    feed = polled(feed)

    assert urls() == [site.url("/news/2"), site.url("/news/3")]
    assert "if-none-match" not in {name.lower() for name in site.requests[-1].headers}
    assert [item.left_out for item in feed.items.order_by("url")] == ["path", "", ""]
    assert feed.changed_at is not None


def test_paths_that_are_widened_while_the_feed_is_asked_count_in_the_next_answer(
    site, feed, admin, monkeypatch
):
    Feed.objects.filter(pk=feed.pk).update(include="/politics/*")
    site.pages["/feed"] = rss(site, 1, ETag='"one"')

    def edited(*args, **kwargs):
        now = Feed.objects.get()
        edit_feed(actor=admin, feed=now, revision=now.revision, include="")
        return parse(*args, **kwargs)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("factcheck.feeds.services.polling.parse", edited)
        feed = polled(feed)
    assert (feed.etag, feed.next_poll_at <= timezone.now()) == ("", True)
    polled(feed)
    assert urls() == [site.url("/news/1")]


def test_what_is_old_stays_out_when_the_paths_are_widened(site, feed):
    Feed.objects.filter(pk=feed.pk).update(include="/politics/*")
    site.pages["/feed"] = rss(site, 1, age=timedelta(days=30))
    polled(feed)
    Feed.objects.filter(pk=feed.pk).update(include="")

    polled(feed)

    assert urls() == []


def test_what_is_old_when_the_feed_is_added_stays_out(site, feed):
    site.pages["/feed"] = rss(site, 1, age=timedelta(days=30))
    polled(feed)
    assert urls() == []
    assert feed.items.get().left_out == "old"

    site.pages["/feed"] = rss(site, 2, age=timedelta(days=8))
    polled(feed)
    assert urls() == [site.url("/news/2")]


def test_a_feed_without_extraction_brings_articles_that_are_not_read(site, feed):
    Feed.objects.filter(pk=feed.pk).update(extract=False)

    polled(feed)

    assert not Intake.objects.filter(extract=True).exists()


@pytest.mark.parametrize(
    "type", ["application/octet-stream", "application/x-rss+xml", "text/rss+xml", "image/png"]
)
def test_a_feed_is_read_whatever_type_its_site_gives_it(site, feed, type):
    site.pages["/feed"] = replace(rss(site, 1), type=type)

    feed = polled(feed)

    assert (feed.failures, urls()) == (0, [site.url("/news/1")])


def test_a_sitemap_that_lies_packed_is_unpacked(site, feed):
    page = f"<urlset><url><loc>{site.url('/news/9')}</loc></url></urlset>".encode()
    site.pages["/feed"] = Page(gzip.compress(page), "application/x-gzip")

    feed = polled(feed)

    assert (feed.kind, urls()) == ("sitemap", [site.url("/news/9")])


@pytest.mark.parametrize("status", [401, 403, 404])
def test_why_a_feed_cannot_be_had_is_told_of_the_feed(site, feed, status):
    site.pages["/feed"] = Page(status=status)

    assert "feed" in polled(feed).words


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<!doctype html><html><p>Welcome</p></html>", "page"),
        (b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY lol 'lol'>]><rss version='2.0'/>", "entities"),
        (b"   ", "empty"),
        (b"what is this", "broken"),
    ],
)
def test_what_is_no_feed_says_so(site, feed, page, reason):
    site.pages["/feed"] = Page(body=page, type="application/xml")

    feed = polled(feed)

    assert (feed.reason, feed.failures) == (reason, 1)
    assert feed.words


def test_a_failing_feed_is_asked_less_and_less_often_and_then_forgiven(site, feed):
    site.pages["/feed"] = Page(status=500)
    waits = []
    for _try in range(8):
        feed = polled(feed)
        waits.append(feed.next_poll_at - timezone.now())
    assert waits[0] > timedelta(minutes=55)
    assert all(later >= sooner for sooner, later in pairwise(waits[:5]))
    assert waits[-1] < timedelta(days=1, hours=3)

    site.pages["/feed"] = rss(site, 1)
    feed = polled(feed)
    assert (feed.failures, feed.words) == (0, "")
    assert feed.next_poll_at < timezone.now() + timedelta(minutes=40)


def test_a_feed_that_is_gone_is_switched_off_with_the_reason(site, feed):
    site.pages["/feed"] = Page(status=410)

    feed = polled(feed)

    assert (feed.is_on, feed.reason) == (False, "gone")


def test_a_million_items_end_within_their_means(site, feed, settings):
    settings.FEED_ITEMS_MAX = 20
    site.pages["/feed"] = rss(site, *range(60_000))

    polled(feed)

    assert feed.items.count() == 20


def test_the_pages_of_a_news_sitemap_come_in(site, feed):
    entry = "<url><loc>{}</loc><n:news><n:title>Story</n:title></n:news></url>"
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    site.pages["/feed"] = Page(
        body=f"<sitemapindex {spaces}><sitemap><loc>{site.url('/map')}</loc></sitemap></sitemapindex>".encode(),
        type="application/xml",
    )
    site.pages["/map"] = Page(
        body=f"<urlset {spaces}>{entry.format(site.url('/news/9'))}</urlset>".encode(), type="application/xml"
    )

    feed = polled(feed)

    assert (feed.kind, urls()) == ("sitemap", [site.url("/news/9")])


def test_two_beats_send_a_due_feed_once(feed, monkeypatch):
    sent = []
    monkeypatch.setattr("factcheck.feeds.services.polling.send", lambda row: sent.append(row) or True)

    assert (send_due(), send_due()) == (1, 0)
    assert sent == [feed]


def test_a_poll_that_died_half_way_brings_the_rest_next_time(site, feed, monkeypatch):
    from factcheck.feeds.services import polling

    handed = polling.hand_in_item

    def dies(*, actor, item):
        if item.title == "Story 2":
            raise SystemExit
        return handed(actor=actor, item=item)

    with monkeypatch.context() as dying:
        dying.setattr(polling, "hand_in_item", dies)
        with pytest.raises(SystemExit):
            poll_feed(feed_id=feed.pk)
    assert len(urls()) == 1

    polled(feed)

    assert urls() == [site.url(f"/news/{n}") for n in (1, 2, 3)]


def test_an_admin_adds_and_edits_a_feed(admin, editor, outlet):
    feed = add_feed(actor=admin, source=outlet, url="https://herald.example/feed", include=" /politics/* \n")

    assert feed.include == "/politics/*"
    with pytest.raises(AlreadyThere):
        add_feed(actor=admin, source=outlet, url="https://herald.example/feed")
    with pytest.raises(NotAllowed):
        add_feed(actor=editor, source=outlet, url="https://herald.example/other")
    edited = edit_feed(actor=admin, feed=feed, revision=feed.revision, is_on=False)
    with pytest.raises(Refused):
        poll_now(actor=admin, feed=edited)
    with pytest.raises(Stale):
        edit_feed(actor=admin, feed=edited, revision=1, is_on=True)


def test_an_index_of_sitemaps_is_always_asked_for_whole(site, feed):
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.pages["/feed"] = Page(
        body=f"<sitemapindex {spaces}><sitemap><loc>{site.url('/map')}</loc></sitemap></sitemapindex>".encode(),
        type="application/xml",
        headers={"ETag": '"one"'},
    )
    site.pages["/map"] = Page(body=f"<urlset {spaces}></urlset>".encode(), type="application/xml")

    feed = polled(feed)

    assert (feed.etag, feed.failures) == ("", 0)


def test_an_index_whose_sitemaps_cannot_be_had_has_failed(site, feed):
    body = f"<sitemapindex><sitemap><loc>{site.url('/map')}</loc></sitemap></sitemapindex>"
    site.pages["/feed"] = Page(body=body.encode(), type="application/xml")
    site.pages["/map"] = Page(status=500)

    feed = polled(feed)

    assert (feed.failures, feed.reason, feed.succeeded_at) == (1, "server_error", None)


def test_polls_that_piled_up_ask_once(site, feed):
    for _message in range(3):
        poll_feed(feed_id=feed.pk)

    assert [seen.path for seen in site.requests].count("/feed") == 1


def test_an_answer_from_another_address_is_told_and_remains_so_while_nothing_changes(site, feed):
    site.pages["/moved"] = rss(site, 1, ETag='"one"')
    site.pages["/feed"] = Page(status=302, headers={"Location": "/moved"})

    feed = polled(feed)
    assert site.url("/moved") in feed.words
    assert (feed.failures, feed.moved_to) == (0, "")

    site.pages["/moved"] = Page(status=304)
    assert site.url("/moved") in polled(feed).words


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address_after_one_click(site, feed, signed_in, admin):
    site.pages["/moved"] = rss(site, 1, ETag='"one"')
    site.pages["/feed"] = Page(status=301, headers={"Location": "/moved"})
    moved_to = site.url("/moved")
    assert polled(feed).moved_to == moved_to
    site.pages["/moved"] = Page(status=304)
    assert polled(feed).moved_to == moved_to
    site.pages["/feed"] = Page(status=404)
    assert polled(feed).moved_to == moved_to
    browser = signed_in(admin)
    assert "Use the new address" in browser.get(feed.get_absolute_url()).content.decode()

    for _click in range(2):
        answer = browser.post(f"{feed.get_absolute_url()}move/", {"url": moved_to}, follow=True)

    assert "from now on" in answer.content.decode()
    now = Feed.objects.get()
    assert (now.url, now.moved_to, now.failures, now.revision) == (moved_to, "", 0, feed.revision + 1)
    assert now.events.order_by("pgh_id").last().pgh_context.metadata["action"] == "move feed"


def test_what_is_old_when_a_feed_has_moved_is_left_out_as_when_it_was_new(site, feed, admin):
    def standing_at(host):
        day = "Mon, 02 Jan 2023 12:00:00 GMT"
        items = f"<item><title>x</title><link>https://{host}/1</link><pubDate>{day}</pubDate></item>"
        return Page(body=f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), type="text/xml")

    site.pages["/feed"] = standing_at("old.example")
    feed = polled(feed)
    site.pages["/new"] = standing_at("new.example")

    feed = polled(edit_feed(actor=admin, feed=feed, revision=feed.revision, url=site.url("/new")))

    assert [item.left_out for item in feed.items.all()] == ["old", "old"]
    assert feed.succeeded_at


def test_the_new_address_of_a_feed_may_be_followed_already(site, feed, signed_in, admin):
    Feed.objects.filter(pk=feed.pk).update(moved_to="https://herald.example/rss")
    Feed.objects.create(source=SourceFactory(name="The Other"), url="https://herald.example/rss")

    answer = signed_in(admin).post(
        f"{feed.get_absolute_url()}move/", {"url": "https://herald.example/rss"}, follow=True
    )

    assert "The Other has the feed at the new address already." in answer.content.decode()
    assert Feed.objects.get(pk=feed.pk).url == feed.url


def test_who_switched_a_gone_feed_off_stands_in_its_history(site, feed):
    site.pages["/feed"] = Page(status=410)

    polled(feed)

    last = feed.events.order_by("pgh_id").last()
    assert (last.is_on, last.pgh_context.metadata["actor"]) == (False, "feeds")


def test_a_poll_that_takes_too_long_says_so(site, feed, monkeypatch):
    def endless(*args, **kwargs):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr("factcheck.feeds.services.polling.parse", endless)

    feed = polled(feed)

    assert (feed.failures, feed.reason) == (1, "too_long")
    assert feed.words


def test_half_a_character_in_a_json_feed_harms_nothing(site, feed):
    item = (
        '{"id": "1", "url": "/news/1", "title": "Losses \\ud83d rose"}, {"id": "2", "url": "/news/\\udc00"}'
    )
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "\\ud800", "items": [{item}]}}'
    site.pages["/feed"] = Page(body=body.encode(), type="application/feed+json")

    assert polled(feed).failures == 0
    assert feed.items.get(url=site.url("/news/1")).title == "Losses rose"


def test_a_shorter_pace_counts_at_once_and_paths_are_stored_tidy(admin, feed):
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now() + timedelta(days=5))
    feed.refresh_from_db()

    feed = edit_feed(actor=admin, feed=feed, revision=feed.revision, every=10, include=" /a b/* \r\n\r\n/c")

    assert feed.next_poll_at < timezone.now() + timedelta(minutes=11)
    assert feed.include == "/a b/*\n/c"
    with pytest.raises(ValidationError):
        add_feed(actor=admin, source=feed.source, url="javascript:alert(1)")


def test_an_item_known_by_an_address_in_its_old_spelling_is_not_new(site, feed):
    items = "".join(f"<item><title>x</title><link>{site.url(path)}</link></item>" for path in ("/ß", "/%7Ea"))
    site.pages["/feed"] = Page(
        body=f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), type="text/xml"
    )
    for path in ("/ß", "/%7Ea"):
        known = site.url(path).replace("http:", "https:").encode()
        feed.items.create(key=sha256(known).hexdigest(), url=site.url(path))

    import_module("factcheck.feeds.migrations.0006_keys_in_one_spelling").rename(apps, None)

    polled(feed)
    assert feed.items.count() == 2
    assert urls() == []
