"""Verified claims as schema.org ClaimReview (https://schema.org/ClaimReview) in one JSON-LD document, item by item."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.sources.models import Source
from factcheck.verdicts.models import Rating

from .querysets import articles_of, rows

KINDS = {"person": "Person", "organisation": "Organization"}
# So that the text can stand inside a page's script element, and in JavaScript, as it is.
ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def jsonld_parts(claims: "QuerySet[Claim]", base: str) -> Iterator[str]:
    """The document in parts that together are valid JSON, whatever their number; `base` as for `csv_lines`."""
    yield '{"@context": "https://schema.org", "@graph": ['
    between = "\n"
    scales = Scales()
    for claim in rows(claims):
        yield between + dumped(review_of(claim, base, scales))
        between = ",\n"
    yield "\n]}\n"


def dumped(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False).translate(ESCAPES)


class Scales:
    """The worst and best value of each rating scale, asked for once."""

    def __init__(self) -> None:
        self.ends: dict[int, dict[str, int]] = {}

    def ends_of(self, scale: int) -> dict[str, int]:
        if scale not in self.ends:
            self.ends[scale] = Rating.objects.filter(scale=scale).aggregate(
                worst=Min("value"), best=Max("value")
            )
        return self.ends[scale]


def review_of(claim: Claim, base: str, scales: Scales) -> dict[str, Any]:
    """One ClaimReview, from what was approved."""
    verdict = claim.current[0]
    link = base + claim.get_absolute_url()
    shot = verdict.snapshot
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": link,
            "url": link,
            "datePublished": timezone.localdate(claim.verified_at).isoformat(),
            "claimReviewed": shot.get("wording") or claim.wording or claim.quote,
            "itemReviewed": claim_of(claim, shot),
            "author": {"@type": "Organization", "name": settings.DESK_NAME, "url": base},
            "reviewRating": rating_of(verdict, scales),
            "reviewBody": verdict.explanation,
            "citation": [e["url"] for e in shot.get("evidence", []) if e.get("url")],
            "keywords": "demonstration" if claim.is_demo else None,
        }
    )


def rating_of(verdict: Any, scales: Scales) -> dict[str, Any]:
    """The rating with its place on the scale, worst to best; one outside the order has its label only."""
    ends = scales.ends_of(verdict.rating.scale_id)
    rated = {"@type": "Rating", "alternateName": verdict.rating_label, "ratingExplanation": verdict.summary}
    if verdict.rating.value is not None:
        rated |= {
            "ratingValue": verdict.rating.value,
            "worstRating": ends["worst"],
            "bestRating": ends["best"],
        }
    return _filled(rated)


def claim_of(claim: Claim, shot: dict[str, Any]) -> dict[str, Any]:
    """What was said, by whom, and where it stands; the oldest article is its first appearance."""
    articles = articles_of(claim)
    works = [_work(article) for article in articles]
    authors = [_author(claim, said) for said in shot.get("claimants", [])]
    return _filled(
        {
            "@type": "Claim",
            "text": shot.get("quote") or claim.quote,
            "author": authors[0] if len(authors) == 1 else authors,
            "datePublished": next((_day(a) for a in articles if a.published_on), None),
            "firstAppearance": works[0] if works else None,
            "appearance": works,
        }
    )


def _work(article: Any) -> dict[str, Any]:
    kind = "NewsArticle" if article.medium == "news" else "CreativeWork"
    return _filled(
        {"@type": kind, "url": article.url, "headline": article.title, "datePublished": _day(article)}
    )


def _author(claim: Claim, said: dict[str, str]) -> dict[str, Any]:
    kind = _kind(claim, said["name"])
    role = said.get("role", "")
    return _filled(
        {
            "@type": kind,
            "name": said["name"],
            "jobTitle": role if kind == "Person" else None,
            "description": None if kind == "Person" else role,
        }
    )


def _kind(claim: Claim, name: str) -> str:
    """Person or Organization: by the claimant's source, else by what the text's speakers were read as, else a person."""
    source = next((c.source for c in claim.claimants.all() if c.name == name and c.source), None)
    if source is not None:
        return "Person" if source.kind == Source.Kind.PERSON else "Organization"
    speakers = (s for a in claim.appearances.all() for s in a.version.speakers)
    return next(
        (KINDS[s["kind"]] for s in speakers if s.get("name") == name and s.get("kind") in KINDS), "Person"
    )


def _day(article: Any) -> str | None:
    if article.published_at:
        return article.published_at.isoformat()
    return article.published_on.isoformat() if article.published_on else None


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value not in (None, "", [])}
