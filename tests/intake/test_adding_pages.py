"""Bringing things in by address and by file: each goes where it can be watched, and nothing typed is lost."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from factcheck.articles.models import Article
from factcheck.intake.models import Intake
from factcheck.intake.services import hand_in_text, take_in
from factcheck.sources.models import Source
from tests.factories import ArticleFactory, SourceFactory
from tests.intake.conftest import PARAGRAPHS, page_of

URL = "/articles/add/"
STORY = "https://norland.example/2026/militia"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("factcheck.intake.services.queueing.send", lambda intakes: None)
    monkeypatch.setattr("factcheck.articles.services.send", lambda run: True)


@pytest.fixture
def desk(signed_in, editor):
    return signed_in(editor)


def add(client, **fields):
    return client.post(URL, {"medium": "news", **fields})


def file(name, body, kind="text/plain"):
    return SimpleUploadedFile(name, body, kind)


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as bundle:
        for name, body in members.items():
            bundle.writestr(name.replace("__", "."), body)
    return held.getvalue()


@pytest.mark.parametrize("name", ["a.txt", "a.zip"])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(desk, settings, name):
    settings.INTAKE_MAX_FILE = 1_200_000

    response = add(desk, file=[file("b.txt", b"Some words."), file(name, b"x" * 1_200_001)])

    html = response.content.decode()
    assert response.status_code == 422
    assert f"“{name}” has 1.3 MB; the desk takes files of up to 1.2 MB." in html
    assert not Intake.objects.exists()


def test_the_words_of_a_text_that_is_too_large_are_not_given_back(desk, settings):
    settings.INTAKE_MAX_FILE = 1_000
    assert "xxx" not in add(desk, file=file("a.txt", b"x" * 1_001)).content.decode()


def test_an_address_goes_to_where_it_can_be_watched(desk, editor):
    response = add(
        desk, url=STORY, title="My title", bylines="Ada Byron", published_on="2026-03-02", language="en"
    )

    intake = Intake.objects.get()
    assert response.url == intake.get_absolute_url()
    assert (intake.status, intake.via, intake.url, intake.asked_by) == ("queued", "url", STORY, editor)
    assert intake.given == {
        "title": "My title", "bylines": ["Ada Byron"], "published": "2026-03-02", "language": "en",
    }  # fmt: skip


def test_an_address_without_its_scheme_is_taken_for_https(desk):
    add(desk, url="norland.example/2026/militia")
    assert Intake.objects.get().url == STORY


def test_an_address_that_the_desk_has_shows_the_article_at_once(desk):
    article = ArticleFactory(url=STORY, canonical_url=STORY)
    response = desk.post(URL, {"medium": "news", "url": f"{STORY}?utm_source=x"}, follow=True)
    assert response.redirect_chain[0][0] == article.get_absolute_url()
    assert "The desk has this article." in response.content.decode()


def test_many_addresses_are_one_batch_each_once(desk):
    response = add(desk, url=f"{STORY}\r\n\r\n<{STORY}/2>,\n{STORY}\nnot-an-address")
    (batch,) = set(Intake.objects.values_list("batch", flat=True))
    assert response.url == f"/intake/batch/{batch}/"
    assert list(Intake.objects.order_by("pk").values_list("url", "status")) == [
        (STORY, "queued"), (f"{STORY}/2", "queued"), ("not-an-address", "failed"),
    ]  # fmt: skip


def test_what_is_known_of_all_is_kept_with_each(desk):
    outlet = SourceFactory(name="Norland Herald")
    add(desk, url=f"{STORY}\n{STORY}/2", outlet="Norland Herald", language="de")
    assert list(Intake.objects.values_list("source", "given")) == [(outlet.pk, {"language": "de"})] * 2


def test_a_title_is_not_given_to_several(desk):
    response = add(desk, url=f"{STORY}\n{STORY}/2", title="One title")
    html = response.content.decode()
    assert response.status_code == 422
    assert "These are several articles" in html
    assert f"{STORY}\n{STORY}/2" in html
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("javascript:alert(1)", "not a web address"),
        ("file:///etc/passwd", "not a web address"),
        ("just some words", "not a web address"),
        ("http://testserver/articles/1/", "a page of the desk itself"),
        ("https://desk.example/articles/1/", "a page of the desk itself"),
        ("\n".join(f"https://a.example/{n}" for n in range(501)), "takes 500 at once"),
    ],
)
def test_what_is_no_address_for_the_desk_is_said_beside_the_field(desk, settings, address, said):
    settings.DESK_URL = "https://desk.example"
    response = add(desk, url=address, title="My title")
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html[html.index('name="url"') : html.index('name="file"')]
    assert 'value="My title"' in html
    assert address.split("\n")[-1] in html
    assert not Intake.objects.exists()


def test_a_nul_in_an_address_is_a_message_not_an_error(desk):
    assert add(desk, url=f"{STORY}\x00").status_code == 422


def test_an_address_with_a_text_is_where_the_text_was(desk):
    response = add(desk, url=STORY, text="Rents rose 3 percent.")
    article = Article.objects.get()
    assert (response.url, article.url) == (article.get_absolute_url(), STORY)
    assert not Intake.objects.exists()


def test_an_address_pasted_where_the_text_goes_is_an_address(desk):
    response = add(desk, text=f" {STORY}\n")
    assert response.url == Intake.objects.get().get_absolute_url()
    assert not Article.objects.exists()


def test_addresses_pasted_where_the_text_goes_are_one_batch(desk):
    response = add(desk, text=f"{STORY}\n{STORY}/2\n")
    assert "/intake/batch/" in response.url
    assert Intake.objects.count() == 2
    assert not Article.objects.exists()


def test_two_clicks_on_one_address_are_one(desk):
    assert add(desk, url=STORY).url == add(desk, url=STORY).url
    assert Intake.objects.count() == 1


def test_two_clicks_on_many_addresses_are_one_batch(desk):
    many = f"{STORY}\n{STORY}/2"
    assert add(desk, url=many).url == add(desk, url=many).url
    assert Intake.objects.count() == 2


def test_what_a_colleague_is_having_fetched_is_told_in_the_batch(desk, signed_in, colleague):
    add(signed_in(colleague), url=f"{STORY}\n{STORY}/2")
    response = add(desk, url=f"{STORY}\n{STORY}/3")
    html = desk.get(response.url).content.decode()
    assert "It is under way already, handed in by Ben Oduya." in html
    assert f"{STORY}/3" in html


def test_a_file_goes_to_where_it_can_be_watched_and_becomes_an_article(desk, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    response = add(desk, file=file("page.html", page_of(), "text/html"), url=STORY)
    intake = Intake.objects.get()
    assert response.url == intake.get_absolute_url()
    take_in(intake_id=intake.pk)
    article = Article.objects.get()
    assert (article.title, article.url) == ("Militia loses most of its territory", STORY)
    assert article.current_version.text == "\n\n".join(PARAGRAPHS)


def test_a_transcript_comes_as_a_file_with_its_recording(desk):
    add(desk, file=file("speech.txt", b"Friends."), medium="speech", recording_url="https://video.example/1")
    assert Intake.objects.get().given == {"medium": "speech", "recording_url": "https://video.example/1"}


def test_several_files_and_a_zip_of_more_are_one_batch(desk):
    bundle = zipped(c__txt="Three.", d__html="<p>Four.</p>")
    response = add(
        desk,
        file=[file("a.txt", b"One."), file("b.pdf", b"%PDF-1.4"), file("c.zip", bundle, "application/zip")],
    )
    assert response.url.startswith("/intake/batch/")
    names = Intake.objects.order_by("pk").values_list("file_name", flat=True)
    assert list(names) == ["a.txt", "b.pdf", "c.txt", "d.html"]


@pytest.mark.parametrize("body", [b"\x7fELF\x00\x00\x01" * 90, b"", b"\x00" * 5000])
def test_what_is_no_text_whatever_its_name_ends_with_a_reason(desk, body):
    add(desk, file=file("a.txt", body))
    intake = Intake.objects.get()
    take_in(intake_id=intake.pk)
    intake.refresh_from_db()
    assert intake.status == "failed"
    assert intake.words in desk.get(intake.get_absolute_url()).content.decode()
    assert not Article.objects.exists()


def test_the_name_of_a_file_can_do_no_harm(desk):
    add(desk, file=file("\u202etxt.<script>alert(1)<script>\x07.exe.txt", b"Words."))
    intake = Intake.objects.get()
    assert intake.file_name == "txt.<script>alert(1)<script>.exe.txt"
    for path in (intake.get_absolute_url(), "/intake/"):
        assert "<script>alert(1)" not in desk.get(path).content.decode()


def test_files_that_have_to_be_chosen_again_are_named(desk):
    to_come = (timezone.localdate() + timezone.timedelta(days=2)).isoformat()
    response = add(desk, file=[file("a.pdf", b"%PDF"), file("b.pdf", b"%PDF")], published_on=to_come)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Only the files have to be chosen again: <bdi>a.pdf</bdi>, <bdi>b.pdf</bdi>" in html.replace(
        " \n", " "
    )


def test_nothing_at_all_is_asked_about(desk):
    response = add(desk)
    assert response.status_code == 422
    assert "There is nothing here yet" in response.content.decode()


def test_an_outlet_is_added_with_an_address_by_who_may(signed_in, admin):
    add(signed_in(admin), url=STORY, outlet="Unheard Of", add_outlet="on")
    assert Intake.objects.get().source == Source.objects.get(name="Unheard Of")


def test_what_did_not_come_in_can_be_pasted_with_what_is_known_of_it(desk):
    outlet = SourceFactory(name="Norland Herald")
    given = {"title": "My <title>", "published": "2026-03-02", "bylines": ["Ada", "Ben"]}
    intake = Intake.objects.create(
        via="url", url=STORY, status="failed", words="No.", given=given, source=outlet
    )
    html = desk.get(f"{URL}?intake={intake.pk}").content.decode()
    assert f">\n{STORY}</textarea>" in html
    for value in ("My &lt;title&gt;", "2026-03-02", "Ada; Ben", "Norland Herald"):
        assert f'value="{value}"' in html
    assert '<details class="known" open>' in html


TEXT = "\n\n".join(PARAGRAPHS)
OTHER = "\n\n".join(
    [
        "Grain exports doubled last year as harvests in the south were the best since records began, the office said.",
        "Farmers in the delta sold 4.2 million tonnes, most of it <b>wheat</b>, to buyers in eleven countries last winter.",
        "Prices fell by a tenth all the same, because other growers had good years too and ships were cheap to hire then.",
    ]
)


def posted(editor, **fields):
    """What becomes of a text that a program posts."""
    intake = hand_in_text(actor=editor, via="api", **fields)
    take_in(intake_id=intake.pk)
    return Intake.objects.get(pk=intake.pk)


def test_a_posted_text_that_failed_is_shown_and_brought_in_by_hand(desk, editor, settings):
    settings.ARTICLE_MAX_CHARS = 400
    intake = posted(editor, text=f"<i>{TEXT}", given={"title": "As posted", "bylines": ["Ada", "Ben"]})
    assert intake.reason == "text_refused"

    page = desk.get(intake.get_absolute_url()).content.decode()
    assert '<pre id="given-text" class="original" dir="auto" tabindex="0"' in page
    assert f">\n&lt;i&gt;{PARAGRAPHS[0]}" in page
    assert "Paste the text instead" in page

    form = f"{URL}?intake={intake.pk}"
    html = desk.get(form).content.decode()
    assert f">\n&lt;i&gt;{PARAGRAPHS[0]}" in html
    assert 'value="As posted"' in html
    assert 'value="Ada; Ben"' in html
    assert f'action="{form}"' in html
    desk.post(form, {"medium": "news", "text": PARAGRAPHS[0]})
    intake.refresh_from_db()
    assert (intake.article, intake.set_aside_by) == (Article.objects.get(), None)
    assert intake.set_aside_at
    assert PARAGRAPHS[3] in desk.get(intake.get_absolute_url()).content.decode()


def test_a_text_of_another_story_becomes_an_article_without_the_address(desk, editor):
    add(desk, text=TEXT, url=STORY)
    intake = posted(editor, text=OTHER, url=STORY, given={"title": "Grain"})
    assert intake.reason == "other_text"

    page = desk.get(intake.get_absolute_url()).content.decode()
    assert "Add as a new article" in page
    assert f'<h1 dir="auto"><bdi>{STORY}</bdi></h1>' in page
    row = f'<a class="intake-title" data-open\n      href="{intake.get_absolute_url()}" dir="auto">'
    assert row in desk.get("/intake/").content.decode()
    form = f"{URL}?intake={intake.pk}"
    html = desk.get(form).content.decode()
    assert STORY not in html
    assert "&lt;b&gt;wheat" in html
    desk.post(form, {"medium": "news", "text": OTHER, "title": "Grain"})
    intake.refresh_from_db()
    assert (intake.article.title, intake.article.url) == ("Grain", "")
    assert not Intake.objects.failed().exists()


def test_a_posted_text_that_failed_is_brought_in_as_the_newer_one(desk, editor, settings):
    add(desk, text=TEXT, url=STORY)
    article = Article.objects.get()
    Article.objects.update(added_by=None)
    settings.ARTICLE_MAX_CHARS = len(TEXT) + 10
    intake = posted(editor, text=TEXT + "\n\nMore of it.", url=STORY)

    desk.post(
        f"{URL}?intake={intake.pk}",
        {"medium": "news", "text": TEXT + "\n\nMore.", "url": STORY, "newer_of": article.pk},
    )

    assert article.versions.count() == 2
    assert not Intake.objects.failed().exists()


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 30, "-1"])
def test_a_wrong_number_fills_in_nothing(desk, number):
    assert desk.get(f"{URL}?intake={number}").status_code == 200


def test_what_is_known_is_closed_by_default(desk):
    assert '<details class="known">' in desk.get(URL).content.decode()


def test_a_viewer_may_hand_in_nothing(signed_in, viewer):
    assert add(signed_in(viewer), url=STORY).status_code == 403
    assert not Intake.objects.exists()
