"""What a page says of itself in JSON-LD (schema.org), in any of the shapes that sites give it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from factcheck.reading.limits import MAX_JSON_CHARS, MAX_JSON_DEPTH
from factcheck.reading.tree import squeeze

Node = dict[str, Any]

_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
# A string ends with the text at the latest, and gives nothing back: the search takes one pass whatever comes.
_STRING_OR_JUNK = re.compile(
    r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|(//[^\n]*|/\*.{0,300}?\*/)|(,)(?=\s*[}\]])', re.S
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
# One story; a page may hold several kinds of node at once, so the most telling comes first.
_STORIES = (
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "reviewnewsarticle", "askpublicnewsarticle", "liveblogposting", "blogposting", "article", "report",
    "satiricalarticle", "socialmediaposting", "scholarlyarticle", "claimreview", "review", "techarticle",
    "medicalscholarlyarticle",
)  # fmt: skip


def nodes(tree: HtmlElement) -> list[Node]:
    """All objects of the page's JSON-LD, the outer ones first; `@graph` and lists are gone through."""
    found: list[Node] = []
    left = MAX_JSON_CHARS
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        left -= len(text)
        if left < 0:
            break
        for value in _parsed(text):
            found.extend(_walk(value, 0))
    return found


def _parsed(text: str) -> list[Any]:
    text = _WRAPPER.sub("", _WRAPPER.sub("", text)).strip().rstrip(";").strip()
    if not text:
        return []
    for repair in (lambda s: s, _repaired, lambda s: _repaired(html.unescape(s))):
        try:
            return _all_values(repair(text))
        except (ValueError, RecursionError):
            continue
    return []


def _all_values(text: str) -> list[Any]:
    """Every value in `text`: some sites write one object after another in one script."""
    decoder = json.JSONDecoder(strict=False)
    values, at = [], 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _repaired(text: str) -> str:
    """Without comments and commas before a closing bracket, which JSON does not allow; wrong escapes doubled."""
    text = _STRING_OR_JUNK.sub(lambda match: match.group(1) or "", text)
    return _BAD_ESCAPE.sub(r"\\\\", text)


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_JSON_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, item in value.items():
            if key not in {"author", "publisher", "creator"} and isinstance(item, dict | list):
                yield from _walk(item, depth + 1)


def types(node: Node) -> set[str]:
    """The node's types in small letters, without the vocabulary's address."""
    return {re.split(r"[/#:]", name.lower())[-1] for name in strings(node.get("@type"))}


def story(found: list[Node]) -> Node | None:
    """The node that is about the page's article."""
    best: tuple[int, int] | None = None
    chosen = None
    for place, node in enumerate(found):
        ranks = [_STORIES.index(name) for name in types(node) if name in _STORIES]
        if not ranks:
            continue
        if not (
            node.get("headline") or node.get("articleBody") or node.get("datePublished") or node.get("name")
        ):
            continue
        # Related stories are often listed with little more than a headline.
        filled = sum(
            bool(node.get(key)) for key in ("articleBody", "datePublished", "author", "publisher", "headline")
        )
        rank = (-filled, min(ranks))
        if best is None or rank < best:
            best, chosen = rank, found[place]
    return chosen


def strings(value: Any) -> list[str]:
    """The strings in a value that may be a string, a list, or an object with `@value`, `name` or `url`."""
    if isinstance(value, str):
        text = squeeze(html.unescape(value))
        return [text] if text else []
    if isinstance(value, list):
        return [text for item in value[:50] for text in strings(item)]
    if isinstance(value, dict):
        for key in ("@value", "name", "@id", "url"):
            if isinstance(value.get(key), str):
                return strings(value[key])
    return []


def first(value: Any) -> str:
    return next(iter(strings(value)), "")


def agents(value: Any, found: list[Node]) -> list[tuple[str, bool]]:
    """(name, is an organisation) of each author, publisher …; a reference by `@id` is followed."""
    result = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, list):
            result.extend(agents(item, found))
        elif isinstance(item, str):
            result.extend((name, False) for name in strings(item))
        elif isinstance(item, dict):
            if "name" not in item and isinstance(item.get("@id"), str):
                item = next((n for n in found if n.get("@id") == item["@id"] and n.get("name")), item)
            names = strings(item.get("name"))
            organisation = any("organi" in kind or kind in {"corporation", "brand"} for kind in types(item))
            result.extend((name, organisation) for name in names)
    return result


def truth(value: Any) -> bool | None:
    """True or False, also where it is written as a string; None for anything else."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(first(value).rsplit("/", 1)[-1].lower())
