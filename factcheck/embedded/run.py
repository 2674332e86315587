"""`manage.py run`: everything that the desk needs on one machine, started, watched and stopped by one command."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NoReturn

from factcheck.embedded import ROOT, door, processes, programs
from factcheck.embedded.addresses import check_broker, check_database
from factcheck.embedded.installation import Installation, static_fingerprint
from factcheck.embedded.postgres import STOP_STEPS as POSTGRES_STOPS
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.problems import Problem, last_line, require_room
from factcheck.embedded.supervisor import Service, Supervisor
from factcheck.embedded.valkey import STOP_STEPS as VALKEY_STOPS
from factcheck.embedded.valkey import Valkey
from factcheck.embedded.watchdog import start_watchdog

# A worker ends its job first; one that takes longer gives it back to the queue.
WORKER_STOPS = ((signal.SIGTERM, 20.0), (signal.SIGQUIT, 10.0))
OTHER_STOPS = ((signal.SIGTERM, 15.0),)
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Ctrl-C, or a request to end."""


def run(arguments: Sequence[str]) -> int:
    """Start the desk and stay with it until a signal ends it. Raises Problem."""
    options = parse(arguments)
    installation = Installation()
    with installation.owned("run"):
        desk = Desk(options, installation)
        for number in SIGNALS:
            signal.signal(number, _stop)
        try:
            desk.start()
            desk.supervisor.watch()
        except Stopped:
            say("Stopping …")
            return 0
        finally:
            for number in SIGNALS:
                signal.signal(number, signal.default_int_handler)
            desk.supervisor.stop()


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="manage.py run", description="Start the whole desk on this machine. Ctrl-C stops it."
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument(
        "--port", type=int, help=f"the port (default: {door.FIRST_PORT}, or the next that is free)"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--empty", action="store_true", help="start without the demonstration")
    which.add_argument(
        "--demo", action="store_true", help="load the demonstration, also where DATABASE_URL is set"
    )
    return parser.parse_args(arguments)


class Desk:
    """The desk's processes on this machine. `start` brings them up in order; the supervisor keeps and stops them."""

    def __init__(self, options: argparse.Namespace, installation: Installation) -> None:
        self.options = options
        self.home = installation
        self.supervisor = Supervisor(say=say)

    def start(self) -> None:
        """Return when every process answers and the address is printed. Raises Problem."""
        require_room(self.home.var)
        given_database, given_broker = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
        if given_database:
            check_database(given_database)
        if given_broker:
            check_broker(given_broker)
        self.door = door.listen(self.options.host, self.options.port)
        self.address = door.address(self.door)
        say("Starting the fact desk …")
        if self.options.port is None and door.port_of(self.address) != door.FIRST_PORT:
            say(f"Port {door.FIRST_PORT} is taken by another program; using {door.port_of(self.address)}.")

        if not processes.LINUX:
            # Its lifeline is never closed by us: it closes with this process, however that ends.
            self.watchdog = start_watchdog(self.home.var, self.home.logs / "watchdog.log")
        self._end_leftovers()
        self.environment = self.home.environment(
            database=given_database or self._start_server("database", self.home.postgres(), POSTGRES_STOPS),
            broker=given_broker or self._start_server("broker", self.home.valkey(), VALKEY_STOPS),
            host=self.options.host,
        )
        self._prepare(embedded=not given_database)
        self._start_processes()
        self.home.publish(environment=self.environment, address=self.address)
        print(self._welcome(), flush=True)

    def _end_leftovers(self) -> None:
        """End what a `run` that was killed may have left; the servers look after their own."""
        for name in ("web", "beat", "worker"):
            processes.end_by_pid_file(self.home.var / f"{name}.pid", OTHER_STOPS)

    def _start_server(
        self, name: str, server: Postgres | Valkey, stop_steps: tuple[tuple[int, float], ...]
    ) -> str:
        """Start a built-in server, hand it to the supervisor, and give its address."""

        def spawn() -> subprocess.Popen[bytes]:
            # What a killed server left (children, lock files) must be gone before its successor starts.
            server.clear_up()
            return server.spawn(server.port)

        service = Service(name, spawn, server.answers, stop_steps, server.pid_file, server.log)
        self.supervisor.add(service)
        try:
            server.start()
        finally:
            service.child = server.child
        service.started = time.monotonic()
        return server.url

    def _prepare(self, *, embedded: bool) -> None:
        """Migrate, make the first accounts (and the demonstration), gather static files that changed."""
        known = self.home.recall()
        # Only ever into an empty built-in database, or where it was asked for.
        demo = self.options.demo or (embedded and not self.options.empty and not known.get("bootstrapped"))
        fingerprint = static_fingerprint()
        gather = known.get("static") != fingerprint or not (self.home.static / "staticfiles.json").exists()
        log = self.home.logs / "prepare.log"
        if demo:
            say("Loading the demonstration …")
        child = processes.spawn(
            [
                *(sys.executable, "-m", "factcheck.embedded.prepare"),
                f"--credentials={self.home.sign_ins}",
                *(["--demo"] if demo else []),
                *(["--static"] if gather else []),
            ],
            log=log,
            cwd=ROOT,
            env=self._child_environment(),
            pid_file=self.home.var / "prepare.pid",
        )
        try:
            if child.wait():
                raise Problem(f"{last_line(log)} (see {log})")
        finally:
            processes.end(child.pid, OTHER_STOPS)
            (self.home.var / "prepare.pid").unlink(missing_ok=True)
        self.home.remember(static=fingerprint, **({"bootstrapped": True} if embedded else {}))

    def _start_processes(self) -> None:
        """Start worker, beat and web server side by side, and wait until each answers and the desk calls itself ready."""
        name = "worker@localhost"
        environment = self._child_environment()
        schedule, sign = self.home.var / "beat-schedule", self.home.var / "beat-ticks"
        # Beat answers to nobody; it leaves this file when it begins to tick (factcheck/celery.py).
        environment["FACTCHECK_BEAT_SIGN"] = str(sign)
        sign.unlink(missing_ok=True)
        number = self.door.fileno()

        def worker_answers() -> bool:
            broker = self.environment["REDIS_URL"]
            return programs.worker_answers(broker=broker, key_prefix=programs.key_prefix(), name=name)

        for what, command, answers, stop_steps in (
            (
                "worker",
                programs.worker(name=name, processes=min(4, os.cpu_count() or 1)),
                worker_answers,
                WORKER_STOPS,
            ),
            (
                "beat",
                programs.beat(schedule=schedule),
                sign.exists,
                OTHER_STOPS,
            ),
            (
                "web",
                programs.web(socket_number=number),
                lambda: programs.page_answers(self.address, "/healthz"),
                OTHER_STOPS,
            ),
        ):
            log, pid_file = self.home.logs / f"{what}.log", self.home.var / f"{what}.pid"

            def spawn(
                command: list[str] = command, what: str = what, log=log, pid_file=pid_file
            ) -> subprocess.Popen[bytes]:
                return processes.spawn(
                    command,
                    log=log,
                    cwd=ROOT,
                    env=environment,
                    pid_file=pid_file,
                    # With us its servers go too. A warm stop would wait for them; jobs survive a cold one.
                    last_signal=signal.SIGKILL,
                    pass_fds=(number,) if what == "web" else (),
                )

            service = Service(what, spawn, answers, stop_steps, pid_file, log)
            self.supervisor.add(service)
            service.start()
        self.supervisor.wait_until_all_answer(120)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        """The whole chain: the web server has seen the database, the broker and a sign of the worker's life."""
        until = time.monotonic() + 60
        while not programs.page_answers(self.address, "/readyz"):
            self.supervisor.tick()
            if time.monotonic() > until:
                raise Problem(f"The desk started, but does not call itself ready (see {self.home.logs})")
            time.sleep(0.1)

    def _child_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "PYTHONUNBUFFERED": "1"}

    def _welcome(self) -> str:
        lines = ["", f"The fact desk is at  {self.address}", ""]
        try:
            users = json.loads(self.home.sign_ins.read_text())["users"]
        except (OSError, ValueError, KeyError):
            users = []
        if users:
            width = max(len(user["username"]) for user in users)
            lines.append("Sign in as (these are the first passwords; those changed since are not known here)")
            lines += [f"  {user['username']:<{width}}  {user['password']}  {user['role']}" for user in users]
            lines.append("")
        if self.options.host not in ("127.0.0.1", "localhost", "::1"):
            lines.append(
                "Others on your network can reach it, unencrypted: use this only where you trust them all."
            )
        lines.append(f"Logs: {self.home.logs}. Ctrl-C stops everything.")
        return "\n".join(lines)


def say(text: str) -> None:
    """Tell the person at the terminal what happens, with the time where it is no first start."""
    print(text, file=sys.stderr, flush=True)


def _stop(*_: object) -> NoReturn:
    raise Stopped
