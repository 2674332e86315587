"""A web server on loopback that does what no web server should, and serves ordinary pages too.

    def test_a_bomb(hostile_site):
        hostile_site.pages["/story"] = b"<p>an ordinary page</p>"
        fetch(hostile_site.url("/bomb?mb=200"), policy=hostile_site.policy())

| address | what it does |
| --- | --- |
| `/redirect?to=X&status=302` | redirects to X |
| `/loop` | redirects to itself by way of `/loop/back` |
| `/hops?left=3` | redirects so many times, then gives a page |
| `/endless`, `/endless-chunks` | a body without an end, plain or chunked |
| `/bomb?mb=100&coding=gzip&layers=1` | so many megabytes of zeros, packed (once, or several times over) |
| `/drip-headers`, `/drip-body` | sends a byte now and then, for ever |
| `/silent` | takes the request and says nothing |
| `/short` | ends before its Content-Length |
| `/long` | goes on behind its Content-Length |
| `/two-lengths`, `/same-length-twice` | names two lengths, or one twice |
| `/broken-chunks`, `/negative-chunk`, `/endless-chunk-size` | chunked, and not rightly so |
| `/broken-gzip`, `/cut-gzip`, `/unknown-coding`, `/packed?coding=deflate` | compression, wrong or (the last) right |
| `/wrong-charset` | says UTF-8 and is Latin-1 |
| `/status/404`, `/status/429?retry_after=7` | that status, with a Retry-After where asked |
| `/type?is=image/png` | a page under that content type |
| `/headers?count=500&size=100` | so many headers of that size |
| `/hang-up` | closes the connection without a word |
| `/not-http` | answers in another language |
| `/conditional` | has an ETag and a Last-Modified, and answers 304 to either |
| `/cookie` | sets a cookie |
| `/robots.txt` | `site.robots`: a text, or a status; 404 until set |

`site.requests` has every request as `Asked(path, headers)`; `site.pages` maps a path to bytes (an HTML page) or to a `Page`;
`site.behaviours` maps the first part of a path to a function that gives the bytes of an answer, head included.
"""

import gzip
import socket
import socketserver
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import redis
from django.conf import settings

ORDINARY = b"<!doctype html><title>A page</title><p>Losses came to 87 percent.</p>"
PAUSE = 0.05  # seconds between the bytes of a drip
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    headers: dict[str, str]


@dataclass(slots=True)
class Page:
    """An ordinary answer. `headers` come after Content-Type and Content-Length and may repeat them."""

    body: bytes = ORDINARY
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class HostileSite:
    """The server. `pages`, `robots` and `requests` as the module says; `close` it, or use it as a context."""

    def __init__(self, host: str = "127.0.0.1", *, certificate: tuple[str, str] | None = None) -> None:
        self.pages: dict[str, bytes | Page] = {}
        self.behaviours: dict[str, Callable[..., Iterator[bytes]]] = dict(BEHAVIOURS)
        self.robots: str | int = 404
        self.requests: list[Asked] = []
        self.ending = threading.Event()
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self._server = _Server((host, 0), partial(_Connection, self))
        self.host, self.port = self._server.server_address[:2]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="hostile site"
        )
        self._thread.start()

    def url(self, path: str = "/", *, host: str = "", scheme: str = "") -> str:
        """The address of a path, under another name for the same server if given."""
        scheme = scheme or ("https" if self.context else "http")
        return f"{scheme}://{host or self.host}:{self.port}{path}"

    def policy(self, kind: str = "page", **changes: object) -> object:
        """The fetching policy of that kind, with this server's port and loopback open, no delay and a short deadline."""
        from dataclasses import replace

        from factcheck.fetching import policy_for

        ours = {
            "ports": frozenset({self.port}),
            "allowed_networks": ("127.0.0.0/8", "::1/128"),
            "delay": 0.0,
            "deadline": 10.0,
            "robots": False,
        }
        return replace(policy_for(kind), **(ours | changes))

    def paths(self) -> list[str]:
        """The paths asked for, in order, with their queries."""
        return [asked.path for asked in self.requests]

    def close(self) -> None:
        self.ending.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "HostileSite":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def forget_visits() -> None:
    """Have the desk forget which hosts rest and what their robots.txt said: the next test's site is at the same address."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        for key in client.scan_iter(f"{settings.KEY_PREFIX}:*fetching:*"):
            client.delete(key)


@pytest.fixture
def hostile_site() -> Iterator[HostileSite]:
    with HostileSite() as site:
        yield site
    forget_visits()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    # Closing the server waits for its connections, which the event of the site ends.
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a client that gives up on us is what the tests are about."""


