"""A figure in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from factcheck.extraction.english.figures.numbers import Number


@dataclass(slots=True)
class Quantity:
    """One figure in the making. `unit` is None while it is not known what is counted."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    kind: str = "plain"
    place: Fraction | None = None
    spelled: bool = False
    unit: str | None = None
    dimension: str = "count"
    bound: str | None = None
    per: str | None = None
    change: str | None = None
    hyphen: bool = False
    age: bool = False
    ranged: bool = False
    open_dollar: bool = False
    number_end: int = 0
    restates: bool = False
    signed: str | None = None
    literal: str = ""
    parts: list[Number] = field(default_factory=list)
