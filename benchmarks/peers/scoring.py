"""Hits and misses of any extractor, by the same rules that score our own."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.extraction import gold, recognizers
from benchmarks.extraction.tally import Tally, close
from factcheck.extraction import Figure

NEWS = ("value", "value + unit", "value + bound or change", "value + what it is of")
CASES = ("value", "value + unit")
# The peers know one sign for each side, so at least is counted as over, and at most as under.
_SIGNS = {"over": "over", "at_least": "over", "under": "under", "at_most": "under", "about": "about"}


@dataclass(frozen=True, slots=True)
class Row:
    """An annotated sentence of the gold: its text, its offset in the article and the figures it should give."""

    text: str
    start: int
    figures: list[dict]


def news(rows: list[Row], found: list[list[Figure]], *, offsets: bool = False) -> dict[str, Tally]:
    """F1 on annotated news sentences. `offsets`: the figures' offsets count from the article's first character."""
    tallies = {name: Tally() for name in NEWS}
    for row, figures in zip(rows, found, strict=True):
        shift = 0 if offsets else row.start
        wanted = [
            {**item, "start": item["start"] - shift, "end": item["end"] - shift} for item in row.figures
        ]
        pairs = gold.match(wanted, figures)
        tallies["value"].add(len(pairs), len(figures), len(wanted))
        tallies["value + unit"].add(sum(_unit_agrees(*p) for p in pairs), len(figures), len(wanted))
        tallies["value + bound or change"].add(
            sum(bool(_signs(w["bound"], w["change"]) & _signs(f.bound, f.change)) for w, f in pairs),
            len(figures),
            len(wanted),
        )
        # Where the annotation names nothing, nothing is compared, as in the scores of our own.
        silent = [w for w in wanted if not (w.get("measure") or w.get("of"))]
        quiet = sum(w in silent for w, _ in pairs)
        tallies["value + what it is of"].add(
            sum(gold.about_agrees(w, f) for w, f in pairs if w not in silent),
            len(figures) - quiet,
            len(wanted) - len(silent),
        )
    return tallies


def cases(items: list[dict], found: list[list[Figure]], *, ages_as_time: bool = False) -> dict[str, Tally]:
    """F1 on Recognizers-Text's cases; only figures of the kind that the case's spec lists are looked at."""
    tallies = {name: Tally() for name in CASES}
    for item, figures in zip(items, found, strict=True):
        spec, expected = item["spec"], item["expected"]
        ours = [
            f
            for f in figures
            if recognizers.of_kind(f, spec) or (spec == "Age" and ages_as_time and f.dimension == "time")
        ]
        if spec == "NumberRange":
            # A bare number in a case of ranges is not of the kind that the case lists.
            ours = [f for f in ours if f.bound not in ("exact", "about") or f.low != f.high]
        values = _paired(expected, ours, _value_agrees)
        units = _paired(expected, ours, lambda e, f, spec=spec: recognizers.agrees(f, e, spec))
        tallies["value"].add(values, len(ours), len(expected))
        tallies["value + unit"].add(units, len(ours), len(expected))
    return tallies


def _paired(expected: list[dict], figures: list[Figure], agrees) -> int:
    left, hits = list(figures), 0
    for item in expected:
        match = next((f for f in left if agrees(item, f)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits


def _value_agrees(item: dict, figure: Figure) -> bool:
    ends = ((figure.low, item["low"]), (figure.high, item["high"]))
    return all(stated is None or close(value, stated) for value, stated in ends)


def _unit_agrees(item: dict, figure: Figure) -> bool:
    unit, found = item["unit"], figure.unit or ""
    # Fraction and year of age are the contract's own words, for which peers have none, or percent and year.
    if unit == "fraction" and (not found or found.startswith(("%", "percent"))):
        return True
    return gold.unit_agrees(item, figure) or (unit == "year of age" and found == "year")


def _signs(bound: str, change: str | None) -> set[str]:
    signs = {_SIGNS.get(bound), change} - {None}
    return signs or {"plain"}
