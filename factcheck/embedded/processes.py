"""Child processes that die with us, and are known again by pid file after we died without a word.

On Linux the kernel ends a child when its parent dies (prctl(2), PR_SET_PDEATHSIG). Elsewhere `watchdog.py` does it.
"""

import contextlib
import ctypes
import json
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from factcheck.embedded.problems import Problem

LINUX = sys.platform.startswith("linux")
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
# Loaded before any fork: a child between fork and exec must not take the import lock.
_libc = ctypes.CDLL(None) if LINUX else None


def die_with_parent(last_signal: int = signal.SIGKILL, parent: int | None = None) -> None:
    """Ask the kernel to send this process `last_signal` when its parent dies; does nothing outside Linux.

    `parent` is the pid that should still be the parent: one that died before the call is noticed too.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, last_signal)
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), last_signal)


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: str | None = None,
    last_signal: int = signal.SIGTERM,
    pid_file: Path | None = None,
    stdin: bytes | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, appending its output to `log`; it gets `last_signal` when we die.

    Call it from the main thread only: the kernel counts the death of the thread that forked. `user` is whom to become
    (root only). `stdin` is written to the child at once and must fit a pipe (some kilobytes).
    """
    parent = os.getpid()
    # Popen drops the privileges before it calls preexec_fn; the other way round the kernel forgets the death signal.
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        child = subprocess.Popen(
            [os.fspath(part) for part in command],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=output,
            stderr=output,
            env=None if env is None else dict(env),
            cwd=cwd,
            start_new_session=True,
            pass_fds=pass_fds,
            preexec_fn=lambda: die_with_parent(last_signal, parent),
            **identity(user),
        )
    if pid_file is not None:
        remember(child.pid, pid_file)
    if stdin is not None and child.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(stdin)
            child.stdin.close()
    return child


def started_at(pid: int) -> str | None:
    """What tells this process from a later one with the same pid; None when there is no such process, or a dead one."""
    if LINUX:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return None
        # The command's name may hold spaces and brackets; the fields are counted from the last one (proc(5)).
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] in "ZX" else f"{boot} {fields[19]}"
    shown = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip() or None


def remember(pid: int, pid_file: Path) -> None:
    """Write a pid file that `find` can trust."""
    pid_file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(pid_file, json.dumps({"pid": pid, "started": started_at(pid)}))


def find(pid_file: Path) -> int | None:
    """The pid in `pid_file`, if that very process still runs; a pid that was given to another process is not found."""
    try:
        written = json.loads(pid_file.read_text())
        pid, started = int(written["pid"]), written["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pid if started and started_at(pid) == started else None


def end(pid: int, steps: Sequence[tuple[int, float]], *, group: bool = True) -> bool:
    """End a process that need not be our child: each signal in turn, with the seconds to wait after it, then SIGKILL.

    With `group`, what is left of its process group is killed too. True when a signal of `steps` was enough.
    """
    started = started_at(pid)
    gently = False
    for number, seconds in steps:
        if started is None or started_at(pid) != started:
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if gone(pid, started, seconds):
            gently = True
            break
    else:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        gone(pid, started, 10)
    if group:
        # A session's leader has its own pid as process group; what it forked is still in it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    return gently


def gone(pid: int, started: str | None, seconds: float) -> bool:
    """Wait up to `seconds` until the process that started then has ended; reaps it if it is our child."""
    until = time.monotonic() + seconds
    while True:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        if started_at(pid) != started:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.02)


def end_by_pid_file(pid_file: Path, steps: Sequence[tuple[int, float]]) -> None:
    """End the process that an earlier start left behind, if it is still that one, and remove the pid file."""
    pid = find(pid_file)
    if pid is not None:
        end(pid, steps)
    pid_file.unlink(missing_ok=True)


def free_port() -> int:
    """A loopback port that was free a moment ago; whoever binds it must be ready to ask for another."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def replace_file(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file in one step: a reader, or a crash, sees the old text or the new one. Private by default."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def identity(user: str | None) -> dict[str, Any]:
    """The arguments that make Popen and run become `user`; none for None."""
    if user is None:
        return {}
    account = pwd.getpwnam(user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def drop_to() -> str | None:
    """The account for servers that refuse to run as root; None when we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    if not LINUX:
        raise Problem("The built-in database does not run as root here. Start it as an ordinary user.")
    return "nobody"
