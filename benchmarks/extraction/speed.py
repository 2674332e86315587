"""Processor time of the whole engine over that of the bare spaCy pipeline it uses, in one run."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

from factcheck.extraction import extract
from factcheck.extraction.english.model import parser


def score(data: Path, articles: int = 60, rounds: int = 3) -> tuple[float, float]:
    """(ratio, sentences per second of processor time); the best of a few rounds, engine and pipeline in turn."""
    with (data / "wikinews.jsonl").open(encoding="utf-8") as file:
        items = [json.loads(line) for line in file][:articles]
    nlp = parser()
    for item in items[:3]:
        nlp(item["text"])
        extract(item["text"])
    ours, bare, sentences = [], [], 0
    for _ in range(rounds):
        begin = time.process_time()
        sentences = sum(
            len(extract(i["text"], published=date.fromisoformat(i["date"])).sentences) for i in items
        )
        middle = time.process_time()
        for item in items:
            nlp(item["text"])
        ours.append(middle - begin)
        bare.append(time.process_time() - middle)
    return min(ours) / min(bare), sentences / min(ours)
