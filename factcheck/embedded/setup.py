"""The first-time set-up. Standard library only."""

import os
import sys
from collections.abc import Sequence

from factcheck.embedded import ROOT


def ensure(argv: Sequence[str]) -> None:
    """Go on in the project's .venv."""
    python = ROOT / ".venv" / "bin" / "python"
    if sys.prefix != str(ROOT / ".venv"):
        os.execv(python, [str(python), *argv])  # noqa: S606
