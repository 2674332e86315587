"""What looking a homepage up finds, how politely, and what becomes of it when a worker dies or a site is hostile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.desk.errors import NotAllowed, Refused
from factcheck.feeds import opml
from factcheck.feeds.discovery import read_homepage
from factcheck.feeds.models import Feed, Lookup, LookupRow
from factcheck.feeds.services import (
    Ticked,
    add_ticked,
    look_up,
    looking,
    retry_row,
    send_lost_rows,
    sites_in,
    start_lookup,
)
from factcheck.fetching import NotFetched, Reason
from factcheck.sources.models import Source, SourceDomain
from tests.factories import SourceFactory
from tests.feeds.conftest import rss
from tests.support.hostile import Page

pytestmark = pytest.mark.django_db


def homepage(head="", body="", title="Norland Herald | News from the north"):
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body><h1>Today</h1>{body}</body></html>".encode()


ALTERNATE = '<link rel="alternate" type="application/rss+xml" title="News" href="{}">'


@pytest.fixture
def looked_up(site, admin):
    """Looks the site's homepage up, as a worker would, and gives the row."""

    def do(page=None, path="/", times=1):
        if page is not None:
            site.pages[path] = page
        lookup = start_lookup(actor=admin, sites=sites_in(site.url(path)))
        row = lookup.rows.get()
        for _time in range(times):
            look_up(row_id=row.pk)
        return LookupRow.objects.get(pk=row.pk)

    return do


def test_a_homepage_gives_name_domain_feed_and_headlines(site, looked_up):
    site.pages["/news.rss"] = rss(site, 4, 3, 2, 1)
    head = '<meta property="og:site_name" content="The Norland Herald">' + ALTERNATE.format("/news.rss")

    row = looked_up(homepage(head))

    assert (row.status, row.name, row.domain, row.paywall) == (
        "found",
        "The Norland Herald",
        "127.0.0.1",
        None,
    )
    (feed,) = row.feeds
    assert (feed["url"], feed["kind"], feed["title"]) == (site.url("/news.rss"), "rss", "Norland Herald")
    assert feed["headlines"] == ["Story 4", "Story 3", "Story 2"]
    assert feed["last_at"]


@pytest.mark.parametrize(
    ("head", "title", "name"),
    [
        ("", "Norland Herald | News from the north", "Norland Herald"),
        ("", "Breaking news, weather and sport - Norland Herald", "Norland Herald"),
        ("", "Home", ""),
        ('<meta property="og:site_name" content="Home">', "Latest news: Norland Herald", "Norland Herald"),
        (
            '<script type="application/ld+json">{"@type": "NewsMediaOrganization", "name": "Herald Group"}</script>',
            "Front page",
            "Herald Group",
        ),
        (
            '<script type="application/ld+json">{"@type": "WebPage", "publisher": {"name": "The Herald"}}</script>',
            "x",
            "The Herald",
        ),
    ],
)
def test_the_name_comes_from_marks_and_else_from_the_title_without_its_slogan(head, title, name):
    found = read_homepage(homepage(head, title=title), url="https://www.norlandherald.example/")
    assert found.name == name


@pytest.mark.parametrize(
    ("head", "paywall"),
    [
        ("", None),
        (
            '<script type="application/ld+json">{"@type": "WebSite", "isAccessibleForFree": "False"}</script>',
            True,
        ),
        (
            '<script type="application/ld+json">{"@type": "WebSite", "isAccessibleForFree": true}</script>',
            False,
        ),
        ('<meta property="article:content_tier" content="metered">', True),
        ('<script src="https://cdn.tinypass.com/api/tinypass.min.js"></script>', True),
    ],
)
def test_a_paywall_is_guessed_only_from_what_the_site_says(head, paywall):
    assert read_homepage(homepage(head), url="https://herald.example/").paywall is paywall


