"""The built-in servers and what keeps their processes apart from others'."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from factcheck.embedded import ROOT, processes, testing
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.valkey import Valkey
from factcheck.embedded.watchdog import start_watchdog
from tests.support.servers import until


@pytest.fixture
def postgres(tmp_path):
    server = Postgres(tmp_path / "postgres", tmp_path / "postgres.log", tmp_path / "secrets.json")
    yield server
    server.stop()


@pytest.fixture
def valkey(tmp_path):
    server = Valkey(tmp_path / "valkey", tmp_path / "valkey.log", tmp_path / "secrets.json")
    yield server
    server.stop()


def test_database_speaks_utf8_and_the_desk_is_no_superuser(postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        found = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale, "
            "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user) "
            "FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert found == ("UTF8", "b", "C.UTF-8", False)


def test_database_keeps_its_rows_over_a_kill_and_a_pid_that_is_now_another_s(postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    postgres.child.kill()
    postgres.child.wait()
    # As in a container that was started again: the number in the lock file is a process of ours.
    lock = postgres.data / "postmaster.pid"
    until(lambda: not any_backend_of(postgres.data), "the end of the killed server's children")
    lock.write_text("\n".join([str(os.getpid()), *lock.read_text().splitlines()[1:]]))

    postgres.start()

    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def any_backend_of(data: Path) -> bool:
    import psutil

    def at_home(process: psutil.Process) -> bool:
        try:
            return Path(process.cwd()) == data
        except (psutil.Error, OSError):
            return False

    return any(at_home(process) for process in psutil.process_iter() if process.name() == "postgres")


def test_half_made_database_is_made_anew(postgres) -> None:
    (postgres.folder / "making").mkdir(parents=True)
    (postgres.folder / "making" / "PG_VERSION").write_text("18\n")
    postgres.start()
    assert postgres.answers()


def test_broker_keeps_its_messages_over_a_kill(valkey) -> None:
    valkey.start()
    with redis.Redis.from_url(valkey.url) as client:
        client.rpush("jobs", "one")
    valkey.child.kill()
    valkey.child.wait()
    valkey.start()
    with redis.Redis.from_url(valkey.url) as client:
        assert client.lrange("jobs", 0, -1) == [b"one"]


def test_password_of_the_broker_is_not_in_the_list_of_processes(valkey) -> None:
    valkey.start()
    assert valkey.password not in " ".join(map(str, valkey.child.args))


@pytest.fixture
def sleeper(tmp_path):
    """A process that would sleep for long, with its pid file."""
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    processes.remember(child.pid, tmp_path / "web.pid")
    yield child
    child.kill()
    child.wait()


def test_pid_that_was_given_to_another_process_is_not_found(sleeper, tmp_path) -> None:
    assert processes.find(tmp_path / "web.pid") == sleeper.pid
    (tmp_path / "web.pid").write_text(f'{{"pid": {sleeper.pid}, "started": "another time"}}')
    assert processes.find(tmp_path / "web.pid") is None
    processes.end_by_pid_file(tmp_path / "web.pid", ((signal.SIGTERM, 1.0),))
    assert sleeper.poll() is None


def test_watchdog_ends_the_processes_of_a_starter_that_died(sleeper, tmp_path) -> None:
    watchdog = start_watchdog(tmp_path, tmp_path / "watchdog.log")
    assert sleeper.poll() is None
    os.close(watchdog.lifeline)
    assert sleeper.wait(60) == -signal.SIGTERM
    assert watchdog.child.wait(60) == 0


def test_killed_run_of_the_tests_is_cleared_up_by_the_next(tmp_path) -> None:
    script = (
        "import sys, pathlib, signal; from factcheck.embedded import testing\n"
        "with testing.own_folder(pathlib.Path(sys.argv[1])) as folder, testing.servers(folder):\n"
        "    print(folder, flush=True)\n"
        "    signal.pause()\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, env=clean, stdout=subprocess.PIPE, text=True
    )
    with child.stdout as said:
        folder = Path(said.readline().strip())
    pids = [processes.find(file) for file in folder.glob("*.pid")]
    assert len(pids) == 2

    testing.clear_up(tmp_path)
    assert folder.exists(), "a run that lives is left alone"
    child.kill()
    child.wait()
    testing.clear_up(tmp_path)

    assert not folder.exists()
    until(lambda: not any(processes.started_at(pid) for pid in pids), "the end of both servers")
