"""Writes of the intake: handing something in, and taking it in."""

from .archiving import archive
from .asking import (
    MANY,
    RETRIABLE,
    fetch_again,
    fetch_due_again,
    hand_in_file,
    hand_in_text,
    hand_in_url,
    hand_in_urls,
    is_own_page,
    retry,
    retry_all,
    turn_away,
)
from .bundles import hand_in_files
from .clearing import clear_uploads
from .renewing import paste_newer
from .sending import send, sweep_intakes
from .setting_aside import bring_back, bring_back_all, paste, set_aside, set_aside_all
from .taking import take_in

__all__ = [
    "MANY",
    "RETRIABLE",
    "archive",
    "bring_back",
    "bring_back_all",
    "clear_uploads",
    "fetch_again",
    "fetch_due_again",
    "hand_in_file",
    "hand_in_files",
    "hand_in_text",
    "hand_in_url",
    "hand_in_urls",
    "is_own_page",
    "paste",
    "paste_newer",
    "retry",
    "retry_all",
    "send",
    "set_aside",
    "set_aside_all",
    "sweep_intakes",
    "take_in",
    "turn_away",
]
