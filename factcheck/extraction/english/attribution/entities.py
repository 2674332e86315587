"""Who can speak, and where the text names them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that can speak. `seen` holds (start, end) of every mention, in order of the text."""

    name: str
    kind: str
    gender: str | None = None
    plural: bool = False
    roles: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    seen: list[Span] = field(default_factory=list)
    votes: dict[str, int] = field(default_factory=dict)
    # Where its full names begin, in order, and the last short one so far.
    full: list[int] = field(default_factory=list)
    short: int = -1

    def last_before(self, offset: int) -> int:
        """Where it was last named by surname before `offset`; -1 if it was not."""
        at = bisect_left(self.full, offset)
        return max(self.short if self.short < offset else -1, self.full[at - 1] if at else -1)

    @property
    def words(self) -> list[str]:
        return self.name.split()


@dataclass(slots=True)
class Mention:
    """A name in the text: tokens first to last of a passage, without titles. `title` is what stood before it."""

    passage: int
    first: int
    last: int
    start: int
    end: int
    text: str
    kind: str
    title: list[str]
    # The token of the name that the rest of the sentence hangs on.
    head: int
    entity: Entity | None = None


def folded(word: str) -> str:
    """Lower case without accents, so that Erdoğan and Erdogan are one."""
    word = word.lower()
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    return "".join(char for char in plain if not unicodedata.combining(char))
