"""The table of a list of homepages: each row with what was found, and with what the desk has of it already."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.dateparse import parse_datetime

from factcheck.sources.likeness import Likely, Register
from factcheck.sources.models import Source

from .models import Feed, Lookup, LookupRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factcheck.accounts.models import User

Status = LookupRow.Status


@dataclass(frozen=True, slots=True)
class Choice:
    """A feed that was found, or that a list names though it could not be read: `words` say why.

    `followed` is the source that has it on the desk, if one does. `is_likely` is one to tick: every feed that a list names, as
    far as it was read, else the likeliest of those that were found.
    """

    url: str
    kind: str
    title: str
    last_at: datetime | None
    headlines: list[str]
    followed: Source | None
    words: str = ""
    is_likely: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as the table shows it.

    `there` is the source with this very domain: to it only a feed can be added. `likely` are sources that it may be, which a
    person decides; `chosen` is the one of them that has exactly its name.
    """

    row: LookupRow
    choices: list[Choice] = field(default_factory=list)
    there: Source | None = None
    likely: list[Likely] = field(default_factory=list)

    @property
    def free(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.followed]

    @property
    def chosen(self) -> Source | None:
        return next((one.source for one in self.likely if one.is_same), None)

    @property
    def can_be_tried_again(self) -> bool:
        """Whether another look may bring more."""
        failed = self.row.status == Status.FAILED or not self.choices
        return self.row.is_over and (failed or any(choice.words for choice in self.choices))

    @property
    def can_be_added(self) -> bool:
        """Whether there is anything to add: a new source, or a feed that the one there does not have."""
        return self.row.status == Status.FOUND and bool(self.free or not (self.there or self.choices))


@dataclass(frozen=True, slots=True)
class Together:
    """How far a list is, in numbers."""

    total: int
    over: int
    found: int
    added: int

    @property
    def percent(self) -> int:
        return self.over * 100 // self.total if self.total else 100


def table(rows: "Iterable[LookupRow]", user: "User") -> list[TableRow]:
    """Rows with what the desk has of them, in a number of queries that does not grow with them."""
    rows = list(rows)
    found = [row for row in rows if row.status == Status.FOUND]
    if not found:
        return [TableRow(row) for row in rows]
    register = Register(Source.objects.visible_to(user))
    urls = [url for row in found for feed in row.feeds for url in (feed["url"], feed.get("was")) if url]
    followed = {
        feed.url: feed.source
        for feed in Feed.objects.visible_to(user).filter(url__in=urls).select_related("source")
    }
    return [_row(row, register, followed) if row.status == Status.FOUND else TableRow(row) for row in rows]


def _row(row: LookupRow, register: Register, followed: dict[str, Source]) -> TableRow:
    choices = []
    for feed in row.feeds:
        addresses = {feed["url"], feed.get("was", "")}
        words = feed.get("words", "")
        there = next(filter(None, map(followed.get, addresses)), None)
        first = not any(choice.is_likely for choice in choices)
        choice = Choice(
            url=feed["url"],
            kind=Feed.Kind(feed["kind"]).label if not words else "",
            title=feed["title"],
            last_at=parse_datetime(feed["last_at"]) if feed["last_at"] else None,
            headlines=feed["headlines"],
            followed=there,
            words=words,
            is_likely=not words and not there and (first or bool(addresses & set(row.listed))),
        )
        choices.append(choice)
    there = register.sources.get(register.domains.get(row.domain, 0))
    likely = [] if there else register.like([row.name], [row.domain] if row.domain else [])
    return TableRow(row, choices, there, likely)


def together(lookup: Lookup) -> Together:
    """How far a list is."""
    counted: dict[str, Any] = lookup.rows.aggregate(
        total=Count("pk"),
        over=Count("pk", filter=~Q(status__in=LookupRow.UNDER_WAY)),
        found=Count("pk", filter=Q(status=Status.FOUND)),
        added=Count("pk", filter=Q(status=Status.ADDED)),
    )
    return Together(**counted)
