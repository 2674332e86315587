"""Bringing an article in: whatever is pasted, there is a right result or a clear message, and nothing is lost."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from factcheck.articles.models import Article, ExtractionRun
from factcheck.articles.pasted import looks_like_html
from factcheck.sources.models import Source
from tests.factories import SourceFactory

URL = "/articles/add/"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("factcheck.articles.services.send", lambda run: True)


def paste(client, **fields):
    return client.post(URL, {"medium": "news", **fields})


def kept(response):
    """The text area's content in the answer."""
    html = response.content.decode()
    area = html[html.index('<textarea name="text"') :]
    return unescape(area[area.index(">") + 1 : area.index("</textarea>")]).removeprefix("\n")


def test_pasted_text_becomes_an_article_that_waits_for_a_worker(signed_in, editor):
    response = paste(signed_in(editor), text="Rents rose 3 percent.\n\nIn March.", title="Rents")
    article = Article.objects.get()
    assert response.url == article.get_absolute_url()
    assert article.current_version.text == "Rents rose 3 percent.\n\nIn March."
    assert article.added_by == editor
    assert ExtractionRun.objects.get(version=article.current_version).status == "queued"


def test_all_that_is_known_is_kept(signed_in, editor):
    outlet = SourceFactory(name="Norland Herald")
    agency = SourceFactory(name="Orrin Wire", kind=Source.Kind.AGENCY)
    paste(
        signed_in(editor),
        text="Words.",
        url="https://norland.example/a",
        outlet="norland herald",
        written_by="Orrin Wire",
        published_on="2026-03-01",
        bylines="Ada Byron; Ben Oduya",
        language="de",
    )
    article = Article.objects.get()
    assert (article.carried_by, article.written_by) == (outlet, agency)
    assert article.published_on.isoformat() == "2026-03-01"
    assert article.bylines == ["Ada Byron", "Ben Oduya"]
    assert article.language == "de"


def test_a_speech_has_its_recording_and_a_news_item_has_none(signed_in, editor):
    client = signed_in(editor)
    paste(client, text="Friends.", medium="speech", recording_url="https://video.example/1")
    paste(client, text="News.", medium="news", recording_url="https://video.example/1")
    assert Article.objects.get(medium="speech").recording_url == "https://video.example/1"
    assert Article.objects.get(medium="news").recording_url == ""


def test_a_mistake_elsewhere_does_not_lose_the_uploaded_text(signed_in, editor):
    file = SimpleUploadedFile("a.txt", b"Words of a file.", "text/plain")
    to_come = timezone.localdate() + timedelta(days=2)
    response = paste(signed_in(editor), file=file, published_on=to_come.isoformat())
    assert response.status_code == 422
    assert kept(response) == "Words of a file."


def test_text_and_file_together_are_asked_about(signed_in, editor):
    file = SimpleUploadedFile("a.txt", b"Words of a file.", "text/plain")
    response = paste(signed_in(editor), text="Pasted words", file=file)
    assert response.status_code == 422
    assert kept(response) == "Pasted words"
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing here yet"),
        (" \n\t ", "nothing here yet"),
        ("\x01\x02\x03\x04\x05\x06\x07" * 60, "binary"),
        ("\x00" * 500, "nothing here yet"),
    ],
)
def test_what_is_no_text_is_said_beside_the_field(signed_in, editor, text, said):
    response = paste(signed_in(editor), text=text, title="My title")
    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'value="My title"' in response.content.decode()
    assert not Article.objects.exists()


def test_five_megabytes_in_one_line_are_given_back(signed_in, editor):
    text = "x" * 5_000_000
    response = paste(signed_in(editor), text=text)
    assert response.status_code == 422
    assert "5,000,000 characters" in response.content.decode()
    assert kept(response) == text
    assert not Article.objects.exists()


def test_nuls_are_dropped_and_everything_else_stays(signed_in, editor):
    text = "שלום 😀 40 %\nقال <script>alert(1)</script> & so on\u202e"
    paste(signed_in(editor), text=text[:5] + "\x00" + text[5:])
    article = Article.objects.get()
    assert article.current_version.text == text
    assert "<script>alert(1)" not in signed_in(editor).get(article.get_absolute_url()).content.decode()


