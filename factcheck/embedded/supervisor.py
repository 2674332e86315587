"""Watching the desk's processes: one that ends is started again, later each time; all are stopped in order at the end."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.embedded import processes
from factcheck.embedded.problems import Problem, last_line

LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps ending
STEADY = 60.0  # seconds after which a process counts as running well again
TRIES_AT_START = 3


@dataclass
class Service:
    """One process: how it is spawned, how one sees that it answers, and how it is stopped (signal, seconds to wait)."""

    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    answers: Callable[[], bool]
    stop_steps: tuple[tuple[int, float], ...]
    pid_file: Path
    log: Path
    child: subprocess.Popen[bytes] | None = None
    ends: int = 0
    started: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.child = self.spawn()

    def ended(self) -> int | None:
        """The exit status of a process that ended by itself (negative: the signal), else None."""
        return None if self.child is None else self.child.poll()

    def stop(self) -> None:
        if self.child is not None:
            processes.end(self.child.pid, self.stop_steps)
            self.child.wait()
            self.child = None
        self.pid_file.unlink(missing_ok=True)

    def kill(self) -> None:
        if self.child is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()


@dataclass
class Supervisor:
    """Services in the order of their start; they are stopped the other way round."""

    say: Callable[[str], None]
    services: list[Service] = field(default_factory=list)

    def add(self, service: Service) -> Service:
        self.services.append(service)
        return service

    def clear_up(self) -> None:
        """End what a start that was killed has left, the last started first."""
        for service in reversed(self.services):
            processes.end_by_pid_file(service.pid_file, service.stop_steps)

    def wait_until_all_answer(self, seconds: float) -> None:
        """Return when every service has answered once. Raises Problem for one that keeps ending, or says nothing."""
        waiting = [service for service in self.services if service.child is not None]
        until = time.monotonic() + seconds
        while waiting:
            for service in waiting[:]:
                if service.ended() is not None and service.ends >= TRIES_AT_START - 1:
                    raise Problem(
                        f"The {service.name} does not start: {last_line(service.log)} (see {service.log})"
                    )
                if service.ended() is None and service.child is not None and service.answers():
                    waiting.remove(service)
            self.tick()
            if time.monotonic() > until:
                names = " and the ".join(service.name for service in waiting)
                raise Problem(
                    f"The {names} did not answer within {seconds:.0f} seconds (see {waiting[0].log})"
                )
            time.sleep(0.05)

    def watch(self) -> None:
        """Keep every service running, until an exception (a signal's handler raises it) ends this."""
        while True:
            self.tick()
            time.sleep(0.2)

    def tick(self) -> None:
        """Look at each service once: note an end, and start again what is due."""
        now = time.monotonic()
        for service in self.services:
            status = service.ended()
            if status is not None:
                self._note_end(service, status, now)
            if service.child is None and service.started and now >= service.due:
                self._start_again(service)

    def _note_end(self, service: Service, status: int, now: float) -> None:
        service.kill()
        service.child = None
        service.ends = 1 if now - service.started > STEADY else service.ends + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (service.ends - 2)) if service.ends > 1 else 0.0
        service.due = now + pause
        how = f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
        when = f"in {pause:.0f} s" if pause else "now"
        self.say(f"The {service.name} {how}; it is started again {when} (see {service.log}).")

    def _start_again(self, service: Service) -> None:
        try:
            service.start()
        except (OSError, Problem) as problem:
            service.ends += 1
            service.due = time.monotonic() + LONGEST_PAUSE
            self.say(f"The {service.name} could not be started: {problem}")

    def stop(self) -> None:
        """Stop everything in order; a second Ctrl-C (KeyboardInterrupt) kills what is left."""
        try:
            for service in reversed(self.services):
                service.stop()
        except KeyboardInterrupt:
            self.say("Stopping at once.")
            for service in reversed(self.services):
                service.kill()
