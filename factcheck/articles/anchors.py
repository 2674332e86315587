"""Spans of an article version: cut out, checked, and found again in another text."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from factcheck.desk.errors import Refused

from .models import ArticleVersion

_WORD = re.compile(r"\S+")
CONTEXT = 32  # code points kept before and after, as the W3C's TextQuoteSelector suggests


def anchor(version: ArticleVersion, start: int, end: int) -> dict[str, Any]:
    """The selector of a span, white space at its ends left out: start, end, exact, prefix, suffix.

    Offsets are code points, end exclusive. Raises Refused when nothing is left or the span is not in the text.
    """
    text = version.text
    if not 0 <= start < end <= len(text):
        raise Refused(
            _("These words are not in the text any more. Reload the article and select them again.")
        )
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise Refused(_("Select some words first."))
    return {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """How much of the longer span lies in both, 0 to 1."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / max(a[1] - a[0], b[1] - b[0])


def widened(version: ArticleVersion, start: int, end: int, *, by: str) -> tuple[int, int]:
    """A span with one word more or less at one end; `by` is start-, start+, end- or end+, as the border moves.

    Unchanged where there is no further word, or where nothing would be left. Raises Refused for another `by`.
    """
    text = version.text
    if by == "start-":
        before = list(_WORD.finditer(text, max(0, start - 400), start))
        start = before[-1].start() if before else start
    elif by == "start+":
        words = list(_WORD.finditer(text, start, end))
        start = words[1].start() if len(words) > 1 else start
    elif by == "end-":
        words = list(_WORD.finditer(text, start, end))
        end = words[-2].end() if len(words) > 1 else end
    elif by == "end+":
        after = _WORD.search(text, end)
        end = after.end() if after else end
    else:
        raise Refused(_("Select some words first."))
    return start, end
