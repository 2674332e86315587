"""Web pages of many makes, each with the body, title, bylines, outlet and dates that a reader should find in it.

`layouts()` gives one page of each make; the same seed always gives the same pages.
"""

from __future__ import annotations

from tests.reading import makes_of_body, makes_of_metadata
from tests.reading.parts import LAYOUTS, OUTLET, Page, esc, json_ld, p
from tests.reading.prose import Prose

__all__ = [
    "OUTLET",
    "Page",
    "esc",
    "json_ld",
    "layouts",
    "make",
    "makes_of_body",
    "makes_of_metadata",
    "names",
    "p",
]


def names() -> list[str]:
    return list(LAYOUTS)


def make(name: str, seed: int = 1) -> Page:
    return LAYOUTS[name](Prose(f"{name}-{seed}"))


def layouts(seed: int = 1) -> list[Page]:
    return [make(name, seed) for name in LAYOUTS]
