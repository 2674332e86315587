"""The first-time set-up: makes `.venv` beside manage.py and installs the pinned requirements into it.

Standard library only, and Python 3.11 is enough: this runs before anything is installed, also where Python came without
pip and ensurepip (Debian). What is installed is written down in a stamp; a start that finds it right costs a few
milliseconds. FACTCHECK_NO_VENV=1 leaves the environment to you (containers, servers).
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.embedded import ROOT
from factcheck.embedded.problems import Problem, told_in_one_line

if TYPE_CHECKING:
    from factcheck.embedded.progress import Progress

RUNTIME = "requirements.txt"
TOOLS = "requirements-dev.txt"  # holds all of RUNTIME too
NEED_TOOLS = ("test", "screenshots")
# What the packages take when unpacked, with their compiled files.
ROOM = 1_200_000_000  # bytes
# Set for the process that we turn into, so that a broken .venv cannot send us round and round.
_HANDED_OVER = "_FACTCHECK_HANDED_OVER"


def ensure(argv: Sequence[str]) -> None:
    """Come back only inside a `.venv` that fits `argv`: set it up first if need be, then start `argv` again in it."""
    if os.environ.get("FACTCHECK_NO_VENV", "") not in ("", "0"):
        return
    status = told_in_one_line(lambda: _ensure(argv))
    if status:
        sys.exit(status)


def _ensure(argv: Sequence[str]) -> int:
    if os.name != "posix":
        raise Problem("The fact desk runs on Linux and macOS. On Windows, use it inside WSL.")
    command = argv[1] if len(argv) > 1 else ""
    tools = command in NEED_TOOLS or (command == "setup" and "--tools" in argv)
    environment = Environment(ROOT)
    inside = Path(sys.prefix) == environment.folder
    if environment.fits(tools=tools) and (not inside or environment.made_by_this_python()):
        if inside:
            os.environ.pop(_HANDED_OVER, None)
            return 0
    elif inside:
        # One cannot rebuild the branch one sits on: go back to the Python that this environment was made from.
        base = getattr(sys, "_base_executable", sys.executable)
        _become(base, argv)
    else:
        environment.set_up(tools=tools)
    _become(str(environment.python), argv)
    return 0


def _become(python: str, argv: Sequence[str]) -> None:
    turns = int(os.environ.get(_HANDED_OVER, "0"))
    if turns > 3:
        raise Problem("The set-up does not settle. Remove the folder .venv, then start again.")
    sys.stdout.flush()
    os.execve(python, [python, *argv], {**os.environ, _HANDED_OVER: str(turns + 1)})  # noqa: S606


class Environment:
    """The project's `.venv` and what is known about it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.stamp = self.folder / "factcheck-setup.json"
        # Present while a set-up is at work: what it left behind is not to be built upon.
        self.unfinished = self.folder / "factcheck-setup-unfinished"

    def fits(self, *, tools: bool) -> bool:
        """Whether what is installed is what the requirements say now."""
        known = self._read_stamp()
        names = [RUNTIME, TOOLS] if tools else [RUNTIME]
        return bool(known) and self.python.exists() and all(known.get(n) == self._hash(n) for n in names)

    def made_by_this_python(self) -> bool:
        """False after the system's Python was upgraded underneath the environment."""
        return self._read_stamp().get("python") == _version()

    def set_up(self, *, tools: bool) -> None:
        """Install what is missing. A second set-up waits for the first; an interrupted one is begun anew."""
        # Imported late: every start of manage.py comes through this file, and hardly any comes here.
        from factcheck.embedded.installer import install
        from factcheck.embedded.progress import Progress

        with self._alone() as lock, Progress() as progress:
            if self.fits(tools=tools):
                return
            if shutil.disk_usage(self.root).free < ROOM:
                raise Problem(
                    f"The disk of {self.root} is full: the set-up needs {ROOM / 1e9:.1f} GB. "
                    "Free some space, then start again."
                )
            known = self._read_stamp()
            # What another hand made (no stamp) is topped up; what we left half-done is not trusted.
            usable = self.python.exists() and not self.unfinished.exists()
            same_python = not known or known.get("python") == _version()
            # Both files, where both are in use: the runtime's hash alone would call the tools stale.
            tools = tools or TOOLS in known
            self.stamp.unlink(missing_ok=True)
            if not (usable and same_python):
                self._make(progress)
            self.unfinished.touch()
            install(
                self.python,
                self.root / (TOOLS if tools else RUNTIME),
                log=self.root / "var" / "log" / "setup.log",
                progress=progress,
                lock=lock,
            )
            names = [RUNTIME, TOOLS] if tools else [RUNTIME]
            self._write_stamp({"python": _version(), **{name: self._hash(name) for name in names}})
            self.unfinished.unlink()
            progress.done("Set up")

    def _make(self, progress: "Progress") -> None:
        import venv

        progress.phase("Making .venv")
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.folder.is_symlink():
            self.folder.unlink()
        self.folder.mkdir()
        self.unfinished.touch()
        venv.EnvBuilder(symlinks=True, with_pip=False).create(self.folder)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[int]:
        import fcntl

        lock = self.root / "var" / "setup.lock"
        lock.parent.mkdir(mode=0o700, exist_ok=True)
        with lock.open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another set-up is at work here; waiting for it.", file=sys.stderr, flush=True)
                fcntl.flock(held, fcntl.LOCK_EX)
            yield held.fileno()

    def _read_stamp(self) -> dict[str, str]:
        try:
            known = json.loads(self.stamp.read_text())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write_stamp(self, known: dict[str, str]) -> None:
        beside = self.stamp.with_suffix(".new")
        with beside.open("w") as file:
            file.write(json.dumps(known))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.stamp)

    def _hash(self, name: str) -> str:
        try:
            return hashlib.sha256((self.root / name).read_bytes()).hexdigest()
        except FileNotFoundError:
            raise Problem(f"{name} is missing in {self.root}; the clone is not complete.") from None


def _version() -> str:
    return f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
