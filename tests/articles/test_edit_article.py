"""Correcting what is known of an article."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from factcheck.articles.forms import EditForm
from factcheck.articles.models import Article, ExtractionRun
from factcheck.articles.services import edit_article
from tests.articles.found import read_by_machine
from tests.factories import ArticleFactory, SourceFactory


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("factcheck.articles.services.send", lambda run: True)


def form_of(article, **changes):
    data = {name: value for name, value in EditForm.of(article).items() if value is not None}
    return {**data, **changes}


def save(client, article, **changes):
    return client.post(f"{article.get_absolute_url()}edit/", form_of(article, **changes))


def test_the_form_holds_what_is_known(signed_in, editor, article):
    Article.objects.filter(pk=article.pk).update(bylines=["Ada Byron", "Ben Oduya"], language="xy")
    html = signed_in(editor).get(f"{article.get_absolute_url()}edit/").content.decode()
    assert f'value="{article.carried_by.name}"' in html
    assert 'value="Ada Byron; Ben Oduya"' in html
    assert '<option value="xy" selected>' in html


def test_corrections_are_saved_and_survive_the_machine(signed_in, editor, article):
    outlet = SourceFactory(name="Ardley Post")
    response = save(signed_in(editor), article, title="A better title", outlet="Ardley Post", bylines="A; B")
    assert response.url == article.get_absolute_url()
    read_by_machine(article, title="The machine's title", bylines=["C"])
    article.refresh_from_db()
    assert (article.title, article.carried_by, article.bylines) == ("A better title", outlet, ["A", "B"])


def test_saving_unchanged_changes_nothing(signed_in, editor, article):
    assert save(signed_in(editor), article).status_code == 302
    article.refresh_from_db()
    assert article.revision == 1
    assert article.corrected == []


def test_a_stale_save_is_answered_with_both(signed_in, editor, colleague, article):
    stale = form_of(article, title="Mine")
    edit_article(actor=colleague, article=article, revision=1, title="Theirs")
    client = signed_in(editor)
    response = client.post(f"{article.get_absolute_url()}edit/", stale)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in html
    assert 'value="Mine"' in html
    assert 'name="revision" value="2"' in html
    again = client.post(f"{article.get_absolute_url()}edit/", {**stale, "revision": 2})
    assert again.status_code == 302
    article.refresh_from_db()
    assert article.title == "Mine"


def test_a_new_date_has_the_text_read_again(signed_in, editor, article):
    save(signed_in(editor), article, published_on="2026-03-01")
    assert ExtractionRun.objects.filter(version=article.current_version, status="queued").count() == 1


def test_the_date_is_set_on_the_articles_own_page(signed_in, editor, article):
    url = f"{article.get_absolute_url()}date/"
    response = signed_in(editor).post(url, {"published_on": "2026-03-01", "revision": 1})
    assert response.url == article.get_absolute_url()
    article.refresh_from_db()
    assert article.published_on == date(2026, 3, 1)
    assert ExtractionRun.objects.unfinished().count() == 1


def test_a_date_to_come_is_refused_on_the_page(signed_in, editor, article):
    to_come = timezone.localdate() + timedelta(days=2)
    url = f"{article.get_absolute_url()}date/"
    response = signed_in(editor).post(url, {"published_on": to_come, "revision": 1})
    assert response.status_code == 422
    assert "still to come" in response.content.decode()
    assert f'value="{to_come}"' in response.content.decode()


@pytest.mark.parametrize(("dated", "said"), [(None, 1), (2, 2)])
def test_a_date_that_an_outlets_clock_or_page_gives_keeps_nobody_from_editing(
    signed_in, editor, article, dated, said
):
    dated, said = (days and timezone.localdate() + timedelta(days=days) for days in (dated, said))
    Article.objects.filter(pk=article.pk).update(published_on=dated)
    article.refresh_from_db()
    response = save(signed_in(editor), article, title="A better title", published_on=said)
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.title, article.published_on) == ("A better title", said)


def test_a_stale_date_is_kept_for_a_second_thought(signed_in, editor, colleague, article):
    edit_article(actor=colleague, article=article, revision=1, title="Theirs")
    url = f"{article.get_absolute_url()}date/"
    response = signed_in(editor).post(url, {"published_on": "2026-03-01", "revision": 1})
    html = response.content.decode()
    assert response.status_code == 409
    assert 'value="2026-03-01"' in html
    assert 'name="revision" value="2"' in html


def test_another_articles_address_is_refused_beside_the_field(signed_in, editor, article):
    other = ArticleFactory(title="Other", url="https://a.example/x", canonical_url="https://a.example/x")
    response = save(signed_in(editor), article, url="https://www.a.example/x/", title="Mine")
    html = response.content.decode()
    assert response.status_code == 422
    assert other.get_absolute_url() in html
    assert 'value="Mine"' in html


def test_a_title_cannot_be_lost(signed_in, editor, article):
    assert save(signed_in(editor), article, title=" ").status_code == 422
    article.refresh_from_db()
    assert article.title
