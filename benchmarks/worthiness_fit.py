"""Logistic regression on features that are there or not, by L-BFGS; numpy alone, the same result every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from factcheck.extraction.english.worthiness.features import Key

MEMORY = 8


@dataclass(slots=True)
class Table:
    """Which of the `width` features are in which of the `height` sentences: pairs of row and column, and what each counts for."""

    rows: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    height: int
    width: int

    def part(self, chosen: np.ndarray) -> Table:
        place = np.full(self.height, -1)
        place[chosen] = np.arange(len(chosen))
        rows = place[self.rows]
        inside = rows >= 0
        return Table(rows[inside], self.columns[inside], self.values[inside], len(chosen), self.width)

    def logits(self, theta: np.ndarray) -> np.ndarray:
        return (
            np.bincount(self.rows, weights=theta[self.columns] * self.values, minlength=self.height)
            + theta[-1]
        )


def vocabulary(samples: Iterable[set[Key]], least: int) -> dict[Key, int]:
    """Columns for the keys in at least `least` samples, in an order that does not depend on the run."""
    counts: Counter[Key] = Counter()
    for keys in samples:
        counts.update(keys)
    kept = [key for key, count in counts.items() if count >= least and _can_be_written(key)]
    kept.sort(key=lambda key: (key,) if isinstance(key, str) else key)
    return {key: column for column, key in enumerate(kept)}


def _can_be_written(key: Key) -> bool:
    return (
        all(part == "".join(part.split()) for part in ((key,) if isinstance(key, str) else key)) and key != ""
    )


def table(samples: list[set[Key]], columns: dict[Key, int], scales: list[float]) -> Table:
    """`scales` holds what each sentence's features count for."""
    rows, found = [], []
    for row, keys in enumerate(samples):
        here = sorted(columns[key] for key in keys if key in columns)
        found.extend(here)
        rows.extend([row] * len(here))
    return Table(np.array(rows), np.array(found), np.array(scales)[rows], len(samples), len(columns))


def fit(data: Table, target: np.ndarray, weight: np.ndarray, ridge: float) -> np.ndarray:
    """The weights, and the bias after them, that minimise the weighted log loss plus ridge/2 times the squared weights.

    A feature that tells little by itself, or is in nearly every sentence, is held to a smaller weight: see `_trust`.
    """
    trust = _trust(data, target)
    theta = _minimise(
        Table(data.rows, data.columns, data.values * trust[data.columns], data.height, data.width),
        target,
        weight,
        ridge,
    )
    return np.append(theta[:-1] * trust, theta[-1])


def _trust(data: Table, target: np.ndarray) -> np.ndarray:
    """How far each feature leans to one side by its counts alone, and how rare it is, both damped by a root.

    The first is S. Wang and C. Manning's (Baselines and Bigrams, ACL 2012): the log of the ratio of its shares.
    """
    positive = np.bincount(data.columns, weights=target[data.rows], minlength=data.width)
    total = np.bincount(data.columns, minlength=data.width)
    for_it, against = positive + 1, total - positive + 1
    lean = np.abs(np.log((for_it / for_it.sum()) / (against / against.sum())))
    rarity = np.log(data.height / (total + 1)) / 4
    return np.sqrt(np.clip(lean, 0.05, 3) * np.maximum(rarity, 0))


def _minimise(
    data: Table, target: np.ndarray, weight: np.ndarray, ridge: float, rounds: int = 100
) -> np.ndarray:
    theta = np.zeros(data.width + 1)
    penalty = np.append(np.full(data.width, ridge), 0.0)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        z = data.logits(theta)
        value = (weight * (np.logaddexp(0, z) - target * z)).sum() + 0.5 * (penalty * theta * theta).sum()
        slope = weight * (1 / (1 + np.exp(-z)) - target)
        gradient = (
            np.bincount(data.columns, weights=slope[data.rows] * data.values, minlength=data.width + 1)
            + penalty * theta
        )
        gradient[-1] += slope.sum()
        return value, gradient

    steps: list[tuple[np.ndarray, np.ndarray]] = []
    value, gradient = loss(theta)
    for _ in range(rounds):
        direction = _direction(gradient, steps)
        size = 1.0
        while True:
            trial = theta - size * direction
            new_value, new_gradient = loss(trial)
            if new_value <= value - 1e-4 * size * _dot(gradient, direction) or size < 1e-6:
                break
            size /= 2
        move, turn = trial - theta, new_gradient - gradient
        if _dot(move, turn) > 1e-10:
            steps = [*steps, (move, turn)][-MEMORY:]
        settled = abs(value - new_value) < 1e-5 * abs(value)
        theta, value, gradient = trial, new_value, new_gradient
        if settled:
            break
    return theta


def _direction(gradient: np.ndarray, steps: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Nocedal's two loops (Updating quasi-Newton matrices with limited storage, 1980)."""
    result = gradient.copy()
    if not steps:
        return result / max(1.0, _dot(gradient, gradient) ** 0.5)
    shares = []
    for move, turn in reversed(steps):
        share = _dot(move, result) / _dot(turn, move)
        shares.append(share)
        result -= share * turn
    move, turn = steps[-1]
    result *= _dot(move, turn) / _dot(turn, turn)
    for (move, turn), share in zip(steps, reversed(shares), strict=True):
        result += move * (share - _dot(turn, result) / _dot(turn, move))
    return result


def _dot(a: np.ndarray, b: np.ndarray) -> float:
    """The product of two vectors, summed in an order that does not depend on how many cores there are, as BLAS's does."""
    return float((a * b).sum())


def platt(logits: np.ndarray, target: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Slope and shift by Newton's method, so that the calibrated score is the share that is positive."""
    slope, shift = 1.0, 0.0
    for _ in range(50):
        score = 1 / (1 + np.exp(-(slope * logits + shift)))
        error, spread = weight * (score - target), weight * score * (1 - score)
        gradient = np.array([_dot(error, logits), error.sum()])
        across = _dot(spread, logits)
        hessian = np.array([[_dot(spread, logits * logits), across], [across, spread.sum()]])
        step = np.linalg.solve(hessian + 1e-9 * np.eye(2), gradient)
        slope, shift = slope - step[0], shift - step[1]
        if np.abs(step).max() < 1e-9:
            break
    return float(slope), float(shift)
