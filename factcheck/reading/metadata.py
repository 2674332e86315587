"""Title, bylines, outlet, agency, dates, language and address of a page: JSON-LD first, then meta tags, then the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml.html import HtmlElement
from tld import get_fld

from factcheck.extraction import furniture, language
from factcheck.reading import dates, jsonld, names
from factcheck.reading.marks import Marks
from factcheck.reading.tree import squeeze

_SEPARATOR = re.compile(r"\s+(?:[|•·»«~]|::|[–—-]|\|\|)\s+|\s*\|\s*")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "parsely-pub-date",
    "datepublished", "sailthru.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date", "citation_online_date", "pubdate", "publishdate", "publish_date",
    "publish-date", "publication_date", "date", "date_published", "rnews:datepublished", "cxenseparse:recs:publishtime",
    "article.published", "displaydate", "ptime", "dc.date.created", "bt:pubdate",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "revised", "article:updated_time", "article.updated",
    "bt:moddate",
)  # fmt: skip
_AUTHORS = (
    "parsely-author", "article:author", "og:article:author", "author", "article.author", "sailthru.author", "dc.creator",
    "dcterms.creator", "dc.contributor", "byl", "byline", "article:author_name", "cxenseparse:author", "rbauthors",
    "twitter:data1", "articleauthor",
)  # fmt: skip
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "article:publisher_name",
            "citation_journal_title", "al:ios:app_name", "apple-mobile-web-app-title", "copyright")  # fmt: skip
_DESCRIPTIONS = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "sailthru.description",
)
_CACHES = re.compile(
    r"(?:^|\.)(?:ampproject\.org|google\.[a-z.]+|bing-amp\.com|archive\.org|archive\.(?:today|ph|is))$"
)


def title(marks: Marks, outlet: str) -> str:
    """The headline, without the outlet's name."""
    headings = [heading for heading in marks.headings if 3 < len(heading) < 400]
    candidates = [
        *jsonld.strings(marks.story.get("headline")),
        *marks.all(
            "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "citation_title"
        ),
        *marks.props.get("headline", []),
        *(headings if len(headings) == 1 else []),
        marks.title,
        *headings,
        *jsonld.strings(marks.story.get("name")),
    ]
    for candidate in candidates:
        found = _without_outlet(squeeze(re.sub(r"<[^<>]{1,40}>", "", candidate)), outlet, headings)
        if len(found) < 2 or found.casefold() == outlet.casefold():
            continue
        return _in_full(found, headings)
    return ""


def _in_full(found: str, headings: list[str]) -> str:
    """Some systems cut the headline in their metadata after so many characters."""
    start = re.sub(r"\s*(?:…|\.\.\.)$", "", found)
    if start == found and len(found) < 100:
        return found
    return next((heading for heading in headings if heading.startswith(start)), found)


def _without_outlet(found: str, outlet: str, headings: list[str]) -> str:
    parts = _SEPARATOR.split(found)
    if len(parts) < 2:
        return found
    for heading in headings:
        if (
            furniture.key(heading) != furniture.key(found)
            and found.startswith(heading)
            and len(heading) * 5 >= len(found)
        ):
            return heading
    # The outlet stands last, or first, perhaps with its section: "Headline - Politics | Norland Herald".
    spans = [match.span() for match in _SEPARATOR.finditer(found)]
    if _is_outlet(parts[-1], outlet):
        kept = found[: spans[-1][0]]
        before = len(spans) > 1 and "|" in found[slice(*spans[-2])] and len(parts[-2].split()) <= 2
        return squeeze(found[: spans[-2][0]] if before else kept)
    if _is_outlet(parts[0], outlet) and len(parts[0]) < 40:
        return squeeze(found[spans[0][1] :])
    return found


def _is_outlet(part: str, outlet: str) -> bool:
    if not part or len(part) > 60:
        return False
    if outlet and names.same_body(part, outlet):
        return True
    if not outlet:
        return bool(furniture.split_title(f"A headline to go before it | {part}")[1]) or bool(
            re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", part.lower())
        )
    return False


def outlet(marks: Marks, url: str) -> str:
    """Who carries the article, as the page calls itself."""
    published_by = [name for name, _ in jsonld.agents(marks.story.get("publisher"), marks.nodes)]
    sites = [
        name
        for node in marks.nodes
        if jsonld.types(node) & {"website", "newsmediaorganization"}
        for name in jsonld.strings(node.get("name"))
    ]
    og = marks.get("og:site_name")
    from_meta = [value for name in _OUTLETS[1:] for value in marks.meta.get(name, ())]
    for candidate in (og, *published_by, *from_meta, *marks.props.get("publisher", []), *sites):
        name = _outlet_name(candidate)
        if name:
            return name
    for heading in marks.headings:
        before, _, after = marks.title.partition(heading)
        for part in (_SEPARATOR.split(after)[-1], _SEPARATOR.split(before)[0]):
            if part != after and part != before and (name := _outlet_name(part)):
                return name
    found = furniture.split_title(marks.title)[1]
    return found or ""


def _outlet_name(candidate: str) -> str:
    name = squeeze(candidate)
    name = re.sub(
        r"(?i)^(?:©|\(c\)|copyright)[\s\d©-]*(?:by\s+)?|\s*[.,]?\s*all rights reserved.*$", "", name
    ).strip(" .,")
    if not 2 <= len(name) <= 80 or name.startswith(("http", "/", "@", "#")) or "://" in name:
        return ""
    return name if re.search(r"[^\W\d_]", name) else ""


