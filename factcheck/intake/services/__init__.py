"""Writes of the intake: handing something in, and taking it in."""

from .asking import (
    RETRIABLE,
    fetch_again,
    fetch_due_again,
    hand_in_file,
    hand_in_text,
    hand_in_url,
    hand_in_urls,
    retry,
    send,
)
from .taking import sweep_intakes, take_in

__all__ = [
    "RETRIABLE",
    "fetch_again",
    "fetch_due_again",
    "hand_in_file",
    "hand_in_text",
    "hand_in_url",
    "hand_in_urls",
    "retry",
    "send",
    "sweep_intakes",
    "take_in",
]
