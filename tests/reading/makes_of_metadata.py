"""Pages that differ in how they name their writers, dates and addresses, and in their charsets."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone

from tests.reading.parts import (
    MODIFIED,
    OUTLET,
    PUBLISHED,
    SITE,
    Page,
    comments,
    esc,
    footer,
    header,
    json_ld,
    layout,
    p,
    page,
    related,
    share,
    sidebar,
    story,
)
from tests.reading.prose import Prose


@layout
def semantic(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    head = (
        json_ld(
            story(
                title,
                author=[{"@type": "Person", "name": "Ada Byron"}, {"@type": "Person", "name": "Tom Lee"}],
                datePublished="2017-10-18T16:05:00+02:00",
                dateModified="2017-10-19T07:30:00Z",
            )
        )
        + f'<link rel="canonical" href="{SITE}/news/story-17"><meta property="og:site_name" content="{OUTLET}">'
        + f'<meta property="og:title" content="{esc(title)}"><meta name="description" content="Some wells leak.">'
    )
    content = (
        f"{header()}<main><article><h1>{esc(title)}</h1><p class='byline'>By <a rel='author' href='/a'>Ada Byron</a> and Tom Lee</p>"
        f"<time datetime='2017-10-18T16:05:00+02:00'>18 October 2017</time>{share()}{p(lines)}</article>{related(prose)}</main>{sidebar(prose)}{footer()}"
    )
    return Page(
        name="semantic",
        html=page(head, content, title=f"{title} | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron", "Tom Lee"],
        published=datetime(2017, 10, 18, 16, 5, tzinfo=timezone(timedelta(hours=2))),
        modified=MODIFIED,
        canonical_url=f"{SITE}/news/story-17",
    )


@layout
def blog_system(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": f"{SITE}/#website", "name": OUTLET},
            {
                "@type": "WebPage",
                "@id": f"{SITE}/p/",
                "name": f"{title} - {OUTLET}",
                "datePublished": "2017-10-18T14:05:00+00:00",
            },
            {
                "@type": "Article",
                "headline": title,
                "author": {"name": "Ada Byron", "@id": f"{SITE}/#/schema/person/1"},
                "datePublished": "2017-10-18T14:05:00+00:00",
                "dateModified": "2017-10-19T07:30:00+00:00",
                "publisher": {"@id": f"{SITE}/#organization"},
            },
            {"@type": "Organization", "@id": f"{SITE}/#organization", "name": OUTLET},
            {"@type": "Person", "@id": f"{SITE}/#/schema/person/1", "name": "Ada Byron"},
        ],
    }
    content = (
        f'{header()}<div id="primary" class="content-area"><main id="main"><article id="post-17" class="post type-post"><header class="entry-header">'
        f'<h1 class="entry-title">{esc(title)}</h1><div class="entry-meta"><span class="posted-on">October 18, 2017</span> by '
        f'<span class="author vcard">Ada Byron</span></div></header><div class="entry-content">{p(lines)}'
        f'<div class="sharedaddy">{share()}</div></div><footer class="entry-footer">Posted in <a href="/c">News</a></footer></article>'
        f"{related(prose)}{comments(prose)}</main></div>{sidebar(prose)}{footer()}"
    )
    return Page(
        name="blog_system",
        html=page(
            json_ld(graph) + f'<link rel="canonical" href="{SITE}/p/">', content, title=f"{title} - {OUTLET}"
        ),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
        modified=MODIFIED,
        canonical_url=f"{SITE}/p/",
    )


@layout
def nested_divisions(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    head = (
        f'<meta property="og:site_name" content="{OUTLET}"><meta property="og:title" content="{esc(title)}">'
        '<meta name="author" content="By Ada Byron"><meta property="article:published_time" content="2017-10-18T14:05:00Z">'
        '<meta property="article:modified_time" content="2017-10-19T07:30:00Z">'
    )
    blocks = "".join(
        f'<div class="css-{i}x9"><div class="css-u1"><p class="css-at9">{esc(line)}</p></div></div>'
        for i, line in enumerate(lines)
    )
    content = (
        f'<div id="app"><div class="css-h1">{header()}</div><div class="css-m1"><div class="css-h9"><h1 class="css-t1">{esc(title)}</h1></div>'
        f'<div class="css-by">By <span>Ada Byron</span></div>{share()}<section class="css-s1">{blocks}</section></div>'
        f'<div class="css-z">{sidebar(prose)}</div>{footer()}</div>'
    )
    return Page(
        name="nested_divisions",
        html=page(head, content, title=f"{title} - {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
        modified=MODIFIED,
    )


@layout
def body_in_data_only(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    data = story(
        title,
        author={"@type": "Person", "name": "Ada Byron"},
        datePublished="2017-10-18T14:05:00Z",
        articleBody="\n\n".join(lines),
    )
    content = '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>'
    return Page(
        name="body_in_data_only",
        html=page(json_ld(data), content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def microdata(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    content = (
        f'{header()}<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{esc(title)}</h1>'
        f'<span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Ada Byron</span>, reporter</span>'
        f'<time itemprop="datePublished" datetime="2017-10-18T14:05:00Z">Wednesday</time><meta itemprop="dateModified" content="2017-10-19T07:30:00Z">'
        f'<span itemprop="publisher" itemscope><meta itemprop="name" content="{OUTLET}"></span>'
        f'<div itemprop="articleBody">{p(lines)}</div></div>{related(prose)}{footer()}'
    )
    return Page(
        name="microdata",
        html=page("", content, title=f"{title} · {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
        modified=MODIFIED,
    )


@layout
def undeclared_windows_1252(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    source = (
        f'<html lang="en"><head><title>{esc(title)} – {OUTLET}</title><meta name="author" content="Zoë Müller"><meta name="date" content="2017-10-18"></head>'
        f"<body><div class='article'><h1>{esc(title)}</h1>{p(lines)}<p>“Don’t,” she said — and left for a café.</p></div></body></html>"
    )
    return Page(
        name="undeclared_windows_1252",
        html=source,
        paragraphs=[*lines, "“Don’t,” she said — and left for a café."],
        title=title,
        bylines=["Zoë Müller"],
        published=date(2017, 10, 18),
        encoding="cp1252",
    )


@layout
def two_bytes_a_letter(prose: Prose) -> Page:
    found = semantic(prose)
    found.name, found.encoding = "two_bytes_a_letter", "utf-16"
    return found


@layout
def wrongly_declared(prose: Prose) -> Page:
    found = nested_divisions(prose)
    found.name, found.content_type = "wrongly_declared", "text/html; charset=ISO-8859-1"
    return found


@layout
def behind_a_wall(prose: Prose) -> Page:
    title, lines = prose.headline(), [prose.paragraph() + " " + prose.sentence() for _ in range(3)]
    data = story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z", isAccessibleForFree="False")
    content = (
        f"{header()}<article><h1>{esc(title)}</h1>{p(lines)}<div class='paywall-message'><p>Subscribe to continue reading this article.</p>"
        f"<p>Already a subscriber? Sign in.</p></div></article>{related(prose)}{footer()}"
    )
    return Page(
        name="behind_a_wall",
        html=page(json_ld(data), content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
        paywalled=True,
    )


@layout
def agency_story(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    lines[0] = "ARDLEY, Norland (Reuters) - " + lines[0]
    data = story(
        title, author={"@type": "Organization", "name": OUTLET}, datePublished="2017-10-18T14:05:00Z"
    )
    content = f"{header()}<article><h1>{esc(title)}</h1>{p(lines)}</article>{footer()}"
    return Page(
        name="agency_story",
        html=page(json_ld(data), content, title=title),
        paragraphs=lines,
        title=title,
        agency="Reuters",
        published=PUBLISHED,
    )


@layout
def opinion(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    content = (
        f'{header()}<article><h1>{esc(title)}</h1><p class="byline"><span>By</span> <a rel="author" href="/ines">Ines Marrow</a></p>{p(lines)}'
        f'<div class="author-bio"><p>Ines Marrow writes about water.</p></div></article>{sidebar(prose)}{footer()}'
    )
    head = f'<meta property="og:site_name" content="{OUTLET}"><meta property="article:author" content="https://www.facebook.com/inesmarrow"><meta property="article:published_time" content="2017-10-18T14:05:00Z">'
    return Page(
        name="opinion",
        html=page(head, content, title=f"{title} | Opinion | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ines Marrow"],
        published=PUBLISHED,
    )


@layout
def broken_data(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    data = json.dumps(story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z"))
    broken = f'<script type="application/ld+json"><!--\n{data[:-1]},}}\n/* end of the data */\n--></script>'
    content = f"{header()}<article><h1>{esc(title)}</h1>{p(lines)}</article>{footer()}"
    return Page(
        name="broken_data",
        html=page(broken, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def meta_of_parsely(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    head = (
        f'<meta name="parsely-title" content="{esc(title)}"><meta name="parsely-author" content="Ada Byron"><meta name="parsely-author" content="Tom Lee">'
        f'<meta name="parsely-pub-date" content="2017-10-18T14:05:00Z"><meta name="application-name" content="{OUTLET}"><link rel="canonical" href="/news/story-17?id=4">'
    )
    content = f'{header()}<div class="story"><h1>{esc(title)}</h1><div class="story__content">{p(lines)}</div></div>{footer()}'
    return Page(
        name="meta_of_parsely",
        html=page(head, content, title=f"{OUTLET} | {title}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron", "Tom Lee"],
        published=PUBLISHED,
        canonical_url=f"{SITE}/news/story-17?id=4",
    )


@layout
def in_german(prose: Prose) -> Page:
    title = "Die Hälfte der Brunnen in Ardley ist undicht"
    lines = [
        "Die Stadt Ardley hat am Dienstag mitgeteilt, dass 87 Prozent der Brunnen geprüft worden sind.",
        "„Wir hätten viel früher anfangen müssen“, sagte die Bürgermeisterin Edda Lindqvist nach der Sitzung des Rates.",
        "Für die übrigen Brunnen fehlt bislang das Geld. Der Rat will im kommenden Monat darüber abstimmen.",
        "Nach Angaben der Wasserwerke sind in den vergangenen drei Jahren rund 40 Anlagen stillgelegt worden.",
    ]
    content = f'{header()}<article><h1>{esc(title)}</h1><p class="autor">Von Jürgen Öz</p>{p(lines)}</article>{footer()}'
    head = f'<meta name="author" content="Jürgen Öz"><meta property="og:site_name" content="{OUTLET}"><meta name="date" content="2017-10-18T16:05:00+02:00">'
    return Page(
        name="in_german",
        html=page(head, content, lang="de-DE", title=f"{title} | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Jürgen Öz"],
        published=PUBLISHED,
        language="de",
    )


@layout
def nothing_declared(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    content = (
        f'{header()}<div id="content"><h1>{esc(title)}</h1><div class="article-byline">By Ada Byron, Tom Lee and Reuters</div>'
        f'<div class="article-date">Published 18 October 2017, 14:05 GMT</div><div class="copy">{p(lines)}</div></div>{footer()}'
    )
    return Page(
        name="nothing_declared",
        html=f"<html><head><title>{esc(title)} | {OUTLET}</title></head><body>{content}</body></html>",
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron", "Tom Lee"],
        agency="Reuters",
        published=PUBLISHED,
    )
