"""Whether a figure is asserted, denied, predicted, a target or conditional."""

from __future__ import annotations

from factcheck.extraction.english.figures.inflection import verb
from factcheck.extraction.english.parse import Passage

_PREDICTS = frozenset("expect forecast predict project anticipate foresee estimate".split())
_TARGETS = frozenset("aim plan pledge promise vow intend hope want seek target commit propose agree".split())
_TARGET_NOUNS = frozenset("target goal aim pledge ambition plan promise".split())
_DENIES = frozenset("deny dispute reject refute dismiss fail".split())
_NEGATIONS = frozenset("not n't n’t never".split())
_CONDITIONS = frozenset("if unless would could might may should".split())


def of(p: Passage, begin: int, stop: int, at: int | None, first: int) -> str:
    """Read off the governing verb at `at`, the verbs above it, and the words that lead up to the figure."""
    if at is None:
        return "asserted"
    found = "asserted"
    below = at
    for step in range(4):
        children = p.children[at]
        helpers = {p.low[c] for c in children if p.dep[c] in ("aux", "neg", "auxpass", "mark")}
        if helpers & _NEGATIONS and found == "asserted" and step < 2:
            return "denied"
        if step and verb(p.words[at]) in _DENIES:
            return "denied"
        if helpers & _CONDITIONS and found == "asserted":
            found = "target" if "should" in helpers and "if" not in helpers else "conditional"
        elif helpers & {"will", "shall", "wo", "'ll", "’ll"} and found == "asserted":
            found = "predicted"
        base = verb(p.words[at])
        if step and found in ("asserted", "predicted"):
            if base in _PREDICTS and (base != "estimate" or found == "predicted" or p.tag[below] == "VB"):
                found = "predicted"
            elif base in _TARGETS:
                found = "target"
            elif base == "go" and p.low[at] == "going":
                found = "predicted"
        elif not step and base in _TARGETS and found == "asserted":
            found = "target"
        elif (
            not step
            and base in ("expect", "forecast", "predict", "project", "anticipate")
            and found == "asserted"
        ):
            found = "predicted"
        if (
            not step
            and found == "asserted"
            and any(
                p.low[c] in ("set", "due", "likely", "expected", "forecast") and p.dep[c] in ("acomp", "oprd")
                for c in children
            )
        ):
            found = "predicted"
        above = p.head[at]
        if above == at or p.dep[at] not in ("xcomp", "ccomp", "acl", "advcl", "acomp", "oprd"):
            break
        if p.dep[at] == "acl" and p.low[above] in _TARGET_NOUNS and found == "asserted":
            return "target"
        if not p.tag[above].startswith(("VB", "JJ")):
            break
        if p.dep[at] == "advcl" and p.tag[at] != "VB":
            break
        below, at = at, above
    return found
