"""How processor time grows with a text's length: python -m benchmarks.extraction.growth --data DIR [--quick]

Ten times the words should take ten times as long, in ordinary news and in texts that no newspaper prints.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from itertools import chain, cycle, islice
from pathlib import Path

from factcheck.extraction import extract

SIZES = (1_000, 10_000, 100_000)


def kinds(data: Path) -> dict[str, Callable[[int], str]]:
    """Texts by name, each made to have as many words as it is asked for. `data` holds wikinews.jsonl."""
    with (data / "wikinews.jsonl").open(encoding="utf-8") as file:
        articles = [json.loads(line)["text"] for line in file]
    news = list(chain.from_iterable(article.split(" ") for article in articles))
    endless = [word.strip('.!?…"”') for word in " ".join(news).split()]
    return {
        "news": lambda words: " ".join(islice(cycle(news), words)),
        "news without a full stop": lambda words: " ".join(islice(cycle(endless), words)),
        "5 5 5": lambda words: " ".join(["5"] * words),
        "5, 5, 5": lambda words: " ".join(["5,"] * words),
        "and and and": lambda words: " ".join(["and"] * words),
        "quotations and names": lambda words: " ".join(
            f'"We lost {n} men," said Ann Marlow{n}.' for n in range(words // 7)
        ),
        "quotation marks": lambda words: " ".join(['"'] * words),
        "brackets": lambda words: " ".join(["()"] * words),
        "nested brackets": lambda words: "(" * (words // 2) + "one" + ")" * (words // 2),
        "full stops": lambda words: "." * words,
        "lines": lambda words: "It rose\n" * (words // 2),
        "one long word": lambda words: "x" * (6 * words),
        "white space": lambda words: "It" + " " * (6 * words) + "rose.",
    }


def measure(make: Callable[[int], str], sizes: tuple[int, ...] = SIZES) -> list[float]:
    """Seconds of processor time for a pasted text of each size, in words."""
    spent = []
    for words in sizes:
        text = make(words)
        began = time.process_time()
        extract(text)
        spent.append(time.process_time() - began)
    return spent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of the shared development data")
    parser.add_argument("--quick", action="store_true", help="a smoke run of seconds: small texts")
    options = parser.parse_args()
    if not (options.data / "wikinews.jsonl").is_file():
        sys.stderr.write(f"The development data is not in {options.data}: nothing measured.\n")
        return 2
    sizes = (10, 100) if options.quick else SIZES
    extract("Rents rose 3 % to £1,240, Ann Marlow said.")
    print("| text | " + " | ".join(f"{words:,} words, s" for words in sizes) + " | last ÷ the one before |")
    print("| --- |" + " ---: |" * (len(sizes) + 1))
    for name, make in kinds(options.data).items():
        spent = measure(make, sizes)
        seconds = " | ".join(f"{value:.2f}" for value in spent)
        # Under a hundredth of a second there is nothing to compare.
        ratio = f"{spent[-1] / spent[-2]:.1f}" if spent[-2] >= 0.01 else "–"
        print(f"| {name} | {seconds} | {ratio} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
