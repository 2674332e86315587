"""The article's text out of a page's tree, as paragraphs. trafilatura finds it; JSON-LD stands in where it fails."""

from __future__ import annotations

import html
import logging
import re
from copy import deepcopy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, fromstring
from trafilatura.settings import Extractor

from factcheck.reading import jsonld
from factcheck.reading.marks import Marks
from factcheck.reading.teasers import teasers
from factcheck.reading.tree import squeeze, text_of

# It warns of each page that it finds nothing on; that is told to the editor.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_BREAKS = frozenset(
    "p head quote item row list table lb code div section article h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre tr "
    "br hr body main fw ab".split()
)
_CELL_CHARS = 400
_MENU_CHARS = 120
# Less than this is hardly a whole article.
_SHORT = 250
# A text of so few and so short paragraphs may be one that was put together from whole elements.
_FEW, _BRIEF_CHARS = 3, 1500
# Such an element may hold asides and white space too.
_AROUND_CHARS = 6 * _BRIEF_CHARS
_WORD = re.compile(r"\w+")
_HOLDS_PAGE = etree.XPath("boolean(.//h1 | .//article | .//main)")
_HOLDS_TEXT = etree.XPath(f"boolean(.//text()[string-length() > {_MENU_CHARS}])")


def paragraphs(tree: HtmlElement, marks: Marks, url: str = "") -> list[str]:
    """The paragraphs of the body, in order; [] where none is found. `url`: where the page was fetched from.

    The tree is without its menus and teasers afterwards.
    """
    _part_preformatted(tree)
    _open_layout_tables(tree)
    _drop_menus(tree)
    found = _found(tree, [url, marks.links.get("canonical", ""), marks.get("og:url")])
    stated = _stated(marks)
    if not stated:
        return found
    missing = _length(found) < 0.7 * _length(stated) and (_length(found) < _SHORT or _overlap(found, stated))
    unparted = len(found) == 1 < len(stated) and _length(found) < 1.05 * _length(stated)
    return stated if missing or unparted else _cut_to(found, stated)


def _part_preformatted(tree: HtmlElement) -> None:
    """Old sites and agencies put whole stories into one `pre`, with blank lines between the paragraphs."""
    for element in list(tree.iter("pre")):
        parts = re.split(r"\n\s*\n", element.text or "")
        if len(element) or len(parts) < 2 or any(re.search(r"[{};]\s*$", part) for part in parts):
            continue
        element.tag, element.text = "div", None
        for part in parts:
            etree.SubElement(element, "p").text = squeeze(part)


def _found(tree: HtmlElement, addresses: list[str]) -> list[str]:
    """What the search finds beside the teasers, or, if that is hardly an article, in the whole page: they may be the article."""
    beside = teasers(tree, addresses)
    if beside:
        whole = deepcopy(tree)
        for teaser in beside:
            teaser.drop_tree()
    found = _parted(tree, _by_trafilatura(tree))
    if beside and _length(found) < _SHORT:
        return _parted(whole, _by_trafilatura(whole))
    return found


def _by_trafilatura(tree: HtmlElement) -> list[str]:
    options = Extractor(comments=False, tables=True, formatting=False, with_metadata=False)
    try:
        document = trafilatura.bare_extraction(tree, options=options)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError):
        # Its many heuristics meet every kind of markup; where one trips, the page's own JSON-LD may still do.
        return []
    return rendered(document.body) if document is not None else []


def _parted(tree: HtmlElement, found: list[str]) -> list[str]:
    """`found` with the paragraphs of the page: a short article comes as the whole text of an element, headline and all."""
    if len(found) > _FEW or _length(found) > _BRIEF_CHARS:
        return found
    wholes = {_plain(line): line for line in found}
    parts: dict[str, list[str]] = {}
    for element in tree.iter("article", "main", "section", "div", "blockquote", "body"):
        if len(element.text_content()) > _AROUND_CHARS:
            continue
        lines = rendered(_without_asides(element))
        if len(lines) > 1 and (line := wholes.pop(_plain(" ".join(lines)), None)) is not None:
            parts[line] = lines
    return [part for line in found for part in parts.get(line, [line])]


def _without_asides(element: HtmlElement) -> HtmlElement:
    element = deepcopy(element)
    for aside in list(element.iter("aside", "footer", "script", "noscript")):
        if aside is not element:
            aside.drop_tree()
    return element


