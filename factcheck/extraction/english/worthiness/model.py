"""The trained model: a sum of weights, turned into a calibrated score.

`weights.txt` is written by `python -m benchmarks.train_worthiness`. Its first line holds, as JSON, the bias, the size of one step of
weight, the calibration (Platt: score = 1 / (1 + exp(-(slope * logit + shift)))) and the threshold. Every other line is a
weight in whole steps and the features that have it, apart by tabs, the parts of one feature by spaces.

Trained on F. Arslan, N. Hassan, C. Li, M. Tremayne: A Benchmark Dataset of Check-worthy Factual Claims, ICWSM 2020 (the
crowdsourced part), and on the development half of this project's own labels of Wikinews sentences.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .features import Key, features, named, scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck.extraction.document import Figure
    from factcheck.extraction.english.parse import Passage

WEIGHTS = Path(__file__).with_name("weights.txt")


@dataclass(slots=True, frozen=True)
class Model:
    bias: float
    slope: float
    shift: float
    threshold: float
    weights: dict[Key, float]


@dataclass(slots=True, frozen=True)
class Judgement:
    """A sentence's score, 0 to 1, and `parts`: what each feature adds, in log-odds before calibration.

    `bias` and the parts add up to `logit`; the score rises with it.
    """

    score: float
    logit: float
    bias: float
    parts: list[tuple[Key, float]]

    @property
    def contributions(self) -> list[tuple[str, float]]:
        """The parts under names that people can read, the weightiest first."""
        return sorted(
            ((named(key), value) for key, value in self.parts), key=lambda part: (-abs(part[1]), part[0])
        )


def judge(passage: Passage, i: int, j: int, figures: Sequence[Figure] = ()) -> Judgement:
    """Judges the tokens `i` to `j` (exclusive) of a passage: a sentence, or a clause of one.

    `figures` are those found in it; the score does not depend on them yet, so that training needs the parse alone.
    """
    model = trained()
    weight = model.weights.get
    size = scale(j - i)
    found = features(passage, i, j)
    parts = [(key, value * size) for key, value in zip(found, map(weight, found), strict=True) if value]
    # In one order, because the last digit of a sum depends on it and sets have none that lasts.
    logit = model.bias + math.fsum(value for _, value in parts)
    return Judgement(_calibrated(model, logit), logit, model.bias, parts)


@lru_cache(maxsize=1)
def trained() -> Model:
    """The weights that ship, read once in a process."""
    return read(WEIGHTS)


def read(path: Path) -> Model:
    with path.open(encoding="utf-8") as lines:
        head = json.loads(next(lines))
        step = head["step"]
        weights: dict[Key, float] = {}
        for line in lines:
            count, *names = line.rstrip("\n").split("\t")
            value = int(count) * step
            for name in names:
                parts = tuple(name.split(" "))
                weights[parts[0] if len(parts) == 1 else parts] = value
    return Model(head["bias"], head["slope"], head["shift"], head["threshold"], weights)


def write(
    path: Path,
    *,
    bias: float,
    step: float,
    slope: float,
    shift: float,
    threshold: float,
    steps: dict[Key, int],
    about: dict,
) -> None:
    """The reverse of `read`; `about` says what the weights were trained on."""
    groups: dict[int, list[str]] = {}
    for key, count in steps.items():
        if count:
            groups.setdefault(count, []).append(key if isinstance(key, str) else " ".join(key))
    head = {"bias": bias, "step": step, "slope": slope, "shift": shift, "threshold": threshold, **about}
    lines = [json.dumps(head)]
    lines += ["\t".join([str(count), *sorted(groups[count])]) for count in sorted(groups, reverse=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _calibrated(model: Model, logit: float) -> float:
    z = model.slope * logit + model.shift
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def threshold() -> float:
    """The score from which a sentence is a claim, chosen in cross-validation."""
    return trained().threshold
