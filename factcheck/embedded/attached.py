"""The database for every other command (`manage.py shell`, `migrate`, …) where DATABASE_URL names none.

While `manage.py run` runs, its servers are used; else they are started for as long as the command takes.
"""

import contextlib
import os
import signal
from collections.abc import Iterator, Sequence

from factcheck.embedded.installation import Installation
from factcheck.embedded.problems import require_room

# These look at files only, and must not wait for a server.
NEED_NONE = {
    "",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "extract",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "startapp",
    "startproject",
    "version",
}


@contextlib.contextmanager
def database_for(argv: Sequence[str]) -> Iterator[None]:
    """Have DATABASE_URL and the settings of this machine's desk in os.environ while `argv` is done. Raises Problem."""
    command = argv[1] if len(argv) > 1 else ""
    asks_for_help = command.startswith("-") or "--help" in argv or "-h" in argv
    if os.environ.get("DATABASE_URL") or command in NEED_NONE or asks_for_help:
        yield
        return
    home = Installation()
    current = home.current()
    if current:
        os.environ.update(current["environment"])
        yield
        return
    with home.owned(command), contextlib.ExitStack() as stack:
        require_room(home.var)
        # A request to end becomes an exception, so that the servers are stopped.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        postgres, valkey = home.postgres(), home.valkey()
        stack.callback(postgres.stop)
        postgres.start()
        broker = os.environ.get("REDIS_URL", "")
        if not broker:
            stack.callback(valkey.stop)
            valkey.start()
            broker = valkey.url
        environment = home.environment(database=postgres.url, broker=broker)
        os.environ.update(environment)
        home.publish(environment=environment)
        yield
