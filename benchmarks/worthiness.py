"""How well check-worthiness is judged, and what it costs.

    python -m benchmarks.worthiness --data ../shared/data [--cache FILE] [--test-half]

Rows marked CV are cross-validated: each debate or article is judged by a model that saw nothing of it. The threshold and calibration are
those that ship. The crowd's labels are noisy: read F1 against them as a floor. `--test-half` scores the test half of the news
labels with the model that ships, which was done once.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.train_worthiness import Sample, cross_validate, f1, sample, train
from benchmarks.worthiness_data import DataMissing, Example, load, own_labels
from factcheck.extraction.english.parse import Passage, passages
from factcheck.extraction.english.sentences import split
from factcheck.extraction.english.worthiness import judge, model
from factcheck.extraction.english.worthiness.features import features

LATE = ("2012", "2016")
ARTICLES = 60


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path)
    options.add_argument("--test-half", action="store_true")
    chosen = options.parse_args(arguments)
    try:
        everything = load(chosen.data, chosen.cache)
    except DataMissing as problem:
        print(problem, file=sys.stderr)
        return 2
    examples = [e for e in everything if e.split != "test"]
    shipped = model.trained()
    s = sample(examples)
    score = _scores(cross_validate(s), shipped)
    kind = np.array([e.split for e in examples])
    number = s.numbers
    figure = np.array([("C", "figure") in features(e.passage, 0, e.length) for e in examples])
    print(
        f"threshold {shipped.threshold}; {len(shipped.weights)} weights, {model.WEIGHTS.stat().st_size / 1e3:.0f} kB\n"
    )
    print(
        "| what | sentences | precision | recall | F1 | average precision |\n| --- | --- | --- | --- | --- | --- |"
    )
    debates, dev, written = kind == "train", kind == "dev", kind == "written"
    _row("debates, CV, crowd's labels", s.target[debates], score[debates], shipped.threshold)
    _row(
        "the same without 'unimportant factual'",
        s.target[debates & (s.verdict != 0)],
        score[debates & (s.verdict != 0)],
        shipped.threshold,
    )
    _late(s, shipped)
    _own(examples, s, score, shipped)
    _row("news, development half, CV", s.target[dev], score[dev], shipped.threshold)
    if chosen.test_half:
        test = [e for e in everything if e.split == "test"]
        judged = np.array([judge(e.passage, 0, e.length).score for e in test])
        _row("news, test half", np.array([e.positive for e in test], dtype=float), judged, shipped.threshold)
    claims = score >= shipped.threshold
    worthy = number & (s.target == 1)
    print("\n| share called a claim, CV | sentences | share |\n| --- | --- | --- |")
    for name, rows in (
        ("check-worthy with a number, debates", worthy & debates),
        ("check-worthy with a measured figure, debates", worthy & debates & figure),
        ("check-worthy with a number, news", worthy & dev),
        ("not factual, debates", s.verdict == -1),
        ("not factual with a number, debates", (s.verdict == -1) & number),
        ("opinion and courtesy in the manner of news, written for training", written & (s.target == 0)),
    ):
        print(f"| {name} | {rows.sum()} | {_mean(claims[rows])} |")
    _at_ninety(s, score, worthy & debates, number)
    print("\n| score, debates, CV | sentences | mean score | check-worthy |\n| --- | --- | --- | --- |")
    for low in np.arange(10) / 10:
        rows = debates & (score >= low) & (score < low + 0.1)
        print(
            f"| {low:.1f}-{low + 0.1:.1f} | {rows.sum()} | {_mean(score[rows])} | {_mean(s.target[rows])} |"
        )
    _cost(chosen.data)
    return 0


def _mean(values: np.ndarray) -> str:
    return f"{values.mean():.3f}" if len(values) else "-"


def _scores(logits: np.ndarray, shipped: model.Model) -> np.ndarray:
    return 1 / (1 + np.exp(-(shipped.slope * logits + shipped.shift)))


def _row(name: str, target: np.ndarray, score: np.ndarray, threshold: float) -> None:
    chosen = score >= threshold
    hits = float((target * chosen).sum())
    precision, recall = hits / max(1, chosen.sum()), hits / max(1, target.sum())
    print(
        f"| {name} | {len(target)} | {precision:.3f} | {recall:.3f} | {f1(target, chosen):.3f} | {average_precision(target, score):.3f} |",
        flush=True,
    )


def average_precision(target: np.ndarray, score: np.ndarray) -> float:
    ranked = target[np.argsort(-score, kind="stable")]
    hits = ranked == 1
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[hits].mean()) if hits.any() else 0.0


def _late(s: Sample, shipped: model.Model) -> None:
    late = np.array([group.startswith(LATE) for group in s.groups])
    if late.any() and not late.all():
        held = np.flatnonzero(late)
        logits = s.data.part(held).logits(train(s, np.flatnonzero(~late)))
        _row(
            "debates of 2012 and 2016, trained on those to 2008",
            s.target[held],
            _scores(logits, shipped),
            shipped.threshold,
        )


def _own(examples: list[Example], s: Sample, score: np.ndarray, shipped: model.Model) -> None:
    """Debate sentences labelled again by one reader who saw neither the crowd's labels nor a score."""
    labels = own_labels()
    rows = np.array([at for at, e in enumerate(examples) if e.number in labels], dtype=int)
    if not len(rows):
        return
    target = np.array([labels[examples[at].number] for at in rows], dtype=float)
    _row("debates, CV, one reader's own labels", target, score[rows], shipped.threshold)
    _row("the crowd against the same", target, s.target[rows], 0.5)


def _at_ninety(s: Sample, score: np.ndarray, worthy: np.ndarray, number: np.ndarray) -> None:
    """What is wrongly called a claim at the threshold that finds 90 % of the check-worthy with a number."""
    if not worthy.any():
        return
    least = np.quantile(score[worthy], 0.1)
    remarks = s.verdict == -1
    print(
        f"\nAt {least:.2f}, where 90 % of the check-worthy with a number are found, {_mean(score[remarks] >= least)} of what is not "
        f"factual is called a claim, and {_mean(score[remarks & number] >= least)} of that with a number."
    )


def _cost(folder: Path) -> None:
    """Processor time of judging over that of parsing, on the first articles."""
    with (folder / "wikinews.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(ARTICLES), lines, strict=False)]
    begun = time.process_time()
    parsed: list[Passage] = []
    for text in texts:
        parsed += passages(text, [split(text, start, end) for start, end in _paragraphs(text)])
    between = time.process_time()
    sentences = [judge(p, i, j) for p in parsed for i, j, _ in p.sentences]
    ended = time.process_time()
    share = (ended - between) / (between - begun)
    print(f"\n{len(sentences)} sentences of news judged in {share:.1%} of the parser's processor time")


def _paragraphs(text: str) -> list[tuple[int, int]]:
    result, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            result.append((at, at + len(line)))
        at += len(line) + 1
    return result


if __name__ == "__main__":
    raise SystemExit(main())