def test_a_link_in_the_footer_is_a_feed_too_and_comments_are_none(site, looked_up):
    site.pages["/service/rss.xml"] = rss(site, 1)
    site.pages["/comments/feed"] = rss(site, 9)
    links = '<footer><a href="/comments/feed">Comments</a> <a href="/service/rss.xml">RSS</a></footer>'

    row = looked_up(homepage(body=links))

    assert [feed["url"] for feed in row.feeds] == [site.url("/service/rss.xml")]


def test_the_usual_addresses_are_tried_and_few_of_them(site, looked_up, admin):
    site.pages["/index.xml"] = rss(site, 1)

    row = looked_up(homepage())

    assert (row.status, row.feeds) == ("found", [])
    assert "further" in row.words
    assert len(site.paths()) == 1 + looking.FETCHES

    retry_row(actor=admin, row=row)
    look_up(row_id=row.pk)
    row.refresh_from_db()
    assert [feed["url"] for feed in row.feeds] == [site.url("/index.xml")]
    assert len(site.paths()) == len(set(site.paths()))


def test_the_news_sitemap_of_robots_txt_is_a_feed(site, looked_up):
    site.robots = f"Sitemap: {site.url('/pages.xml')}\nSitemap: {site.url('/news-sitemap.xml')}\n"
    entry = f"<url><loc>{site.url('/news/9')}</loc></url>"
    site.pages["/news-sitemap.xml"] = Page(
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entry}</urlset>".encode(),
        "application/xml",
    )

    row = looked_up(homepage())

    assert [feed["kind"] for feed in row.feeds] == ["sitemap"]
    assert "/pages.xml" not in site.paths()


def test_the_address_of_a_feed_itself_will_do(site, looked_up):
    row = looked_up(rss(site, 1), path="/feed")

    assert (row.status, row.name) == ("found", "Norland Herald")
    assert [feed["url"] for feed in row.feeds] == [site.url("/feed")]


def test_a_file_that_is_neither_page_nor_feed_is_refused(site, looked_up):
    row = looked_up(Page(b"\x89PNG" * 50, "image/png"))

    assert (row.status, row.name) == ("failed", "")
    assert "another kind of file" in row.words


@pytest.mark.parametrize(
    "path", ["/status/404", "/status/500", "/hang-up", "/not-http", "/loop", "/bomb?mb=50"]
)
def test_a_homepage_that_cannot_be_read_says_why_and_can_be_tried_again(site, looked_up, admin, path):
    row = looked_up(path=path)
    assert row.status == "failed"
    assert row.words

    again = retry_row(actor=admin, row=row)
    assert (again.status, again.words) == ("queued", "")
    with pytest.raises(Refused):
        retry_row(actor=admin, row=again)


def test_a_hostile_page_is_read_as_text(site, looked_up):
    head = '<meta property="og:site_name" content="&lt;script&gt;alert(1)&lt;/script&gt; \u202eHerald">'
    links = (
        "".join(f"<a href='/{n}/rss'>x</a>" for n in range(5000)) + "<a href='javascript:alert(1)//rss'>x</a>"
    )

    row = looked_up(homepage(head, links))

    assert row.name.startswith("<script>")
    assert len(row.left) <= 8
    assert not any(url.startswith("javascript") for url in row.left + row.asked)


def test_a_busy_host_is_asked_later_and_nothing_twice(site, looked_up, monkeypatch):
    site.pages["/a.rss"] = rss(site, 1)
    real, sent = looking.fetch, []
    busy = NotFetched(
        url="", final_url="", reason=Reason.BUSY, words="", status=None, retry=True, retry_after=7.0
    )
    monkeypatch.setattr(
        looking, "fetch", lambda url, **more: busy if url.endswith(".rss") else real(url, **more)
    )
    monkeypatch.setattr(looking, "send_row", lambda pk, **when: sent.append(when["after"]) or True)

    row = looked_up(homepage(ALTERNATE.format("/a.rss")))

    assert (row.status, row.attempts) == ("queued", 0)
    assert row.next_try_at > timezone.now() + timedelta(seconds=5)
    assert 7 <= sent[0] <= 9.2

    monkeypatch.setattr(looking, "fetch", real)
    look_up(row_id=row.pk)
    row.refresh_from_db()
    assert (row.status, len(row.feeds)) == ("found", 1)
    assert site.paths().count("/") == 1


