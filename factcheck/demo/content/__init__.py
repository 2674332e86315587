"""The demonstration desk as data: invented outlets, people, articles, and what its editors made of them."""

import json
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def read(name: str) -> Any:
    """One of `sources`, `articles`, `decisions`, `later`."""
    return json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))
