"""Where `manage.py run` cannot start it says why in one line."""

import errno
import os
import shutil
import socket
import threading
from urllib.parse import urlsplit

import pytest

from factcheck.embedded import door, problems


def test_taken_port(stopped_desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"Port {port}" in stopped_desk.fails(f"--port={port}")


def test_without_a_port_the_next_free_one_is_taken(monkeypatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        monkeypatch.setattr(door, "FIRST_PORT", taken)
        monkeypatch.setattr(door, "LAST_PORT", taken + 20)
        with door.listen("127.0.0.1", None) as found:
            assert taken < found.getsockname()[1] <= taken + 20


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "names no kind of database"),
        ("mysql://desk:secret@127.0.0.1/desk", "PostgreSQL only"),
        ("postgresql://desk:secret@127.0.0.1:port/desk", "not a database address"),
        ("postgresql://desk:secret@127.0.0.1:1/desk", "nothing answers"),
        ("postgresql://desk:secret@127.0.0.1:1", "names no database"),
        ("postgresql://desk:secret@no-such-host.invalid/desk", "no host called"),
    ],
)
def test_broken_database_address(stopped_desk, url: str, words: str) -> None:
    said = stopped_desk.fails(DATABASE_URL=url)
    assert words in said
    assert "secret" not in said


def test_wrong_password(stopped_desk) -> None:
    place = urlsplit(os.environ["DATABASE_URL"])
    wrong = place._replace(netloc=f"{place.username}:guessed@{place.hostname}:{place.port}").geturl()
    assert "refused the user name or password" in stopped_desk.fails(DATABASE_URL=wrong)


def test_unknown_database(stopped_desk) -> None:
    wrong = urlsplit(os.environ["DATABASE_URL"])._replace(path="/no_such_database").geturl()
    assert "does not know that database" in stopped_desk.fails(DATABASE_URL=wrong)


def test_something_else_than_postgresql_answers(stopped_desk) -> None:
    def answer() -> None:
        while True:
            try:
                connection, _ = other.accept()
            except OSError:
                return
            with connection:
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=answer, daemon=True).start()
        said = stopped_desk.fails(DATABASE_URL=f"postgresql://a:b@127.0.0.1:{other.getsockname()[1]}/c")
        other.shutdown(socket.SHUT_RDWR)
    assert "is not PostgreSQL" in said


@pytest.mark.parametrize(
    ("url", "words"),
    [("nonsense", "not a broker's address"), ("redis://127.0.0.1:1/0", "no broker answers")],
)
def test_broken_broker_address(stopped_desk, url: str, words: str) -> None:
    assert words in stopped_desk.fails(REDIS_URL=url)


def test_full_disk(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))

    def start() -> int:
        problems.require_room(tmp_path)
        return 0

    assert problems.told_in_one_line(start) == 1
    assert "full" in capsys.readouterr().err


def test_disk_that_fills_up_on_the_way(capsys) -> None:
    def start() -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "some/file")

    assert problems.told_in_one_line(start) == 1
    said = capsys.readouterr().err
    assert said.startswith("The disk is full")
    assert said.count("\n") == 1
