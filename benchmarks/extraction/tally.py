"""Counting hits: precision, recall and F1."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Tally:
    hit: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, hit: int, found: int, wanted: int) -> None:
        self.hit += hit
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.found + self.wanted) if self.found + self.wanted else 1.0


def close(a: float | None, b: float | None) -> bool:
    """Equal to a millionth part, as far as the printed expectation goes."""
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= 1e-6 * max(1e-9, abs(float(a)), abs(float(b)))
