"""Random secrets of this installation, one private file (0600): passwords of the built-in servers, Django's key."""

import json
from pathlib import Path
from secrets import token_urlsafe

from factcheck.embedded.problems import Problem
from factcheck.embedded.processes import replace_file


def secret(file: Path, name: str) -> str:
    """The secret called `name`, made on first use (256 bits, safe in a URL). The caller holds the installation's lock."""
    kept: dict[str, str] = {}
    if file.exists():
        try:
            kept = json.loads(file.read_text())
        except ValueError:
            raise Problem(
                f"{file} is not readable as JSON. Restore it from a backup, or remove var/ to start anew."
            ) from None
    if name not in kept:
        kept[name] = token_urlsafe(32)
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, json.dumps(kept, indent=1))
    return kept[name]
