"""Prints one table: python -m benchmarks.extraction --data DIR [--split dev|test|test2] [--quick]"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.extraction import gold, gum, recognizers, speed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the shared development data")
    parser.add_argument("--split", default="dev", choices=gold.SPLITS, help="of our own gold")
    parser.add_argument("--quick", action="store_true", help="a smoke run of seconds: no timing")
    options = parser.parse_args()
    if not (options.data / "wikinews.jsonl").is_file():
        sys.stderr.write(f"The development data is not in {options.data}: nothing measured.\n")
        return 2
    for name, tally in gold.score(options.data, options.split).items():
        _row(
            f"news gold, {options.split}: {name}",
            f"F1 {tally.f1:.3f}  P {tally.precision:.3f}  R {tally.recall:.3f}  n {tally.wanted}",
        )
    done = total = 0
    for spec, (right, cases, tally) in recognizers.score(options.data).items():
        done, total = done + right, total + cases
        _row(f"Recognizers dev: {spec}", f"{right}/{cases} cases, F1 {tally.f1:.3f}")
    _row("Recognizers dev: all", f"{done}/{total} cases = {done / total:.3f}")
    sentences, dates, resolved = gum.score(options.data)
    _row("GUM: sentence boundaries", f"F1 {sentences.f1:.3f}")
    _row("GUM: dates found, and resolved as annotated", f"{dates.recall:.3f}, {resolved.recall:.3f}")
    if not options.quick:
        ratio, rate = speed.score(options.data)
        _row("processor time over the bare pipeline", f"{ratio:.2f}")
        _row("sentences per second of processor time", f"{rate:.0f}")
    return 0


def _row(name: str, value: str) -> None:
    print(f"{name:<62} {value}")


if __name__ == "__main__":
    sys.exit(main())
