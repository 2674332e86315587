"""What goes wrong for the person at the terminal, told in one line instead of a traceback."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

# A first start writes about 60 MB of database and log files; below this it would stop half-way.
ROOM_NEEDED = 200_000_000  # bytes


class Problem(Exception):
    """A failure with a message of one line for the person who started the command."""


def told_in_one_line(command: Callable[[], int]) -> int:
    """Run `command` and give its exit status; a Problem or an operating system's refusal is printed as one line, status 1."""
    try:
        return command()
    except Problem as problem:
        print(problem, file=sys.stderr)
    except OSError as error:
        print(in_words(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130
    return 1


def in_words(error: OSError) -> str:
    """One line for an error of the operating system: a full disk, a missing permission."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where}. Free some space, then start again; nothing that was saved is lost."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Not allowed to write{where}: {os.strerror(error.errno)}. Run as the owner of this folder."
    return f"{error.strerror or error}{where}."


def require_room(folder: Path) -> None:
    """Raise Problem when the disk of `folder` has too little room for a start."""
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        raise Problem(
            f"The disk of {folder} is full: {free // 1_000_000} MB are free, "
            f"a start needs {ROOM_NEEDED // 1_000_000} MB. Free some space, then start again."
        )


def last_line(log: Path) -> str:
    """The last line of a log that says something, shortened; empty when there is none."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")
