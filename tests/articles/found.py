"""What an extractor would find, in the contract's shape, made from the words that a test names."""

from decimal import Decimal

from django.utils import timezone

from factcheck.articles.models import ExtractionRun
from factcheck.claims.services.findings import store_findings


def found(text, *, claims=(), figures=(), body=None, quotations=(), speakers=(), **article):
    """A result over `text`. `claims` are quotes, `figures` verbatim texts, read as counts of things."""
    spans = [(text.index(words), text.index(words) + len(words)) for words in figures]
    return {
        "schema": "factcheck.extraction/1",
        "article": {
            "title": None,
            "bylines": [],
            "publisher": None,
            "published": None,
            "language": "en",
            "body": body if body is not None else [[0, len(text)]],
            **article,
        },
        "sentences": [],
        "quotations": list(quotations),
        "speakers": list(speakers),
        "figures": [_figure(text, start, end) for start, end in spans],
        "claims": [_claim(text, quote, spans, speakers) for quote in claims],
    }


def read_by_machine(article, *, asked_by=None, **what):
    """Store findings for the article's current version, as a finished run."""
    version = article.current_version
    run = ExtractionRun.objects.create(version=version, asked_by=asked_by)
    counts = store_findings(run=run, found=found(version.text, **what))
    ExtractionRun.objects.filter(pk=run.pk).update(
        status="finished", progress=100, finished_at=timezone.now(), counts={"claims": counts.claims}
    )
    version.refresh_from_db()
    article.refresh_from_db()
    return run


def _figure(text, start, end):
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "sentence": 0,
        "low": Decimal(87),
        "high": Decimal(87),
        "precision": Decimal(1),
        "bound": "exact",
        "unit": "percent",
        "dimension": "ratio",
        "role": "level",
        "modality": "asserted",
        "measure": "territory",
        "minor": False,
    }


def _claim(text, quote, spans, speakers):
    start = text.index(quote)
    end = start + len(quote)
    return {
        "start": start,
        "end": end,
        "quote": quote,
        "sentence": 0,
        "score": 0.9,
        "kind": "statistic",
        "reasons": ["percentage", "named place"],
        "speaker": 0 if speakers else None,
        "figures": [i for i, (a, b) in enumerate(spans) if a >= start and b <= end],
    }
