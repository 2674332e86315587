"""The page that tells how the desk and its machines are doing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.articles.models import Article, ExtractionRun
from factcheck.desk import status
from factcheck.desk.models import WorkerHeartbeat
from factcheck.intake.models import Intake
from tests.factories import ArticleFactory, ClaimFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def run(state="queued", article=None, **more):
    return ExtractionRun.objects.create(
        version=(article or ArticleFactory()).current_version, status=state, **more
    )


def page(browser):
    return browser.get(reverse("desk:status")).content.decode()


def test_what_waits_is_counted_for_who_asks(editor, head):
    ClaimFactory()
    ClaimFactory(state="open", due_on=timezone.localdate() - timedelta(days=1))
    ClaimFactory(state="open", restricted=True)
    assert status.work(editor) == {
        "candidates": 1, "open": 1, "review": 0, "parked": 0, "late": 1, "look": 0,
    }  # fmt: skip
    assert status.work(head)["open"] == 2


def test_what_did_not_come_in_and_what_outlets_changed_is_counted_and_led_to(signed_in, editor):
    Intake.objects.create(via="url", url="https://herald.example/a", status="failed", words="Gone.")
    Intake.objects.create(via="url", url="https://herald.example/b", status="running")
    assert status.coming_in(editor) == {"under_way": 1, "failed": 1, "feeds": 0, "changes": 0}
    html = page(signed_in(editor))
    for address in (reverse("articles:changed_figures"), reverse("intake:list") + "?state=failed"):
        assert f'href="{address}"' in html


def test_what_came_in_is_counted_by_the_desks_days(editor, settings):
    now = timezone.now()
    for ago in (0, 0, 1, 13, 14):
        article = ArticleFactory()
        Article.objects.filter(pk=article.pk).update(added_at=now - timedelta(days=ago))
    days = status.came_in(editor)
    assert len(days) == 14
    assert days[-1] == {"day": timezone.localdate(), "articles": 2, "verified": 0}
    assert (days[-2]["articles"], days[0]["articles"]) == (1, 1)
    assert sum(day["articles"] for day in days) == 4


def test_bars_stand_on_one_line_and_the_highest_fills_the_height():
    chart = status.bars([{"day": None, "articles": n, "verified": 0} for n in (0, 5, 10)])
    assert [bar["height"] for bar in chart["bars"]] == [0, 45, 90]
    assert {bar["y"] + bar["height"] for bar in chart["bars"]} == {chart["base"]}


def test_failed_extraction_is_shown_with_its_error_and_a_way_to_try_again(signed_in, editor):
    failed = run("failed", error="The text could not be read. <b>")
    found = page(signed_in(editor))
    assert "The text could not be read. &lt;b&gt;" in found
    assert reverse("articles:again", args=[failed.version.article_id]) in found


def test_failure_that_a_later_run_made_good_is_not_shown(editor):
    article = ArticleFactory()
    run("failed", article)
    run("finished", article)
    assert status.extractions(editor)["failed"] == 0


def test_stalled_extraction_is_told_from_one_that_runs(editor, settings):
    run("running", alive_at=timezone.now())
    silent = timezone.now() - timedelta(seconds=settings.EXTRACTION_STALLED_AFTER + 5)
    stalled = run("running", alive_at=silent, stage="figures")
    told = status.extractions(editor)
    assert (told["running"], told["stalled"], told["queued"]) == (2, 1, 0)
    assert list(told["stalled_runs"]) == [stalled]


def test_worker_is_told_alive_or_silent_to_admins_only(signed_in, editor, admin):
    WorkerHeartbeat.objects.create(name="extract@host-1", seen_at=timezone.now())
    WorkerHeartbeat.objects.create(name="extract@host-2", seen_at=timezone.now() - timedelta(minutes=5))
    assert [worker.alive for worker in status.workers()] == [True, False]
    assert "extract@host-1" in page(signed_in(admin))
    assert "extract@host-1" not in page(signed_in(editor))


def test_workers_are_read_only_in_the_administration(signed_in, admin):
    worker = WorkerHeartbeat.objects.create(name="extract@host-1", seen_at=timezone.now())
    browser = signed_in(admin)
    found = browser.get(reverse("admin:desk_workerheartbeat_changelist")).content.decode()
    assert "s ago" in found
    address = reverse("admin:desk_workerheartbeat_change", args=[worker.pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"name": "other"}).status_code == 403
    assert browser.get(reverse("admin:desk_workerheartbeat_add")).status_code == 403


def test_queues_are_counted_where_the_broker_answers(empty_queues):
    assert status.queue_lengths() == {"celery": 0, "extract": 0, "fetch": 0}


def test_dead_broker_is_told_and_the_page_still_answers(signed_in, editor, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    found = signed_in(editor).get(reverse("desk:status"))
    assert found.status_code == 200
    assert "does not answer" in found.content.decode()


def test_page_asks_again_and_is_answered_only_when_something_changed(signed_in, editor):
    browser = signed_in(editor)
    first = browser.get(reverse("desk:status"), headers=HTMX)
    assert b"<html" not in first.content
    seen = first.content.decode().split("?seen=")[1].split('"')[0]
    same = browser.get(reverse("desk:status"), {"seen": seen}, headers=HTMX)
    assert (same.status_code, same.content) == (204, b"")
    run("failed", error="No.")
    assert browser.get(reverse("desk:status"), {"seen": seen}, headers=HTMX).status_code == 200


def test_token_of_a_form_is_no_news(signed_in, editor):
    run("failed", error="No.")
    browser = signed_in(editor)
    first = browser.get(reverse("desk:status"), headers=HTMX).content.decode()
    seen = first.split("?seen=")[1].split('"')[0]
    assert browser.get(reverse("desk:status"), {"seen": seen}, headers=HTMX).status_code == 204


def test_page_takes_the_same_queries_for_two_and_twelve(signed_in, admin, django_assert_num_queries):
    browser = signed_in(admin)

    def more(n):
        for _ in range(n):
            run("failed", error="No.")
            run("queued", queued_at=timezone.now())

    more(2)
    with CaptureQueriesContext(connection) as few:
        page(browser)
    more(10)
    with django_assert_num_queries(len(few)):
        page(browser)


@pytest.mark.parametrize("who", ["editor", "reviewer", "head", "admin"])
def test_who_may_triage_sees_it(request, signed_in, who):
    assert signed_in(request.getfixturevalue(who)).get(reverse("desk:status")).status_code == 200


def test_viewer_may_not_and_is_not_led_there(signed_in, viewer):
    browser = signed_in(viewer)
    assert browser.get(reverse("desk:status")).status_code == 403
    assert reverse("desk:status") not in browser.get(reverse("accounts:me")).content.decode()
