"""Web pages of many makes, each with the body, title, bylines, outlet and dates that a reader should find in it.

`layouts()` gives one page of each make; the same seed always gives the same pages.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

from tests.reading.prose import Prose

SITE = "https://www.norlandherald.example"
OUTLET = "Norland Herald"
PUBLISHED = datetime(2017, 10, 18, 14, 5, tzinfo=UTC)
MODIFIED = datetime(2017, 10, 19, 7, 30, tzinfo=UTC)


@dataclass(kw_only=True)
class Page:
    """A page's bytes and what is to be found in them."""

    name: str
    html: str
    paragraphs: list[str]
    title: str
    bylines: list[str] = field(default_factory=list)
    outlet: str = OUTLET
    agency: str = ""
    published: date | datetime | None = None
    modified: date | datetime | None = None
    language: str = "en"
    canonical_url: str = ""
    paywalled: bool = False
    url: str = f"{SITE}/news/story-17"
    content_type: str = "text/html"
    encoding: str = "utf-8"

    @property
    def body(self) -> bytes:
        return self.html.encode(self.encoding, "xmlcharrefreplace")


Layout = Callable[[Prose], Page]
_LAYOUTS: dict[str, Layout] = {}


def layout(function: Layout) -> Layout:
    _LAYOUTS[function.__name__] = function
    return function


def names() -> list[str]:
    return list(_LAYOUTS)


def make(name: str, seed: int = 1) -> Page:
    return _LAYOUTS[name](Prose(f"{name}-{seed}"))


def layouts(seed: int = 1) -> list[Page]:
    return [make(name, seed) for name in _LAYOUTS]


esc = html.escape


def p(lines: list[str], attributes: str = "") -> str:
    return "\n".join(f"<p{attributes}>{esc(line)}</p>" for line in lines)


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def story(title: str, **more: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "publisher": {"@type": "NewsMediaOrganization", "name": OUTLET},
        **more,
    }


def nav() -> str:
    items = "".join(
        f'<li><a href="/{word.lower()}">{word}</a></li>'
        for word in "Home News Politics Business Sport Culture Weather Opinion Video".split()
    )
    return f'<nav class="main-nav"><ul>{items}</ul></nav>'


def header() -> str:
    return (
        f'<header class="site-header"><a href="/"><img src="/logo.png" alt="{OUTLET}"></a>{nav()}'
        '<a href="/login">Log in</a> <a href="/subscribe">Subscribe</a></header>'
    )


def footer() -> str:
    links = " ".join(
        f'<a href="/{w.lower()}">{w}</a>' for w in "About Contact Careers Privacy Terms Cookies".split()
    )
    return f'<footer class="site-footer"><div>{links}</div><p>© 2017 {OUTLET} Ltd. All rights reserved.</p></footer>'


def related(prose: Prose, count: int = 5) -> str:
    items = "".join(f'<li><a href="/news/{i}">{esc(prose.headline())}</a></li>' for i in range(count))
    return f'<div class="related-articles"><h3>Related stories</h3><ul>{items}</ul></div>'


def sidebar(prose: Prose) -> str:
    cards = "".join(
        f'<div class="card"><a href="/n/{i}"><h4>{esc(prose.headline())}</h4></a><p class="teaser">{esc(prose.sentence())}</p></div>'
        for i in range(4)
    )
    return f'<aside class="sidebar"><h3>Most read</h3>{cards}</aside>'


def comments(prose: Prose, count: int = 4) -> str:
    items = "".join(
        f'<li class="comment"><b>reader{i}</b><p>{esc(prose.paragraph())}</p><a href="#">Reply</a></li>'
        for i in range(count)
    )
    return f'<section id="comments" class="comments-area"><h3>{count} comments</h3><ol class="comment-list">{items}</ol></section>'


def share() -> str:
    return '<div class="share-tools"><a href="#">Facebook</a> <a href="#">Twitter</a> <a href="#">WhatsApp</a> <a href="#">Email</a></div>'


