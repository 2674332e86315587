"""How the desk's own processes are started, and how one asks each whether it answers: for `run` and for the tests."""

import http.client
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

QUEUES = "extract,fetch,mail,export,celery"
_PYTHON = [sys.executable, "-m"]


def worker(*, name: str, processes: int) -> list[str]:
    """A Celery worker for all queues, with so many processes of its own."""
    return [
        *_PYTHON,
        *("celery", "--app=factcheck", "worker", f"--hostname={name}", f"--queues={QUEUES}"),
        *(f"--concurrency={processes}", "--loglevel=INFO", "--without-gossip", "--without-mingle"),
    ]


def beat(*, schedule: Path) -> list[str]:
    """Celery beat, which keeps the time of its last ticks in `schedule`."""
    return [
        *_PYTHON,
        "celery",
        "--app=factcheck",
        "beat",
        "--loglevel=INFO",
        f"--schedule={schedule}",
        "--pidfile=",
    ]


def web(*, socket_number: int, threads: int = 8) -> list[str]:
    """The web server, on a listening socket that it inherits: its parent keeps the port while it is restarted."""
    return [
        *_PYTHON,
        *("gunicorn", "factcheck.wsgi:application", f"--bind=fd://{socket_number}"),
        *("--worker-class=gthread", "--workers=1", f"--threads={threads}", "--no-control-socket"),
        # The heartbeat file of gunicorn's worker is rewritten every second; memory is the place for it.
        *(["--worker-tmp-dir=/dev/shm"] if Path("/dev/shm").is_dir() else []),  # noqa: S108
        *("--timeout=60", "--graceful-timeout=10", "--keep-alive=5"),
    ]


def key_prefix() -> str:
    """What the desk's keys in the broker begin with, as in the settings."""
    return os.environ.get("FACTCHECK_KEY_PREFIX", "factcheck")


def worker_answers(*, broker: str, key_prefix: str, name: str) -> bool:
    """Whether the worker called `name` answers a ping through the broker within a second."""
    from celery import Celery

    app = Celery("asking", broker=broker, set_as_current=False)
    app.conf.update(
        broker_transport_options={"global_keyprefix": f"{key_prefix}:", "socket_timeout": 5},
        broker_connection_retry=False,
    )
    try:
        return bool(app.control.ping(destination=[name], timeout=1.0))
    except app.connection().connection_errors:
        return False
    finally:
        app.close()


def page_answers(address: str, path: str, *, host: str | None = None) -> bool:
    """Whether the web server at `address` (http://host:port) answers 200 for `path` within five seconds."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host or place.netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
