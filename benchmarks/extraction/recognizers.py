"""Microsoft Recognizers-Text's English cases, the half that may be used (recognizers-dev.jsonl)."""

from __future__ import annotations

import json
import re
from pathlib import Path

from benchmarks.extraction.tally import Tally, close
from factcheck.extraction import Figure, extract

_LENGTHS = ("length", "area", "volume", "mass", "speed", "data", "energy", "power")
_SAME = {
    "dollar": "us dollar",
    "united state dollar": "us dollar",
    "pound": "pound sterling",
    "british pound": "pound sterling",
    "pence": "penny",
    "metric ton": "tonne",
    "netherlands guilder": "dutch guilder",
    "ton": "ton",
}


def cases(data: Path) -> list[dict]:
    with (data / "recognizers-dev.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def score(data: Path) -> dict[str, tuple[int, int, Tally]]:
    """For each spec: cases wholly right, cases, and the tally of single expectations."""
    result: dict[str, tuple[int, int, Tally]] = {}
    for case in cases(data):
        right, hits, found, wanted = judge(case)
        done, total, tally = result.get(case["spec"], (0, 0, Tally()))
        tally.add(hits, found, wanted)
        result[case["spec"]] = (done + right, total + 1, tally)
    return result


def judge(case: dict) -> tuple[bool, int, int, int]:
    """Whether all of a case is right; hits, figures found of the spec's kind, figures wanted."""
    figures = [f for f in extract(case["input"], raw=True).figures if of_kind(f, case["spec"])]
    left = list(case["expected"])
    hits = 0
    extra = 0
    for figure in figures:
        match = next((item for item in left if agrees(figure, item, case["spec"])), None)
        if match is not None:
            left.remove(match)
            hits += 1
        elif case["spec"] != "NumberRange" or figure.bound not in ("exact", "about"):
            extra += 1
    return not left and not extra, hits, hits + extra, len(case["expected"])


def of_kind(figure: Figure, spec: str) -> bool:
    dimension = figure.dimension
    return {
        "Number": True,
        "Percent": figure.unit == "percent",
        "Currency": dimension == "currency",
        "Dimension": dimension in _LENGTHS
        or (figure.unit in ("degree", "radian") and dimension != "temperature"),
        "Age": dimension == "age",
        "Temperature": dimension == "temperature",
        "NumberRange": True,
    }[spec]


def agrees(figure: Figure, item: dict, spec: str) -> bool:
    low, high = float(figure.low), float(figure.high)
    if spec == "NumberRange":
        bound = figure.bound if figure.bound != "about" else "exact"
        ends = {
            "over": (low, None),
            "at_least": (low, None),
            "under": (None, high),
            "at_most": (None, high),
        }.get(bound, (low, high))
        return bound == item["bound"] and close(ends[0], item["low"]) and close(ends[1], item["high"])
    if not close(high, item["high"]) or not (close(low, item["low"]) or low < high):
        return False
    return not item.get("unit") or same_unit(figure, item["unit"])


def same_unit(figure: Figure, name: str) -> bool:
    ours, theirs = _plain(figure.unit or ""), _plain(name)
    if figure.per and " per " in theirs:
        ours += " per " + _plain(figure.per)
    if theirs == "pound" and ours in ("pound", "pound sterling"):
        return True
    if theirs == "franc" or theirs == "rupee" or theirs == "rouble":
        return ours.endswith(theirs)
    ours, theirs = _SAME.get(ours, ours), _SAME.get(theirs, theirs)
    return ours == theirs or {ours, theirs} == {"ton", "tonne"}


def _plain(name: str) -> str:
    name = (
        name.lower()
        .replace("metre", "meter")
        .replace("litre", "liter")
        .replace("gramme", "gram")
        .replace("ruble", "rouble")
    )
    return re.sub(r"(?<=\w{3})s\b", "", re.sub(r"\s+", " ", name)).strip()
