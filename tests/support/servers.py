"""A real worker and a real web server on the test database, as processes of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import connection

from factcheck.embedded import ROOT, processes, programs

FOLDER = Path(os.environ.get("FACTCHECK_TEST_FOLDER", "."))


def until(reached: Callable[[], bool], what: str, *, seconds: float = 60, every: float = 0.05) -> None:
    """Wait until `reached()` is true; fail the test, naming `what` was waited for, after so many seconds."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            raise AssertionError(f"not reached in {seconds:.0f} s: {what}")
        time.sleep(every)


def environment(**more: str) -> dict[str, str]:
    """This process's environment with the address of the test database, which pytest-django gave another name."""
    place = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return {**os.environ, "DATABASE_URL": place._replace(path=f"/{name}").geturl(), **more}


class Worker:
    """A Celery worker. `start`, `kill` and `stop` may follow one another as often as a test likes."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.log = folder / "worker.log"
        self.pid_file = folder / "worker.pid"
        self.name = f"tests{os.getpid()}@localhost"
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.child is not None, "the worker was not started"
        return self.child.pid

    @property
    def running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def start(self, **more: str) -> None:
        """Start it, with further environment variables where given, and wait until it takes work."""
        self.child = processes.spawn(
            programs.worker(name=self.name, processes=1),
            log=self.log,
            cwd=ROOT,
            env=environment(**more),
            pid_file=self.pid_file,
        )
        until(lambda: self._answers() or not self.running, "a worker that answers", every=0)
        assert self.running, f"the worker ended:\n{self.log.read_text()[-3000:]}"

    def kill(self) -> None:
        """SIGKILL, as a machine out of memory or out of power would: no warning, and its children die too."""
        os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.child.wait()
        self.child = None

    def stop(self) -> None:
        """A warm stop: it ends what it does first."""
        if self.child is not None:
            processes.end(self.pid, ((signal.SIGTERM, 20.0),))
            self.child.wait()
            self.child = None

    def restart(self, **more: str) -> None:
        """Start it again after a `kill`, or stop and start it, with further environment variables where given."""
        self.stop()
        self.start(**more)

    def settle(self, seconds: float = 60) -> None:
        """Wait until nothing is queued and nothing in work."""
        until(lambda: waiting_messages() == 0 and in_work() == 0, "a worker at rest", seconds=seconds)

    def _answers(self) -> bool:
        return programs.worker_answers(
            broker=os.environ["REDIS_URL"], key_prefix=settings.KEY_PREFIX, name=self.name
        )


def _broker() -> redis.Redis:
    return redis.Redis.from_url(os.environ["REDIS_URL"])


def waiting_messages() -> int:
    """How many jobs wait in the queues."""
    with _broker() as client:
        return sum(client.llen(f"{settings.KEY_PREFIX}:{queue}") for queue in programs.QUEUES.split(","))


def in_work() -> int:
    """How many jobs a worker has taken and not acknowledged."""
    with _broker() as client:
        return client.hlen(f"{settings.KEY_PREFIX}:unacked")


def forget_messages() -> None:
    """Drop the jobs that other tests sent: their rows are gone."""
    with _broker() as client:
        kinds = [*programs.QUEUES.split(","), "unacked", "unacked_index"]
        client.delete(*(f"{settings.KEY_PREFIX}:{kind}" for kind in kinds))


def forget_everything() -> None:
    """Remove every key of this run, for a broker that lives on after it."""
    with _broker() as client:
        for pattern in (f"{settings.KEY_PREFIX}:*", f"*:{settings.KEY_PREFIX}:*"):
            keys = list(client.scan_iter(pattern, count=1000))
            if keys:
                client.delete(*keys)


class Site:
    """The desk on a real web server, at `url`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.log = folder / "web.log"
        self.pid_file = folder / "web.pid"
        self.child: subprocess.Popen[bytes] | None = None
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def start(self, **more: str) -> None:
        number = self.socket.fileno()
        self.child = processes.spawn(
            programs.web(socket_number=number),
            log=self.log,
            cwd=ROOT,
            env=environment(**more),
            pid_file=self.pid_file,
            pass_fds=(number,),
        )
        until(
            lambda: self.child.poll() is not None or programs.page_answers(self.url, "/healthz"),
            "a web server that answers",
        )
        assert self.child.poll() is None, f"the web server ended:\n{self.log.read_text()[-3000:]}"

    def stop(self) -> None:
        if self.child is not None:
            processes.end(self.child.pid, ((signal.SIGTERM, 15.0),))
            self.child.wait()
            self.child = None

    def close(self) -> None:
        self.stop()
        self.socket.close()
