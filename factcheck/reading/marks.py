"""What a page marks about itself: meta tags, links, microdata, and the elements that look like headline, byline, date."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from factcheck.reading import jsonld
from factcheck.reading.tree import squeeze, text_of

# Classes and ids that sites give to the line with the writer's name.
_BYLINE_CLASS = re.compile("byline|author|writer|contributor|journalist")
_NOT_BYLINE = re.compile(
    "comment|bio|related|avatar|image|photo|social|follow|more|card|list|title|description|authority|recommend|promo|"
    "sidebar|footer|role|twitter|email|date"
)
_DATE_CLASS = re.compile("date|time|publish|posted|timestamp")
_NOT_DATE = re.compile("update|modif|comment|related|sidebar|footer|card|event|candidate|timeline")
_ASIDE = frozenset(("aside", "footer", "nav"))


@dataclass(slots=True)
class Marks:
    """All that metadata is looked for in, found in one walk over the page."""

    nodes: list[jsonld.Node]
    story: jsonld.Node
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    props: dict[str, list[str]] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    title: str = ""
    base: str = ""
    html_lang: str = ""
    amp: bool = False
    # Each as its pieces of text: what follows a name without a comma often stands in an element of its own.
    bylines: list[list[str]] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    password: bool = False
    tried: int = 0

    def get(self, *names: str) -> str:
        """The first value there is of meta tags with these names, in their order."""
        return next((value for name in names for value in self.meta.get(name, ())), "")

    def all(self, *names: str) -> list[str]:
        return [value for name in names for value in self.meta.get(name, ())]


def collect(tree: HtmlElement) -> Marks:
    nodes = jsonld.nodes(tree)
    marks = Marks(nodes=nodes, story=jsonld.story(nodes) or {})
    root = tree.getroottree().getroot()
    marks.html_lang = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or ""
    )
    marks.amp = "amp" in root.attrib or "\u26a1" in root.attrib
    for element in tree.iter("*"):
        tag = element.tag
        if tag == "meta":
            _meta(element, marks)
        elif tag == "link":
            for rel in (element.get("rel") or "").lower().split():
                marks.links.setdefault(rel, (element.get("href") or "").strip())
        elif tag == "title":
            marks.title = marks.title or text_of(element)
        elif tag == "base":
            marks.base = marks.base or (element.get("href") or "").strip()
        elif tag == "input":
            marks.password = marks.password or (element.get("type") or "").lower() == "password"
        elif tag == "h1":
            if len(marks.headings) < 8 and (heading := text_of(element)):
                marks.headings.append(heading)
        elif element.attrib:
            _visible(element, tag, marks)
        if tag == "h1" and element.get("itemprop"):
            _itemprop(element, marks)
    return marks


def _meta(element: HtmlElement, marks: Marks) -> None:
    content = element.get("content") or element.get("value")
    if not content:
        return
    value = squeeze(html.unescape(content) if "&" in content else content)[:2000]
    if not value:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        for name in (element.get(attribute) or "").lower().split():
            where = marks.props if attribute == "itemprop" else marks.meta
            kept = where.setdefault(name, [])
            if len(kept) < 30:
                kept.append(value)


def _visible(element: HtmlElement, tag: str, marks: Marks) -> None:
    if element.get("itemprop"):
        _itemprop(element, marks)
    rel = element.get("rel") if tag == "a" else None
    if rel and "author" in rel.lower().split() and len(marks.relations) < 12:
        marks.relations.append(text_of(element)[:200])
    if tag == "time" and len(marks.times) < 40 and not _in_aside(element):
        marks.times.append(element.get("datetime") or text_of(element)[:100])
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
    if named == "  ":
        return
    named = named.lower()
    if marks.tried < 60 and _is_called(named, _BYLINE_CLASS, _NOT_BYLINE) and not _in_aside(element):
        marks.tried += 1
        text = text_of(element)
        if 2 < len(text) < 200:
            marks.bylines.append([text, *(piece for part in element.itertext() if (piece := squeeze(part)))])
    if marks.tried < 60 and _is_called(named, _DATE_CLASS, _NOT_DATE) and not _in_aside(element):
        marks.tried += 1
        text = text_of(element)
        if 5 < len(text) < 120:
            marks.stamps.append(element.get("datetime") or text)


def _is_called(named: str, wanted: re.Pattern[str], unwanted: re.Pattern[str]) -> bool:
    """Whether one of the element's classes has a wanted word in it and none of the unwanted."""
    return wanted.search(named) is not None and any(
        wanted.search(name) and not unwanted.search(name) for name in named.split()
    )


def _in_aside(element: HtmlElement) -> bool:
    return any(parent.tag in _ASIDE for parent in element.iterancestors())


def _itemprop(element: HtmlElement, marks: Marks) -> None:
    for name in (element.get("itemprop") or "").lower().split():
        if name not in _PROPS:
            continue
        kept = marks.props.setdefault(name, [])
        if len(kept) >= 12:
            continue
        inner = element.find(".//*[@itemprop='name']") if name in {"author", "publisher", "creator"} else None
        source = element if inner is None else inner
        value = (
            source.get("content")
            or source.get("datetime")
            or (text_of(source) if name != "articlebody" else "")
        )
        if value:
            kept.append(squeeze(value)[:300])


_PROPS = frozenset(
    ("author", "creator", "publisher", "headline", "datepublished", "datemodified", "inlanguage")
)
