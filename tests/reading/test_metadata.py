"""What a page says of itself, in all the ways that pages do."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from factcheck.reading import dates, read_page
from tests.reading import pages
from tests.reading.prose import Prose

LINES = Prose("metadata").paragraphs(5)
URL = "https://www.norlandherald.example/news/wells"


def read(head="", *, content="", lang="en", url=URL):
    source = f'<html lang="{lang}"><head>{head}</head><body><article>{content}{pages.p(LINES)}</article></body></html>'
    return read_page(source.encode(), url=url)


def data(**fields):
    return pages.json_ld(
        {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Wells leak", **fields}
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017-10-18", date(2017, 10, 18)),
        ("20171018", date(2017, 10, 18)),
        ("2017-10-18T14:05:00Z", datetime(2017, 10, 18, 14, 5, tzinfo=UTC)),
        (
            "2017-10-18T14:05:00.123456789+02:00",
            datetime(2017, 10, 18, 14, 5, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("2017-10-18T14:05-0500", datetime(2017, 10, 18, 14, 5, tzinfo=timezone(timedelta(hours=-5)))),
        ("2017-10-18 14:05:59", datetime(2017, 10, 18, 14, 5, 59)),
        ("2017-10-18T00:00:00", date(2017, 10, 18)),
        ("2017-10-18T00:00:00+00:00", date(2017, 10, 18)),
        ("2017-10-18T24:00:00+02:00", date(2017, 10, 19)),
        ("Wed, 18 Oct 2017 14:05:00 +0000", datetime(2017, 10, 18, 14, 5, tzinfo=UTC)),
        ("October 18, 2017", date(2017, 10, 18)),
        ("18 October 2017 14:05 GMT", datetime(2017, 10, 18, 14, 5, tzinfo=UTC)),
        (
            "Oct 18, 2017 at 2:05 p.m. EDT",
            datetime(2017, 10, 18, 14, 5, tzinfo=timezone(timedelta(hours=-4))),
        ),
        ("18.10.2017", date(2017, 10, 18)),
        ("10/18/2017", date(2017, 10, 18)),
        ("1508335500", datetime(2017, 10, 18, 14, 5, tzinfo=UTC)),
        ("1508335500000", datetime(2017, 10, 18, 14, 5, tzinfo=UTC)),
        ("2999-01-01", None),
        ("1066-10-14", None),
        ("2017-02-31", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date(value, expected):
    assert dates.parse(value) == expected
    assert type(dates.parse(value)) is type(expected)


def test_an_american_page_puts_the_month_first():
    assert dates.parse("04/05/2017", american=True) == date(2017, 4, 5)
    assert dates.parse("04/05/2017") == date(2017, 5, 4)


@pytest.mark.parametrize(
    "author",
    [
        "Ada Byron",
        ["Ada Byron"],
        {"@type": "Person", "name": "Ada Byron"},
        [{"@type": "Person", "name": "Ada Byron", "url": "https://x.example/ada"}],
        {"@type": ["Person"], "name": ["Ada Byron"]},
        [[{"name": "By Ada Byron, Political editor"}]],
        {"@type": "Person", "name": {"@value": "Ada Byron"}},
        [{"@type": "Organization", "name": "Norland Herald"}, {"@type": "Person", "name": "Ada Byron"}],
    ],
)
def test_an_author_in_any_shape(author):
    publisher = {"@type": "Organization", "name": "Norland Herald"}
    assert read(data(author=author, publisher=publisher)).bylines == ["Ada Byron"]


@pytest.mark.parametrize(
    "source",
    [
        '{"@type": "NewsArticle", "headline": "Wells leak", "author": "Ada Byron",}',
        '<!-- {"@type": "NewsArticle", "headline": "Wells leak", "author": "Ada Byron"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Wells leak", "author": "Ada Byron"}\n//]]>',
        '{"@type": "NewsArticle", /* it leaks */ "headline": "Wells leak", "author": ["Ada Byron",]};',
        '{"@type": "WebSite", "name": "X"} {"@type": "NewsArticle", "headline": "Wells leak", "author": "Ada Byron"}',
        '{"@type": "NewsArticle", "headline": "Wells \n leak", "description": "\\d", "author": "Ada Byron"}',
        '{"@graph": [[{"mainEntity": {"@type": "http://schema.org/NewsArticle", "headline": "Wells leak", "author": "Ada Byron"}}]]}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Wells leak&quot;, &quot;author&quot;: &quot;Ada Byron&quot;}",
    ],
)
def test_data_that_is_not_quite_json(source):
    reading = read(f'<script type="application/ld+json">{source}</script>')
    assert reading.title == "Wells leak"
    assert reading.bylines == ["Ada Byron"]


def test_data_that_is_no_json_at_all_does_no_harm():
    reading = read(
        '<script type="application/ld+json">{"headline": "Wells</script><meta property="og:title" content="Wells leak">'
    )
    assert reading.title == "Wells leak"


def test_the_article_itself_is_told_from_those_it_lists():
    items = [{"@type": "NewsArticle", "headline": f"Other story {i}"} for i in range(3)]
    main = {
        "@type": "NewsArticle",
        "headline": "Wells leak",
        "datePublished": "2017-10-18",
        "author": "Ada Byron",
    }
    reading = read(pages.json_ld([{"@type": "ItemList", "itemListElement": items}, main]))
    assert (reading.title, reading.published) == ("Wells leak", date(2017, 10, 18))


@pytest.mark.parametrize(
    "title",
    [
        "Wells leak | Norland Herald",
        "Wells leak - Norland Herald",
        "Wells leak – News – Norland Herald",
        "Wells leak | Politics | Norland Herald",
        "Norland Herald: Wells leak",
        "Norland Herald | Wells leak",
        "Wells leak - norlandherald.example",
    ],
)
def test_a_title_without_the_outlet(title):
    head = f'<meta property="og:site_name" content="Norland Herald"><title>{title}</title>'
    heading = "<h1>Wells leak</h1>" if ":" in title or "News" in title else ""
    assert read(head, content=heading).title == "Wells leak"


def test_a_title_keeps_its_own_dashes():
    head = '<meta property="og:site_name" content="Norland Herald"><title>Ardley – a town without wells | Norland Herald</title>'
    assert read(head).title == "Ardley – a town without wells"


def test_a_headline_that_the_data_cuts_is_taken_from_the_page():
    long = "Half of the wells in Ardley leak, an audit finds, and nobody at the council can say when the repairs will begin"
    assert read(data(headline=long[:60] + "…"), content=f"<h1>{long}</h1>").title == long


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (URL, URL),
        ("/news/wells?id=4#top", "https://www.norlandherald.example/news/wells?id=4"),
        ("https://amp.norlandherald.example/a", "https://amp.norlandherald.example/a"),
        ("//www.norlandherald.example/a", "https://www.norlandherald.example/a"),
        ("https://elsewhere.example/a", ""),
        ("https://www.norlandherald.example/", ""),
        ("javascript:alert(1)", ""),
        ("ftp://www.norlandherald.example/a", ""),
        ("https://user:word@www.norlandherald.example/a", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_a_canonical_address(declared, expected):
    assert read(f'<link rel="canonical" href="{declared}">').canonical_url == expected


@pytest.mark.parametrize(
    ("asked", "said", "believed"),
    [
        ("https://m.herald.example/a", "https://www.herald.example/b", True),
        ("https://news.herald.example/a", "https://herald.example/b", True),
        ("https://edition.herald.co.uk/a", "https://www.herald.co.uk/b", True),
        ("https://one.blogs.example/a", "https://another.blogs.example/b", False),
        ("https://herald.co.uk/a", "https://other.co.uk/b", False),
    ],
)
def test_a_page_speaks_for_its_own_host_only(asked, said, believed):
    found = read(f'<link rel="canonical" href="{said}">', url=asked).canonical_url
    assert found == (said if believed else "")


def test_a_base_that_is_no_address_leaves_the_page_readable():
    assert read(f'<base href="http://["><link rel="canonical" href="{URL}">').canonical_url == URL


def test_the_address_behind_a_cache_is_believed():
    url = "https://www-norlandherald-example.cdn.ampproject.org/c/s/www.norlandherald.example/news/wells"
    assert read(f'<link rel="canonical" href="{URL}">', url=url).canonical_url == URL


def test_a_saved_page_has_only_the_address_that_it_names():
    assert read(f'<meta property="og:url" content="{URL}">', url="").canonical_url == URL


@pytest.mark.parametrize(
    ("head", "lang", "expected"),
    [
        ("", "en-GB", "en"),
        ("", "DE_de", "de"),
        ('<meta property="og:locale" content="fr_FR">', "", "fr"),
        ('<meta http-equiv="content-language" content="es">', "", "es"),
        ("", "", "en"),
        ("", "x-klingon", "en"),
    ],
)
def test_a_language(head, lang, expected):
    assert read(head, lang=lang).language == expected


def test_published_and_modified_are_told_apart():
    head = (
        '<meta property="og:updated_time" content="2017-10-19T07:30:00Z">'
        '<meta property="article:published_time" content="2017-10-18T14:05:00Z">'
    )
    reading = read(head)
    assert reading.published == datetime(2017, 10, 18, 14, 5, tzinfo=UTC)
    assert reading.modified == datetime(2017, 10, 19, 7, 30, tzinfo=UTC)


def test_a_moment_of_the_same_day_wins_over_the_day():
    reading = read(data(datePublished="2017-10-18") + '<meta name="date" content="2017-10-18T14:05:00Z">')
    assert reading.published == datetime(2017, 10, 18, 14, 5, tzinfo=UTC)


def test_a_date_in_the_address_is_found_where_there_is_no_other():
    assert read(url="https://www.norlandherald.example/2017/10/18/wells").published == date(2017, 10, 18)


def test_the_description_is_the_page_s_own():
    assert (
        read('<meta name="description" content="Some &amp; more leak.">').description == "Some & more leak."
    )


def test_metadata_in_several_scripts_is_one():
    head = (
        data(author="Ada Byron")
        + f'<script type="application/ld+json">{json.dumps({"@type": "WebSite", "name": "Norland Herald"})}</script>'
    )
    reading = read(head)
    assert (reading.bylines, reading.outlet) == (["Ada Byron"], "Norland Herald")
