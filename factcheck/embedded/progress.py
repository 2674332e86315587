"""Showing how far a set-up is: one line that is rewritten on a terminal, one line a phase elsewhere."""

import shutil
import sys
import time


class Progress:
    """Phases, one after another. Written to standard error: what a command prints for others stays clean."""

    def __init__(self) -> None:
        self.out = sys.stderr
        self.live = self.out.isatty()
        self.began = time.monotonic()
        self.shown = ""
        self.open = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.open:
            self.out.write("\n")
            self.open = False

    def phase(self, text: str) -> None:
        """Begin a phase."""
        if text != self.shown:
            self.shown = text
            self._write(text, lasting=not self.live)

    def step(self, text: str) -> None:
        """Say how far the phase is; only where the line can be rewritten."""
        if self.live:
            self._write(text, lasting=False)

    def done(self, text: str) -> None:
        """The last line."""
        self._write(text, lasting=True)

    def _write(self, text: str, *, lasting: bool) -> None:
        line = f"{text} ({time.monotonic() - self.began:.0f} s)"
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            self.out.write(f"\r\x1b[K{line[:width]}")
            if lasting:
                self.out.write("\n")
            self.open = not lasting
        else:
            self.out.write(f"{line}\n")
        self.out.flush()
