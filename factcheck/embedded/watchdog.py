"""Ends the processes of a folder's pid files once a pipe is closed, which the death of its writer does too.

    python -m factcheck.embedded.watchdog DESCRIPTOR FOLDER

For systems whose kernel does not end children with their parent (macOS).
"""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from factcheck.embedded import ROOT, processes

# The servers last: what uses them ends first.
ORDER = ("prepare", "web", "beat", "worker", "valkey", "postgres")


@dataclass
class Watchdog:
    """A watching process, and the open file whose closing sets it off."""

    child: subprocess.Popen[bytes]
    lifeline: int


def start_watchdog(folder: Path, log: Path) -> Watchdog:
    """Start a watchdog over the pid files in `folder`."""
    reads, writes = os.pipe()
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "factcheck.embedded.watchdog", str(reads), str(folder)],
            cwd=ROOT,
            pass_fds=(reads,),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    os.close(reads)
    return Watchdog(child, writes)


def main(argv: list[str]) -> int:
    descriptor, folder = int(argv[1]), Path(argv[2])
    while os.read(descriptor, 1):
        pass
    for name in ORDER:
        # PostgreSQL takes SIGINT for a clean stop; SIGTERM would wait for its clients.
        first = signal.SIGINT if name == "postgres" else signal.SIGTERM
        processes.end_by_pid_file(folder / f"{name}.pid", ((first, 10.0),))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
