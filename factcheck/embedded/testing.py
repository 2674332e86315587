"""`manage.py test`: pytest on a PostgreSQL and a Valkey that exist for this one run, or on those of TEST_*_URL."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from factcheck.embedded import ROOT, processes
from factcheck.embedded.postgres import FAST_AND_FORGETFUL, Postgres
from factcheck.embedded.problems import require_room
from factcheck.embedded.valkey import Valkey

# Settings of the person's own desk; a test that saw one would work on real data.
OF_A_REAL_DESK = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "ALLOWED_HOSTS",
    "DEBUG",
    "STATIC_ROOT",
)


def run(arguments: Sequence[str]) -> int:
    """Run pytest with `arguments` and give its exit status."""
    var = ROOT / "var"
    var.mkdir(mode=0o700, exist_ok=True)
    require_room(var)
    clear_up(var)
    # A request to end becomes an exception, so that the servers are stopped and the folder goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    with own_folder(var) as folder, servers(folder) as addresses:
        environment = {name: value for name, value in os.environ.items() if name not in OF_A_REAL_DESK}
        environment |= addresses | {
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "FACTCHECK_LOCAL": "1",
            "FACTCHECK_TESTING": "1",
            "FACTCHECK_TEST_FOLDER": str(folder),
            # The number of this run keeps two runs on one server apart.
            "FACTCHECK_KEY_PREFIX": f"test-{os.getpid()}",
            "SECRET_KEY": "for-tests-only",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
        }
        return pytest([sys.executable, "-m", "pytest", *(arguments or in_parallel())], environment)


def in_parallel() -> list[str]:
    """The options with which the whole suite runs: a process for each processor, up to four."""
    processes_wanted = min(4, os.cpu_count() or 1)
    return ["-n", str(processes_wanted), "--dist", "worksteal"] if processes_wanted > 1 else []


def pytest(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run pytest in our process group, so that Ctrl-C reaches it too, and wait for it to report and end."""
    parent = os.getpid()
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        preexec_fn=lambda: processes.die_with_parent(signal.SIGTERM, parent),
    )
    interrupted = 0
    try:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                # The first Ctrl-C is pytest's, which reports what it has; a second one ends it.
                interrupted += 1
                if interrupted > 1:
                    raise
    finally:
        if child.poll() is None:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)
            child.kill()
            child.wait()


@contextlib.contextmanager
def own_folder(var: Path) -> Iterator[Path]:
    """A folder for this run under var/, locked while we live, removed at the end."""
    folder = Path(tempfile.mkdtemp(dir=var, prefix="test-"))
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def clear_up(var: Path) -> None:
    """Remove the folders of runs that were killed, and stop what they left running."""
    for folder in var.glob("test-*"):
        with contextlib.suppress(OSError), (folder / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for pid_file in folder.glob("**/*.pid"):
                processes.end_by_pid_file(pid_file, ((signal.SIGQUIT, 5.0),))
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[dict[str, str]]:
    """The addresses of the database and the broker for this run, which are stopped at the end."""
    secrets = folder / "secrets.json"
    with contextlib.ExitStack() as stack:
        database = os.environ.get("TEST_DATABASE_URL", "")
        if not database:
            postgres = Postgres(
                folder / "postgres", folder / "postgres.log", secrets, options=FAST_AND_FORGETFUL
            )
            stack.callback(postgres.stop)
            postgres.start()
            database = postgres.url
        broker = os.environ.get("TEST_REDIS_URL", "")
        if not broker:
            valkey = Valkey(folder / "valkey", folder / "valkey.log", secrets, durable=False)
            stack.callback(valkey.stop)
            valkey.start()
            broker = valkey.url
        yield {"DATABASE_URL": database, "REDIS_URL": broker}
