"""Paywalls: pages that say so in their metadata, and pages that end in an invitation to subscribe."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from factcheck.reading import jsonld
from factcheck.reading.marks import Marks

_WALL = re.compile(
    r"""(?ix)^[\W_]*(?:
      (?:please\ )?(?:subscribe|sign\ in|log\ in|register|sign\ up|become\ a\ (?:member|subscriber))\b.{0,80}
        \b(?:to\ (?:continue|keep|read|unlock|access|finish)|for\ full\ access)\b.{0,120}
    | (?:want\ )?to\ (?:continue|keep|read)\ (?:reading|the\ (?:rest|full)|this\ (?:article|story)).{0,200}
    | you\ ?(?:.ve|\ have)\ (?:reached|read|used)\b.{0,60}\b(?:articles?|limit)\b.{0,120}
    | already\ (?:a\ (?:subscriber|member)|have\ an?\ (?:account|subscription))(?:\?.{0,80}|.{0,20}\b(?:sign|log)\ in\b.{0,60})
    | (?:this|the\ (?:full|rest\ of\ (?:this|the)))\ (?:article|story|content)\ is\ .{0,30}\b(?:for|to)\ (?:our\ )?(?:paying\ |registered\ )?(?:subscribers|members)\b.{0,120}
    | (?:subscriber|member)s?[-\ ]only\b.{0,80} | (?:exclusive|only)\ (?:for|to)\ (?:our\ )?(?:subscribers|members)\b.{0,60}
    | (?:unlock|access)\ (?:this|the\ full)\ (?:article|story)\b.{0,100} | start\ your\ (?:free\ )?(?:trial|subscription)\b.{0,100}
    )$"""
)
# What no page says that shows its article whole; "Already a subscriber? Sign in" stands on top of any.
_SURE = re.compile(
    r"""(?ix)^[\W_]*(?:(?:please\ )?(?:subscribe|sign\ (?:in|up)|log\ in|register)\b.{0,60}\bto\ (?:continue|keep)\ reading\b
    | to\ (?:continue|keep)\ reading\b | this\ (?:article|story)\ is\ .{0,30}\b(?:for|to)\ (?:our\ )?(?:paying\ )?(?:subscribers|members)\b
    | you\ ?(?:.ve|\ have)\ (?:reached|used)\b.{0,60}\b(?:articles?|limit)\b)"""
)
# Longer texts with an invitation beside them are read as whole.
_STUB_CHARS = 2000


def locked(marks: Marks) -> bool:
    """Whether the page says that its article is not free to read."""
    for node in (marks.story, *marks.nodes):
        free = jsonld.truth(node.get("isAccessibleForFree"))
        if free is not None and (node is marks.story or "headline" in node or not marks.story):
            return not free
    return marks.get("article:content_tier", "og:article:content_tier").lower() in {
        "locked",
        "metered",
        "paid",
        "premium",
    }


def without_wall(lines: list[str]) -> tuple[list[str], bool]:
    """The paragraphs without a closing invitation to subscribe and what little stands after it, and whether there was one."""
    for index in range(max(0, len(lines) - 6), len(lines)):
        if _is_wall(lines[index]) and all(len(line) < 200 for line in lines[index:]):
            return lines[:index], True
    return lines, False


def _is_wall(line: str) -> bool:
    return len(line) < 320 and bool(_WALL.match(line))


def asks_to_subscribe(tree: HtmlElement, chars: int, invited: bool) -> bool:
    """Whether a page with that much of an article, which ends in an invitation or not, says that there is more of it."""
    if chars >= _STUB_CHARS:
        return False
    return invited or any(
        10 < len(text) < 300 and _SURE.match(text) for text in map(str.strip, tree.itertext())
    )