class _Connection(socketserver.BaseRequestHandler):
    def __init__(self, site: HostileSite, *rest: object) -> None:
        self.site = site
        super().__init__(*rest)  # type: ignore[arg-type]

    def handle(self) -> None:
        line: socket.socket = self.request
        line.settimeout(30)
        if self.site.context:
            line = self.site.context.wrap_socket(line, server_side=True)
        with line:
            head = b""
            while b"\r\n\r\n" not in head:
                came = line.recv(PIECE)
                if not came:
                    return
                head += came
                if not head.startswith(b"GET "):
                    line.sendall(_head(status=400))
                    return
            first, *rest = head.decode("latin-1").split("\r\n")
            path = first.split(" ")[1]
            headers = dict(each.split(": ", 1) for each in rest if ": " in each)
            asked = Asked(path, headers)
            self.site.requests.append(asked)
            for piece in self.answer(asked):
                if self.site.ending.is_set():
                    return
                line.sendall(piece)

    def answer(self, asked: Asked) -> Iterator[bytes]:
        parts = urlsplit(asked.path)
        query = dict(parse_qsl(parts.query))
        page = self.site.pages.get(asked.path) or self.site.pages.get(parts.path)
        if page is not None:
            return _whole(page if isinstance(page, Page) else Page(page))
        if parts.path == "/robots.txt":
            robots = self.site.robots
            return _whole(
                Page(status=robots) if isinstance(robots, int) else Page(robots.encode(), "text/plain")
            )
        own = {
            "drip-headers": partial(self.drip, b"HTTP/1.1 200 OK\r\nX-Slow: "),
            "drip-body": partial(self.drip, _head("Content-Type: text/html")),
            "silent": self.silent,
            "conditional": partial(_conditional, asked),
        }
        name, _, rest = unquote(parts.path).lstrip("/").partition("/")
        behaviour = own.get(name) or self.site.behaviours.get(name)
        if behaviour is None:
            return _whole(Page(status=404))
        return behaviour(**({"rest": rest} if rest else {}), **query)

    def drip(self, begin: bytes) -> Iterator[bytes]:
        yield begin
        while not self.site.ending.wait(PAUSE):
            yield b"x"

    def silent(self) -> Iterator[bytes]:
        self.site.ending.wait()
        yield b""


def _head(*headers: str, status: int = 200) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} So", *headers, "", ""]).encode("latin-1")


def _whole(page: Page) -> Iterator[bytes]:
    headers = {"Content-Type": page.type, "Content-Length": str(len(page.body)), **page.headers}
    yield _head(*(f"{name}: {value}" for name, value in headers.items()), status=page.status) + page.body


def _redirect(to: str, status: str = "302") -> Iterator[bytes]:
    return _whole(Page(b"", status=int(status), headers={"Location": to}))


def _loop(rest: str = "") -> Iterator[bytes]:
    return _redirect("/loop" if rest else "/loop/back")


def _hops(left: str) -> Iterator[bytes]:
    return _redirect(f"/hops?left={int(left) - 1}") if int(left) else _whole(Page())


def _endless() -> Iterator[bytes]:
    yield _head("Content-Type: text/html")
    while True:
        yield b"x" * PIECE


def _endless_chunks() -> Iterator[bytes]:
    yield _head("Content-Type: text/html", "Transfer-Encoding: chunked")
    while True:
        yield b"%x\r\n%s\r\n" % (PIECE, b"x" * PIECE)


WINDOWS = {"gzip": 31, "deflate": 15, "raw": -15}


def zeros(size: int, coding: str = "gzip", layers: int = 1) -> bytes:
    """So many zeros, packed so many times; the size is that of what is inside."""
    engine = zlib.compressobj(wbits=WINDOWS[coding])
    whole, rest = divmod(size, PIECE)
    body = b"".join([*(engine.compress(bytes(PIECE)) for _ in range(whole)), engine.compress(bytes(rest))])
    body += engine.flush()
    for _ in range(layers - 1):
        body = pack(body, coding)
    return body


