"""The bookmarklet: hands the page of the moment to the desk, to nobody else, and takes it from nobody else."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from factcheck.intake import captures
from factcheck.intake.models import Intake
from tests.factories import ArticleFactory
from tests.intake.conftest import PARAGRAPHS, page_of

TARGET = "/intake/from-browser/"
STORY = "https://norland.example/2026/militia"


@pytest.fixture
def desk(signed_in, editor):
    return signed_in(editor)


def code_on(html):
    return unquote(
        re.search(r'href="(javascript:[^"]+)"', html)[1].replace("&#x27;", "'").replace("&amp;", "&")
    )


def test_the_link_opens_the_desk_at_its_public_address(desk, settings):
    assert '"http://testserver/intake/from-browser/"' in code_on(
        desk.get("/intake/bookmarklet/").content.decode()
    )
    settings.DESK_URL = "https://desk.example/"
    code = code_on(desk.get("/intake/bookmarklet/").content.decode())
    assert '"https://desk.example/intake/from-browser/"' in code
    assert 'origin="https://desk.example"' in code


def test_only_the_page_that_takes_a_page_shares_a_window(desk):
    assert desk.get(TARGET, {"url": STORY}).headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert desk.get("/intake/bookmarklet/").headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_it_shows_what_will_be_added_and_adds_nothing_by_being_opened(desk):
    html = desk.get(TARGET, {"url": STORY, "title": "<script>x</script>"}).content.decode()
    assert STORY in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert not Intake.objects.exists()


def test_the_page_as_the_browser_shows_it_is_read(desk, taken, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    html = page_of().decode().replace("utf-8", "iso-8859-1").replace("Ryan Holt", "Ryan Hölt") + "\x00"
    response = desk.post(TARGET, {"url": STORY, "title": "Militia", "html": html})
    intake = taken(Intake.objects.get())
    assert response.url == intake.get_absolute_url()
    assert (intake.via, intake.status, intake.article.url) == ("bookmarklet", "added", STORY)
    assert intake.article.current_version.text == "\n\n".join(PARAGRAPHS).replace("Ryan Holt", "Ryan Hölt")
    assert b"H\xc3\xb6lt" in captures.bytes_of(intake.capture)


def test_without_the_page_its_address_is_fetched(desk):
    desk.post(TARGET, {"url": STORY, "html": " "})
    intake = Intake.objects.get()
    assert (intake.via, intake.url, intake.file_name) == ("bookmarklet", STORY, "")


def test_an_address_that_the_desk_has_shows_its_article(desk):
    article = ArticleFactory(url=STORY, canonical_url=STORY)
    assert desk.post(TARGET, {"url": STORY}).url == article.get_absolute_url()


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "about:blank", "file:///etc/passwd", "http://testserver/articles/", "x\x00y"],
)
def test_what_is_no_page_of_the_web_is_refused_in_words(desk, url):
    for response in (desk.get(TARGET, {"url": url}), desk.post(TARGET, {"url": url, "html": "<p>"})):
        html = response.content.decode()
        assert 'role="alert"' in html
        assert "Add and find claims" not in html
    assert response.status_code == 422
    assert not Intake.objects.exists()


def test_a_viewer_may_not(signed_in, viewer):
    client = signed_in(viewer)
    assert client.get(TARGET).status_code == 403
    assert client.post(TARGET, {"url": STORY}).status_code == 403


def test_another_site_cannot_post_it(editor):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(TARGET, {"url": STORY, "html": "<p>"}).status_code == 403


# --- In a browser --------------------------------------------------------------------------------------------------


@pytest.fixture
def code(page, sign_in, editor):
    """The code behind the link that the desk gives to an editor."""
    sign_in(page, editor)
    page.goto("/intake/bookmarklet/")
    href = page.get_by_role("link", name="Add to Fact desk").get_attribute("href")
    return unquote(href.removeprefix("javascript:"))


def run_on(context, hostile_site, code, path="/story?a=1"):
    """A page of another site with the bookmark pressed on it, and the desk's window that it opened."""
    story = context.new_page()
    # Another name for the same machine: another site, with cookies of its own.
    story.goto(hostile_site.url(path, host="localhost"))
    with story.expect_popup() as opened:
        story.evaluate(code)
    opened.value.wait_for_load_state()
    return story, opened.value


def test_one_press_brings_the_page_as_it_is_in_the_browser(page, context, hostile_site, code):
    hostile_site.pages["/story"] = page_of()
    story, window = run_on(context, hostile_site, code)
    expect(window.locator("#page-state")).to_contain_text("the page as your browser shows it")
    expect(window.get_by_text(story.url)).to_be_visible()
    window.get_by_role("button", name="Add and find claims").dblclick()
    expect(window).to_have_url(re.compile(r"/intake/\d+/"))
    intake = Intake.objects.get()
    assert (intake.via, intake.url, intake.asked_as) == ("bookmarklet", story.url, "Ada Byron")
    with intake.file.open() as upload:
        assert PARAGRAPHS[0].encode() in upload.read()
    # The desk itself asked the site for nothing.
    assert [
        asked.path for asked in hostile_site.requests if "FactDesk" in asked.headers.get("User-Agent", "")
    ] == []


def test_a_page_that_hands_over_anothers_text_is_not_listened_to(page, context, hostile_site, code):
    hostile_site.pages["/story"] = page_of()
    forged = code.replace("url:location.href", 'url:"https://norland.example/2026/militia"')
    assert forged != code
    story, window = run_on(context, hostile_site, forged)
    expect(window.get_by_text("https://norland.example/2026/militia")).to_be_visible()
    # A message that was taken would have come before this answer to a later one.
    story.evaluate("() => new Promise(done => setTimeout(done, 0))")
    window.evaluate(
        "() => new Promise(done => { addEventListener('message', done, {once: true}); postMessage('x', '*') })"
    )
    assert window.locator("textarea[name=html]").input_value() == ""
    expect(window.locator("#page-state")).to_have_text("fetched by its address")


def test_messages_from_other_windows_and_other_things_are_left_aside(page, context, hostile_site, code):
    hostile_site.pages["/story"] = page_of()
    _story, window = run_on(context, hostile_site, code.replace("fact-desk-page", "something-else"))
    window.evaluate(
        """() => new Promise(done => {
          addEventListener("message", done, {once: true});
          postMessage({is: "fact-desk-page", html: "<p>forged</p>"}, "*");
        })"""
    )
    assert window.locator("textarea[name=html]").input_value() == ""


def test_pressed_on_the_desks_own_page_the_link_only_says_how_it_is_used(page, code):
    page.get_by_role("link", name="Add to Fact desk").click()
    expect(page.locator("#toasts")).to_contain_text("it is used on the pages of others")
    assert page.url.endswith("/intake/bookmarklet/")
