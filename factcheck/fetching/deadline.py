"""The one clock of a fetch."""

import time

from .results import Failed, Reason


class Deadline:
    """Counts down from the start of a fetch. Whoever waits for the network asks it how long it may still wait."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds left, always above 0. Raises Failed (timeout) when there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise Failed(Reason.TIMEOUT)
        return seconds
