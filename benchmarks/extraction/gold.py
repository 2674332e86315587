"""Our own hand-annotated figures in news (benchmarks/gold/figures*.jsonl), against the articles' text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.extraction.tally import Tally, close
from factcheck.extraction import Figure, extract

_GOLD = Path(__file__).parents[1] / "gold"
FILES = (_GOLD / "figures.jsonl", _GOLD / "figures_2.jsonl")
SPLITS = ("dev", "test", "test2")
MEASURES = (
    "value",
    "value, minor ones left out",
    "value + unit",
    "value + bound and change",
    "value + what it is of",
    "role",
    "per",
)
_STOP = frozenset("the a an of in for to and its his her their this that on at by from".split())


def rows(split: str) -> list[dict]:
    """The annotated sentences of one of SPLITS, in the files' order."""
    lines = (line for path in FILES for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in map(json.loads, lines) if row["split"] == split]


def articles(data: Path) -> dict[str, dict]:
    with (data / "wikinews.jsonl").open(encoding="utf-8") as file:
        return {article["url"]: article for article in map(json.loads, file)}


def pairs(data: Path, split: str) -> Iterator[tuple[dict, str, list[Figure]]]:
    """Each annotated sentence with its text and the figures found in it, the whole article being read."""
    known = articles(data)
    read: dict[str, list[Figure]] = {}
    for row in rows(split):
        article = known[row["url"]]
        text = article["text"]
        if row["url"] not in read:
            read[row["url"]] = extract(text, raw=True, published=date.fromisoformat(article["date"])).figures
        figures = [f for f in read[row["url"]] if row["start"] <= f.start and f.end <= row["end"]]
        yield row, text, figures


def score(data: Path, split: str) -> dict[str, Tally]:
    tallies = {name: Tally() for name in MEASURES}
    for row, _, figures in pairs(data, split):
        matched = match(row["figures"], figures)
        wanted, found = len(row["figures"]), len(figures)
        tallies["value"].add(len(matched), found, wanted)
        tallies["value + unit"].add(sum(unit_agrees(w, f) for w, f in matched), found, wanted)
        tallies["value + bound and change"].add(
            sum(w["bound"] == f.bound and w["change"] == f.change for w, f in matched), found, wanted
        )
        # Where the annotation names nothing, nothing is compared: only what ought to be said is scored.
        said = [w for w in row["figures"] if _words(w.get("measure")) | _words(w.get("of"))]
        silent = sum(w not in said for w, _ in matched)
        tallies["value + what it is of"].add(
            sum(about_agrees(w, f) for w, f in matched if w in said), found - silent, len(said)
        )
        tallies["role"].add(sum(w["role"] == f.role for w, f in matched), len(matched), len(matched))
        tallies["per"].add(
            sum((w.get("per") or "") == (f.per or "") for w, f in matched), len(matched), len(matched)
        )
        big = [w for w in row["figures"] if not w.get("minor")]
        found_big = [f for f in figures if not f.minor]
        hits = sum(not w.get("minor") and not f.minor for w, f in matched)
        tallies["value, minor ones left out"].add(hits, len(found_big), len(big))
    return tallies


def match(wanted: list[dict], found: list[Figure]) -> list[tuple[dict, Figure]]:
    """Figures whose spans overlap and whose value is the same, each used once."""
    left = list(found)
    result = []
    for item in wanted:
        for figure in left:
            if (
                figure.start < item["end"]
                and item["start"] < figure.end
                and close(figure.low, item["low"])
                and close(figure.high, item["high"])
            ):
                result.append((item, figure))
                left.remove(figure)
                break
    return result


def unit_agrees(item: dict, figure: Figure) -> bool:
    ours, theirs = ((name or "").lower().replace("ł", "l") for name in (figure.unit, item["unit"]))
    return ours == theirs or (bool(ours) and bool(theirs) and ours.split()[-1] == theirs.split()[-1])


def about_agrees(item: dict, figure: Figure) -> bool:
    theirs = _words(item.get("measure")) | _words(item.get("of"))
    ours = _words(figure.measure) | _words(figure.of)
    return bool(theirs & ours) or (not theirs and not ours)


def _words(text: str | None) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"\w+", (text or "").lower())} - _STOP
