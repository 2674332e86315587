"""Where this installation keeps its own things, who uses them now, and what its processes are told."""

import contextlib
import fcntl
import hashlib
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factcheck.embedded import ROOT, processes
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.problems import Problem
from factcheck.embedded.secrets import secret
from factcheck.embedded.valkey import Valkey


@dataclass
class Installation:
    """The folder var/ of a clone: databases, secrets, logs. One command at a time owns it, by a lock.

    FACTCHECK_VAR puts it elsewhere.
    """

    var: Path = field(
        default_factory=lambda: Path(os.environ.get("FACTCHECK_VAR") or ROOT / "var").absolute()
    )

    def __post_init__(self) -> None:
        self.logs = self.var / "log"
        self.secrets = self.var / "secrets.json"
        self.sign_ins = self.var / "sign-ins.json"
        self.static = self.var / "static"
        self.running = self.var / "running.json"
        self.state = self.var / "state.json"

    def postgres(self) -> Postgres:
        return Postgres(self.var / "postgres", self.logs / "postgres.log", self.secrets)

    def valkey(self) -> Valkey:
        return Valkey(self.var / "valkey", self.logs / "valkey.log", self.secrets)

    @contextlib.contextmanager
    def owned(self, command: str) -> Iterator[None]:
        """Own the installation while the block runs. Raises Problem, with the address, when another command does."""
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        with (self.var / "run.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Problem(self._who()) from None
            self.running.unlink(missing_ok=True)
            lock.truncate(0)
            lock.write(json.dumps({"command": command, "pid": os.getpid()}))
            lock.flush()
            try:
                yield
            finally:
                self.running.unlink(missing_ok=True)

    def _who(self) -> str:
        current = self.current()
        if current.get("address"):
            return f"The desk is running already, at {current['address']} (process {current['pid']})."
        with contextlib.suppress(OSError, ValueError, KeyError):
            holder = json.loads((self.var / "run.lock").read_text())
            return (
                f"`manage.py {holder['command']}` (process {holder['pid']}) is using this desk's database. "
                "Try again when it has started or ended."
            )
        return "Another command is using this desk's database. Try again when it has ended."

    def publish(self, *, environment: dict[str, str], address: str = "") -> None:
        """Let other commands find the servers that this process has started."""
        pid = os.getpid()
        known = {
            "pid": pid,
            "started": processes.started_at(pid),
            "address": address,
            "environment": environment,
        }
        processes.replace_file(self.running, json.dumps(known))

    def current(self) -> dict[str, Any]:
        """What the owner published, if that process still lives; else empty."""
        with contextlib.suppress(OSError, ValueError, KeyError):
            known = json.loads(self.running.read_text())
            if known["started"] and processes.started_at(known["pid"]) == known["started"]:
                return dict(known)
        return {}

    def remember(self, **facts: object) -> None:
        processes.replace_file(self.state, json.dumps(self.recall() | facts))

    def recall(self) -> dict[str, Any]:
        """What earlier starts wrote down with `remember`."""
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads(self.state.read_text()))
        return {}

    def environment(self, *, database: str, broker: str, host: str = "127.0.0.1") -> dict[str, str]:
        """The settings of the desk's processes on one machine; what the person has set themselves holds."""
        ours = {
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "FACTCHECK_LOCAL": "1",
            "SECRET_KEY": secret(self.secrets, "django"),
            "STATIC_ROOT": str(self.static),
            "MEDIA_ROOT": str(self.var / "media"),
            "ALLOWED_HOSTS": ",".join(names_of(host)),
        }
        given = {name: os.environ[name] for name in ours if os.environ.get(name)}
        return ours | given | {"DATABASE_URL": database, "REDIS_URL": broker}


def names_of(host: str) -> list[str]:
    """By which names a browser may ask for a desk that listens on `host`."""
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host}
    if host in ("0.0.0.0", "::"):  # noqa: S104
        names |= {socket.gethostname(), socket.getfqdn()}
        with contextlib.suppress(OSError):
            names.update(socket.gethostbyname_ex(socket.gethostname())[2])
    return sorted(names)


def static_fingerprint() -> str:
    """Changes whenever a style sheet, a script or a package that may bring some changes."""
    files = [
        *(ROOT / "static").rglob("*"),
        *(ROOT / "factcheck").glob("*/static/**/*"),
        ROOT / "requirements.txt",
    ]
    seen = hashlib.sha256()
    for file in sorted(files):
        about = file.stat()
        seen.update(f"{file.relative_to(ROOT)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()
