"""The pages of one host are fetched one after the other, without keeping those of other hosts, or people, waiting."""

import heapq
from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from factcheck.desk.audit import Job
from factcheck.fetching import Fetched, NotFetched, Reason
from factcheck.intake.models import Intake
from factcheck.intake.services import (
    hand_in_url,
    hand_in_urls,
    retry,
    sending,
    sweep_intakes,
    take_in,
    taking,
)
from tests.intake.conftest import page_of

pytestmark = pytest.mark.django_db

FEEDS = Job("feeds")
SLOW, OTHER = "https://slow.example", "https://other.example"
REST = 5.0  # seconds
BUSY = (Reason.BUSY, True, REST)
DOWN = (Reason.SERVER_ERROR, True, None)


class Desk:
    """A broker and one worker, on a clock of their own. `fetched` are the paths asked for, `sent` counts the messages.

    `answers`: path → what fetching it fails with, one a try.
    """

    def __init__(self, commits):
        self.commits = commits
        self.now, self.sent, self.fetched, self.answers = 0.0, 0, [], {}
        self.broker, self.order = [], count()

    def message(self, intake, *, after=0):
        self.sent += 1
        heapq.heappush(self.broker, (self.now + after, next(self.order), intake.pk))
        return True

    def fetch(self, url, *, policy):
        self.fetched.append(url.partition(".example/")[2])
        if failures := self.answers.get(self.fetched[-1]):
            reason, again, after = failures.pop(0)
            return NotFetched(
                url=url,
                final_url=url,
                reason=reason,
                words="No.",
                status=None,
                retry=again,
                retry_after=after,
            )
        body = page_of(
            f"The council of {url} said that 87 percent of the wells had been sealed. " * 3, title=url
        )
        return Fetched(
            url=url, final_url=url, status=200, headers=[], body=body, content_type="text/html", charset="utf-8",
            fetched_at=timezone.now(), sha256="", etag="", last_modified="", hops=[url],
        )  # fmt: skip

    def hand_in(self, function, **what):
        with self.commits(execute=True):
            return function(**what)

    def lose(self):
        """The messages that wait, with the worker that is at work."""
        self.broker.clear()

    def sweep(self, *, after):
        """A sweep so many minutes later."""
        ago = timedelta(minutes=after)
        for row in Intake.objects.all():
            for name in ("sent_at", "alive_at", "queued_at", "next_try_at"):
                if moment := getattr(row, name):
                    setattr(row, name, moment - ago)
            row.save()
        with self.commits(execute=True):
            return sweep_intakes()

    def work(self, *, messages=100):
        for _message in range(min(messages, 100)):
            if not self.broker:
                return
            at, _order, pk = heapq.heappop(self.broker)
            self.now = max(self.now, at)
            Intake.objects.filter(pk=pk, status="later").update(next_try_at=timezone.now())
            with self.commits(execute=True):
                take_in(intake_id=pk)


@pytest.fixture
def desk(site, monkeypatch, django_capture_on_commit_callbacks, settings):
    settings.FETCH_PORTS = [443]
    desk = Desk(django_capture_on_commit_callbacks)
    monkeypatch.setattr(sending, "message", desk.message)
    monkeypatch.setattr(taking, "message", desk.message)
    monkeypatch.setattr(taking, "fetch", desk.fetch)
    # What comes in is read by nobody here.
    monkeypatch.setattr("factcheck.articles.services.send", lambda _run: True)
    monkeypatch.setattr(sending, "rest_of", lambda host: REST if desk.fetched else 0.0)
    monkeypatch.setattr(sending, "room_for", lambda rows, **_more: rows)
    return desk


def feed(desk, *paths):
    return [desk.hand_in(hand_in_url, actor=FEEDS, url=f"{SLOW}/{path}", via="feed") for path in paths]


def test_many_pages_of_one_host_do_not_keep_another_waiting_and_are_a_message_each(desk, editor):
    pages = [f"{SLOW}/{number:02}" for number in range(20)]
    desk.hand_in(hand_in_urls, actor=editor, urls=[*pages, f"{OTHER}/story"])
    assert len(desk.broker) == 2

    desk.work()

    assert desk.fetched.index("story") <= 1
    assert [path for path in desk.fetched if path != "story"] == [f"{number:02}" for number in range(20)]
    assert (desk.sent, desk.now) == (21, 19 * REST)
    assert set(Intake.objects.values_list("status", "attempts", "host")) == {("added", 1, "")}


