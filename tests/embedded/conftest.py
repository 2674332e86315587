"""`manage.py run` in a folder of its own, beside any desk that runs on this machine."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.embedded import ROOT, processes, programs
from tests.support.servers import until

# What this run of the tests was told must not reach a desk that is started like a person would.
OF_THE_TESTS = re.compile(
    r"FACTCHECK_|TEST_|DATABASE_URL|REDIS_URL|SECRET_KEY|STATIC_ROOT|MEDIA_ROOT|ALLOWED_HOSTS|DJANGO_|_FACTCHECK"
)


class StartedDesk:
    """`manage.py run` as a child process, with its data in `var`."""

    def __init__(self, var: Path, *, root: Path = ROOT, user: str | None = None) -> None:
        self.var = var
        self.root = root
        self.user = user
        self.output = var.with_name(f"{var.name}.out")
        self.child: subprocess.Popen[bytes] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not OF_THE_TESTS.match(name)}
        return {**kept, "FACTCHECK_VAR": str(self.var), "FACTCHECK_NO_VENV": "1", **more}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.root / "manage.py"), "run", *arguments]

    def fails(self, *arguments: str, **more: str) -> str:
        """Run it where it cannot start; what it said, which must be a line and no traceback."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment(**more),
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        lines = [line for line in done.stderr.splitlines() if not line.endswith("…")]
        assert len(lines) == 1, done.stderr
        return lines[0]

    def start(self, *arguments: str) -> None:
        self.child = processes.spawn(
            self.command("--empty", "--port=0", *arguments),
            log=self.output,
            env=self.environment(),
            cwd=self.root,
            user=self.user,
        )
        until(
            lambda: self.child.poll() is not None or bool(self.known()),
            "a desk that has published its address",
            seconds=180,
        )
        assert self.child.poll() is None, self.said()

    def known(self) -> dict:
        """What this start has published; what one before it left does not count."""
        try:
            known = json.loads((self.var / "running.json").read_text())
        except (OSError, ValueError):
            return {}
        return known if self.child is not None and known["pid"] == self.child.pid else {}

    def said(self) -> str:
        return self.output.read_text()

    @property
    def address(self) -> str:
        return self.known()["address"]

    @property
    def database(self) -> str:
        return self.known()["environment"]["DATABASE_URL"]

    def pid(self, name: str) -> int | None:
        """The process of that name (web, worker, beat, postgres, valkey) as its pid file has it."""
        return processes.find(self.var / f"{name}.pid")

    def is_ready(self) -> bool:
        return programs.page_answers(self.address, "/readyz")

    def stop(self) -> int:
        """Ask it to end as a service manager does; its exit status."""
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(90)

    def kill(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait()


NAMES = ("web", "worker", "beat", "postgres", "valkey")


@pytest.fixture
def stopped_desk(tmp_path: Path) -> Iterator[StartedDesk]:
    """A desk that was never started."""
    desk = StartedDesk(tmp_path / "var")
    yield desk
    desk.kill()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedDesk]:
    """A running desk, empty, on a free port."""
    started = StartedDesk(tmp_path_factory.mktemp("desk") / "var")
    started.start()
    yield started
    started.stop()
    started.kill()