def test_html_is_taken_apart(signed_in, editor):
    page = "<html><body><div><p>Rents rose 3 percent in March.</p><p>So it was said.</p></div></body></html>"
    paste(signed_in(editor), text=page)
    assert "<p>" not in Article.objects.get().current_version.text
    assert "Rents rose 3 percent in March." in Article.objects.get().current_version.text


def test_a_date_to_come_is_refused_beside_its_field(signed_in, editor):
    to_come = timezone.localdate() + timedelta(days=2)
    response = paste(signed_in(editor), text="My words", published_on=to_come.isoformat())
    html = response.content.decode()
    assert response.status_code == 422
    assert "still to come" in html[html.index('name="published_on"') :][:600]
    assert kept(response) == "My words"


def test_the_same_address_shows_the_article_there_is(signed_in, editor, colleague):
    paste(
        signed_in(colleague), text="Theirs.", url="https://www.norland.example/a?utm_source=x", title="First"
    )
    response = paste(signed_in(editor), text="Mine.", url="https://norland.example/a")
    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="{Article.objects.get().get_absolute_url()}">First</a>' in html
    assert kept(response) == "Mine."


def test_the_same_text_shows_the_article_there_is(signed_in, editor, colleague):
    paste(signed_in(colleague), text="Same words.")
    response = paste(signed_in(editor), text="Same words.")
    assert response.status_code == 422
    assert Article.objects.get().get_absolute_url() in response.content.decode()


def test_a_second_click_goes_to_the_one_article(signed_in, editor):
    client = signed_in(editor)
    first = paste(client, text="Same words.")
    second = paste(client, text="Same words.")
    assert (second.status_code, second.url) == (302, first.url)
    assert Article.objects.count() == 1


def test_an_unknown_outlet_creates_nothing_for_an_editor(signed_in, editor):
    response = paste(signed_in(editor), text="Words.", outlet="Unheard Of", add_outlet="on")
    assert response.status_code == 422
    assert "Unheard Of" in response.content.decode()
    assert 'name="add_outlet"' not in response.content.decode()
    assert not Source.objects.filter(name="Unheard Of").exists()


def test_an_unknown_outlet_is_offered_to_who_manages_sources(signed_in, admin):
    client = signed_in(admin)
    response = paste(client, text="Words.", outlet="Unheard Of")
    assert response.status_code == 422
    assert 'name="add_outlet"' in response.content.decode()
    assert not Source.objects.filter(name="Unheard Of").exists()
    paste(client, text="Words.", outlet="Unheard Of", add_outlet="on")
    assert Article.objects.get().carried_by.name == "Unheard Of"


def test_hostile_fields_are_messages_not_errors(signed_in, editor):
    response = paste(
        signed_in(editor),
        text="Words.",
        title="a\x00b",
        url="javascript:alert(1)",
        outlet="<script>\x00",
        published_on="9999-99-99",
        bylines="x" * 3000,
        language="xx",
        medium="nonsense",
        recording_url="ftp://x",
    )
    assert response.status_code == 422
    assert "<script>\x00" not in response.content.decode()
    assert kept(response) == "Words."


def test_a_viewer_may_not_add(signed_in, viewer):
    client = signed_in(viewer)
    assert client.get(URL).status_code == 403
    assert paste(client, text="Words.").status_code == 403
    assert not Article.objects.exists()


def test_an_outsider_is_sent_to_sign_in(client, db):
    assert client.get(URL).status_code == 302
    assert paste(client, text="Words.").status_code == 302
    assert not Article.objects.exists()


def test_a_first_line_that_is_only_a_date_is_no_title(signed_in, editor):
    paste(signed_in(editor), text="Wednesday, January 9, 2019\n\nRents in Ardley rose 3 percent in March.")
    assert Article.objects.get().title == "Rents in Ardley rose 3 percent in March."


@pytest.mark.parametrize(
    ("text", "is_source"),
    [
        ("Write <p> and </p> around a paragraph, and <b> or <a> and </a> within one.\nThen <br> it.", False),
        ("<div>\n<p>Rents rose.</p>\n<p>Wages fell.</p>\n</div>", True),
        ("<p>Rents rose\nby 3 percent\nin March.</p><p>Wages\nfell.</p>", True),
        ("<!DOCTYPE html><title>Rents</title>", True),
        ("Rents rose by <3 percent and >2 percent.", False),
    ],
)
def test_a_pages_source_is_told_from_an_article_that_names_tags(text, is_source):
    assert looks_like_html(text) is is_source