def writers(marks: Marks, carrier: str, signature: str) -> names.Writers:
    """Who wrote it: from the first place on the page that names anybody; `signature` is the text's own byline."""
    found = names.Writers()
    for key in ("author", "creator"):
        for name, organisation in jsonld.agents(marks.story.get(key), marks.nodes):
            found.add(names.writers(name, outlet=carrier, organisation=organisation))
    for key in ("sourceOrganization", "creditText", "provider"):
        for name in jsonld.strings(marks.story.get(key)):
            credit = names.writers(name, outlet=carrier)
            found.agency = found.agency or credit.agency
    citation = [re.sub(r"^([^,]+), ([^,]+)$", r"\2 \1", value) for value in marks.all("citation_author")]
    for place in (
        [value for name in _AUTHORS for value in marks.meta.get(name, ())],
        citation,
        marks.props.get("author", []) + marks.props.get("creator", []),
        marks.relations,
        [whole for whole, *_ in marks.bylines],
        [piece for _, *pieces in marks.bylines for piece in pieces if " " in piece],
        [signature],
    ):
        if found.names:
            break
        for text in place:
            found.add(names.writers(text, outlet=carrier))
    if not found.agency:
        # The persons are often in the metadata and the agency in the byline only.
        for text, *_ in marks.bylines:
            found.agency = found.agency or names.writers(text, outlet=carrier).agency
    if names.same_body(found.agency, carrier):
        found.agency = ""
    return found


def published(marks: Marks, tree: HtmlElement, url: str) -> date | datetime | None:
    american = marks.html_lang.lower() in {"en-us", "en_us"}
    found = _first_date(
        [
            *jsonld.strings(marks.story.get("datePublished")),
            *marks.all(*_PUBLISHED),
            *marks.props.get("datepublished", []),
            *jsonld.strings(marks.story.get("dateCreated")),
            *(date for node in marks.nodes for date in jsonld.strings(node.get("datePublished"))),
            *marks.times,
            *marks.stamps,
        ],
        american,
    )
    return found or _searched(tree, url)


def _searched(tree: HtmlElement, url: str) -> date | datetime | None:
    """By htmldate, for pages that mark no date at all: in the address and in the text."""
    try:
        found = find_date(tree, original_date=True, extensive_search=False, url=url or None)
    except Exception:
        # A search in whatever a page holds; one that fails finds nothing.
        return None
    return dates.parse(found) if found else None


def modified(marks: Marks) -> date | datetime | None:
    american = marks.html_lang.lower() in {"en-us", "en_us"}
    return _first_date(
        [
            *jsonld.strings(marks.story.get("dateModified")),
            *marks.all(*_MODIFIED),
            *marks.props.get("datemodified", []),
        ],
        american,
    )


def _first_date(values: Iterable[str], american: bool) -> date | datetime | None:
    """The first that is a date; a day gives way to a moment of the same day further on."""
    day: date | datetime | None = None
    for value in values:
        found = dates.parse(value, american=american)
        if found is None:
            continue
        if isinstance(found, datetime):
            if day is None or found.date() == day:
                return found
        day = day or found
    return day


def language_of(marks: Marks, text: str) -> str:
    """Two letters, as the page declares it; else by the look of its text."""
    declared = (
        marks.html_lang,
        jsonld.first(marks.story.get("inLanguage")),
        marks.get("og:locale"),
        marks.get("content-language", "language", "dc.language", "dcterms.language"),
    )
    for value in declared:
        match = re.match(r"^([a-z]{2})(?:[-_,;].*)?$", value.strip().lower())
        if match:
            return match.group(1)
    return language_of_text(text)


def language_of_text(text: str) -> str:
    return language.detect(text[:6000]) if len(text.split(None, 8)) >= 8 else ""


def canonical_url(marks: Marks, url: str) -> str:
    """The page's own address as it gives it; "" where that is missing or is not of this site.

    Another site's address is not believed: a page could pass for another's article. Copies held by a cache or an
    archive are the exception.
    """
    main = marks.story.get("mainEntityOfPage")
    candidates = [
        marks.links.get("canonical", ""),
        marks.get("og:url"),
        *jsonld.strings(main.get("@id") if isinstance(main, dict) else main),
        *jsonld.strings(marks.story.get("url")),
    ]
    try:
        base = urljoin(url, marks.base)
    except ValueError:
        base = url
    for candidate in candidates:
        try:
            found = urljoin(base, html.unescape(candidate.strip())) if candidate else ""
            parts = urlsplit(found)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
                continue
            if _same_site(found, url):
                return found.partition("#")[0]
        except ValueError:
            continue
    return ""


_FOR_DEVICES = re.compile(r"^(?:(?:www|m|mobile|amp|wap|touch|lite|edition)\d?\.)+(?=.+\.)")


def _same_site(found: str, url: str) -> bool:
    there = urlsplit(found)
    host = (there.hostname or "").lower()
    if not url:
        return "." in host
    here = urlsplit(url)
    own = (here.hostname or "").lower()
    if there.path in {"", "/"} and not there.query and here.path not in {"", "/"}:
        # Badly made pages all name the front page.
        return False
    if host == own or _CACHES.search(own):
        return True
    if "." not in own or _registered(found, host) != _registered(url, own):
        return False
    # Under many names each label is somebody else's: one.blogs.example is not another.blogs.example.
    a, b = _FOR_DEVICES.sub("", own), _FOR_DEVICES.sub("", host)
    return a == b or a.endswith(f".{b}") or b.endswith(f".{a}")


def _registered(url: str, host: str) -> str:
    """The name that its owner registered: under what suffix is in the public suffix list, else the last two labels."""
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return host
    return get_fld(url, fail_silently=True) or ".".join(host.lower().split(".")[-2:])


def description(marks: Marks) -> str:
    return marks.get(*_DESCRIPTIONS) or jsonld.first(marks.story.get("description"))
