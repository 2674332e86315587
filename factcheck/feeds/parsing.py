"""A feed's bytes, read: RSS, RDF, Atom, JSON Feed, and news sitemaps.

Pure functions. Nothing here opens a connection, follows an entity, or reads more than `limit` items, the newest.
Formats: RSS 2.0 (rssboard.org/rss-specification), RFC 4287 (Atom), JSON Feed 1.1 (jsonfeed.org), the Sitemaps protocol
(sitemaps.org) with the news extension of search engines.
"""

import calendar
import hashlib
import html
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

import feedparser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from lxml import etree

from factcheck.articles.canonical import canonical_url
from factcheck.reading import charsets

from .newest import LISTED, NO_TIME, cut, moment_of, newest

TITLE = 500  # characters
ADDRESS = 2000
CHILDREN = 3  # sitemaps of an index that are worth reading
ELEMENTS = 100_000  # feedparser takes some 25 microseconds for each; a feed of 500 items has about 10,000
HEAD = 100_000  # bytes in which a feed must have begun
YEARS = range(1900, 3000)  # a date in another one is a mistake, and may have no day in the desk's time zone

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:[a-zA-Z][a-zA-Z0-9]{1,31};)?"
)
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TAGS = re.compile(r"<[^>]{0,500}>")
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


class Fault(StrEnum):
    """Why bytes are no feed."""

    EMPTY = "empty"
    PAGE = "page"
    ENTITIES = "entities"
    BROKEN = "broken"
    TOO_MUCH = "too_much"


