"""One fetch of a host at a time, with a rest after it, whichever worker does it."""

import threading

import pytest
import redis
from django.conf import settings as configured
from redis.backoff import NoBackoff
from redis.retry import Retry

from factcheck.fetching import Fetched, Reason, fetch, host_to_ask, rest_of, turns
from factcheck.fetching.deadline import Deadline
from factcheck.fetching.results import Failed
from tests.support.hostile import ORDINARY, HostileSite, forget_visits

KEY = f"{configured.KEY_PREFIX}:fetching:turn:"


@pytest.fixture
def broker():
    with redis.Redis.from_url(configured.REDIS_URL) as client:
        yield client
    forget_visits()


@pytest.fixture
def impatient(monkeypatch):
    """Wait for no turn."""
    monkeypatch.setattr(turns, "PATIENCE", 0.0)


@pytest.fixture
def ask(hostile_site):
    hostile_site.pages["/"] = ORDINARY

    def ask(path="/", **changes):
        return fetch(hostile_site.url(path), policy=hostile_site.policy(**changes))

    return ask


def test_a_host_rests_after_a_fetch(broker, impatient, ask):
    assert isinstance(ask(delay=50.0), Fetched)
    answer = ask(delay=50.0)
    assert (answer.reason, answer.retry) == (Reason.BUSY, True)
    assert 40 < answer.retry_after <= 50


def test_how_long_a_host_rests_can_be_asked(broker, ask):
    assert rest_of("127.0.0.1") == 0
    ask(delay=50.0)
    assert 40 < rest_of("127.0.0.1") <= 50
    with turns.turn("taken.example", rest=9.0, deadline=Deadline(20.0)):
        assert rest_of("taken.example") == 0


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.Herald.example./story", "www.herald.example"),
        ("https://zürich.example/", "xn--zrich-kva.example"),
        ("https://herald.example:8080/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_host_of_an_address_is_told_as_its_turns_have_it(url, host):
    assert host_to_ask(url) == host


def test_a_short_rest_is_waited_for(broker, ask):
    assert isinstance(ask(delay=0.05), Fetched)
    assert isinstance(ask(delay=0.05), Fetched)


def test_a_host_rests_after_a_failed_fetch_too(broker, impatient, ask):
    assert ask("/hang-up", delay=50.0).reason == Reason.BROKEN
    assert ask().reason == Reason.BUSY


def test_without_a_delay_nothing_is_left_behind(broker, ask):
    ask(delay=0.0)
    assert not list(broker.scan_iter(f"{KEY}*"))


def test_redirects_and_robots_txt_belong_to_one_visit(broker, impatient, hostile_site, ask):
    assert isinstance(ask("/hops?left=2", delay=50.0, robots=True), Fetched)
    assert len(hostile_site.requests) == 4


def test_two_are_never_at_one_host_together(broker, impatient, hostile_site, ask):
    inside, done = threading.Event(), threading.Event()

    def slow():
        inside.set()
        done.wait(30)
        return iter([b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"])

    hostile_site.behaviours["slow"] = slow
    first: list[object] = []
    thread = threading.Thread(target=lambda: first.append(ask("/slow", deadline=30.0)))
    thread.start()
    assert inside.wait(30)
    answer = ask()
    done.set()
    thread.join()
    assert (answer.reason, answer.retry_after) == (Reason.BUSY, turns.TAKEN)
    assert isinstance(first[0], Fetched)
    assert isinstance(ask(), Fetched)


def test_many_workers_at_one_host_come_one_after_the_other(broker, hostile_site, ask):
    inside, together = 0, []

    def story():
        nonlocal inside
        inside += 1
        together.append(inside)
        threading.Event().wait(0.01)
        inside -= 1
        return iter([b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"])

    hostile_site.behaviours["story"] = story
    answers: list[object] = []
    workers = [threading.Thread(target=lambda: answers.append(ask("/story"))) for _ in range(8)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    fetched = [answer for answer in answers if isinstance(answer, Fetched)]
    assert together == [1] * len(fetched)
    assert all(answer.reason == Reason.BUSY for answer in answers if answer not in fetched)
    assert len(answers) == 8


def test_another_host_need_not_wait(broker, impatient, ask):
    ask(delay=50.0)
    with HostileSite("127.0.0.2") as other:
        other.pages["/"] = ORDINARY
        assert isinstance(fetch(other.url(), policy=other.policy()), Fetched)


def test_the_turn_of_a_dead_worker_ends_by_itself(broker, ask):
    ask(delay=0.0)
    with turns.turn("127.0.0.1", rest=0.0, deadline=Deadline(20.0)):
        assert 20_000 < broker.pttl(f"{KEY}127.0.0.1") <= 25_000


def test_a_turn_that_ran_out_is_not_taken_from_its_next_holder(broker):
    with turns.turn("slow.example", rest=9.0, deadline=Deadline(20.0)):
        broker.set(f"{KEY}slow.example", "of another")
    assert broker.get(f"{KEY}slow.example") == b"of another"


def test_a_turn_is_given_back_when_the_work_in_it_fails(broker):
    with pytest.raises(RuntimeError), turns.turn("failing.example", rest=0.0, deadline=Deadline(20.0)):
        raise RuntimeError
    assert not broker.exists(f"{KEY}failing.example")


def test_the_delay_that_robots_txt_asks_for_is_kept_up_to_a_minute(broker, impatient, hostile_site, ask):
    hostile_site.robots = "User-agent: *\nCrawl-delay: 12\n"
    ask(robots=True)
    assert 10_000 < broker.pttl(f"{KEY}127.0.0.1") <= 12_000


def test_a_site_that_asks_for_patience_is_left_alone(broker, hostile_site, ask):
    ask("/status/429?retry_after=30")
    assert 25_000 < broker.pttl(f"{KEY}127.0.0.1") <= 30_000


def test_no_site_is_left_alone_for_ever(broker, hostile_site, ask):
    ask("/status/503?retry_after=86400")
    assert broker.pttl(f"{KEY}127.0.0.1") <= turns.LONGEST_REST * 1000


def test_without_redis_nobody_is_asked(settings, hostile_site, monkeypatch):
    silent = redis.Redis(port=1, retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(turns, "_client", lambda: silent)
    answer = fetch(hostile_site.url(), policy=hostile_site.policy())
    assert (answer.reason, answer.retry) == (Reason.BUSY, True)
    assert not hostile_site.requests


def test_waiting_for_a_turn_ends_with_the_deadline(broker):
    with turns.turn("taken.example", rest=0.0, deadline=Deadline(20.0)), pytest.raises(Failed):  # noqa: SIM117
        with turns.turn("taken.example", rest=0.0, deadline=Deadline(0.05)):
            pass
