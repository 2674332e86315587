"""Text of a page to its tree, within limits, and the text of its elements."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from factcheck.reading.limits import MAX_DEPTH, MAX_DEPTHS, MAX_ELEMENTS

# Invisible marks that stand in the middle of words: soft hyphen, zero-width space and no-break space, word joiner.
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Libxml2 takes these for the C1 control characters; browsers take them for windows-1252.
_C1_REFERENCE = re.compile(r"&#(?:x([89][0-9a-f])|(1[2-5]\d));?", re.I)
_DOCTYPE_SLASH = re.compile(r"^\s*<\s*!\s*doctype[^>]*>", re.I)
_CLOSED_HTML = re.compile(r"(<html[^>]*?)\s*/>", re.I)
# Libxml2 compares each attribute of a tag with all before it.
_LONG_TAG = re.compile(r"<[^<>]{6000,}")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_MAX_ATTRIBUTES = 2000
# One class for every element: lxml.html has others for parts of forms, and calls Python for each element to tell which.
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)


class TooComplex(Exception):
    """The page has more elements than a page has."""


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, without scripts (but for JSON-LD), styles, drawings and comments.

    None: nothing of it is markup or text. Raises TooComplex.
    """
    text = _C1_REFERENCE.sub(_western, text)
    text = _DOCTYPE_SLASH.sub("", text, count=1)
    text = _CLOSED_HTML.sub(r"\1>", text[:4096], count=1) + text[4096:]
    if not text.strip():
        return None
    if any(len(_QUOTED.sub("", tag).split()) > _MAX_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise TooComplex
    # A parser is made for each page: one that is shared would be waited for by other threads.
    parser = etree.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    if tree is None:
        return None
    for element in list(tree.iter("script", "style", "svg", "template")):
        if element.tag == "script" and "json" in (element.get("type") or "").lower():
            continue
        if element.tag == "template" and element.get("shadowrootmode") is not None:
            continue
        parent = element.getparent()
        if parent is not None:
            element.drop_tree()
    if _is_too_complex(tree):
        raise TooComplex
    return tree


def _is_too_complex(tree: HtmlElement) -> bool:
    elements = int(tree.xpath("count(descendant-or-self::*)"))
    if elements * MAX_DEPTH <= MAX_DEPTHS:
        return False
    if elements > MAX_ELEMENTS:
        return True
    depth = depths = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth, depths = depth + 1, depths + depth
        else:
            depth -= 1
        if depths > MAX_DEPTHS:
            return True
    return False


def _western(match: re.Match[str]) -> str:
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    return bytes([code]).decode("cp1252", "ignore") if 0x80 <= code <= 0x9F else match.group()


def squeeze(text: str | None) -> str:
    """`text` on one line, with single spaces, in Unicode's composed form, without invisible marks."""
    text = " ".join((text or "").split())
    if text.isascii():
        return text
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strong "
    "sub sup time tt u var wbr".split()
)


# A headline, byline or cell has few; an element that is called "author" may be the whole page.
_MAX_NODES = 1000


def text_of(element: HtmlElement) -> str:
    """The text in an element, with a space where a block or a line in it begins or ends; of a very big one, its start."""
    if not len(element):
        return squeeze(element.text)
    return squeeze("".join(_with_tails(element)))


def _with_tails(element: HtmlElement) -> list[str]:
    parts: list[str] = []
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), _MAX_NODES):
        if node is element:
            if event == "start":
                parts.append(node.text or "")
            continue
        if node.tag not in _INLINE:
            parts.append(" ")
        parts.append((node.text if event == "start" else node.tail) or "")
    return parts