WORDS: dict[Fault, Promise] = {
    Fault.EMPTY: _("There is nothing at this address."),
    Fault.PAGE: _("This is a page, not a feed."),
    Fault.ENTITIES: _("This feed declares entities of its own, which the desk does not read."),
    Fault.BROKEN: _("This is no feed that the desk can read."),
    Fault.TOO_MUCH: _("This feed is too large for the desk to read."),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: `key` tells it from the others for ever, `url` is absolute, `published` is in UTC where it is known."""

    key: str
    url: str
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed as it reads now. `kind` is a Feed.Kind; `children` are the sitemaps that an index names, newest first; `home` is
    the page that it says it is of, else that of the site of its items, else empty."""

    kind: str
    title: str = ""
    items: list[Item] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    home: str = ""


@dataclass(frozen=True, slots=True)
class NoFeed:
    """Not a feed, and why, in words for an admin."""

    fault: Fault

    @property
    def words(self) -> str:
        return str(WORDS[self.fault])


def parse(body: bytes, *, url: str, limit: int, content_type: str = "", charset: str = "") -> Parsed | NoFeed:
    """Read a feed fetched from `url`, to which relative links belong; at most `limit` items, the newest. Never raises.

    `content_type` and `charset` are as the site declared them, either of which may be wrong.
    """

    def read(part: bytes) -> str:
        return charsets.decode(part, charset=charset, content_type=content_type).lstrip("\ufeff \t\r\n")

    # To find the charset of megabytes that are no text at all takes half a minute.
    if fault := _fault(read(body[:HEAD])):
        return NoFeed(fault)
    text = read(body)
    try:
        if text.startswith(("{", "[")):
            return _json(text, url, limit)
        root = _ROOT.search(text)
        if root is None:
            return NoFeed(Fault.BROKEN)
        # Without what stands before it: a declaration of another charset, a document type, a warning of the site's program.
        xml = text[root.start() :].encode()
        if root[1].lower() in ("urlset", "sitemapindex"):
            return _sitemap(xml, url, limit)
        return _xml(xml, url, limit)
    except (ValueError, TypeError, LookupError, RecursionError, AttributeError, etree.LxmlError):
        return NoFeed(Fault.BROKEN)


def _fault(head: str) -> Fault | None:
    """Why what begins like this is no feed; None for what may be one."""
    if not head:
        return Fault.EMPTY
    if head.startswith(("{", "[")):
        return None
    root = _ROOT.search(head)
    before = head[: root.start() if root else None].lower()
    if "<!entity" in before:
        return Fault.ENTITIES
    if "<html" in before or "<!doctype html" in before:
        return Fault.PAGE
    return None if root else Fault.BROKEN


def _xml(body: bytes, url: str, limit: int) -> Parsed | NoFeed:
    body = cut(body, limit)
    try:
        if not _is_well_formed(body):
            if body.count(b"<") > 4 * ELEMENTS:
                raise _TooMuch
            body = _repaired(body)
            if not _is_well_formed(body):
                return NoFeed(Fault.BROKEN)
    except _TooMuch:
        return NoFeed(Fault.TOO_MUCH)
    found = feedparser.parse(
        # As a stream: of bytes feedparser asks first whether they name a file of this machine, and reads that.
        BytesIO(body),
        response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.version:
        return NoFeed(Fault.BROKEN)
    kind = "atom" if found.version.startswith("atom") else "rss"
    items = _once([_entry(entry, url) for entry in found.entries[:limit]])
    home = _home(str(found.feed.get("link", "")), url, items)
    return Parsed(kind, _plain(found.feed.get("title", ""))[:300], items, home=home)


class _TooMuch(Exception):
    """It has more elements than are read."""


def _is_well_formed(body: bytes) -> bool:
    """Whether it is XML. Raises _TooMuch."""
    seen = 0

    def count(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if seen > ELEMENTS:
            raise _TooMuch

    reading = expat.ParserCreate("utf-8", namespace_separator=" ")
    reading.StartElementHandler = count
    try:
        reading.Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _repaired(body: bytes) -> bytes:
    """Broken XML mended, as far as that goes. Feedparser would read it as it is, in a time that grows with the square of its size."""
    sections = body.decode().split("<![CDATA[")
    for at, section in enumerate(sections):
        # Only outside of CDATA does an ampersand begin a name, and XML knows five of those of HTML.
        raw, end, outside = section.rpartition("]]>") if at else ("", "", section)
        sections[at] = raw + end + _AMPERSAND.sub(lambda name: html.escape(html.unescape(name[0])), outside)
    text = "<![CDATA[".join(sections)
    mending = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(text.encode(), parser=mending)
    if root is None:
        return b""
    for element in root.iter(etree.Element):
        # A prefix that the feed does not declare.
        if element.tag.startswith("dc:"):
            element.tag = _DUBLIN_CORE + element.tag.removeprefix("dc:")
        element.tag = element.tag if element.tag.startswith("{") else element.tag.replace(":", "_")
        for name in [name for name in element.attrib if not name.startswith("{") and ":" in name]:
            del element.attrib[name]
    return etree.tostring(root)


def _entry(entry: Any, url: str) -> Item | None:
    link = entry.get("link") or next((e.get("href") for e in entry.get("links", ()) if e.get("href")), "")
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = entry["id"]
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return _item(
        str(entry.get("id") or ""), link, url, entry.get("title", ""), _utc(moment) if moment else None
    )


def _json(text: str, url: str, limit: int) -> Parsed | NoFeed:
    found = json.loads(text)
    if not isinstance(found, dict) or "jsonfeed.org" not in str(found.get("version", "")):
        return NoFeed(Fault.BROKEN)
    entries = [entry for entry in found.get("items", [])[:LISTED] if isinstance(entry, dict)]
    moments = [
        moment_of(str(entry.get("date_published") or entry.get("date_modified") or "")) for entry in entries
    ]
    items = [
        _item(
            str(entries[at].get("id") or ""),
            str(entries[at].get("url") or entries[at].get("external_url") or ""),
            url,
            str(entries[at].get("title") or entries[at].get("summary") or ""),
            moments[at],
        )
        for at in newest(moments, limit)
    ]
    items = _once(items)
    home = _home(str(found.get("home_page_url", "")), url, items)
    return Parsed("json", _plain(str(found.get("title", "")))[:300], items, home=home)


def _sitemap(body: bytes, url: str, limit: int) -> Parsed:
    """A sitemap's newest pages, or the sitemaps that an index names, read one element at a time."""
    pages: list[tuple[str, str, str]] = []
    children: list[tuple[str, str]] = []
    news = f"{_NEWS}news/{_NEWS}"
    reading = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    for _event, element in reading:
        link = element.findtext("{*}loc", "").strip()
        changed = element.findtext("{*}lastmod", "").strip()
        if element.tag.endswith("}sitemap") or element.tag == "sitemap":
            children.append((changed, joined(url, link)))
        else:
            published = element.findtext(f"{news}publication_date", "").strip() or changed
            pages.append((published[:40], link, element.findtext(f"{news}title", "")[:TITLE]))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        if len(pages) + len(children) >= LISTED:
            break
    moments = [moment_of(published) for published, _link, _title in pages]
    items = [
        _item("", pages[at][1], url, pages[at][2], moments[at])
        # Sitemaps have no order of their own.
        for at in sorted(newest(moments, limit), key=lambda at: moments[at] or NO_TIME, reverse=True)
    ]
    named = [link for _changed, link in sorted(children, key=lambda child: child[0], reverse=True) if link]
    return Parsed("sitemap", "", _once(items), named[:CHILDREN], joined(url, "/"))


def _home(link: str, base: str, items: list[Item]) -> str:
    """The homepage that a feed at `base` names, or that of its first item's site: many feeds lie on a host that others share."""
    named = joined(base, _storable(link)) if link.strip() else ""
    if canonical_url(named) and len(named) <= ADDRESS:
        return named
    return joined(items[0].url, "/") if items else ""


def _item(key: str, link: str, base: str, title: str, published: datetime | None) -> Item | None:
    """An item with an address that can be fetched, else None."""
    address = joined(base, _storable(link))
    if not link.strip() or len(address) > ADDRESS or not canonical_url(address):
        return None
    if published and published.year not in YEARS:
        published = None
    # Without an identifier of its own an item is its address; with one it stays itself when the address changes.
    named = key.strip() or canonical_url(address)
    digest = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()
    return Item(digest, address, _plain(title)[:TITLE], published)


def joined(base: str, link: str) -> str:
    """Where a link on a page or in a feed at `base` leads; empty for what cannot be an address."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


def _once(items: list[Item | None]) -> list[Item]:
    """The items that can be used, each key once."""
    return list({item.key: item for item in reversed(items) if item}.values())[::-1]


def _plain(title: str) -> str:
    return " ".join(_TAGS.sub(" ", _storable(str(title))).split())


def _storable(text: str) -> str:
    """Without what no database takes: NUL, and halves of characters, which JSON can hold."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _utc(moment: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def host_of(url: str) -> str:
    """The host of an address without www, empty for none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
