"""The shapes of what the extractor finds. Offsets are code points into the article's text, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

SCHEMA = "factcheck.extraction/1"

Span = tuple[int, int]


@dataclass(slots=True)
class Article:
    text: str
    sha256: str
    title: str | None = None
    bylines: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: str | None = None
    language: str = "en"
    body: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    start: int
    end: int
    score: Decimal = Decimal(0)


@dataclass(slots=True)
class Quotation:
    start: int
    end: int
    kind: str
    cue: str | None = None
    speaker: int | None = None


@dataclass(slots=True)
class Speaker:
    name: str
    role: str | None = None
    kind: str = "person"
    mentions: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Period:
    """When a figure holds; `first` and `last` are ISO dates, or None where the text does not say."""

    start: int
    end: int
    text: str
    first: str | None = None
    last: str | None = None


@dataclass(slots=True)
class Figure:
    start: int
    end: int
    text: str
    sentence: int
    low: Decimal
    high: Decimal
    precision: Decimal | None = None
    bound: str = "exact"
    unit: str | None = None
    per: str | None = None
    dimension: str = "count"
    role: str = "level"
    change: str | None = None
    predicate: str | None = None
    measure: str | None = None
    of: str | None = None
    whole: str | None = None
    place: str | None = None
    baseline: str | None = None
    modality: str = "asserted"
    origin: str | None = None
    period: Period | None = None
    same_as: int | None = None
    minor: bool = False


@dataclass(slots=True)
class Place:
    """Where a claim stands once more, in the words used there, with the figures that stand there."""

    start: int
    end: int
    quote: str
    sentence: int
    speaker: int | None = None
    figures: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Claim:
    """A checkable statement where it stands first; `also` holds the other places where the article makes it."""

    start: int
    end: int
    quote: str
    sentence: int
    score: Decimal
    kind: str
    reasons: list[str] = field(default_factory=list)
    speaker: int | None = None
    figures: list[int] = field(default_factory=list)
    also: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Extraction:
    """One pass over one text. `note` says plainly why nothing was read, where that is so."""

    article: Article
    id: Any = None
    note: str | None = None
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON shape; numbers are int or Decimal, never binary floats."""
        result: dict[str, Any] = {"schema": SCHEMA, "id": self.id, "article": _fields(self.article)}
        result["article"]["body"] = [list(span) for span in self.article.body]
        result["sentences"] = [_fields(item) for item in self.sentences]
        result["quotations"] = [_fields(item) for item in self.quotations]
        result["speakers"] = [
            {**_fields(item), "mentions": [list(span) for span in item.mentions]} for item in self.speakers
        ]
        result["figures"] = [{**_fields(item), "period": _period(item.period)} for item in self.figures]
        result["claims"] = [
            {**_fields(item), "also": [_fields(place) for place in item.also]} for item in self.claims
        ]
        if self.note:
            result["note"] = self.note
        return result


def _fields(item: Any) -> dict[str, Any]:
    result = {}
    for name in item.__slots__:
        value = getattr(item, name)
        result[name] = list(value) if isinstance(value, list) else value
    return result


def _period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {
        "start": period.start,
        "end": period.end,
        "text": period.text,
        "from": period.first,
        "to": period.last,
    }
