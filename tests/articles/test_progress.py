"""How far the extraction is, asked again and again until it is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.articles.models import ExtractionRun
from factcheck.desk.services import note_heartbeat
from tests.articles.found import read_by_machine

NOW = timezone.now


def ask(client, article, **query):
    return client.get(f"{article.get_absolute_url()}progress/", query, headers={"HX-Request": "true"})


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("factcheck.articles.services.send", lambda run: True)


@pytest.fixture(autouse=True)
def stages(monkeypatch):
    monkeypatch.setattr("factcheck.extraction.STAGES", ("sentences", "figures", "claims"), raising=False)


def test_a_running_stage_is_named_with_its_percentage(signed_in, viewer, running, read_article):
    running(status="running", stage="figures", progress=40, alive_at=NOW())
    response = ask(signed_in(viewer), read_article)
    html = response.content.decode()
    assert response.status_code == 200
    assert '<progress max="100" value="40" aria-label="Figures">' in html
    assert '<li data-done>Sentences</li><li aria-current="step">Figures</li><li>Claims</li>' in html
    assert 'hx-trigger="every 1s"' in html


def test_it_is_asked_more_slowly_as_time_goes_by(signed_in, viewer, running, read_article):
    run = running(status="running", stage="figures", alive_at=NOW())
    ExtractionRun.objects.filter(pk=run.pk).update(queued_at=NOW() - timedelta(seconds=40))
    assert 'hx-trigger="every 3s"' in ask(signed_in(viewer), read_article).content.decode()


def test_a_stopped_worker_is_shown_in_its_stage_and_then_as_stalled(signed_in, viewer, running, read_article):
    run = running(status="running", stage="figures", progress=40, alive_at=NOW() - timedelta(seconds=30))
    client = signed_in(viewer)
    html = ask(client, read_article).content.decode()
    assert "Stalled" not in html
    assert '<li aria-current="step">Figures</li>' in html
    ExtractionRun.objects.filter(pk=run.pk).update(alive_at=NOW() - timedelta(seconds=90))
    response = ask(client, read_article)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Stalled: Figures" in html
    assert "tried again by itself" in html
    assert '<li aria-current="step">Figures</li>' in html


def test_a_queued_run_says_when_no_worker_is_there(signed_in, viewer, running, read_article):
    run = running()
    ExtractionRun.objects.filter(pk=run.pk).update(queued_at=NOW() - timedelta(seconds=20))
    client = signed_in(viewer)
    assert "No worker was seen" in ask(client, read_article).content.decode()
    note_heartbeat(name="worker@test")
    assert "No worker was seen" not in ask(client, read_article).content.decode()


def test_a_failed_run_shows_its_error_and_stops_the_asking(signed_in, editor, viewer, running, read_article):
    running(status="failed", stage="figures", error="It took <b>too</b> long.")
    response = ask(signed_in(editor), read_article)
    html = response.content.decode()
    assert response.status_code == 286
    assert "It took &lt;b&gt;too&lt;/b&gt; long." in html
    assert "Try again" in html
    assert "hx-trigger" not in html
    assert "Try again" not in ask(signed_in(viewer), read_article).content.decode()


def test_a_finished_run_stops_the_asking_and_offers_its_claims(signed_in, viewer, read_article):
    response = ask(signed_in(viewer), read_article)
    assert response.status_code == 286
    assert "Ready: show 2 claims" in response.content.decode()
    assert "hx-trigger" not in response.content.decode()


def test_asking_how_far_it_is_does_not_fetch_the_text(
    signed_in, viewer, running, read_article, django_assert_max_num_queries
):
    running(status="running", stage="figures", alive_at=NOW())
    client = signed_in(viewer)
    with django_assert_max_num_queries(20) as asked:
        ask(client, read_article)
    assert not [query["sql"] for query in asked if '"articles_articleversion"."text"' in query["sql"]]


def test_only_news_is_read_out(signed_in, viewer, running, read_article):
    running(status="running", stage="figures", alive_at=NOW())
    client = signed_in(viewer)
    assert "announce" in ask(client, read_article, seen="running-sentences").headers["HX-Trigger"]
    assert "HX-Trigger" not in ask(client, read_article, seen="running-figures").headers


def test_the_page_of_a_waiting_article_polls(signed_in, editor, running, read_article):
    running()
    html = signed_in(editor).get(read_article.get_absolute_url()).content.decode()
    assert "Waiting for a worker" in html
    assert f'hx-get="{read_article.get_absolute_url()}progress/?seen=waiting-"' in html


def test_trying_again_queues_one_run_however_often_it_is_pressed(signed_in, editor, running, read_article):
    running(status="failed", error="No.")
    client = signed_in(editor)
    for _ in range(2):
        response = client.post(f"{read_article.get_absolute_url()}again/")
        assert response.url == read_article.get_absolute_url()
    assert ExtractionRun.objects.unfinished().count() == 1


def test_trying_again_by_htmx_shows_the_progress(signed_in, editor, running, read_article):
    running(status="failed", error="No.")
    response = signed_in(editor).post(
        f"{read_article.get_absolute_url()}again/", headers={"HX-Request": "true"}
    )
    assert "Waiting for a worker" in response.content.decode()


def test_reading_again_doubles_nothing(read_article):
    read_by_machine(read_article, claims=[a.exact for a in read_article.current_version.appearances.all()])
    assert read_article.current_version.appearances.count() == 2
