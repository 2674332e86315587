"""A claim as it stood when a verdict on it was submitted."""

from decimal import Decimal
from typing import Any

from factcheck.articles.querysets import long_of
from factcheck.claims.models import Claim
from factcheck.figures.models import READING_FIELDS, Figure


def snapshot_of(claim: Claim) -> dict[str, Any]:
    """Wording, claimants, appearances, figures and evidence as plain JSON; decimals as strings, dates as ISO 8601."""
    appearances = claim.appearances.select_related("version").defer(*long_of("version")).order_by("id")
    figures = Figure.objects.filter(appearances__claim=claim, superseded=False).distinct().order_by("id")
    evidence = claim.evidence.select_related("exhibit").order_by("id")
    return {
        "quote": claim.quote,
        "wording": claim.wording,
        "claimants": [{"name": c.name, "role": c.role} for c in claim.claimants.order_by("id")],
        "appearances": [
            {
                "article": a.version.article_id,
                "version": a.version_id,
                "start": a.start,
                "end": a.end,
                "exact": a.exact,
            }
            for a in appearances
        ],
        "figures": [
            {"id": f.pk, "text": f.text, **{n: _plain(getattr(f, n)) for n in READING_FIELDS}}
            for f in figures
        ],
        "evidence": [
            {
                "id": e.pk,
                "stance": e.stance,
                "note": e.note,
                "title": e.exhibit.title,
                "url": e.exhibit.url,
                "passage": e.exhibit.passage,
                "publisher": e.exhibit.publisher_name,
                "sha256": e.exhibit.sha256,
            }
            for e in evidence
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
