"""The job of an extraction: what it does with what happens meanwhile, and how one that got stuck is sent again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import ResponseError

from factcheck.articles.models import Article, ExtractionRun
from factcheck.articles.reads import progress_of
from factcheck.articles.services import ask_for_extraction, edit_article, edit_from_page, send
from factcheck.claims.services.extraction import run_extraction, sweep_extractions
from factcheck.desk.audit import Job
from tests.services.test_findings import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_queues")]

LONG_AGO = timedelta(minutes=5)


class Result:
    """An extraction that found nothing."""

    def to_dict(self):
        return found(text="Nothing.", figures=())


@pytest.fixture
def extracted(monkeypatch):
    """What is done while the extractor reads, as a list of functions; it finds nothing."""
    meanwhile = []

    def extract(text, **asked):
        for act in meanwhile:
            act()
        return Result()

    monkeypatch.setattr("factcheck.extraction.extract", extract)
    return meanwhile


@pytest.fixture
def sent(monkeypatch):
    """The runs handed to the broker."""
    handed = []

    def send_task(name, args, **options):
        handed.append(args[0])

    monkeypatch.setattr("factcheck.articles.services.current_app.send_task", send_task)
    return handed


@pytest.fixture
def run(article, editor):
    return ask_for_extraction(actor=editor, version=article.current_version)


def silent(run, **columns):
    """The run, unheard of for five minutes."""
    at = timezone.now() - LONG_AGO
    ExtractionRun.objects.filter(pk=run.pk).update(alive_at=at, sent_at=at, queued_at=at, **columns)
    return ExtractionRun.objects.get(pk=run.pk)


@pytest.mark.parametrize("before", [None, date(2026, 1, 5)])
@pytest.mark.parametrize("by", ["editor", "page"])
def test_a_date_that_is_set_while_the_text_is_read_has_it_read_once_more(
    run, article, editor, extracted, before, by
):
    Article.objects.filter(pk=article.pk).update(published_on=before)
    day = date(2026, 3, 1)

    def dated():
        now = Article.objects.get(pk=article.pk)
        if by == "editor":
            edit_article(actor=editor, article=now, revision=now.revision, published_on=day)
        else:
            edit_from_page(actor=Job("page"), article=now, published=day)
            ask_for_extraction(actor=Job("page"), version=now.current_version)

    extracted.append(dated)
    assert run_extraction(run_id=run.pk) == "finished"
    following = ExtractionRun.objects.unfinished().get()
    assert following.pk != run.pk
    extracted.clear()
    run_extraction(run_id=following.pk)
    assert not ExtractionRun.objects.unfinished().exists()


@pytest.mark.parametrize("cleared", [False, True])
def test_the_date_that_stands_in_the_text_has_it_read_no_second_time(
    run, article, editor, extracted, cleared, monkeypatch
):
    if cleared:
        Article.objects.filter(pk=article.pk).update(corrected=["published_on"])
    dated = found(text="Nothing.", figures=())
    dated["article"]["published"] = "2026-03-01"
    monkeypatch.setattr(Result, "to_dict", lambda _result: dated)

    run_extraction(run_id=run.pk)

    article.refresh_from_db()
    assert article.published_on == (None if cleared else date(2026, 3, 1))
    assert not ExtractionRun.objects.unfinished().exists()


def test_a_run_delivered_twice_is_carried_out_once(run, extracted):
    assert [run_extraction(run_id=run.pk) for _ in range(2)] == ["finished", "nothing to do"]


def test_a_run_whose_worker_died_each_time_is_given_up(run, extracted):
    silent(run, status="running", attempts=3)
    assert run_extraction(run_id=run.pk) == "given up"
    run.refresh_from_db()
    assert (run.status, "3 times" in run.error) == ("failed", True)


def test_what_goes_wrong_in_the_extractor_is_written_on_the_run(run, extracted):
    def wrong():
        raise ZeroDivisionError

    extracted.append(wrong)
    assert run_extraction(run_id=run.pk) == "failed"
    assert ExtractionRun.objects.get().status == "failed"


def test_a_silent_run_is_sent_again_once_in_a_while_and_stays_shown_as_stalled(run, sent):
    run = silent(run, status="running", stage="figures")
    assert (sweep_extractions(), sweep_extractions()) == (1, 0)
    assert sent == [run.pk]
    assert progress_of(run.version).state == "stalled"


def test_a_run_that_never_reached_the_broker_is_sent_by_the_sweeper(run, sent):
    silent(run)
    ExtractionRun.objects.update(sent_at=None, alive_at=None)
    assert sweep_extractions() == 1


@pytest.mark.parametrize(
    "trouble", [OperationalError("away"), ResponseError("OOM"), ConnectionError("refused")]
)
def test_a_broker_that_takes_nothing_leaves_the_run_queued(run, monkeypatch, trouble):
    def send_task(name, args, **options):
        raise trouble

    monkeypatch.setattr("factcheck.articles.services.current_app.send_task", send_task)
    assert send(run) is False
    assert ExtractionRun.objects.get().status == "queued"


def test_the_sweeper_stops_at_a_broker_that_does_not_answer(run, monkeypatch):
    from tests.factories import ArticleFactory

    silent(run)
    silent(ExtractionRun.objects.create(version=ArticleFactory().current_version))
    tries = []

    def send_task(name, args, **options):
        tries.append(args[0])
        raise ConnectionError

    monkeypatch.setattr("factcheck.articles.services.current_app.send_task", send_task)
    assert sweep_extractions() == 0
    assert len(tries) == 1
