"""Quotations and their speakers against articles annotated by hand.

    python -m benchmarks.quotations --data ../shared/data [--split dev|test|test2] [--show]

Prints precision, recall and F1 of the quotations' spans (one to one, overlap at least .3 of their union), and the
share of the matched ones with the right speaker by full name. Gold: benchmarks/gold/quotations*.jsonl, offsets into
the articles of wikinews.jsonl. An annotator who was a language-model session, not a journalist, chose every span by
reading. dev and test, every second article each, have both been studied since; test2, of other articles, is only
scored when it is asked for.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from factcheck.extraction.cleanup import read_raw
from factcheck.extraction.english import sentences
from factcheck.extraction.english.attribution import attribute
from factcheck.extraction.english.parse import passages

_GOLD = Path(__file__).parent / "gold"
FILES = (_GOLD / "quotations.jsonl", _GOLD / "quotations_2.jsonl")
SPLITS = ("dev", "test", "test2")
OVERLAP = 0.3


@dataclass(slots=True)
class Score:
    gold: int = 0
    found: int = 0
    matched: int = 0
    right: int = 0

    def line(self, label: str) -> str:
        precision = self.matched / self.found if self.found else 0.0
        recall = self.matched / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        right = self.right / self.matched if self.matched else 0.0
        return f"{label:<10} {self.gold:>5} {self.found:>6} {precision:>6.3f} {recall:>6.3f} {f1:>6.3f} {right:>8.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", choices=SPLITS, help="dev and test when left out")
    parser.add_argument(
        "--show", action="store_true", help="every miss, every false one, every wrong speaker"
    )
    options = parser.parse_args()
    source = options.data / "wikinews.jsonl"
    if not source.exists():
        print(f"{source} is not there: nothing was measured.", file=sys.stderr)
        return 1
    articles = {}
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            articles[row["url"]] = row
    gold: dict[str, list[dict]] = defaultdict(list)
    for row in rows((options.split,) if options.split else ("dev", "test")):
        gold[row["url"]].append(row)
    scores: dict[str, Score] = defaultdict(Score)
    for url, wanted in gold.items():
        _measure(articles[url], wanted, scores, options.show)
    print(f"{'split':<10} {'gold':>5} {'found':>6} {'P':>6} {'R':>6} {'F1':>6} {'speaker':>8}")
    for label, score in scores.items():
        print(score.line(label))
    return 0


def rows(splits: tuple[str, ...]) -> list[dict]:
    """The annotated quotations of some of SPLITS, in the files' order."""
    lines = (line for path in FILES for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in map(json.loads, lines) if row["split"] in splits]


def read(text: str, title: str | None = None) -> list[tuple[int, int, str | None]]:
    """(start, end, speaker) of every quotation that the engine finds when all of `text` is body."""
    paragraphs = [sentences.split(text, start, end) for start, end in read_raw(text).paragraphs]
    quotations, speakers = attribute(text, list(passages(text, paragraphs)), paragraphs, title)
    return [
        (item.start, item.end, None if item.speaker is None else speakers[item.speaker].name)
        for item in quotations
    ]


def _measure(article: dict, wanted: list[dict], scores: dict[str, Score], show: bool) -> None:
    text = article["text"]
    found = read(text, article["title"])
    pairs = match([(row["start"], row["end"]) for row in wanted], [(start, end) for start, end, _ in found])
    score = scores[wanted[0]["split"]]
    score.gold += len(wanted)
    score.found += len(found)
    score.matched += len(pairs)
    if show:
        print(f"\n== {article['title']}")
    for index, row in enumerate(wanted):
        exact = text[row["start"] : row["end"]]
        if index not in pairs:
            if show:
                print(f"MISS   {row['kind']} | {row['speaker']} | {exact!r}")
            continue
        start, end, name = found[pairs[index]]
        if same_name(row["speaker"], name):
            score.right += 1
        elif show:
            print(f"WHO    {row['speaker']} | found {name} | {text[start:end]!r}")
    if show:
        for number, (start, end, name) in enumerate(found):
            if number not in pairs.values():
                print(f"FALSE  {name} | {text[start:end]!r}")


def match(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> dict[int, int]:
    """Pairs of gold and found spans, each used once, the greatest overlaps first."""
    candidates = []
    for index, (a, b) in enumerate(gold):
        for number, (c, d) in enumerate(found):
            common = min(b, d) - max(a, c)
            if common > 0 and common / (max(b, d) - min(a, c)) >= OVERLAP:
                candidates.append((-common / (max(b, d) - min(a, c)), index, number))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, index, number in sorted(candidates):
        if index not in pairs and number not in used:
            pairs[index] = number
            used.add(number)
    return pairs


def same_name(gold: str, found: str | None) -> bool:
    """Whether all of the gold name is in the found one. Articles, case and accents do not count; an
    acronym is the name it stands for."""
    if found is None:
        return False
    a, b = _words(gold), _words(found)
    if gold.isupper() and "".join(word[0] for word in found.split() if word[0].isupper()) == gold:
        return True
    return a <= b or (bool(b) and gold[:1].islower() and b <= a)


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    letters = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    cleaned = "".join(char if char.isalnum() else " " for char in letters)
    return set(cleaned.split()) - {"the", "a", "an", "s"}


if __name__ == "__main__":
    sys.exit(main())
