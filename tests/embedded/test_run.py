"""`manage.py run`, as a person meets it: it starts, survives the death of any of its processes, and leaves nothing."""

import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from factcheck.embedded import ROOT, processes
from tests.embedded.conftest import NAMES, StartedDesk
from tests.support.servers import until

pytestmark = pytest.mark.worker


def family(desk: StartedDesk) -> list[psutil.Process]:
    """Every process below `run`, children's children too."""
    return psutil.Process(desk.child.pid).children(recursive=True)


def write_a_row(desk: StartedDesk, text: str) -> None:
    with psycopg.connect(desk.database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (text text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [text])


def rows(desk: StartedDesk) -> set[str]:
    with psycopg.connect(desk.database) as connection:
        return {text for (text,) in connection.execute("SELECT text FROM kept")}


def test_run_says_where_it_is_and_how_to_sign_in(desk) -> None:
    sign_ins = json.loads((desk.var / "sign-ins.json").read_text())["users"]
    assert desk.is_ready()
    assert desk.address in desk.said()
    assert sign_ins
    for user in sign_ins:
        assert user["username"] in desk.said()
        assert user["password"] in desk.said()


def test_secrets_are_for_the_owner_only(desk) -> None:
    for private in ("secrets.json", "sign-ins.json", "running.json", "."):
        assert stat.S_IMODE((desk.var / private).stat().st_mode) & 0o077 == 0, private


def test_built_in_servers_refuse_whom_they_do_not_know(desk) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(psycopg.conninfo.make_conninfo(desk.database, password="guessed"))
    with pytest.raises(redis.AuthenticationError), redis.Redis(port=broker_port(desk)) as client:
        client.ping()


def broker_port(desk: StartedDesk) -> int:
    return redis.connection.parse_url(desk.known()["environment"]["REDIS_URL"])["port"]


def test_second_run_names_the_address_of_the_first(desk) -> None:
    assert desk.address in desk.fails()


def test_other_commands_use_the_running_desk(desk) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", "from django.conf import settings; print(settings.DATABASES['default']['PORT'])"],
        cwd=ROOT, env=desk.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == str(psycopg.conninfo.conninfo_to_dict(desk.database)["port"]), done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_killed_process_is_started_again_and_nothing_is_lost(desk, name: str) -> None:
    write_a_row(desk, name)
    with redis.Redis.from_url(desk.known()["environment"]["REDIS_URL"]) as client:
        client.rpush("kept", name)
    old = desk.pid(name)

    os.kill(old, signal.SIGKILL)

    until(lambda: desk.pid(name) not in (None, old), f"a new {name}")
    until(desk.is_ready, "a desk that is ready again")
    assert name in rows(desk)
    with redis.Redis.from_url(desk.known()["environment"]["REDIS_URL"]) as client:
        assert name.encode() in client.lrange("kept", 0, -1)
    assert "SIGKILL" in desk.said()


def test_killed_run_leaves_no_process_and_its_data_is_there_at_the_next(stopped_desk) -> None:
    desk = stopped_desk
    desk.start()
    write_a_row(desk, "before")
    below = family(desk)
    assert len(below) >= len(NAMES)

    desk.kill()

    until(lambda: not any(process.is_running() for process in below), "the end of every process")
    desk.start()
    assert rows(desk) == {"before"}
    below = family(desk)
    assert desk.stop() == 0
    assert not any(process.is_running() for process in below)
    assert not list(desk.var.glob("*.pid"))
    assert "shut down" in (desk.var / "log" / "postgres.log").read_text().splitlines()[-1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_ordinary_user_runs_it_in_a_folder_that_nobody_else_may_enter(tmp_path_factory) -> None:
    user = "nobody"
    home = Path(tmp_path_factory.mktemp("home"))
    # pytest's own folders are root's alone.
    for folder in (home, *home.parents):
        if folder.owner() == "root" and not folder.stat().st_mode & 0o001:
            if not folder.name.startswith(("pytest-", "home")):
                pytest.skip(f"{folder} is closed to ordinary users")
            folder.chmod(0o711)
    python = subprocess.run(
        [sys.executable, "-c", "import django"], check=False, capture_output=True, **processes.identity(user)
    ) if _may_run(user) else None  # fmt: skip
    if python is None or python.returncode:
        pytest.skip("this Python lies where ordinary users cannot run it")
    clone = home / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".venv", ".git", "var", "__pycache__"))
    for path in (clone, *clone.rglob("*")):
        os.chown(path, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    clone.chmod(0o700)
    desk = StartedDesk(clone / "var", root=clone, user=user)
    desk.output = home / "out"

    desk.start()

    assert desk.is_ready()
    assert psutil.Process(desk.pid("postgres")).username() == user
    assert desk.stop() == 0


def _may_run(user: str) -> bool:
    try:
        subprocess.run(
            [sys.executable, "-V"], check=True, capture_output=True, cwd="/", **processes.identity(user)
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
