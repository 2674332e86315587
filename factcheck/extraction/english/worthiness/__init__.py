"""Check-worthiness: how likely an editor finds a sentence worth checking, and why.

A linear model on words, parse and names, small enough to read. What its features add, in log-odds, sums up to the score before
calibration.
"""

from .model import Judgement, judge, threshold
from .reasons import reasons

__all__ = ["Judgement", "judge", "reasons", "threshold"]
