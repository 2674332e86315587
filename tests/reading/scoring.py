"""How well a body was found: F1 over runs of four words, each counted as often as it occurs."""

from __future__ import annotations

import re
from collections import Counter


def f1(found: str, wanted: str) -> float:
    one, two = _runs(found), _runs(wanted)
    if not one and not two:
        return 1.0
    return 2 * sum((one & two).values()) / (sum(one.values()) + sum(two.values()))


def _runs(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + length]) for i in range(max(1, len(words) - length + 1)) if words)
