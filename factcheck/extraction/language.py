"""Which language a text is in, decided so that a short English line is never turned away."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000

# The commonest words of English that are not also the commonest of another language in Latin script.
_ENGLISH = frozenset(
    "the of and to that is was for with on by as at from are were it he she they have has had been this which "
    "not but will would said its his her their who when more than about after one all out up new there what "
    "into over you we can could people year years also other if how so would them these".split()
)


def detect(text: str) -> str:
    """The ISO 639-1 code of `text`'s language. Too little to go by counts as English, which can still be read."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if not words:
        return "en"
    common = sum(word.lower() in _ENGLISH for word in words)
    if common * 6 >= len(words):
        return "en"
    latin = sum(word[0] < "\u0250" for word in words)
    letters = sum(map(len, words))
    if latin * 2 >= len(words) and (len(words) < 8 or letters < 40):
        return "en"
    code, margin = _guess(sample)
    if code == "en" or (latin * 2 >= len(words) and common * 12 >= len(words) and margin < 0.99):
        return "en"
    return code


def _guess(sample: str) -> tuple[str, float]:
    code, probability = _identifier().classify(sample)
    return code, float(probability)


@lru_cache(maxsize=1)
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
