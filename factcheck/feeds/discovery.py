"""What a homepage says of its outlet: its name, where its feeds may be, and whether one pays to read it.

Pure functions over bytes that were fetched; nothing here opens a connection. What a page names is a candidate only: whether
it is a feed shows when it is fetched and parsed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement
from rapidfuzz import fuzz

from factcheck.articles.canonical import canonical_url
from factcheck.feeds.parsing import joined
from factcheck.reading import charsets, jsonld, walls
from factcheck.reading import marks as page_marks
from factcheck.reading.tree import TooComplex, parse, squeeze

LONGEST_NAME = 200
CANDIDATES = 8
LINKS = 500  # that are looked at: no site names more feeds, and each costs time
ADDRESS = 2000
# Where the common systems put a feed, the commonest first.
USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/posts/default", "/feed.json")  # fmt: skip
OF_SYSTEM = {
    "wordpress": "/feed",
    "blogger": "/feeds/posts/default",
    "hugo": "/index.xml",
    "ghost": "/rss",
    "jekyll": "/feed.xml",
    "drupal": "/rss.xml",
}
ROBOTS = "/robots.txt"

_FEED_TYPES = re.compile(
    r"(?i)^(?:application|text)/(?:(?:x-)?(?:rss|atom|rdf)(?:\+xml)?|feed\+json|json|xml)\s*(?:;|$)"
)
_FEED_PATH = re.compile(r"(?i)(?:^|/)(?:rss|feeds?|atom)(?:/(?:all|news|latest|index))?(?:\.(?:xml|rss|rdf|json))?/?$|\.(?:rss|atom|rdf)$|[_-](?:rss|feed|atom)\.xml$")  # fmt: skip
_NOT_NEWS = re.compile(r"(?i)comment|podcast|oembed|wp-json")
_SEPARATOR = re.compile(r"\s+[|–—·•«»:-]\s+|\s*[|»]\s*|:\s+")
_NO_NAME = re.compile(
    r"(?i)^(?:home(?:page)?|welcome(?: to .*)?|start|index|front page|(?:the )?(?:latest|breaking|top) .*|news|just a moment.*)$"
)
_ORGANISATIONS = {"newsmediaorganization", "organization", "corporation"}
# Scripts that only sites with a paywall load.
_WALL_SCRIPTS = re.compile(
    r"(?i)(?:cdn\.tinypass\.com|\.piano\.io|\.poool\.fr|leaky-paywall|js\.pelcro\.com|cdn\.zephr\.com)"
)
_SITEMAP = re.compile(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})")


@dataclass(frozen=True, slots=True)
class Homepage:
    """What was found on one. `feeds` are absolute addresses, the likeliest first; `guesses` are where this kind of site has
    one though it does not say so; `paywall` is None where nothing tells."""

    name: str = ""
    feeds: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    paywall: bool | None = None


def read_homepage(body: bytes, *, url: str, content_type: str = "", charset: str = "") -> Homepage:
    """Read a homepage fetched from `url`. Never raises; bytes that are no page give one without a name."""
    text = charsets.decode(body, charset=charset, content_type=content_type)
    try:
        tree = parse(text)
    except TooComplex:
        tree = None
    if tree is None:
        return Homepage(guesses=guesses(url))
    marks = page_marks.collect(tree)
    base = joined(url, marks.base) or url
    generator = marks.get("generator").lower()
    return Homepage(
        name=_name(marks, url),
        feeds=_once(base, islice(chain(_declared(tree), _linked(tree)), LINKS))[:CANDIDATES],
        guesses=guesses(url, generator),
        paywall=_paywall(marks, text),
    )


def guesses(url: str, generator: str = "") -> list[str]:
    """The usual addresses of a feed on a site, robots.txt (which names the sitemaps) first."""
    first = [path for system, path in OF_SYSTEM.items() if system in generator]
    return [urljoin(url, path) for path in dict.fromkeys([*first, ROBOTS, *USUAL])]


def news_sitemaps(robots: str, *, url: str) -> list[str]:
    """The sitemaps that a robots.txt names and that look like those of news."""
    found = _once(url, _SITEMAP.findall(robots[:500_000]))
    return [link for link in found if "news" in urlsplit(link).path.lower()][:2]


def _declared(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("link"):
        rel = (element.get("rel") or "").lower().split()
        named = f"{element.get('href')} {element.get('title')}"
        if (
            "alternate" in rel
            and _FEED_TYPES.match(element.get("type") or "")
            and not _NOT_NEWS.search(named)
        ):
            yield element.get("href") or ""


def _linked(tree: HtmlElement) -> Iterator[str]:
    """Links that readers are to follow to a feed: many sites have those in their footer and nowhere else."""
    for element in tree.iter("a"):
        link = (element.get("href") or "").strip()[:ADDRESS]
        path = link.partition("?")[0].partition("#")[0]
        if _FEED_PATH.search(path) and not _NOT_NEWS.search(path):
            yield link


def _once(base: str, links: Iterable[str]) -> list[str]:
    """The links as absolute http addresses, each once, in their order."""
    found: dict[str, str] = {}
    for link in links:
        address = joined(base, link).partition("#")[0]
        if link.strip() and len(address) <= ADDRESS and (canonical := canonical_url(address)):
            found.setdefault(canonical, address)
    return list(found.values())


def _name(marks: page_marks.Marks, url: str) -> str:
    organisations = [
        name
        for node in marks.nodes
        if jsonld.types(node) & _ORGANISATIONS
        for name in jsonld.strings(node.get("name"))
    ]
    publishers = [name for node in marks.nodes for name in jsonld.strings(node.get("publisher"))]
    sites = [
        name
        for node in marks.nodes
        if "website" in jsonld.types(node)
        for name in jsonld.strings(node.get("name"))
    ]
    for candidate in (
        marks.get("og:site_name"),
        *organisations,
        *publishers,
        *sites,
        marks.get("application-name"),
        _without_slogan(marks.get("og:title") or marks.title, url),
        _without_slogan(marks.title, url),
    ):
        name = squeeze(candidate).strip(" .,|-–—")
        usable = 2 <= len(name) <= 80 and re.search(r"[^\W\d_]", name) and "://" not in name
        if usable and not _NO_NAME.match(name):
            return name
    return ""


def _without_slogan(title: str, url: str) -> str:
    """The part of a title that is the outlet's name: the one most like its domain, else the first that is a name at all."""
    parts = [
        part for part in map(str.strip, _SEPARATOR.split(title[:500])) if part and not _NO_NAME.match(part)
    ]
    label = re.sub(r"\W", "", _label(url))

    def likeness(part: str) -> float:
        return fuzz.ratio(re.sub(r"\W", "", part.casefold()), label)

    best = max(parts, key=likeness, default="")
    if best and likeness(best) >= 55:
        return best
    return next((part for part in parts if len(part.split()) <= 6), "")


def _label(url: str) -> str:
    """The word of a domain that is the site's own: `norlandherald` of www.norlandherald.example."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    return max(labels[:-1], key=len, default="")


def _paywall(marks: page_marks.Marks, text: str) -> bool | None:
    said = [
        jsonld.truth(node.get("isAccessibleForFree")) for node in marks.nodes if "isAccessibleForFree" in node
    ]
    if False in said or walls.locked(marks) or _WALL_SCRIPTS.search(text):
        return True
    return False if True in said else None


def is_robots(url: str) -> bool:
    """Whether an address is that of a robots.txt."""
    return unquote(urlsplit(url).path) == ROBOTS
