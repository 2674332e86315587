"""Trains the check-worthiness model and writes its weights into the engine.

    python -m benchmarks.train_worthiness --data ../shared/data

The same data give the same weights. Most of the time goes into parsing; `--cache FILE` keeps the parses. Only the debates and the
development half of the news labels are read for training.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.worthiness_data import DataMissing, Example, load
from benchmarks.worthiness_fit import Table, fit, platt, table, vocabulary
from factcheck.extraction.english.worthiness import model
from factcheck.extraction.english.worthiness.features import features, scale

FOLDS = 5
RIDGE = 20.0
LEAST = 4
# Sentences of news are few; those written for training count for less, or their wording would be learnt by heart.
NEWS_WEIGHT = 5.0
WRITTEN_WEIGHT = 2.0
STEP = 0.004
# A weight below this many steps is left out.
SMALLEST = 2
# Added to what was learnt, in log-odds: a figure that is missed costs an editor more than one read for nothing.
LEAN = {("C", "number"): 0.35, ("C", "figure"): 0.3}
# The share of check-worthy debate sentences with a number that the threshold must find.
FOUND = 0.95


@dataclass(slots=True)
class Sample:
    """Everything that fitting needs, row by row."""

    data: Table
    columns: dict
    target: np.ndarray
    news: np.ndarray
    written: np.ndarray
    verdict: np.ndarray
    fold: np.ndarray
    groups: list[str]

    @property
    def numbers(self) -> np.ndarray:
        """Which sentences hold a number."""
        inside = self.data.columns == self.columns.get(("C", "number"), -1)
        return np.bincount(self.data.rows[inside], minlength=self.data.height) > 0


def sample(examples: list[Example]) -> Sample:
    keys = [features(e.passage, 0, e.length) for e in examples]
    columns = vocabulary(keys, LEAST)
    groups = [e.group for e in examples]
    number = {group: at for at, group in enumerate(sorted(set(groups)))}
    return Sample(
        table(keys, columns, [scale(e.length) for e in examples]),
        columns,
        np.array([e.positive for e in examples], dtype=float),
        np.array([e.verdict is None for e in examples]),
        np.array([e.split == "written" for e in examples]),
        np.array([9 if e.verdict is None else e.verdict for e in examples]),
        np.array([number[group] % FOLDS for group in groups]),
        groups,
    )


def weights_of(s: Sample) -> np.ndarray:
    return np.where(s.written, WRITTEN_WEIGHT, np.where(s.news, NEWS_WEIGHT, 1.0))


def train(s: Sample, chosen: np.ndarray) -> np.ndarray:
    """Weights and bias from the rows `chosen`."""
    theta = fit(s.data.part(chosen), s.target[chosen], weights_of(s)[chosen], RIDGE)
    for key, value in LEAN.items():
        if key in s.columns:
            theta[s.columns[key]] += value
    return theta


def cross_validate(s: Sample) -> np.ndarray:
    """Each row's logit from a model that saw no row of its debate or article."""
    logits = np.zeros(len(s.target))
    for number in np.unique(s.fold):
        theta = train(s, np.flatnonzero(s.fold != number))
        held = np.flatnonzero(s.fold == number)
        logits[held] = s.data.part(held).logits(theta)
    return logits


def f1(target: np.ndarray, chosen: np.ndarray) -> float:
    return float(2 * (target * chosen).sum() / max(1, target.sum() + chosen.sum()))


def best_threshold(target: np.ndarray, score: np.ndarray, numbers: np.ndarray) -> float:
    """The lowest threshold at which F1 is within a hair of its peak, or lower where those with a number ask for it."""
    steps = np.arange(5, 95) / 100
    reached = np.array([f1(target, score >= at) for at in steps])
    worthy = np.sort(score[numbers & (target == 1)])
    enough = worthy[int(len(worthy) * (1 - FOUND))] if len(worthy) else 1.0
    return float(
        min(steps[reached >= reached.max() - 0.002].min(), max(np.floor(enough * 100) / 100, steps[0]))
    )


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path)
    options.add_argument("--out", type=Path, default=model.WEIGHTS)
    chosen = options.parse_args(arguments)
    begun = time.perf_counter()
    try:
        examples = [e for e in load(chosen.data, chosen.cache) if e.split != "test"]
    except DataMissing as problem:
        print(problem, file=sys.stderr)
        return 2
    s = sample(examples)
    logits = cross_validate(s)
    slope, shift = platt(logits, s.target, np.ones(len(s.target)))
    score = 1 / (1 + np.exp(-(slope * logits + shift)))
    threshold = best_threshold(s.target[~s.news], score[~s.news], s.numbers[~s.news])
    theta = train(s, np.arange(len(s.target)))
    steps = {key: int(np.rint(theta[column] / STEP)) for key, column in s.columns.items()}
    steps = {key: count for key, count in steps.items() if abs(count) >= SMALLEST}
    about = {"sentences": len(s.target), "news": int(s.news.sum())}
    model.write(
        chosen.out,
        bias=round(float(theta[-1]), 4),
        step=STEP,
        slope=round(slope, 4),
        shift=round(shift, 4),
        threshold=round(threshold, 2),
        steps=steps,
        about=about,
    )
    print(
        f"{len(s.target)} sentences, {len(s.columns)} features, {len(steps)} kept, {chosen.out.stat().st_size / 1e3:.0f} kB; "
        f"cross-validated F1 on debates {f1(s.target[~s.news], score[~s.news] >= threshold):.3f} from {threshold:.2f}; {time.perf_counter() - begun:.0f} s"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
