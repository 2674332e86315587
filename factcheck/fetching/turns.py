"""One fetch of a host at a time, and a rest after it, across all workers on all machines.

A turn is one key in Redis: while the fetch runs it holds the fetch's own token and expires a little after the fetch's deadline, so
that a dead worker's turn ends by itself; when the fetch is over it becomes the host's rest and expires with that. Only the
token's owner may turn it into a rest.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from .deadline import Deadline
from .location import Location
from .results import Failed, Reason

PATIENCE = 2.0  # seconds to wait here; longer waits are for the caller's own queue
LOOK_AGAIN = 0.1  # seconds
MARGIN = 5.0  # seconds that a turn outlives its deadline: for a socket's last wait and the way to Redis
TAKEN = 2.0  # seconds after which to come back when another fetch is at work
LONGEST_REST = 60.0  # seconds, whatever a site asks for

_RESTING = b"resting"
_RELEASE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
if tonumber(ARGV[3]) > 0 then redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3]) else redis.call('del', KEYS[1]) end
return 1
"""


@dataclass(slots=True)
class Turn:
    """A host that is ours for the moment. `rest` is how many seconds it is left alone afterwards; it may be raised."""

    host: str
    rest: float

    def leave_alone(self, seconds: float) -> None:
        """Have the host rest for so long at least, up to a minute."""
        self.rest = max(self.rest, min(seconds, LONGEST_REST))


@contextmanager
def turn(host: str, *, rest: float, deadline: Deadline) -> Iterator[Turn]:
    """Hold a host for the block. Raises Failed (busy) if it is not free within two seconds, or Redis does not answer."""
    key = _key(host)
    token = secrets.token_hex(16)
    held = Turn(host=host, rest=rest)
    _take(key, token, deadline)
    try:
        yield held
    finally:
        _give_back(key, token, held.rest)


def host_to_ask(url: str) -> str:
    """The host whose turn a fetch of this address waits for first; empty for what is no address that can be fetched."""
    try:
        return Location.parse(url, ports=frozenset(settings.FETCH_PORTS)).host
    except Failed:
        return ""


def rest_of(host: str) -> float:
    """The seconds that a host is left alone from now on. 0 if it is free, while a fetch is at it, or without Redis."""
    key = _key(host)
    try:
        return max(_client().pttl(key), 0) / 1000 if _client().get(key) == _RESTING else 0.0
    except RedisError:
        return 0.0


def _key(host: str) -> str:
    return f"{settings.KEY_PREFIX}:fetching:turn:{host}"


def _take(key: str, token: str, deadline: Deadline) -> None:
    until = time.monotonic() + min(PATIENCE, deadline.left())
    try:
        while not _client().set(key, token, nx=True, px=int((deadline.left() + MARGIN) * 1000)):
            holder, left = _client().get(key), max(_client().pttl(key), 0) / 1000
            wait = max(left, 0.01) if holder == _RESTING else LOOK_AGAIN
            if time.monotonic() + wait > until:
                raise Failed(Reason.BUSY, retry_after=left if holder == _RESTING else TAKEN)
            time.sleep(wait)
    except RedisError as error:
        raise Failed(
            Reason.BUSY,
            words=_("The desk's message broker does not answer; the page is fetched when it does."),
            retry_after=TAKEN,
        ) from error


def _give_back(key: str, token: str, rest: float) -> None:
    try:
        _client().eval(_RELEASE, 1, key, token, _RESTING, int(rest * 1000))
    except RedisError:
        # The turn expires by itself, a little after the deadline.
        pass


@cache
def _client() -> "redis.Redis":
    # redis-py makes new connections in a forked process, so one client serves the worker and its children.
    return redis.Redis.from_url(
        settings.CACHES["default"]["LOCATION"], **settings.CACHES["default"]["OPTIONS"]
    )
