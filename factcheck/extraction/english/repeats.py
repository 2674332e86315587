"""The same statement made again in an article: one claim that stands in several places."""

from __future__ import annotations

import re
from collections import deque

from factcheck.extraction.document import Claim, Figure, Place

# How much of all the words of two statements with the same figures must be in both.
_NEARLY = 0.75
# A claim is compared with so many earlier ones of the same figures at most, so that time grows with the text.
_KEPT = 20
_MARKS = re.compile(r"\W+")
_SMALL = frozenset(
    "a an the and but of to in on at by for from with that this it its is are was were has have had".split()
)


class Repeats:
    """The claims so far; told of each further one in the order of the text."""

    def __init__(self) -> None:
        self._by_words: dict[str, Claim] = {}
        self._by_figures: dict[tuple, deque[tuple[frozenset[str], Claim]]] = {}

    def add(self, claim: Claim, figures: list[Figure]) -> bool:
        """Whether it repeats an earlier claim, which then has one place more. `figures` are those in the claim.

        It does where it has the same words, whatever their case, marks and spaces, or the same figures and nearly the
        same words.
        """
        key = _MARKS.sub(" ", claim.quote.casefold()).strip()
        values = tuple((f.low, f.high, f.unit, f.bound, f.change, f.modality) for f in figures if not f.minor)
        words = frozenset(key.split()) - _SMALL
        earlier = self._by_words.get(key) or self._nearly(values, words)
        if earlier is None:
            self._by_words[key] = claim
            if values:
                self._by_figures.setdefault(values, deque(maxlen=_KEPT)).append((words, claim))
            return False
        earlier.also.append(
            Place(claim.start, claim.end, claim.quote, claim.sentence, claim.speaker, claim.figures)
        )
        return True

    def _nearly(self, values: tuple, words: frozenset[str]) -> Claim | None:
        for others, claim in self._by_figures.get(values, ()):
            if len(words & others) >= _NEARLY * len(words | others):
                return claim
        return None