def test_a_worker_that_died_leaves_what_it_found_to_the_next(site, looked_up, admin, monkeypatch):
    site.pages["/a.rss"], site.pages["/b.rss"] = rss(site, 1), rss(site, 2)
    real = looking._candidate

    def dies(row, url):
        if url.endswith("/b.rss"):
            raise SystemExit
        real(row, url)

    site.pages["/"] = homepage(ALTERNATE.format("/a.rss") + ALTERNATE.format("/b.rss"))
    row = start_lookup(actor=admin, sites=sites_in(site.url("/"))).rows.get()
    with monkeypatch.context() as dying:
        dying.setattr(looking, "_candidate", dies)
        with pytest.raises(SystemExit):
            look_up(row_id=row.pk)
    row.refresh_from_db()
    assert (row.status, len(row.feeds)) == ("running", 1)

    LookupRow.objects.update(
        sent_at=timezone.now() - timedelta(hours=1), alive_at=timezone.now() - timedelta(hours=1)
    )
    assert send_lost_rows() == 1
    look_up(row_id=row.pk)

    row.refresh_from_db()
    assert (row.status, len(row.feeds)) == ("found", 2)
    assert site.paths() == ["/", "/a.rss", "/b.rss"]


def test_a_row_that_kills_its_worker_each_time_is_given_up(site, looked_up, settings):
    row = looked_up(homepage(), times=0)
    LookupRow.objects.filter(pk=row.pk).update(attempts=settings.INTAKE_MAX_ATTEMPTS)

    look_up(row_id=row.pk)

    row.refresh_from_db()
    assert row.status == "failed"
    assert row.words


def test_with_the_broker_down_the_rows_wait_for_the_sweeper(admin, monkeypatch):
    from django.db import transaction
    from kombu.exceptions import OperationalError

    from factcheck.feeds.services import lookups

    def down(*_args, **_more):
        raise OperationalError

    monkeypatch.setattr(lookups.current_app, "send_task", down)
    monkeypatch.setattr(transaction, "on_commit", lambda call: call())
    lookup = start_lookup(actor=admin, sites=sites_in("a.example\nb.example"))
    assert not lookup.rows.exclude(status="queued", sent_at=None).exists()
    Lookup.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    assert send_lost_rows() == 0

    monkeypatch.setattr(lookups.current_app, "send_task", lambda *_args, **_more: None)
    assert (send_lost_rows(), send_lost_rows()) == (2, 0)


