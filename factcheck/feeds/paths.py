"""Which of a feed's items are wanted, by the paths of their addresses."""

from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def patterns_in(text: str) -> list[str]:
    """The patterns of a form's lines. Raises ValidationError for one that no path can match."""
    patterns = [line.strip() for line in text.splitlines() if line.strip()]
    for pattern in patterns:
        if not pattern.startswith(("/", "*")):
            raise ValidationError(
                _("“%(pattern)s” is not a path: begin it with /, such as /politics/*"),
                params={"pattern": pattern},
            )
    return patterns


def is_wanted(url: str, *, include: str, exclude: str) -> bool:
    """Whether an address lies under a wanted path, or all are, and under no unwanted one. A pattern without * names a folder."""
    path = urlsplit(url).path or "/"
    wanted, unwanted = include.splitlines(), exclude.splitlines()
    return (not wanted or any(_fits(path, p) for p in wanted)) and not any(_fits(path, p) for p in unwanted)


def _fits(path: str, pattern: str) -> bool:
    if "*" in pattern or "?" in pattern:
        return fnmatchcase(path, pattern)
    folder = pattern.rstrip("/")
    return path == folder or path.startswith(f"{folder}/")
