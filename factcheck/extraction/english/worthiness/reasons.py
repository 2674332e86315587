"""Why a sentence ranks where it does, in an editor's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Judgement, trained

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from factcheck.extraction.document import Figure

MOST = 4

# A cue of the model and what an editor calls it where it speaks for checking, or against. Numbers are not among them: digits may
# be a date's or a name's, and the figures read out of a claim tell it better.
_FOR = {
    "quantifier": "says how many",
    "more or less": "compares",
    "comparative": "compares",
    "superlative": "superlative",
    "act": "completed act",
    "perfect": "completed act",
    "past": "past event",
    "office": "government and law",
    "said": "reported statement",
    "study": "cites findings",
    "cause": "names a cause",
    "never": "says always or never",
    "place": "named place",
    "organisation": "named organisation",
    "person": "named person",
    "date": "dated",
    "he": "about somebody else",
}
_AGAINST = {
    "asks": "question",
    "view": "opinion",
    "value": "opinion",
    "should": "demand",
    "will": "prediction or promise",
    "would": "conditional",
    "if": "conditional",
    "thanks": "courtesy",
    "broken off": "broken off",
    "imperative": "appeal",
    "modal": "possibility or plan",
    "I": "speaker's own view",
    "we": "speaks of “we”",
    "no finite verb": "no statement",
}
_PLAIN_FOR = "worded as a fact"
_PLAIN_AGAINST = "worded as a remark"


def reasons(
    judgement: Judgement,
    figures: Sequence[Figure] = (),
    *,
    speaker: bool = False,
    kind: str | None = None,
    wrong: Collection[str] = (),
) -> list[str]:
    """Two to four short reasons, the weightiest first: what the figures say, then what weighed most in the score.

    figures: those in the claim. speaker: whether it is somebody's statement. kind: the claim's kind, if known. wrong: the
    model's cues that are known not to hold.
    """
    found = dict.fromkeys(_of_figures(figures))
    if "figure" in found and sum(not figure.minor for figure in figures) > 2:
        found = dict.fromkeys("several figures" if name == "figure" else name for name in found)
    if kind == "prediction" and "prediction with a figure" not in found:
        found["prediction"] = None
    weights = _by_cue(judgement)
    favours = judgement.score >= trained().threshold
    names, sign, plain = (_FOR, 1, _PLAIN_FOR) if favours else (_AGAINST, -1, _PLAIN_AGAINST)
    ranked = sorted(
        (
            (sign * weights[cue], cue)
            for cue in names
            if cue not in wrong and sign * weights.get(cue, 0) > 0.02
        ),
        reverse=True,
    )
    for _, cue in ranked:
        found[names[cue]] = None
    if speaker:
        found = dict.fromkeys([*list(found)[: MOST - 1], "somebody's statement"])
    if not found:
        found[plain] = None
    return list(found)[:MOST]


def _by_cue(judgement: Judgement) -> dict[str, float]:
    """What each cue adds, half of what two cues add together going to either."""
    weights: dict[str, float] = {}
    for key, value in judgement.parts:
        if key[0] == "C" and not isinstance(key, str):
            for cue in key[1:]:
                weights[cue] = weights.get(cue, 0) + value / (len(key) - 1)
    return weights


def _of_figures(figures: Sequence[Figure]) -> list[str]:
    found = []
    for figure in figures:
        if figure.minor:
            continue
        if figure.unit in ("percent", "percentage point"):
            found.append("percentage")
        elif figure.unit == "fraction":
            found.append("share")
        elif figure.dimension == "currency":
            found.append("sum of money")
        elif figure.dimension == "multiple":
            found.append("multiple")
        elif figure.role == "rate":
            found.append("rate")
        elif figure.dimension != "age":
            found.append("figure")
        if figure.modality in ("predicted", "target"):
            found.append("prediction with a figure")
        elif figure.change:
            found.append("completed change")
        if figure.baseline:
            found.append("compares with earlier")
        if figure.place:
            found.append("named place")
    return found
