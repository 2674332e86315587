"""Pages that answer without an article, and walls."""

import pytest

from factcheck.reading import Reading, Reason, Unreadable, read_page
from tests.reading import pages
from tests.reading.prose import Prose

FILL = "<nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n\t ", Reason.EMPTY),
        ("<html><body></body></html>", Reason.EMPTY),
        ("<html><body><script>var text = 'no';</script></body></html>", Reason.EMPTY),
        (
            f"<title>404</title>{FILL}<h1>Page not found</h1><p>The page you requested does not exist. Try the search.</p>",
            Reason.NO_ARTICLE,
        ),
        ("<title>Error 404 | Norland Herald</title><p>Sorry.</p>", Reason.NO_ARTICLE),
        ("<title>500 Internal Server Error</title><h1>500 Internal Server Error</h1>", Reason.NO_ARTICLE),
        (
            "<title>Just a moment...</title><h1>norlandherald.example</h1><p>Verify you are human by completing the action below.</p>",
            Reason.NO_ARTICLE,
        ),
        (
            "<title>Before you continue</title><h1>We value your privacy</h1><p>We and our 213 partners store and use cookies on your device. "
            "Accept all cookies or manage preferences.</p><button>Accept all</button>",
            Reason.NO_ARTICLE,
        ),
        (
            "<title>Sign in</title><h1>Sign in</h1><form><input name=u><input type=password></form><p>Forgot your password?</p>",
            Reason.LOGIN,
        ),
        (
            "<title>Norland Herald</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
            Reason.NO_ARTICLE,
        ),
        (
            "<title>Wells leak</title><h1>Wells leak</h1><p>Subscribe to continue reading this article.</p><p>Already a subscriber? Sign in.</p>",
            Reason.PAYWALL,
        ),
    ],
)
def test_a_page_without_an_article(source, reason):
    found = read_page(source.encode())
    assert isinstance(found, Unreadable)
    assert found.reason == reason
    assert found.words.endswith(".")


@pytest.mark.parametrize(
    "title",
    [
        "500 jobs to go at the plant in Ardley",
        "Error at polling station left 200 voters waiting",
        "Hiker not found after three days, 404 people search",
        "Security check at the airport takes five hours",
        "Sign on the line: why contracts matter",
        "New rules for cookies: what the ministry wants",
    ],
)
def test_news_of_such_things_is_read(title):
    lines = Prose(title).paragraphs(8)
    page = f"<html><head><title>{title}</title></head><body>{FILL}<article><h1>{title}</h1>{pages.p(lines)}</article></body></html>"
    reading = read_page(page.encode())
    assert isinstance(reading, Reading)
    assert reading.text.split("\n\n") == lines


def test_a_sign_in_form_beside_an_article_does_not_hide_it():
    page = pages.make("semantic")
    source = page.html.replace(
        "<main>", "<form><input name=u><input type=password><button>Log in</button></form><main>"
    )
    assert read_page(source.encode()).text.split("\n\n") == page.paragraphs


def test_a_stub_behind_a_wall_is_kept_and_marked():
    page = pages.make("behind_a_wall")
    source = page.html.replace("isAccessibleForFree", "other")
    reading = read_page(source.encode())
    assert reading.paywalled
    assert "ubscri" not in reading.text


def test_an_article_that_is_not_free_but_whole_is_marked():
    page = pages.make("semantic")
    source = page.html.replace('"headline"', '"isAccessibleForFree": false, "headline"')
    reading = read_page(source.encode())
    assert reading.paywalled
    assert reading.text.split("\n\n") == page.paragraphs


def test_a_cookie_banner_in_an_article_does_not_hide_it():
    lines = Prose("banner").paragraphs(5)
    banner = "<p>We use cookies and store cookies on your device. Accept all cookies?</p>"
    reading = read_page(
        f"<html><body><div>{pages.p(lines[:1])}{banner}{pages.p(lines[1:])}</div></body></html>".encode()
    )
    assert lines[0] in reading.text
    assert lines[-1] in reading.text
