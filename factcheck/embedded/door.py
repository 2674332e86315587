"""The port that the desk listens on, bound before anything is started and kept while the web server is restarted."""

import errno
import socket
from urllib.parse import urlsplit

from factcheck.embedded.problems import Problem

FIRST_PORT = 8000
LAST_PORT = 8099


def listen(host: str, port: int | None) -> socket.socket:
    """A listening socket on `port`, or on the first free one from FIRST_PORT. Raises Problem."""
    if port is not None:
        door = _bind(host, port)
        if door is None:
            raise Problem(f"Port {port} on {host} is taken by another program. Choose another with --port.")
        return door
    for candidate in range(FIRST_PORT, LAST_PORT + 1):
        door = _bind(host, candidate)
        if door is not None:
            return door
    raise Problem(
        f"All ports from {FIRST_PORT} to {LAST_PORT} on {host} are taken. Choose another with --port."
    )


def _bind(host: str, port: int) -> socket.socket | None:
    if not 0 <= port <= 65535:
        raise Problem(f"{port} is not a port; ports are numbers from 1 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except socket.gaierror:
        raise Problem(f"There is no address called {host} on this machine.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        if error.errno == errno.EACCES:
            raise Problem(f"Port {port} is reserved for root. Choose one above 1023 with --port.") from None
        if error.errno == errno.EADDRNOTAVAIL:
            raise Problem(f"{host} is not an address of this machine.") from None
        raise


def address(door: socket.socket) -> str:
    """What to type into a browser on this machine to reach `door`."""
    host, port = door.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def port_of(url: str) -> int:
    """The port in an address."""
    return urlsplit(url).port or 80
