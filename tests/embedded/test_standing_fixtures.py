"""The fixtures that other tests lean on do what they promise."""

import os
import signal
import urllib.request

import psutil
import pytest
from django.db import connection

from factcheck.desk.models import WorkerHeartbeat
from factcheck.desk.tasks import heartbeat
from factcheck.embedded import processes
from factcheck.verdicts.models import Rating
from tests.support.servers import until


@pytest.mark.django_db
def test_tests_have_a_database_of_their_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].startswith("test_")


def test_worker_does_a_job_and_its_rows_are_seen_here(worker) -> None:
    WorkerHeartbeat.objects.all().delete()
    heartbeat.delay()
    until(lambda: WorkerHeartbeat.objects.filter(name=worker.name).exists(), "the heartbeat of the worker")
    worker.settle()


def test_killed_worker_leaves_no_process_and_starts_again(worker) -> None:
    pids = [child.pid for child in psutil.Process(worker.pid).children(recursive=True)]
    assert pids, "the worker forks its pool"
    # A process that is busy does not look whether its parent lives.
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)

    os.kill(worker.pid, 9)
    until(lambda: not any(processes.started_at(pid) for pid in pids), "the end of the worker's children")
    worker.kill()
    worker.start()

    heartbeat.delay()
    until(WorkerHeartbeat.objects.exists, "a heartbeat after the restart")


@pytest.mark.parametrize("time", [1, 2])
def test_what_migrations_brought_is_there_before_each_test(live_site, time: int) -> None:
    assert Rating.objects.filter(key="half_true").count() == 1


def test_site_answers(live_site) -> None:
    with urllib.request.urlopen(f"{live_site.url}/healthz") as answer:  # noqa: S310
        assert answer.status == 200


def test_browser_opens_a_page(page) -> None:
    answer = page.goto("/healthz")
    assert answer.ok
    assert page.text_content("body").strip() == "ok"
