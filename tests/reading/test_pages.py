"""Pages of every make: the body, and what the page says of itself."""

import pytest

from factcheck.reading import Reading, read_page
from tests.reading import pages
from tests.reading.parts import p, teasers
from tests.reading.prose import Prose
from tests.reading.scoring import f1

FIELDS = (
    "title", "bylines", "outlet", "agency", "published", "modified", "language", "canonical_url", "paywalled",
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", pages.names())
def test_a_page_of_this_make_is_read(name, seed):
    page = pages.make(name, seed)
    reading = read_page(page.body, url=page.url, content_type=page.content_type)
    assert isinstance(reading, Reading)
    assert f1(reading.text, "\n\n".join(page.paragraphs)) >= 0.95
    assert {name: getattr(reading, name) for name in FIELDS} == {name: getattr(page, name) for name in FIELDS}
    assert reading.medium == "page"


@pytest.mark.parametrize("name", pages.names())
def test_its_paragraphs_stay_apart(name):
    page = pages.make(name, 4)
    reading = read_page(page.body, url=page.url, content_type=page.content_type)
    assert reading.text.split("\n\n") == page.paragraphs


def test_the_same_page_is_read_the_same_twice():
    page = pages.make("boxes_between")
    assert read_page(page.body, url=page.url) == read_page(page.body, url=page.url)


def test_nothing_of_the_page_around_is_in_the_body():
    reading = read_page(pages.make("boxes_between").body)
    for wrong in ("newsletter", "Advertisement", "Read more", "Follow", "All rights reserved", "Most read"):
        assert wrong not in reading.text


def test_words_split_by_markup_stay_whole():
    page = b"<html><body><article><p><span>T</span>he council sealed <b>87</b> per<wbr>cent of its wells, it said on Tuesday in Ardley.</p><p>Another forty of them leak, and nobody can say when they will be repaired at last.</p></article></body></html>"
    assert read_page(page).text.startswith("The council sealed 87 percent of its wells")


@pytest.mark.parametrize(
    "around",
    [
        "<article>%s</article>",
        "<main>%s</main>",
        '<div class="story">%s</div>',
        "<article>%s<aside><h3>Most read</h3><p>The front has not moved, generals say</p></aside></article>",
    ],
)
def test_a_brief_comes_in_its_paragraphs_without_its_head(around):
    brief = [
        "Half of the wells have been sealed, but an estimated 40 still leak.",
        "Output fell to 325 barrels.",
    ]
    head = "<h1>Wells leak</h1><p>By Ada Byron</p><time>May 2</time>"
    article = around % (head + "".join(f"<p>{paragraph}</p>" for paragraph in brief))
    page = f"<html><head><title>Wells leak</title></head><body><nav><a>World</a></nav>{article}</body></html>"
    reading = read_page(page.encode())
    assert reading.text.split("\n\n") == brief
    assert reading.bylines == ["Ada Byron"]


def test_the_stated_body_shows_where_the_article_ends():
    page = pages.make("semantic")
    stated = "\\n\\n".join(page.paragraphs).replace('"', '\\"')
    strange = "Ines Marrow keeps bees and has been with us since the spring of a year long gone by"
    source = page.html.replace('"headline"', f'"articleBody": "{stated}", "headline"').replace(
        "</article>", f"<p>{strange}</p></article>"
    )
    assert strange not in read_page(source.encode()).text
    assert strange in read_page(source.replace('"articleBody"', '"other"').encode()).text


def test_a_shortened_stated_body_cuts_nothing_off():
    page = pages.make("semantic")
    source = page.html.replace('"headline"', f'"articleBody": "{page.paragraphs[0]}", "headline"')
    assert read_page(source.encode()).text.split("\n\n") == page.paragraphs


def test_the_stated_body_of_another_article_is_not_taken():
    page = pages.make("news_flash")
    other = " ".join(pages.make("semantic").paragraphs)
    data = f'<script type="application/ld+json">{{"@type": "Article", "headline": "Other", "articleBody": "{other}"}}</script>'
    source = page.html.replace("</head>", data + "</head>").replace(
        page.paragraphs[0], page.paragraphs[0] * 3
    )
    assert page.paragraphs[0] in read_page(source.encode()).text


def test_a_menu_that_was_never_closed_does_not_take_the_article_with_it():
    page = pages.make("semantic")
    assert read_page(page.html.replace("</nav>", "").encode()).text.split("\n\n") == page.paragraphs


@pytest.mark.parametrize("url", ["https://herald.example/2017/wells", ""])
@pytest.mark.parametrize("around", ["<main>%s</main>", "<div>%s</div>"])
def test_the_teasers_beside_a_short_article_are_not_taken_for_it(around, url):
    lines = Prose("wells").paragraphs(3)
    body = around % f"<h1>Forty wells still leak</h1><pre>{chr(10).join(lines)}</pre>"
    page = f"<html><body>{body}{teasers(Prose('latest'))}</body></html>"
    assert read_page(page.encode(), url=url).text.split() == " ".join(lines).split()


def test_the_entries_of_a_live_page_are_no_teasers():
    prose = Prose("live")
    entries = [prose.sentence() for _ in range(12)]
    live = "".join(
        f'<div><h3><a href="/live/7?entry={i}">{10 + i}:00</a></h3><p>{entry}</p></div>'
        for i, entry in enumerate(entries)
    )
    page = f"<html><body><h1>The vote in Ardley</h1>{p(prose.paragraphs(3))}{live}</body></html>"
    text = read_page(page.encode(), url="https://herald.example/live/7").text
    assert all(entry in text for entry in entries)


def test_a_review_of_the_week_that_is_like_a_list_of_teasers_comes_in():
    prose = Prose("week")
    week = [prose.sentence() for _ in range(12)]
    items = "".join(
        f'<div><h3><a href="/n/{i}">{prose.headline()}</a></h3><p>{item}</p></div>'
        for i, item in enumerate(week)
    )
    page = f"<html><body><h1>The week in Ardley</h1><p>What happened.</p>{items}</body></html>"
    text = read_page(page.encode(), url="https://herald.example/week").text
    assert all(item in text for item in week)