def test_a_page_that_a_person_waits_for_goes_before_lists_and_feeds(desk, editor, colleague):
    feed(desk, "a", "b", "c", "asked-for")
    desk.hand_in(hand_in_urls, actor=editor, urls=[f"{SLOW}/listed", f"{SLOW}/too"])
    desk.hand_in(hand_in_url, actor=colleague, url=f"{SLOW}/new")
    desk.hand_in(hand_in_url, actor=colleague, url=f"{SLOW}/asked-for")

    desk.work()

    assert desk.fetched == ["a", "asked-for", "new", "listed", "too", "b", "c"]


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_line_goes_on_after_a_lost_message_or_a_dead_worker(desk, state):
    first, *_others = feed(desk, "a", "b", "c")
    desk.lose()
    Intake.objects.filter(pk=first.pk).update(status=state)

    assert desk.sweep(after=0) == 0
    assert desk.sweep(after=5) == 1
    desk.work()

    assert desk.fetched == ["a", "b", "c"]


def test_a_line_goes_on_when_a_worker_died_before_it_sent_the_next(desk):
    first, *_others = feed(desk, "a", "b", "c")
    desk.lose()
    Intake.objects.filter(pk=first.pk).update(status="failed", words="No.", host="")

    assert desk.sweep(after=0) == 1
    desk.work()

    assert desk.fetched == ["b", "c"]


def test_a_page_that_a_late_message_took_out_of_turn_is_not_lost_with_its_worker(desk, monkeypatch):
    _first, second = feed(desk, "a", "b")

    def dies(*_what, **_how):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(taking, "fetch", dies)
        with pytest.raises(KeyboardInterrupt):
            take_in(intake_id=second.pk)
    desk.work()

    assert desk.sweep(after=5) == 1
    desk.work()

    assert desk.fetched == ["a", "b"]


def test_without_a_broker_the_line_waits_for_the_sweeper(desk, monkeypatch):
    with monkeypatch.context() as down:
        down.setattr(sending, "message", lambda *_what, **_how: False)
        feed(desk, "a", "b")
        assert desk.sweep(after=5) == 0

    assert desk.sweep(after=5) == 1
    desk.work()

    assert desk.fetched == ["a", "b"]


def test_a_sweep_goes_on_past_a_line_that_a_worker_moves_on_by_itself_meanwhile(desk, monkeypatch):
    sites = [OTHER, SLOW]
    for site in sites:
        desk.hand_in(hand_in_url, actor=FEEDS, url=f"{site}/a", via="feed")
    desk.lose()
    Intake.objects.update(sent_at=None)

    def faster(key):
        if key.endswith("other.example"):
            Intake.objects.filter(host="other.example").update(sent_at=timezone.now())

    monkeypatch.setattr(sending, "hold", faster)

    assert desk.sweep(after=0) == 1
    desk.work()
    assert desk.fetched == ["a"]
    assert Intake.objects.get(host="other.example").status == "queued"


def test_a_host_that_is_busy_is_waited_for_by_one_row(desk):
    desk.answers["a"] = [BUSY, BUSY]
    rows = feed(desk, "a", "b", "c")
    desk.work(messages=1)
    assert (len(desk.broker), Intake.objects.get(pk=rows[0].pk).status) == (1, "later")

    desk.work()

    assert desk.fetched == ["a", "a", "a", "b", "c"]
    assert set(Intake.objects.values_list("status", "attempts")) == {("added", 1)}


def test_a_page_that_is_tried_again_later_lets_the_others_pass_and_comes_back(desk):
    desk.answers["a"] = [DOWN]
    feed(desk, "a", "b", "c")
    desk.work()
    assert desk.fetched == ["a", "b", "c"]
    assert desk.sweep(after=0) == 0

    assert desk.sweep(after=5) == 1
    desk.work()

    assert desk.fetched == ["a", "b", "c", "a"]
    assert set(Intake.objects.values_list("status", flat=True)) == {"added"}


def test_a_page_that_failed_is_tried_again_in_its_line(desk, editor):
    desk.answers["a"] = [(Reason.NOT_FOUND, False, None)]
    failed, *_others = feed(desk, "a", "b", "c")
    desk.work(messages=1)
    desk.hand_in(retry, actor=editor, intake=failed)

    desk.work()

    assert desk.fetched == ["a", "b", "a", "c"]


def test_a_long_line_asks_the_database_no_more_than_a_short_one(
    desk, editor, django_assert_num_queries, django_assert_max_num_queries
):
    feed(desk, "a", "b")
    with django_assert_max_num_queries(60) as few:
        desk.work(messages=1)
    desk.hand_in(hand_in_urls, actor=editor, urls=[f"{SLOW}/{number}" for number in range(20)])
    with django_assert_num_queries(len(few)):
        desk.work(messages=1)
    with django_assert_max_num_queries(3):
        sweep_intakes()
