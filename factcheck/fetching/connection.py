"""One request to one checked address, over a socket on which no wait outlives the deadline.

http.client (standard library) reads the answer; no proxy, cookie or password of the environment takes part, because nothing here
asks for one. It bounds each header line (64 KiB) and their number (100); the rest is bounded here.
"""

import http.client
import io
import os
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from typing import Any

import certifi

from .addresses import Address
from .deadline import Deadline
from .location import Location
from .results import Failed, Reason

CONNECT_SECONDS = 10.0  # for one of several addresses
MAX_HEADER_CHARS = 64 * 1024
# What comes on top of a body: headers, the sizes of chunks, and compression of what cannot be compressed.
OVERHEAD_BYTES = 512 * 1024


@contextmanager
def asked(
    location: Location,
    addresses: Sequence[Address],
    *,
    headers: dict[str, str],
    deadline: Deadline,
    max_bytes: int,
) -> Iterator[http.client.HTTPResponse]:
    """Ask for the location at one of its checked addresses and give the answer with its headers read and its body not.

    The connection is closed at the end of the block, whatever is left in it. Raises Failed, also for what goes wrong while
    the block reads: unreachable, tls, timeout, too_big (more than twice `max_bytes` on the wire), broken.
    """
    with _reported(Reason.UNREACHABLE):
        line = _connected(addresses, location.port, deadline)
    try:
        if location.scheme == "https":
            with _reported(Reason.TLS):
                line.settimeout(deadline.left())
                line = trust().wrap_socket(line, server_hostname=location.host)
        with _reported(Reason.BROKEN):
            connection = http.client.HTTPConnection(location.host, location.port)
            connection.sock = _Line(line, deadline, limit=2 * max_bytes + OVERHEAD_BYTES)
            connection.putrequest("GET", location.path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": location.authority, **headers, "Connection": "close"}.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            _check_head(response)
            yield response
    finally:
        line.close()


@cache
def trust() -> ssl.SSLContext:
    """Whom to believe: the system's certificate authorities, or certifi's where the system brings none."""
    context = ssl.create_default_context()
    folder = ssl.get_default_verify_paths().capath
    if not (context.cert_store_stats()["x509_ca"] or (folder and any(os.scandir(folder)))):
        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


def connect(address: Address, port: int, seconds: float) -> socket.socket:
    """The one place where the desk opens a connection outwards. Raises OSError."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect((str(address), port))
    except OSError:
        line.close()
        raise
    return line


def _connected(addresses: Sequence[Address], port: int, deadline: Deadline) -> socket.socket:
    *others, last = addresses
    for address in others:
        try:
            return connect(address, port, min(deadline.left(), CONNECT_SECONDS))
        except OSError:
            continue
    return connect(last, port, deadline.left())


class _Line:
    """What http.client takes for its socket: each wait ends with the deadline, and what comes in is counted."""

    def __init__(self, line: socket.socket, deadline: Deadline, *, limit: int) -> None:
        self._line = line
        self._deadline = deadline
        self._limit = limit

    def sendall(self, data: bytes) -> None:
        self._line.settimeout(self._deadline.left())
        self._line.sendall(data)

    def receive_into(self, buffer: Any) -> int:
        self._line.settimeout(self._deadline.left())
        count = self._line.recv_into(buffer)
        self._limit -= count
        if self._limit < 0:
            raise Failed(Reason.TOO_BIG)
        return count

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self))

    def close(self) -> None:
        """Nothing: http.client closes its connection before the body is read; `asked` closes the socket."""


class _Incoming(io.RawIOBase):
    def __init__(self, line: _Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.receive_into(buffer)


def _check_head(response: http.client.HTTPResponse) -> None:
    """Refuse what leaves open where the body ends (RFC 9112, section 6.3) and headers beyond measure."""
    if sum(len(name) + len(value) for name, value in response.getheaders()) > MAX_HEADER_CHARS:
        raise Failed(Reason.BROKEN)
    codings = response.headers.get_all("Transfer-Encoding", [])
    lengths = {value.strip() for value in response.headers.get_all("Content-Length", [])}
    if codings and [coding.strip().lower() for coding in codings] != ["chunked"]:
        raise Failed(Reason.BROKEN, retry=False)
    if not codings and (
        len(lengths) > 1 or not all(value.isascii() and value.isdigit() for value in lengths)
    ):
        raise Failed(Reason.BROKEN, retry=False)
    if response.status < HTTPStatus.OK:
        raise Failed(Reason.BROKEN)


@contextmanager
def _reported(otherwise: Reason) -> Iterator[None]:
    """Turn the errors of sockets, TLS and HTTP into Failed, with the reason of the stage that they come from."""
    try:
        yield
    except TimeoutError as error:
        raise Failed(Reason.TIMEOUT) from error
    except (OSError, http.client.HTTPException, ValueError, LookupError) as error:
        raise Failed(otherwise) from error
