"""A fetch ends in its time and in its memory, whatever the other side does."""

import threading
import tracemalloc
import zlib

import pytest

from factcheck.fetching import Reason, fetch, resolving
from factcheck.fetching.bodies import PIECE
from tests.support.hostile import Page, zeros

LIMIT = 1_000_000  # bytes


@pytest.fixture
def ask(hostile_site):
    def ask(path, **changes):
        return fetch(hostile_site.url(path), policy=hostile_site.policy(**({"max_bytes": LIMIT} | changes)))

    return ask


@pytest.mark.parametrize(
    "path",
    [
        "/endless",
        "/endless-chunks",
        "/negative-chunk",
        "/bomb?mb=100",
        "/bomb?mb=100&coding=deflate",
        "/bomb?mb=100&layers=2",
    ],
)
def test_a_body_without_end_is_too_big_and_takes_little_memory(ask, path):
    answer, peak = measured(lambda: ask(path))
    assert (answer.reason, answer.retry) == (Reason.TOO_BIG, False)
    assert peak < 8 * LIMIT


def measured(act):
    """What `act` gives, and the most memory it took, in bytes. What the server allocates in its threads is counted too."""
    tracemalloc.start()
    try:
        return act(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_file_that_is_unpacked_is_unpacked_no_further_than_the_limit(hostile_site, ask):
    hostile_site.pages["/map.xml.gz"] = Page(zeros(100_000_000), "application/gzip")
    answer, peak = measured(lambda: ask("/map.xml.gz", kind="feed"))
    assert (answer.reason, answer.retry) == (Reason.TOO_BIG, False)
    assert peak < 8 * LIMIT


def test_a_declared_length_beyond_the_limit_is_not_read(hostile_site, ask):
    hostile_site.pages["/"] = bytes(LIMIT + 1)
    assert ask("/").reason == Reason.TOO_BIG


def test_a_body_of_just_the_limit_is_taken(hostile_site, ask):
    hostile_site.pages["/"] = bytes(LIMIT)
    assert len(ask("/").body) == LIMIT


@pytest.mark.parametrize("path", ["/drip-headers", "/drip-body", "/silent"])
def test_a_slow_drip_ends_with_the_deadline(ask, path):
    answer = ask(path, deadline=0.3)
    assert (answer.reason, answer.retry) == (Reason.TIMEOUT, True)


def test_a_slow_resolver_ends_with_the_deadline(monkeypatch, hostile_site):
    never = threading.Event()
    monkeypatch.setattr(resolving, "lookup", lambda host, port: never.wait() and [])
    answer = fetch(hostile_site.url(host="slow.example"), policy=hostile_site.policy(deadline=0.3))
    never.set()
    assert answer.reason == Reason.TIMEOUT


def test_what_unpacks_to_nothing_for_ever_ends_with_the_deadline(hostile_site, ask):
    # Empty stored blocks (RFC 1951, section 3.2.4), forty megabytes of them in what one read brings in.
    engine = zlib.compressobj(wbits=31)
    blocks = b"\x00\x00\x00\xff\xff" * 200_000
    packed = b"".join(engine.compress(blocks) for _ in range(40)) + engine.flush()
    assert len(packed) < PIECE
    hostile_site.pages["/"] = Page(packed, headers={"Content-Encoding": "deflate, gzip"})
    assert ask("/", deadline=0.02).reason == Reason.TIMEOUT


def test_redirects_share_one_deadline(hostile_site, ask):
    assert ask("/redirect?to=/redirect?to=/drip-body", deadline=0.3).reason == Reason.TIMEOUT


@pytest.mark.parametrize(
    "path",
    [
        "/short",
        "/two-lengths",
        "/broken-chunks",
        "/endless-chunk-size",
        "/broken-gzip",
        "/cut-gzip",
        "/unknown-coding",
        "/bomb?mb=1&layers=3",
        "/not-http",
        "/headers?count=500&size=10",
        "/headers?count=1&size=70000",
        "/headers?count=90&size=1000",
        "/hang-up",
    ],
)
def test_a_damaged_answer_is_broken(ask, path):
    answer, peak = measured(lambda: ask(path))
    assert answer.reason == Reason.BROKEN
    assert peak < 8 * LIMIT


def test_a_deadline_of_nothing_asks_nobody(hostile_site, ask):
    assert ask("/", deadline=0).reason == Reason.TIMEOUT
    assert not hostile_site.requests
