"""What a figure is compared with, or since when: "since 2019", "than a year earlier"."""

from __future__ import annotations

import re

from factcheck.extraction.english.figures import phrases
from factcheck.extraction.english.figures.quantity import Quantity

_BASELINE = re.compile(
    r"\b(?P<lead>since|compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|versus|against|relative\s+to|than|from(?=\s+(?:a|the|an|one|last|its|their)\s+(?:year|month|week|quarter|decade|same|previous|prior|record|day|peak|low|high))|"
    r"on(?=\s+(?:a|the)\s+year\s+(?:earlier|ago|before))|above|below(?=\s+\w+))\s+(?P<what>(?:[^,;:.()“”\"]|(?<=\d)[.,](?=\d)){2,80})|\b(?P<whole>year[\s-]on[\s-]year|year[\s-]over[\s-]year|month[\s-]on[\s-]month|on\s+the\s+year|from\s+a\s+year\s+(?:earlier|ago))\b",
    re.I,
)
_CUT = re.compile(
    r"\s+(?:and|but|while|who|which|that|when|as|after|said|says|according|has|have|had|is|are|was|were|will|would|did|does|do|to)\b.*$",
    re.I,
)


def of(text: str, left: int, right: int, quantity: Quantity, following: int) -> str | None:
    """What the figure is compared with, or since when: "2019", "a year earlier", "the old one"."""
    for match in _BASELINE.finditer(text, max(left, quantity.end - 1), right):
        if match.start() > following:
            break
        lead = (match.group("lead") or "").lower()
        if match.group("whole"):
            return match.group("whole")
        if lead in ("above", "below", "against") and match.start() - quantity.end > 12:
            continue
        what = _CUT.sub("", match.group("what").strip())
        if lead == "than" and re.match(r"[$£€]?\d", what):
            continue
        if not what or (
            re.match(r"[\d$£€]+(?:[.,]\d+)?\s*(?:%|percent|million|people)", what)
            and lead in ("than", "above", "below")
        ):
            continue
        return phrases.clip(what)
    found = re.search(r"\bsince\s+([^,;:.()“”\"]{2,60})", text[left : quantity.start])
    if found:
        return phrases.clip(_CUT.sub("", found.group(1).strip()))
    return None
