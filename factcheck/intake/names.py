"""Names of files as somebody else chose them, made fit to be shown and to be saved under."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

LONGEST = 200  # characters
_UNFIT = re.compile(r'[<>:"/\\|?*]+')


def safe_name(name: str) -> str:
    """The name without its folders and without what cannot be seen, such as the marks that turn a line of text round."""
    last = re.split(r"[/\\]", name)[-1] if not name.endswith(("/", "\\")) else name
    seen = "".join(mark for mark in last if unicodedata.category(mark) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return " ".join(seen.split())[:LONGEST]


def name_to_save(*, url: str, file_name: str, extension: str) -> str:
    """What a browser may save a capture as: its own name, else the end of its address, with the extension it should have."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]) or (parts.hostname or "")
    name = _UNFIT.sub("-", safe_name(file_name or last)).strip(" .-") or "capture"
    return name if name.lower().endswith(extension) else name[: LONGEST - len(extension)] + extension