def rendered(body: etree._Element) -> list[str]:
    """An element's text as paragraphs: one for each block, list item, and row of a table."""
    lines: list[str] = []
    line: list[str] = []

    def end() -> None:
        text = squeeze("".join(line))
        line.clear()
        if text:
            lines.append(text)

    cells = 0
    for event, node in etree.iterwalk(body, events=("start", "end")):
        tag = node.tag
        if not isinstance(tag, str):
            line.append(node.tail or "" if event == "end" else "")
            continue
        if tag in _BREAKS and cells == 0:
            end()
        elif tag in _BREAKS:
            line.append(" ")
        if tag in {"cell", "td", "th"}:
            if event == "start":
                if cells == 0 and "".join(line).strip():
                    line.append(" | ")
                cells += 1
            else:
                cells -= 1
        if event == "start":
            line.append(node.text or "")
        elif node is not body:
            line.append(node.tail or "")
    end()
    return [text.strip(" |") if " | " in text else text for text in lines if text.strip(" |")]


def _drop_menus(tree: HtmlElement) -> None:
    """Menus take much of the search's time. One that holds text was not closed, and has the article in it."""
    for element in list(tree.iter("nav", "select")):
        if element.getparent() is not None and not _HOLDS_PAGE(element) and not _HOLDS_TEXT(element):
            element.drop_tree()


def _open_layout_tables(tree: HtmlElement) -> None:
    """Old sites lay their pages out in tables: a cell with paragraphs or another table in it is no cell of figures."""
    opened = [
        part
        for table in tree.iter("table")
        if any(map(_holds_page, table.iterfind(".//td")))
        for part in table.iter("table", "tbody", "tr", "td")
        if part is table or next(part.iterancestors("table"), None) is table
    ]
    for part in opened:
        part.tag = "div"


def _holds_page(cell: HtmlElement) -> bool:
    return cell.find(".//table") is not None or (
        cell.find(".//p") is not None and len(text_of(cell)) > _CELL_CHARS
    )


def _stated(marks: Marks) -> list[str]:
    """The body as the page's JSON-LD states it."""
    text = marks.story.get("articleBody")
    if isinstance(text, list):
        text = "\n\n".join(part for part in text if isinstance(part, str))
    found = _split(text) if isinstance(text, str) else []
    updates = marks.story.get("liveBlogUpdate")
    if isinstance(updates, list):
        for update in updates[:500]:
            if isinstance(update, dict):
                found += [jsonld.first(update.get("headline"))]
                found += _split(
                    update.get("articleBody") if isinstance(update.get("articleBody"), str) else ""
                )
    return [part for part in found if part]


def _split(text: str) -> list[str]:
    text = html.unescape(text)
    if re.search(r"</?(?:p|br|div|h[1-6]|li|ul)\b[^<>]{0,200}>", text, re.I):
        try:
            return rendered(fromstring(f"<div>{text}</div>"))
        except (etree.LxmlError, ValueError):
            pass
    text = re.sub(r"</?[a-z][^<>]{0,300}>", "", text, flags=re.I)
    parts = re.split(r"\n\s*\n", text) if re.search(r"\S\s*\n\s*\n\s*\S", text) else text.split("\n")
    return [line for part in parts if (line := squeeze(part))]


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _overlap(found: list[str], stated: list[str]) -> bool:
    """Whether any longer paragraph of the one is in the other: a page may state the bodies of other articles."""
    whole = _plain(" ".join(stated))
    return any(len(line) > 60 and _is_in(line, whole) for line in found)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _cut_to(found: list[str], stated: list[str]) -> list[str]:
    """`found` without what stands before or after the body that the page states, where the two are one text.

    The stated body must cover most of what was found, so that a teaser or a shortened body cuts nothing off.
    """
    whole = _plain(" ".join(stated))
    inside = [_is_in(line, whole) for line in found]
    covered = sum(len(line) for line, within in zip(found, inside, strict=True) if within)
    if not found or covered < 0.85 * _length(found):
        return found
    first = inside.index(True)
    last = len(inside) - 1 - inside[::-1].index(True)
    kept = found[first : last + 1]
    # A stated body that ends with its last found paragraph was not cut short in the middle of the article.
    tail = _plain(kept[-1])[-60:]
    return kept if whole.endswith(tail) else found[first:]


def _is_in(line: str, whole: str) -> bool:
    words = _plain(line)
    return bool(words) and (
        words in whole or (len(words) > 120 and words[10:90] in whole and words[-80:] in whole)
    )
