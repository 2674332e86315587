"""The part a figure has in a movement, and the verb that governs it."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.extraction.english.figures.movers import DOWN, UP
from factcheck.extraction.english.parse import Passage

DIRECTION = {"up": UP, "higher": UP, "down": DOWN, "lower": DOWN}


@dataclass(slots=True)
class Movement:
    """Role and direction by the contract, with the verb or noun that gives them, as tokens."""

    role: str = "level"
    change: str | None = None
    verb: int | None = None
    noun: int | None = None


def governing_verb(p: Passage, i: int) -> int | None:
    """The nearest verb above token `i`."""
    for _ in range(12):
        up = p.head[i]
        if up == i:
            return i if p.tag[i][:2] in ("VB", "MD") else None
        i = up
        if p.tag[i].startswith("VB"):
            return i
    return None
