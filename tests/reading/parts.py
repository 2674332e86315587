"""What the pages of the tests are made of: headers, menus, teasers, comments; and the list of their makes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

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
LAYOUTS: dict[str, Layout] = {}


def layout(function: Layout) -> Layout:
    LAYOUTS[function.__name__] = function
    return function


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


def teasers(prose: Prose, count: int = 40) -> str:
    cards = "".join(
        f'<li><a href="/n/{i}"><h3>{esc(prose.headline())}</h3></a><p>{esc(prose.sentence())}</p></li>'
        for i in range(count)
    )
    return f'<section class="latest"><h2>Latest</h2><ul>{cards}</ul></section>'


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
