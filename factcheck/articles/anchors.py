"""Spans of an article version: cut out, checked, and found again in another text."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from factcheck.desk.errors import Refused

from .models import ArticleVersion

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