def test_lines_are_read_as_people_paste_them():
    sites = sites_in(" herald.example \n\nhttps://www.herald.example/\nhttp://wire.example,\n")
    assert [site.url for site in sites] == ["https://herald.example", "http://wire.example"]
    for wrong in ("", "no address", "javascript:alert(1)", "\n".join(f"s{n}.example" for n in range(101))):
        with pytest.raises(Refused):
            sites_in(wrong)


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="North">
<outline type="rss" text="Herald &amp; Sons" xmlUrl="https://herald.example/rss" htmlUrl="https://herald.example/"/>
<outline type="rss" text="Herald sport" xmlUrl="https://herald.example/sport" htmlUrl="https://herald.example"/>
<outline type="rss" text="Wire" xmlUrl="https://feeds.wire.example/all.xml"/>
<outline text="bad" xmlUrl="javascript:alert(1)" htmlUrl="file:///etc/passwd"/></outline></body></opml>"""


def test_opml_gives_each_site_once_with_its_feeds():
    herald, wire = sites_in(OPML)
    assert (herald.url, herald.name, len(herald.feeds)) == ("https://herald.example/", "Herald & Sons", 2)
    assert (wire.url, wire.feeds) == (
        "https://feeds.wire.example/all.xml",
        ["https://feeds.wire.example/all.xml"],
    )


def test_a_list_of_too_many_feeds_is_refused():
    feeds = "".join(
        f"<outline xmlUrl='https://a.example/{n}' htmlUrl='https://a.example/'/>" for n in range(501)
    )
    with pytest.raises(Refused, match="more than 500 feeds"):
        sites_in(f"<opml><body>{feeds}</body></opml>")


@pytest.fixture
def imported(admin, monkeypatch):
    """Looks up the sites of a list, as workers would, and gives the rows."""
    monkeypatch.setattr(looking, "send_row", lambda pk, **when: True)

    def do(text):
        lookup = start_lookup(actor=admin, sites=sites_in(text))
        for row in lookup.rows.all():
            for _try in range(20):
                look_up(row_id=row.pk)
        return list(lookup.rows.all())

    return do


def outline(url, home="", name="x"):
    return f"<outline text='{name}' xmlUrl='{url}' {home and f'htmlUrl={chr(39)}{home}{chr(39)}'}/>"


def of_outlet(site, number, home):
    page = rss(site, number)
    return replace(page, body=page.body.replace(b"<channel>", f"<channel><link>{home}</link>".encode()))


def test_outlets_on_one_host_of_feeds_are_rows_of_their_own(site, imported, admin):
    homes = [f"https://outlet{n}.example/" for n in range(3)]
    for number, home in enumerate(homes):
        site.pages[f"/{number}.xml"] = of_outlet(site, number, home)
    listed = "".join(outline(site.url(f"/{n}.xml"), name=f"Outlet {n}") for n in range(3))

    rows = imported(f"<opml><body>{listed}</body></opml>")
    add_ticked(actor=admin, lookup=rows[0].lookup, ticked=[ticked(row) for row in rows])

    assert [row.domain for row in rows] == [f"outlet{n}.example" for n in range(3)]
    assert list(Source.objects.order_by("name").values_list("homepage", "feeds__url")) == [
        (home, site.url(f"/{n}.xml")) for n, home in enumerate(homes)
    ]


def test_every_feed_that_a_list_names_can_be_chosen_also_one_that_is_down(site, imported, admin):
    site.pages["/"] = homepage(ALTERNATE.format("/more.rss"))
    for number in range(6):
        site.pages[f"/{number}.xml"] = rss(site, 1)
    site.pages["/5.xml"] = Page(status=503)
    site.pages["/old.xml"] = Page(status=301, headers={"Location": "/0.xml"})
    names = [f"/{n}.xml" for n in range(6)]
    listed = "".join(outline(site.url(path), site.url("/")) for path in [*names, "/old.xml"])

    (row,) = imported(f"<opml><body>{listed}</body></opml>")

    assert sorted(feed["url"] for feed in row.feeds) == [site.url(path) for path in names]
    assert [bool(feed["words"]) for feed in row.feeds] == [False] * 5 + [True]
    assert "/more.rss" not in site.paths()
    assert len(site.paths()) == len({*site.paths()}) + 1  # the one that moved is asked under both addresses
    assert add_ticked(actor=admin, lookup=row.lookup, ticked=[ticked(row)]).added == 1
    assert Feed.objects.count() == 6


def test_a_list_that_names_a_sites_rules_as_a_feed_fails_nothing(site, imported):
    site.robots = "User-agent: *\nAllow: /"
    site.pages["/robots.txt"] = Page(b"User-agent: *\nAllow: /", type="text/plain")
    site.pages["/a.xml"] = rss(site, 1)
    listed = outline(site.url("/robots.txt"), site.url("/")) + outline(site.url("/a.xml"), site.url("/"))

    (row,) = imported(f"<opml><body>{listed}</body></opml>")

    assert [feed["url"] for feed in row.feeds] == [site.url("/a.xml")]


def test_a_listed_feed_that_cannot_be_read_says_nothing_of_its_site(site, imported, admin):
    site.pages["/a.xml"] = b"<!doctype html><html><title>Feeds for all</title></html>"
    rows = imported(f"<opml><body>{outline(site.url('/a.xml'))}{outline(site.url('/b.xml'))}</body></opml>")

    assert [(row.status, row.domain, row.homepage, len(row.feeds)) for row in rows] == [
        ("found", "", "", 1)
    ] * 2
    assert site.paths() == ["/a.xml", "/b.xml"]


def test_what_the_desk_exports_it_finds_again(site, imported, admin, signed_in):
    site.pages["/"] = homepage()
    herald = SourceFactory(name="Herald", homepage=site.url("/"))
    for number in range(7):
        site.pages[f"/herald/{number}"] = rss(site, number)
        Feed.objects.create(source=herald, url=site.url(f"/herald/{number}"))
    for number in range(3):
        site.pages[f"/other/{number}"] = of_outlet(site, 10 + number, f"https://outlet{number}.example/")
        other = SourceFactory(name=f"Outlet {number}", homepage="")
        Feed.objects.create(source=other, url=site.url(f"/other/{number}"))
    before = set(Feed.objects.values_list("url", flat=True))
    answer = signed_in(admin).get(reverse("feeds:opml"))
    Source.objects.all().delete()

    rows = imported(b"".join(answer.streaming_content).decode())
    add_ticked(actor=admin, lookup=rows[0].lookup, ticked=[ticked(row) for row in rows])

    assert {feed["url"] for row in rows for feed in row.feeds} == before
    assert set(Feed.objects.values_list("url", flat=True)) == before
    assert set(Source.objects.values_list("name", flat=True)) >= {f"Outlet {n}" for n in range(3)}


@pytest.mark.parametrize(
    "body",
    [
        b"<?xml version='1.0'?><!DOCTYPE o [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><opml><body><outline text='&b;' xmlUrl='https://a.example/f'/></body></opml>",
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE o [<!ENTITY a 'x'>]><opml/>".encode("utf-16"),
        b"<?xml version='1.0'?><!DOCTYPE o SYSTEM 'file:///etc/passwd'><opml><body>&x;</body></opml>",
        b"<opml><body><outline",
        b"<opml><body/></opml>",
        b"\xff\xfe\x00",
        b"",
        b"<opml><body>" + b"<outline>" * 200_000,
        b"x" * 3_000_000,
    ],
)
def test_hostile_opml_is_refused_in_words(body):
    with pytest.raises(Refused) as refused:
        opml.read(body, limit=100)
    assert str(refused.value.message)


def test_a_million_entries_are_refused_without_being_read_to_their_end(monkeypatch):
    monkeypatch.setattr(opml, "MAX_BYTES", 200_000_000)
    entry = b"<outline xmlUrl='https://s%d.example/rss'/>"
    body = b"<opml><body>" + b"".join(entry % n for n in range(1_000_000))
    # That the end is broken is not told: it was not read.
    with pytest.raises(Refused, match="more than 100"):
        opml.read(body + b"<<<", limit=100)


@pytest.mark.parametrize("declared", ["ISO-8859-1", "UTF-16", "windows-1251"])
def test_a_pasted_list_is_read_whatever_encoding_it_had_as_a_file(declared):
    listed = OPML.replace('"1.0"', f'"1.0" encoding="{declared}"', 1).replace("Wire", "Süddeutsche — Ъ")

    assert [site.name for site in sites_in(listed)] == ["Herald & Sons", "Süddeutsche — Ъ"]


def test_feeds_written_as_opml_are_read_again():
    rows = [("Herald \x01& Sons", "“Top” <news>", "https://herald.example/rss", "https://herald.example/")]
    (site,) = opml.read("".join(opml.written("Desk", rows)).encode(), limit=10)
    assert (site.url, site.name, site.feeds) == (
        "https://herald.example/",
        "Herald & Sons",
        ["https://herald.example/rss"],
    )


# --- Adding ---


def found(lookup, number, **columns):
    feed = {
        "url": f"https://s{number}.example/rss",
        "kind": "rss",
        "title": "News",
        "last_at": None,
        "headlines": [],
    }
    given = {
        "url": f"https://s{number}.example/", "status": "found", "name": f"Outlet {number}", "domain": f"s{number}.example",
        "feeds": [feed], **columns,
    }  # fmt: skip
    return LookupRow.objects.create(lookup=lookup, position=number, **given)


@pytest.fixture
def lookup(admin):
    return Lookup.objects.create(asked_by=admin)


def ticked(row, **more):
    return Ticked(
        **{"row": row.pk, "name": row.name, "feeds": tuple(feed["url"] for feed in row.feeds), **more}
    )


def test_ticked_rows_become_sources_with_domain_and_feed(admin, lookup):
    one, two = found(lookup, 1), found(lookup, 2, feeds=[])

    done = add_ticked(actor=admin, lookup=lookup, ticked=[ticked(one, name="The Herald"), ticked(two)])

    assert (done.added, done.refused) == (2, [])
    herald = Source.objects.get(name="The Herald")
    assert (herald.kind, herald.homepage, herald.domains.get().domain) == (
        "outlet",
        "https://s1.example/",
        "s1.example",
    )
    assert herald.feeds.get().url == "https://s1.example/rss"
    assert Source.objects.get(name="Outlet 2").feeds.count() == 0


def test_a_second_click_adds_nothing(admin, lookup):
    row = found(lookup, 1)
    again = [ticked(row), ticked(row)]
    assert add_ticked(actor=admin, lookup=lookup, ticked=again).added == 1
    assert add_ticked(actor=admin, lookup=lookup, ticked=again).added == 0
    assert (Source.objects.count(), Feed.objects.count()) == (1, 1)


def test_a_row_that_is_refused_keeps_none_of_the_others_back(admin, lookup):
    SourceFactory(name="Taken")
    other = SourceFactory(name="Other")
    Feed.objects.create(source=other, url="https://s3.example/rss")
    rows = [found(lookup, n) for n in (1, 2, 3)]

    done = add_ticked(
        actor=admin, lookup=lookup, ticked=[ticked(rows[0], name="taken"), ticked(rows[1]), ticked(rows[2])]
    )

    assert (done.added, done.refused) == (1, [rows[0].pk, rows[2].pk])
    for row in (rows[0], rows[2]):
        row.refresh_from_db()
        assert row.status == "found"
        assert row.words
    assert rows[0].name == "taken"
    assert not Source.objects.filter(name="Outlet 3").exists()


def test_a_site_that_is_here_gets_only_the_feed(admin, lookup):
    herald = SourceFactory(name="Herald")
    SourceDomain.objects.create(source=herald, domain="s1.example")
    row = found(lookup, 1)

    assert add_ticked(actor=admin, lookup=lookup, ticked=[ticked(row, name="Another name")]).added == 1

    assert herald.feeds.count() == 1
    assert Source.objects.count() == 1
    second = found(Lookup.objects.create(), 1)
    assert add_ticked(actor=admin, lookup=second.lookup, ticked=[ticked(second)]).refused == [second.pk]


def test_a_site_that_a_person_calls_a_known_source_brings_it_domain_and_feed(admin, lookup):
    herald = SourceFactory(name="Herald")

    add_ticked(actor=admin, lookup=lookup, ticked=[ticked(found(lookup, 1), source=herald)])

    assert herald.domains.get().domain == "s1.example"
    assert herald.feeds.count() == 1
    assert Source.objects.count() == 1


def test_only_what_was_found_can_be_added(admin, editor, lookup):
    row = found(lookup, 1)
    done = add_ticked(
        actor=admin, lookup=lookup, ticked=[ticked(row, feeds=("https://elsewhere.example/rss",))]
    )
    assert done.refused == [row.pk]
    with pytest.raises(NotAllowed):
        add_ticked(actor=editor, lookup=lookup, ticked=[ticked(row)])
    with pytest.raises(NotAllowed):
        start_lookup(actor=editor, sites=sites_in("herald.example"))
    assert add_ticked(actor=admin, lookup=Lookup.objects.create(), ticked=[ticked(row)]).added == 0
