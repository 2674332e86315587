"""Pages of a list that do not slip when rows leave it: each begins after the last row of the one before."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

# Each order is its columns, with whether the largest comes first; empty values always come last, and the id decides a tie.
ORDERS: dict[str, tuple[tuple[str, bool], ...]] = {
    "rank": (("priority", True), ("score", True), ("id", True)),
    "new": (("id", True),),
    "old": (("id", False),),
    "changed": (("state_at", True), ("id", True)),
    "due": (("due_on", False), ("id", True)),
}
PARSE = {
    "priority": int,
    "score": float,
    "id": int,
    "state_at": parse_datetime,
    "due_on": parse_date,
}
EMPTY = "-"
NEVER_EMPTY = {"id", "priority", "state_at"}


def ordered(claims: QuerySet, order: str) -> QuerySet:
    """The claims in one of ORDERS."""
    return claims.order_by(*(_term(column, down) for column, down in ORDERS[order]))


def place_of(claim: Any, order: str) -> str:
    """Where a claim stands in an order, for the address of the page that follows it."""
    values = (getattr(claim, column) for column, __ in ORDERS[order])
    return "_".join(EMPTY if value is None else _written(value) for value in values)


def following(claims: QuerySet, order: str, place: str) -> QuerySet:
    """The claims after a place of `place_of`; all of them when the place is not one."""
    columns = ORDERS[order]
    try:
        written = place.split("_")
        values = [_read(column, text) for (column, __), text in zip(columns, written, strict=True)]
    except (ValueError, OverflowError):
        return claims
    after, same = Q(), Q()
    for (column, down), value in zip(columns, values, strict=True):
        if value is not None:
            beyond = Q(**{f"{column}__{'lt' if down else 'gt'}": value})
            if column not in NEVER_EMPTY:
                beyond |= Q(**{f"{column}__isnull": True})
            after |= same & beyond
            same &= Q(**{column: value})
        else:
            same &= Q(**{f"{column}__isnull": True})
    return claims.filter(after)


def _term(column: str, down: bool) -> Any:
    empty_last = None if column in NEVER_EMPTY else True
    return F(column).desc(nulls_last=empty_last) if down else F(column).asc(nulls_last=empty_last)


def _written(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _read(column: str, text: str) -> Any:
    if text == EMPTY and column not in NEVER_EMPTY:
        return None
    value = PARSE[column](text)
    if value is None or value != value or abs(value if isinstance(value, int | float) else 0) >= 2**63:
        raise ValueError(text)
    return value
