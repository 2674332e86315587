"""The archive: what was fetched is shown as it was and can do nothing, and an article's page leads to it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from playwright.sync_api import expect

from factcheck.articles.models import Article
from factcheck.intake import captures
from factcheck.intake.models import Capture, Intake
from factcheck.intake.services import archive, fetch_again, hand_in_url
from tests.factories import ArticleFactory
from tests.intake.conftest import PARAGRAPHS, page_of
from tests.intake.test_renewing import WALL
from tests.support.hostile import Page

HOSTILE = b"""<!doctype html><meta charset="iso-8859-1"><title>Z\xfcrich</title><p>Z\xfcrich 87 percent</p>
<script>document.title = "ran"; fetch("/intake/")</script><img src="/static/img/mark.svg" onerror="document.title='ran'">
<link rel="stylesheet" href="https://evil.example/x.css"><meta http-equiv="refresh" content="0;url=/intake/">
<form action="/people/logout/" method="post"><button>Press</button></form>"""


@pytest.fixture
def desk(signed_in, editor):
    return signed_in(editor)


def kept(body=HOSTILE, **fields):
    capture = captures.keep_upload(
        body, file_name="", content_type="text/html", url="https://a.example/story?x=1"
    )
    Capture.objects.filter(pk=capture.pk).update(**fields)
    return Capture.objects.get(pk=capture.pk)


def test_the_page_of_a_capture_says_where_when_and_what(desk):
    article = ArticleFactory(title="Wells & dams")
    capture = kept(
        final_url="https://a.example/elsewhere",
        status=200,
        headers=[["Server", "<b>x</b>"], ["ETag", '"1"']],
        article=article,
        version=article.current_version,
    )
    html = desk.get(capture.get_absolute_url()).content.decode()
    for said in (
        "https://a.example/story?x=1", "https://a.example/elsewhere", "&lt;b&gt;x&lt;/b&gt;", capture.sha256,
        "Wells &amp; dams", "version 1 was read from it", f"{capture.get_absolute_url()}raw/",
    ):  # fmt: skip
        assert said in html


def test_a_page_is_shown_as_it_was_and_inert(desk):
    capture = kept(charset="")
    response = desk.get(f"{capture.get_absolute_url()}raw/")
    assert response.content == HOSTILE
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert "allow-" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    # Without a charset of the server's the page's own holds.
    assert response.headers["Content-Type"] == "text/html"
    assert not response.cookies


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({"charset": "windows-1251"}, "text/html; charset=windows-1251"),
        ({"charset": 'utf-8"; x\r\nSet-Cookie: a=b'}, "text/html"),
        ({"content_type": "application/xhtml+xml"}, "text/html"),
        ({"content_type": "text/plain", "charset": "utf-8"}, "text/plain; charset=utf-8"),
        ({"content_type": "", "file_name": "Saved.HTM"}, "text/html"),
    ],
)
def test_the_type_and_charset_are_those_it_came_with(desk, fields, sent):
    response = desk.get(f"{kept(**fields).get_absolute_url()}raw/")
    assert response.headers["Content-Type"] == sent
    assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/svg+xml", "text/xml", "application/javascript", ""]
)
def test_anything_else_is_only_saved(desk, kind):
    capture = kept(content_type=kind)
    for part in ("raw", "download"):
        response = desk.get(f"{capture.get_absolute_url()}{part}/")
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        assert response.headers["Content-Security-Policy"].startswith("sandbox;")


def test_a_page_is_saved_under_its_own_name(desk):
    response = desk.get(f"{kept(file_name='Die “Höhe”.html').get_absolute_url()}download/")
    assert response.content == HOSTILE
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Die%20")


def damaged(capture, cut):
    storage, name = storages["default"], f"captures/{capture.sha256[:2]}/{capture.sha256}.gz"
    with storage.open(name) as stored:
        packed = stored.read()
    storage.delete(name)
    storage.save(name, ContentFile(cut(packed)))


@pytest.mark.parametrize("cut", [lambda packed: packed[:30], lambda packed: packed[:10] + b"\xff" * 40])
def test_bytes_that_a_worker_died_over_are_written_anew(desk, cut):
    body = b"cut short " + timezone.now().isoformat().encode() * 5
    damaged(kept(body), cut)

    assert captures.bytes_of(kept(body)) == body


def test_damaged_bytes_are_lost_not_an_error(desk):
    capture = kept(b"damaged " + timezone.now().isoformat().encode() * 5)
    damaged(capture, lambda packed: packed[:10] + b"\xff" * 40)

    assert desk.get(f"{capture.get_absolute_url()}raw/").status_code == 410


def test_what_became_no_article_is_not_for_viewers(signed_in, viewer):
    assert signed_in(viewer).get(kept().get_absolute_url()).status_code == 404
    assert signed_in(viewer).get(kept(article=ArticleFactory()).get_absolute_url()).status_code == 200


def test_bytes_that_are_lost_are_said_to_be(desk):
    capture = kept(b"lost " + timezone.now().isoformat().encode())
    storages["default"].delete(f"captures/{capture.sha256[:2]}/{capture.sha256}.gz")
    response = desk.get(f"{capture.get_absolute_url()}raw/")
    assert response.status_code == 410
    assert "does not hold these bytes any more" in response.content.decode()
    assert desk.get(capture.get_absolute_url()).status_code == 200


def test_who_reads_may_see_it_and_an_outsider_may_not(client, signed_in, viewer):
    path = f"{kept(article=ArticleFactory()).get_absolute_url()}raw/"
    assert signed_in(viewer).get(path).status_code == 200
    assert client.get(path).status_code == 302


@pytest.fixture
def own_window(browser, live_site, sign_in, editor):
    """A window whose console is not listened to: the sandbox tells it of each thing that it stops."""
    context = browser.new_context(base_url=live_site.url)
    page = context.new_page()
    sign_in(page, editor)
    yield page
    context.close()


def test_a_page_with_scripts_does_nothing_in_a_browser(own_window, editor):
    capture = kept()
    asked = []
    # What the sandbox stops is begun and never finished.
    own_window.on("requestfinished", lambda request: asked.append(request.url))
    own_window.goto(f"{capture.get_absolute_url()}raw/")
    expect(own_window.get_by_text("Zürich 87 percent")).to_be_visible()
    assert own_window.title() == "Zürich"
    own_window.get_by_role("button", name="Press").click()
    assert [url.split("/", 3)[3] for url in asked] == [f"intake/captures/{capture.pk}/raw/"]
    own_window.goto("/intake/")
    expect(own_window.get_by_role("heading", name="Intake")).to_be_visible()


# --- The article's page --------------------------------------------------------------------------------------------


@pytest.fixture
def article(site, editor, taken):
    site.pages["/story"] = page_of()
    return taken(hand_in_url(actor=editor, url=site.url("/story"))).article


def original(client, article):
    return client.get(f"{article.get_absolute_url()}original/").content.decode()


def test_an_article_leads_to_what_was_fetched_and_is_fetched_again(desk, site, article, taken):
    assert f'href="{article.captures.get().get_absolute_url()}"' in original(desk, article)
    site.pages["/story"] = page_of(
        *PARAGRAPHS[:3], "The government wants to spend $2.5 billion on roads, he said."
    )
    response = desk.post(f"/intake/articles/{article.pk}/")
    intake = Intake.objects.get(via="again")
    assert response.url == intake.get_absolute_url()
    assert taken(intake).status == "updated"
    html = original(desk, article)
    assert "version 2" in html
    assert html.count("/intake/captures/") == 2


def test_two_clicks_fetch_it_once(desk, article):
    first = desk.post(f"/intake/articles/{article.pk}/")
    assert desk.post(f"/intake/articles/{article.pk}/").url == first.url
    assert Intake.objects.filter(via="again").count() == 1


def test_what_was_pasted_cannot_be_fetched_again(desk):
    pasted = ArticleFactory()
    assert "Fetch again" not in original(desk, pasted)
    assert "Nothing was fetched" in original(desk, pasted)
    response = desk.post(f"/intake/articles/{pasted.pk}/", follow=True)
    assert "no address to be fetched from" in response.content.decode()


def test_a_page_that_is_gone_is_said_to_be_on_the_article(desk, site, article, editor, taken):
    del site.pages["/story"]
    taken(fetch_again(actor=editor, article=article))
    assert "page gone" in desk.get(article.get_absolute_url()).content.decode()
    html = original(desk, article)
    assert "The page has been gone from its site since" in html
    assert article.captures.get().get_absolute_url() in html


def test_a_page_that_was_not_taken_is_told_with_its_reason(desk, site, article, editor, taken):
    site.pages["/story"] = page_of(*PARAGRAPHS[:2], head=WALL)
    stub = taken(fetch_again(actor=editor, article=article)).capture
    site.pages["/story"] = page_of()
    same = taken(fetch_again(actor=editor, article=article)).capture

    words = "not taken: It stands behind a paywall now; the text is kept as it was."
    assert words in desk.get(stub.get_absolute_url()).content.decode()
    assert "version 1 was read from it" in desk.get(same.get_absolute_url()).content.decode()
    assert original(desk, article).count("not taken") == original(desk, article).count(words) == 1


def test_a_copy_is_noted_on_the_article(desk, article):
    other = ArticleFactory(title="The original")
    Article.objects.filter(pk=article.pk).update(copy_of=other)
    html = original(desk, article)
    assert f'<a class="tag" href="{other.get_absolute_url()}" title="The original">a copy</a>' in html


def test_the_article_asks_the_database_as_often_with_many_captures_as_with_one(
    desk, article, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as few:
        original(desk, article)
    for _ in range(6):
        kept(article=article, version=article.current_version)
    with django_assert_num_queries(len(few)):
        original(desk, article)


def test_what_an_editor_corrected_survives_fetching_again(desk, site, article, editor, taken):
    form = {
        "title": "Our title",
        "url": article.url,
        "published_on": "2026-02-27",
        "bylines": "Ben Oduya",
        "medium": "news",
    }
    response = desk.post(
        f"{article.get_absolute_url()}edit/", {**form, "language": "en", "revision": article.revision}
    )
    assert response.status_code == 302
    site.pages["/story"] = page_of(
        "Another first paragraph came in with 12 percent.",
        *PARAGRAPHS[1:],
        title="Their new title",
        date="2026-03-05",
    )
    assert taken(fetch_again(actor=editor, article=article)).status == "updated"
    article.refresh_from_db()
    assert (article.title, article.bylines) == ("Our title", ["Ben Oduya"])
    assert article.published_on.isoformat() == "2026-02-27"
    assert article.current_version.number == 2


def test_what_nobody_corrected_follows_the_page(desk, site, article, editor, taken):
    site.pages["/story"] = page_of(title="Their new title", date="2026-03-05")
    assert taken(fetch_again(actor=editor, article=article)).status == "unchanged"
    article.refresh_from_db()
    assert (article.title, article.published_on.isoformat()) == ("Their new title", "2026-03-05")


# --- The archive outside -------------------------------------------------------------------------------------------


@pytest.fixture
def outside(site, settings):
    """An archive that keeps each page under an address of its own."""
    settings.ARCHIVE_SUBMIT_URL = site.url("/save?of={url}")
    site.pages["/save"] = Page(b"", status=302, headers={"Location": "/kept"})
    site.pages["/kept"] = b"<p>kept</p>"
    return site


def test_a_new_page_is_handed_to_the_archive_outside(
    outside, editor, desk, taken, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(
        "factcheck.intake.services.archiving.current_app.send_task",
        lambda name, args, **how: sent.append((name, args)),
    )
    outside.pages["/story"] = page_of()
    intake = hand_in_url(actor=editor, url=outside.url("/story?a=1&b=50%25"))
    with django_capture_on_commit_callbacks(execute=True):
        taken(intake)
    capture = Capture.objects.get()
    assert ("intake.archive", [capture.pk]) in sent
    assert archive(capture_id=capture.pk) == outside.url("/kept")
    assert parse_qsl(urlsplit(outside.paths()[-2]).query) == [("of", outside.url("/story?a=1&b=50%25"))]
    assert outside.url("/kept") in desk.get(capture.get_absolute_url()).content.decode()
    asked = len(outside.requests)
    assert archive(capture_id=capture.pk) == ""
    assert len(outside.requests) == asked


def test_an_archive_that_takes_the_address_as_the_end_of_its_own_gets_it_as_it_is(db, outside, settings):
    settings.ARCHIVE_SUBMIT_URL = outside.url("/save/")
    capture = kept(final_url="https://herald.example/story?a=1&b=2")
    archive(capture_id=capture.pk)
    assert outside.paths() == ["/save/https://herald.example/story?a=1&b=2"]


@pytest.mark.parametrize("path", ["/status/500", "/silent", "/redirect?to=http://169.254.169.254/"])
def test_an_archive_that_fails_leaves_the_capture_as_it_is(db, site, settings, path):
    settings.FETCH_DEADLINE = 0.5
    settings.ARCHIVE_SUBMIT_URL = site.url(path)
    capture = kept()
    assert archive(capture_id=capture.pk) == ""
    assert Capture.objects.get(pk=capture.pk).archived_url == ""


def test_nothing_leaves_the_desk_where_the_setting_is_empty(db, site, settings):
    settings.ARCHIVE_SUBMIT_URL = ""
    assert archive(capture_id=kept().pk) == ""
    assert site.requests == []