def page(head: str, content: str, *, lang: str = "en", title: str = "", attributes: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"{attributes}><head><meta charset="utf-8"><title>{esc(title)}</title>\n{head}\n'
        f"<style>p {{ margin: 0 }}</style></head>\n<body>\n{content}\n<script>window.x = '<p>no text</p>';</script></body></html>"
    )


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
def line_breaks(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    text = "<br><br>\n".join(esc(line) for line in lines)
    head = f'<meta property="og:site_name" content="{OUTLET}"><meta name="date" content="2017-10-18">'
    content = (
        f'{header()}<div class="content"><h1>{esc(title)}</h1><div class="byline">By ADA BYRON, Political editor</div>'
        f'<div class="story-text">{text}</div></div>{footer()}'
    )
    return Page(
        name="line_breaks",
        html=page(head, content, title=f"{title} | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def preformatted(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(6)
    head = '<meta name="author" content="Norland Press Agency"><meta name="date" content="2017-10-18 14:05:00 +0000">'
    content = f"{header()}<h1>{esc(title)}</h1><pre>{esc((chr(10) * 2).join(lines))}</pre>{footer()}"
    return Page(
        name="preformatted",
        html=page(head + f'<meta property="og:site_name" content="{OUTLET}">', content, title=title),
        paragraphs=lines,
        title=title,
        agency="Norland Press Agency",
        published=PUBLISHED,
    )


@layout
def tables_for_layout(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    text = "".join(f"<P><FONT FACE=Arial SIZE=2>{esc(line)}</FONT>\n" for line in lines)
    menu = "".join(f"<TR><TD><A HREF=/{i}.html>Section {i}</A></TD></TR>" for i in range(8))
    source = (
        f"<HTML><HEAD><TITLE>{OUTLET} - {esc(title)}</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=100%><TR><TD VALIGN=top WIDTH=120>"
        f"<TABLE>{menu}</TABLE></TD><TD VALIGN=top><H1>{esc(title)}</H1><P><I>By Ada Byron</I></P><P><SMALL>October 18, 2017</SMALL></P>"
        f"{text}</TD></TR></TABLE><HR><CENTER><SMALL>Copyright 2017 {OUTLET}. All rights reserved.</SMALL></CENTER></BODY></HTML>"
    )
    return Page(
        name="tables_for_layout",
        html=source,
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def live_blog(prose: Prose) -> Page:
    title = prose.headline()
    posts, lines, updates = "", [], []
    for hour in range(14, 6, -1):
        head, text = prose.headline(), prose.paragraphs(2)
        lines += [head, *text]
        updates.append({"@type": "BlogPosting", "headline": head, "articleBody": "\n\n".join(text)})
        posts += f'<div class="live-post" id="post-{hour}"><time>{hour}:05</time><h2>{esc(head)}</h2>{p(text)}</div>'
    data = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": title,
        "author": ["Ada Byron", "Tom Lee"],
        "publisher": {"@type": "Organization", "name": OUTLET},
        "datePublished": "2017-10-18T14:05:00Z",
        "liveBlogUpdate": updates,
    }
    content = f'{header()}<main><h1>{esc(title)}</h1><div class="live-blog">{posts}</div></main>{footer()}'
    return Page(
        name="live_blog",
        html=page(json_ld(data), content, title=f"{title} – live | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron", "Tom Lee"],
        published=PUBLISHED,
    )


@layout
def accelerated(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    head = (
        f'<script async src="https://cdn.example/v0.js"></script><link rel="canonical" href="{SITE}/news/story-17">'
        + json_ld([story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00.000Z")])
    )
    ad = '<amp-ad width="300" height="250" type="x"><div placeholder>Advertisement</div></amp-ad>'
    content = (
        f'<amp-sidebar id="menu" layout="nodisplay">{nav()}</amp-sidebar><article><h1>{esc(title)}</h1><amp-img src="/a.jpg" width="1" height="1"></amp-img>'
        f"{p(lines[:3])}{ad}{p(lines[3:])}</article>{footer()}"
    )
    return Page(
        name="accelerated",
        html=page(head, content, title=title, attributes=" amp"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
        canonical_url=f"{SITE}/news/story-17",
        url=f"{SITE}/amp/news/story-17",
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
def headings_and_lists(prose: Prose) -> Page:
    title = prose.headline()
    a, b, c = prose.paragraphs(3), prose.paragraphs(3), prose.paragraphs(2)
    items, steps = [prose.sentence() for _ in range(4)], [prose.sentence() for _ in range(3)]
    lines = [*a, "What we know so far", *items, *b, "What happens next", *steps, *c]
    listed = "".join(f"<li>{esc(item)}</li>" for item in items)
    ordered = "".join(f"<li>{esc(item)}</li>" for item in steps)
    content = (
        f'{header()}<article class="article"><h1>{esc(title)}</h1><div class="article-body">{p(a)}<h2>What we know so far</h2><ul>{listed}</ul>'
        f"{p(b)}<h2>What happens next</h2><ol>{ordered}</ol>{p(c)}</div></article>{sidebar(prose)}{footer()}"
    )
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18"))
    return Page(
        name="headings_and_lists",
        html=page(head, content, title=f"{title} | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def quotations(prose: Prose) -> Page:
    title = prose.headline()
    a, b, c = prose.paragraphs(3), prose.paragraphs(2), prose.paragraphs(3)
    lines = [*a, *b, *c]
    content = f"{header()}<article><h1>{esc(title)}</h1>{p(a)}<blockquote>{p(b)}</blockquote>{p(c)}</article>{footer()}"
    head = json_ld(story(title, author=["Ada Byron"], datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="quotations",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def table_of_figures(prose: Prose) -> Page:
    title = prose.headline()
    a, b = prose.paragraphs(5), prose.paragraphs(4)
    rows = [
        ("Town", "Wells", "Sealed"),
        ("Ardley", "412", "87"),
        ("Brookfen", "95", "12"),
        ("Saltmere", "230", "199"),
    ]
    table = "".join(
        "<tr>"
        + "".join(f"<{'th' if i == 0 else 'td'}>{cell}</{'th' if i == 0 else 'td'}>" for cell in row)
        + "</tr>"
        for i, row in enumerate(rows)
    )
    content = (
        f"{header()}<article><h1>{esc(title)}</h1>{p(a)}<table>{table}</table>{p(b)}</article>{footer()}"
    )
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="table_of_figures",
        html=page(head, content, title=title),
        paragraphs=[*a, *(" | ".join(row) for row in rows), *b],
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def captions(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(9)
    figure = '<figure><img src="/a.jpg" alt="A well"><figcaption>A well near Ardley. Photo: Ines Marrow/Norland Press Agency</figcaption></figure>'
    old = '<div class="wp-caption"><img src="/b.jpg"><p class="wp-caption-text">Ryan Holt speaks in Brookfen last year. (File photo)</p></div>'
    content = (
        f"{header()}<article><h1>{esc(title)}</h1>{figure}<p class='author-name'>Ada Byron</p>{p(lines[:3])}{old}{p(lines[3:6])}{figure}{p(lines[6:])}"
        f"<p>Photo: Ines Marrow/Norland Press Agency</p></article>{footer()}"
    )
    head = f'<meta property="og:site_name" content="{OUTLET}"><meta property="og:title" content="{esc(title)}"><meta property="article:published_time" content="2017-10-18T14:05:00Z">'
    return Page(
        name="captions",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def boxes_between(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(10)
    letter = '<div class="newsletter-signup"><h4>Get our newsletter</h4><p>Sign up for our morning briefing, free in your inbox.</p><form><input type="email"><button>Sign up</button></form></div>'
    more = f"<p><strong>Read more: {esc(prose.headline())}</strong></p>"
    ad = '<div class="ad-slot"><span>Advertisement</span></div><p>Advertisement</p>'
    content = (
        f"{header()}<article><h1>{esc(title)}</h1><div class='byline'>By Ada Byron</div><div class='body'>{p(lines[:3])}{letter}{p(lines[3:5])}{more}{p(lines[5:8])}{ad}{p(lines[8:])}"
        f"<p>Follow Ada Byron on Twitter: @adabyron</p><p>Sign up for our daily newsletter to get the news in your inbox.</p></div></article>{related(prose)}{footer()}"
    )
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="boxes_between",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def many_comments(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(6)
    content = (
        f'{header()}<div class="post"><h1 class="post-title">{esc(title)}</h1><p class="meta">Posted by Ada Byron on October 18, 2017</p>'
        f'<div class="post-body entry-content">{p(lines)}</div></div>{comments(prose, 25)}{footer()}'
    )
    head = f'<meta property="og:site_name" content="{OUTLET}"><meta name="author" content="Ada Byron"><meta name="pubdate" content="2017-10-18">'
    return Page(
        name="many_comments",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
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
def unclosed(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    text = "".join(
        f"<p>{esc(line)}<div>" if i % 4 == 0 else f"<p><b></p>{esc(line)}</i>" for i, line in enumerate(lines)
    )
    source = (
        f"<title>{esc(title)}</title><meta property=og:site_name content='{OUTLET}'><meta name=author content='Ada Byron'>"
        f"<meta name=date content=2017-10-18><body><ul><li><a href=/>Home<li><a href=/n>News</ul><div class=article-body><h1>{esc(title)}</h2>{text}"
    )
    return Page(
        name="unclosed",
        html=source,
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


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
def links_and_drop_caps(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    marked = []
    for i, line in enumerate(lines):
        words = esc(line).split(" ")
        if i == 0:
            words[0] = f'<span class="dropcap">{words[0][0]}</span>{words[0][1:]}'
        words[len(words) // 2] = f'<a href="/topic/{i}">{words[len(words) // 2]}</a>'
        words[-1] = f"<em>{words[-1]}</em>"
        marked.append("<p>" + " ".join(words) + "</p>")
    content = f"{header()}<article><h1>{esc(title)}</h1>{''.join(marked)}</article>{footer()}"
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="links_and_drop_caps",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def interview(prose: Prose) -> Page:
    title, intro = prose.headline(), prose.paragraph()
    lines, text = [intro], p([intro])
    for _ in range(6):
        question, answer = (
            f"What do you say to those who fear for their {prose.draw.choice(['wells', 'farms'])}?",
            prose.paragraph(),
        )
        lines += [question, answer]
        text += f"<p><strong>{esc(question)}</strong></p><p>{esc(answer)}</p>"
    content = f"{header()}<article><h1>{esc(title)}</h1>{text}</article>{footer()}"
    head = json_ld(
        story(title, author={"@type": "Person", "name": ["Ada Byron"]}, datePublished="2017-10-18T14:05:00Z")
    )
    return Page(
        name="interview",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def news_flash(prose: Prose) -> Page:
    title, lines = prose.headline(), [prose.sentence() + " " + prose.sentence()]
    content = f'{header()}<article><h1>{esc(title)}</h1><div class="text">{p(lines)}</div></article>{related(prose, 8)}{footer()}'
    head = json_ld(story(title, datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="news_flash",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        published=PUBLISHED,
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
