"""The table of extractors side by side, as plain text."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field

from benchmarks.extraction.tally import Tally
from benchmarks.peers.scoring import CASES, NEWS

_WIDTH = 42
_NOTES = """\
Every extractor is given each sentence alone; "in its article" is this engine as it is used, reading the whole article.
Value: the spans overlap and both ends of the number are the same. Bound or change: the hedge (over and at least are
one, under and at most are one) or the direction agrees; plain where neither is said. Of: a word of measure and of is
shared. Peers' units are put into our names first; for a fraction no unit is accepted too, and year for a year of age.
Recognizers-Text's ranges have no unit: there the bound must agree. A dash: the extractor does not tell this. Seconds
are processor time without start-up, on the news sentences; this engine's include everything it does (sentences,
quotations, speakers, claims). The bare pipeline is the spaCy model that this engine uses, reading the same articles.
The gold was annotated by one reader from this project's contract, which the peers do not follow."""


@dataclass(slots=True)
class Column:
    name: str
    versions: dict[str, str] = field(default_factory=dict)
    failures: int = 0
    news: dict[str, dict[str, Tally]] = field(default_factory=dict)
    cases: dict[str, Tally] = field(default_factory=dict)
    rate: float = 0.0
    ratio: float | None = None
    silent: set[str] = field(default_factory=set)


def table(columns: list[Column], counts: dict[str, int], cases: int, missing: list[str]) -> str:
    """Rows of F1 and speed, a column an extractor, then the versions and what is missing."""
    width = max(len(column.name) for column in columns) + 2
    lines = ["python -m benchmarks.peers --data ../shared/data", ""]
    lines.append("F1".ljust(_WIDTH) + "".join(column.name.rjust(width) for column in columns))
    for split, count in counts.items():
        lines.append(f"news gold, {split}, {count} sentences")
        for measure in NEWS:
            values = [_value(column.news.get(split, {}), measure, column.silent) for column in columns]
            lines.append(f"  {measure}".ljust(_WIDTH) + "".join(value.rjust(width) for value in values))
    lines.append(f"Recognizers-Text, development half, {cases} cases")
    for measure in CASES:
        values = [_value(column.cases, measure, set()) for column in columns]
        lines.append(f"  {measure}".ljust(_WIDTH) + "".join(value.rjust(width) for value in values))
    rates = "".join(f"{column.rate:.0f}".rjust(width) for column in columns)
    lines.append("news sentences per processor second".ljust(_WIDTH) + rates)
    ratios = "".join((f"{c.ratio:.2f}" if c.ratio else "-").rjust(width) for c in columns)
    lines.append("processor time over the bare pipeline".ljust(_WIDTH) + ratios)
    lines.append("")
    lines.append(f"Python {platform.python_version()}; " + "; ".join(filter(None, map(_made_of, columns))))
    lines.extend(f"Missing: {reason}" for reason in missing)
    return "\n".join([*lines, "", _NOTES, ""])


def _value(tallies: dict[str, Tally], measure: str, silent: set[str]) -> str:
    return "-" if measure in silent or measure not in tallies else f"{tallies[measure].f1:.3f}"


def _made_of(column: Column) -> str:
    named = ", ".join(f"{package} {version}" for package, version in column.versions.items())
    failed = f" (failed on {column.failures} sentences)" if column.failures else ""
    return named + failed if named else ""
