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


CHANNEL = "<rss version='2.0'><channel><title>Kept</title>{}</channel></rss>"


def items(body, limit=10, **declared):
    return parse(body, url="https://a.example/feed", limit=limit, **declared).items


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", {"charset": "iso-8859-1"}),
        ("utf-8", {"content_type": "text/xml"}),
        ("windows-1251", {"charset": "windows-1251"}),
        ("utf-16", {"charset": "utf-8"}),
    ],
)
def test_titles_are_read_whatever_charset_the_site_declares(codec, declared):
    feed = CHANNEL.format("<item><title>Потери выросли на 12 процентов</title><link>/x</link></item>")

    assert items(feed.encode(codec), **declared)[0].title == "Потери выросли на 12 процентов"


def test_a_declaration_of_another_charset_is_not_believed():
    feed = "<?xml version='1.0' encoding='windows-1251'?>" + CHANNEL.format(
        "<item><title>Zürich</title><link>/x</link></item>"
    )

    assert items(feed.encode())[0].title == "Zürich"


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>R&D caf&eacute;</title><link>/x?a=1&b=2</link></item>",
        "<item><title>R&amp;D café</title><link><![CDATA[/x?a=1&b=2]]></link><media:thumbnail url='y'/></item>",
        "<item><title>R&amp;D café</title><link>/x?a=1&amp;b=2</link></item><item><title>cut off",
    ],
)
def test_a_broken_feed_gives_what_it_holds(broken):
    item = items(CHANNEL.format(broken).encode())[0]

    assert (item.title, item.url) == ("R&D café", "https://a.example/x?a=1&b=2")


def test_a_warning_before_the_feed_is_passed_over():
    assert len(items(b"<br />Warning: line 3\n<?xml version='1.0'?>" + RSS.encode())) == 1


@pytest.mark.parametrize("padding", ["", "<!--" + "x" * 30_000 + "-->"])
def test_entities_of_its_own_are_refused(padding):
    body = f"<?xml version='1.0'?>{padding}<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hosts'>]>{RSS}"

    assert parse(body.encode(), url="https://a.example/feed", limit=10).fault == Fault.ENTITIES


@pytest.mark.parametrize("piece", ["<a", "<item><a>", "<a b='", "<![CDATA[", "<a/>"])
def test_a_feed_of_countless_elements_is_refused(piece):
    body = f"<rss version='2.0'><channel>{piece * 500_000}"

    assert parse(body.encode(), url="https://a.example/feed", limit=10).fault == Fault.TOO_MUCH


def test_a_page_is_told_from_a_feed_that_it_names():
    page = b"<!doctype html><html><body><pre><rss version='2.0'></pre></body></html>"

    assert parse(page, url="https://a.example/", limit=10).fault == Fault.PAGE


def test_the_newest_pages_of_a_sitemap_are_read_wherever_they_stand():
    url = "<url><loc>/{0:02}</loc><lastmod>2026-10-{0:02}</lastmod></url>"
    body = f"<urlset>{''.join(url.format(day) for day in range(1, 31))}</urlset>"

    assert [item.url[-2:] for item in items(body.encode(), limit=3)] == ["30", "29", "28"]


def one(number, day=None):
    dated = f"<pubDate>{day:02} Oct 2026 12:00:00 GMT</pubDate>" if day else ""
    return f"<item><title>x</title>{dated}<link>/{number:02}</link></item>"


def numbers(found):
    return [item.url[-2:] for item in found]


def test_the_newest_items_are_read_of_a_feed_that_ends_with_them():
    body = CHANNEL.format("".join(one(day, day) for day in range(1, 31)))

    assert numbers(items(body.encode(), limit=3)) == ["28", "29", "30"]


def test_of_items_without_a_date_those_at_both_ends_are_read():
    body = CHANNEL.format("".join(one(number) for number in range(1, 31)) + "<ttl>9</ttl>")

    assert numbers(items(body.encode(), limit=4)) == ["01", "02", "29", "30"]
    assert parse(body.encode(), url="https://a.example/feed", limit=4).title == "Kept"


def test_the_newest_of_an_atom_feed_and_of_a_json_feed_are_read_wherever_they_stand():
    entry = "<entry><id>{0}</id><updated>2026-10-{0:02}T00:00:00Z</updated><link href='/{0:02}'/></entry>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(entry.format(day) for day in range(1, 31))}</feed>"
    listed = [{"url": f"/{day:02}", "date_published": f"2026-10-{day:02}T00:00:00Z"} for day in range(1, 31)]
    whole = {"version": "https://jsonfeed.org/version/1.1", "items": listed}

    assert numbers(items(atom.encode(), limit=2)) == ["29", "30"]
    assert numbers(items(json.dumps(whole).encode(), limit=2)) == ["29", "30"]
