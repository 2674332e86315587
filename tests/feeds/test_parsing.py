"""What a feed's bytes are read as, and what they cannot make the desk do."""

import json

import pytest

from factcheck.feeds.discovery import news_sitemaps, read_homepage
from factcheck.feeds.parsing import Fault, NoFeed, parse

RSS = "<rss version='2.0'><channel><title>Kept</title><item><link>https://a.example/x</link></item></channel></rss>"


def test_an_answer_that_names_a_file_of_this_machine_is_no_feed(tmp_path):
    inside = tmp_path / "inside.xml"
    inside.write_text(RSS)

    found = parse(str(inside).encode(), url="https://a.example/feed", limit=10)

    assert isinstance(found, NoFeed)
    assert found.fault == Fault.BROKEN


@pytest.mark.parametrize("address", [b"file:///etc/hosts", b"http://127.0.0.1/feed", b"/dev/zero"])
def test_an_answer_that_is_an_address_is_not_followed(address):
    assert isinstance(parse(address, url="https://a.example/feed", limit=10), NoFeed)


def test_a_feed_has_its_title_and_items():
    found = parse(RSS.encode(), url="https://a.example/feed", limit=10)

    assert (found.kind, found.title, [item.url for item in found.items]) == (
        "rss",
        "Kept",
        ["https://a.example/x"],
    )


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01"])
def test_an_impossible_date_costs_the_date_alone(moment):
    entries = [{"id": "1", "url": "https://a.example/x", "title": "Kept", "date_published": moment}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries}).encode()

    (item,) = parse(body, url="https://a.example/feed", limit=10).items

    assert (item.title, item.published) == ("Kept", None)


def test_a_link_that_leads_nowhere_costs_itself_alone():
    maps = b"<sitemapindex><sitemap><loc>http://[x</loc></sitemap><sitemap><loc>/kept</loc></sitemap></sitemapindex>"
    page = b"""<html><head><title>Herald</title><base href="http://[x"></head><body><a href="http://[x/rss">a</a>
    <a href="/rss">RSS</a></body></html>"""
    robots = "Sitemap: http://[x/news.xml\nSitemap: /news.xml\n"

    assert parse(maps, url="https://a.example/map", limit=10).children == ["https://a.example/kept"]
    assert read_homepage(page, url="https://a.example/").feeds == ["https://a.example/rss"]
    assert news_sitemaps(robots, url="https://a.example/robots.txt") == ["https://a.example/news.xml"]
