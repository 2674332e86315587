"""Whether two texts tell the same story, however they are worded: a rewritten article, its teaser, or another page altogether."""

from .copies import shared_part

# Of the shorter text's runs of words: a story that was rewritten still shares some with the one before, another story hardly any.
SAME_RUNS = 0.1
# Brief texts are compared by their runs of characters, of which any two texts of a language share a few: a paragraph of the news
# and another article more than a seventh in one of twenty cases.
CHARACTERS = 7
SAME_CHARACTERS = 0.25
# A text that is shorter than this part of another, and whose characters stand in it to this part, is a piece of it.
SHORT = 0.5
STANDS_IN = 0.6


def same_story(one: str, other: str) -> bool:
    """Whether one may be the other, written anew."""
    part = shared_part(one, other)
    return _shared_characters(one, other) >= SAME_CHARACTERS if part is None else part >= SAME_RUNS


def is_piece(text: str, *, of: str) -> bool:
    """Whether a text is little more than a part of another, as the teaser is that a site shows to strangers."""
    return len(text) < SHORT * len(of) and _shared_characters(text, of) >= STANDS_IN


def _shared_characters(one: str, other: str) -> float:
    """Which part of the shorter text's runs of characters stands in the other, 0 to 1."""
    short, long = sorted((_runs(one), _runs(other)), key=len)
    return len(short & long) / len(short) if short else 0.0


def _runs(text: str) -> set[str]:
    text = " ".join(text.casefold().split())
    return {text[n : n + CHARACTERS] for n in range(max(1, len(text) - CHARACTERS + 1))}
