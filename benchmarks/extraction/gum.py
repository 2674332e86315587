"""Sentence boundaries and dates on the 24 articles of GUM (gum-news-sentences.jsonl)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from benchmarks.extraction.tally import Tally
from factcheck.extraction import extract
from factcheck.extraction.english.figures import periods


def documents(data: Path) -> list[dict]:
    with (data / "gum-news-sentences.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def score(data: Path) -> tuple[Tally, Tally, Tally]:
    """Sentences by exact span; dates found by overlap; of those found, the ones resolved to the same day or days."""
    sentences, found_dates, resolved = Tally(), Tally(), Tally()
    for document in documents(data):
        text = document["text"]
        result = extract(text, raw=True)
        ours = {(s.start, s.end) for s in result.sentences}
        wanted = {tuple(span) for span in document["sentences"]}
        sentences.add(len(ours & wanted), len(ours), len(wanted))
        published = date.fromisoformat(document["published"])
        found = [f for s in result.sentences for f in periods.find(text, s.start, s.end, published)]
        for item in document["dates"]:
            mine = [f for f in found if f.start < item["end"] and item["start"] < f.end]
            found_dates.add(bool(mine), 0, 1)
            if mine:
                resolved.add(any(agrees(f, item) for f in mine), 1, 1)
    return sentences, found_dates, resolved


def agrees(found: periods.Found, item: dict) -> bool:
    """Whether the resolved stretch begins and ends as annotated, as far as the annotation goes."""
    first = item.get("when") or item.get("from") or item.get("notBefore")
    last = item.get("when") or item.get("to") or item.get("notAfter")
    return _begins(found.first, first) and _begins(found.last, last)


def _begins(day: date | None, stated: str | None) -> bool:
    if not stated:
        return True
    if stated.startswith("--"):
        return day is not None and day.isoformat()[4:].startswith(stated[1:])
    return day is not None and day.isoformat().startswith(stated)
