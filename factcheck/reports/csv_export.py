"""Verified claims as CSV for spreadsheets: UTF-8 with BOM, CRLF, one row a claim, numbers as numbers, text never a formula."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.desk.spreadsheets import is_formula, lines
from factcheck.figures.models import plain

from .querysets import articles_of, rows

BETWEEN = " | "

COLUMNS = (
    "claim", "quote", "claimant", "claimant_role", "rating", "summary",
    "value_low", "value_high", "unit", "bound", "change", "per", "measure", "of", "whole", "place",
    "period", "period_from", "period_to", "figure_text", "figures",
    "verified_on", "submitted_by", "reviewed_by", "articles", "evidence", "link", "demonstration",
)  # fmt: skip


def csv_lines(claims: "QuerySet[Claim]", base: str) -> Iterator[str]:
    """The export line by line; `base` is the desk's address without a slash at the end."""
    return lines(COLUMNS, ([cell(value) for value in row_of(claim, base)] for claim in rows(claims)))


def cell(value: Any) -> Any:
    """A value as it goes into its cell: a number plain, a day as ISO 8601, a text so that no spreadsheet runs it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return f"{plain(value):f}"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if is_formula(text) else text


def row_of(claim: Claim, base: str) -> list[Any]:
    """The cells of one claim, in the order of COLUMNS, from what was approved."""
    verdict = claim.current[0]
    shot = verdict.snapshot
    figures = shot.get("figures", [])
    figure = main_figure(figures)
    claimants = shot.get("claimants", [])
    evidence = [e.get("url") or e.get("title", "") for e in shot.get("evidence", [])]
    return [
        shot.get("wording") or claim.wording or claim.quote,
        shot.get("quote") or claim.quote,
        BETWEEN.join(c["name"] for c in claimants),
        BETWEEN.join(c["role"] for c in claimants if c.get("role")),
        verdict.rating_label,
        verdict.summary,
        _number(figure.get("low")),
        _number(figure.get("high")),
        *(figure.get(name) for name in ("unit", "bound", "change", "per", "measure", "of", "whole", "place")),
        *(figure.get(name) for name in ("period_text", "period_from", "period_to", "text")),
        len(figures),
        timezone.localdate(claim.verified_at).isoformat(),
        verdict.submitted_by,
        verdict.review.reviewer,
        BETWEEN.join(article.url or article.title for article in articles_of(claim)),
        BETWEEN.join(filter(None, evidence)),
        base + claim.get_absolute_url(),
        "yes" if claim.is_demo else "",
    ]


def main_figure(figures: list[dict[str, Any]]) -> dict[str, Any]:
    """The figure that the claim is about: the first that is not a mere duration or age, else the first; {} for none."""
    leading = [f for f in figures if f.get("dimension") not in ("time", "age")]
    return next(iter(leading or figures), {})


def _number(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))