def pack(body: bytes, coding: str) -> bytes:
    engine = zlib.compressobj(wbits=WINDOWS[coding])
    return engine.compress(body) + engine.flush()


def _bomb(mb: str = "100", coding: str = "gzip", layers: str = "1") -> Iterator[bytes]:
    body = zeros(int(mb) * 1_000_000, coding, int(layers))
    return _whole(Page(body, headers={"Content-Encoding": ", ".join([coding] * int(layers))}))


def _packed_page(coding: str = "gzip") -> Iterator[bytes]:
    body = pack(ORDINARY, coding)
    return _whole(Page(body, headers={"Content-Encoding": "deflate" if coding == "raw" else coding}))


def _raw(*pieces: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter(pieces)


def _endless_chunk_size() -> Iterator[bytes]:
    yield _head("Content-Type: text/html", "Transfer-Encoding: chunked")
    while True:
        yield b"0" * PIECE


def _negative_chunk() -> Iterator[bytes]:
    yield _head("Content-Type: text/html", "Transfer-Encoding: chunked") + b"-1\r\n"
    while True:
        yield b"x" * PIECE


def _status(rest: str, retry_after: str = "") -> Iterator[bytes]:
    return _whole(Page(status=int(rest), headers={"Retry-After": retry_after} if retry_after else {}))


def _headers(count: str = "500", size: str = "100") -> Iterator[bytes]:
    return _whole(Page(headers={f"X-{number}": "x" * int(size) for number in range(int(count))}))


def _conditional(asked: Asked) -> Iterator[bytes]:
    validators = {"ETag": '"one"', "Last-Modified": "Sun, 01 Nov 2026 10:00:00 GMT"}
    if (
        asked.headers.get("If-None-Match") == validators["ETag"]
        or asked.headers.get("If-Modified-Since") == validators["Last-Modified"]
    ):
        return iter([_head(*(f"{name}: {value}" for name, value in validators.items()), status=304)])
    return _whole(Page(headers=validators))


BEHAVIOURS: dict[str, Callable[..., Iterator[bytes]]] = {
    "redirect": _redirect,
    "loop": _loop,
    "hops": _hops,
    "endless": _endless,
    "endless-chunks": _endless_chunks,
    "bomb": _bomb,
    "packed": _packed_page,
    "short": _raw(_head("Content-Type: text/html", "Content-Length: 5000"), ORDINARY),
    "long": _raw(
        _head("Content-Type: text/html", f"Content-Length: {len(ORDINARY)}"), ORDINARY, b"more" * 100
    ),
    "two-lengths": _raw(
        _head("Content-Type: text/html", "Content-Length: 5", "Content-Length: 50"), ORDINARY
    ),
    "same-length-twice": _raw(
        _head("Content-Type: text/html", *[f"Content-Length: {len(ORDINARY)}"] * 2), ORDINARY
    ),
    "broken-chunks": _raw(
        _head("Content-Type: text/html", "Transfer-Encoding: chunked"), b"5\r\nhello\r\nzz\r\nno\r\n"
    ),
    "negative-chunk": _negative_chunk,
    "endless-chunk-size": _endless_chunk_size,
    "broken-gzip": _raw(
        _head("Content-Type: text/html", "Content-Encoding: gzip"), b"\x1f\x8b\x08 not really"
    ),
    "cut-gzip": _raw(
        _head("Content-Type: text/html", "Content-Encoding: gzip"), gzip.compress(ORDINARY)[:-9]
    ),
    "unknown-coding": _raw(_head("Content-Type: text/html", "Content-Encoding: rot13"), ORDINARY),
    "wrong-charset": partial(_whole, Page("<p>Zürich, 5 °C</p>".encode("latin-1"))),
    "status": _status,
    "type": lambda **query: _whole(Page(type=query["is"])),
    "headers": _headers,
    "hang-up": _raw(),
    "not-http": _raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "cookie": partial(_whole, Page(headers={"Set-Cookie": "session=1; Path=/"})),
}
