"""What comes back of a fetch: the page, the news that nothing changed, or the reason why there is nothing."""

import gzip
import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from factcheck.fetching import Fetched, NotFetched, NotModified, Reason, fetch
from tests.support.hostile import ORDINARY, HostileSite, Page


@pytest.fixture
def ask(hostile_site):
    """Fetch a path of the hostile site under its policy, with changes."""

    def ask(path, **changes):
        return fetch(hostile_site.url(path), policy=hostile_site.policy(**changes))

    return ask


def test_a_page_comes_whole_with_what_an_archive_keeps(hostile_site, ask):
    hostile_site.pages["/story"] = Page(
        ORDINARY, type="Text/HTML; Charset=UTF-8", headers={"ETag": '"7"', "X-Two\x00Words": "a\tb"}
    )
    before = datetime.now(UTC)
    page = ask("/story?id=7#part")
    assert isinstance(page, Fetched)
    assert page.url == hostile_site.url("/story?id=7#part")
    assert page.final_url == hostile_site.url("/story?id=7")
    assert page.hops == [page.final_url]
    assert (page.status, page.body, page.content_type, page.charset) == (200, ORDINARY, "text/html", "utf-8")
    assert page.sha256 == hashlib.sha256(ORDINARY).hexdigest()
    assert page.etag == '"7"'
    assert before <= page.fetched_at <= datetime.now(UTC)
    assert ("Content-Type", "Text/HTML; Charset=UTF-8") in page.headers
    assert not any("\x00" in name + value for name, value in page.headers)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw"])
def test_a_packed_page_is_unpacked(ask, coding):
    assert ask(f"/packed?coding={coding}").body == ORDINARY


def test_members_of_gzip_belong_together_and_padding_behind_them_does_not(hostile_site, ask):
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\x00" * 50
    hostile_site.pages["/"] = Page(packed, headers={"Content-Encoding": "x-gzip"})
    assert ask("/").body == b"one two"


def test_an_empty_body_said_to_be_packed_is_empty(hostile_site, ask):
    hostile_site.pages["/"] = Page(b"", headers={"Content-Encoding": "gzip"})
    assert ask("/").body == b""


def test_what_stands_behind_the_length_is_not_read(ask):
    assert ask("/long").body == ORDINARY


def test_a_length_that_is_named_twice_is_one_length(ask):
    assert ask("/same-length-twice").body == ORDINARY


def test_a_wrong_charset_is_the_readers_matter(ask):
    page = ask("/wrong-charset")
    assert page.charset == "utf-8"
    assert "Zürich".encode("latin-1") in page.body


def test_redirects_are_followed_and_named(hostile_site, ask):
    page = ask("/hops?left=3")
    assert page.body == ORDINARY
    assert page.hops == [hostile_site.url(f"/hops?left={left}") for left in (3, 2, 1, 0)]
    assert page.final_url == page.hops[-1]


@pytest.mark.parametrize(("path", "asked"), [("/hops?left=4", 4), ("/hops?left=400", 4), ("/loop", 2)])
def test_redirects_have_an_end(hostile_site, ask, path, asked):
    assert ask(path).reason == Reason.TOO_MANY_REDIRECTS
    assert len(hostile_site.requests) == asked


@pytest.mark.parametrize(
    ("first", "second", "moved_to"),
    [(301, 308, "/there"), (308, 302, "/middle"), (302, 301, ""), (307, 303, "")],
)
def test_what_moved_for_good_is_told_from_what_is_elsewhere_for_now(
    hostile_site, ask, first, second, moved_to
):
    hostile_site.pages["/old"] = Page(status=first, headers={"Location": "/middle"})
    hostile_site.pages["/middle"] = Page(status=second, headers={"Location": "/there"})
    hostile_site.pages["/there"] = ORDINARY
    answer = ask("/old")
    assert answer.final_url == hostile_site.url("/there")
    assert answer.moved_to == (moved_to and hostile_site.url(moved_to))


def test_a_redirect_to_nowhere_is_broken(hostile_site, ask):
    hostile_site.pages["/"] = Page(b"", status=302)
    assert ask("/").reason == Reason.BROKEN


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("ftp://127.0.0.1/", Reason.BAD_ADDRESS),
        ("file:///etc/passwd", Reason.BAD_ADDRESS),
        ("javascript:alert(1)", Reason.BAD_ADDRESS),
        ("http://user:secret@127.0.0.1/", Reason.BAD_ADDRESS),
        ("http://127.0.0.1:1/", Reason.BAD_ADDRESS),
        ("http://[::", Reason.BAD_ADDRESS),
        ("http://10.0.0.1:{port}/", Reason.FORBIDDEN_ADDRESS),
        ("http://169.254.169.254:{port}/latest/meta-data/", Reason.FORBIDDEN_ADDRESS),
        ("//[::ffff:127.0.0.1]:{port}/", Reason.FORBIDDEN_ADDRESS),
        ("http://2130706433:{port}/", Reason.FORBIDDEN_ADDRESS),
    ],
)
def test_a_redirect_is_checked_like_an_address_of_its_own(hostile_site, ask, to, reason):
    hostile_site.pages["/story"] = Page(
        b"", status=301, headers={"Location": to.format(port=hostile_site.port)}
    )
    assert ask("/story").reason == reason
    assert hostile_site.paths() == ["/story"]


def test_a_redirect_to_an_address_that_is_not_quoted_is_followed(hostile_site, ask):
    hostile_site.pages["/z%C3%BCrich%20today"] = ORDINARY
    hostile_site.pages["/"] = Page(
        b"", status=302, headers={"Location": "/zürich today".encode().decode("latin-1")}
    )
    assert ask("/").body == ORDINARY


@pytest.mark.parametrize(
    ("status", "reason", "retry"),
    [
        (204, Reason.BROKEN, True),
        (206, Reason.BROKEN, True),
        (300, Reason.BROKEN, True),
        (304, Reason.BROKEN, True),
        (400, Reason.FORBIDDEN, False),
        (401, Reason.LOGIN, False),
        (402, Reason.LOGIN, False),
        (403, Reason.FORBIDDEN, False),
        (404, Reason.NOT_FOUND, False),
        (407, Reason.LOGIN, False),
        (408, Reason.TIMEOUT, True),
        (410, Reason.GONE, False),
        (429, Reason.RATE_LIMITED, True),
        (451, Reason.FORBIDDEN, False),
        (500, Reason.SERVER_ERROR, True),
        (503, Reason.SERVER_ERROR, True),
        (999, Reason.BROKEN, True),
    ],
)
def test_a_status_becomes_a_reason(ask, status, reason, retry):
    answer = ask(f"/status/{status}")
    assert isinstance(answer, NotFetched)
    assert (answer.status, answer.reason, answer.retry) == (status, reason, retry)
    assert answer.words.endswith(".")


@pytest.mark.parametrize(
    ("said", "seconds"), [("7", 7), ("0", 0), ("soon", None), ("-5", None), ("9" * 5000, 86400), ("", None)]
)
def test_retry_after_is_read(ask, said, seconds):
    assert ask(f"/status/429?retry_after={said}").retry_after == seconds


def test_retry_after_may_be_a_date(hostile_site, ask):
    when = datetime.now(UTC) + timedelta(hours=1)
    hostile_site.pages["/"] = Page(status=503, headers={"Retry-After": format_datetime(when, usegmt=True)})
    assert 3000 < ask("/").retry_after <= 3600


def test_a_redirect_to_a_sign_in_page_is_no_page(hostile_site, ask):
    hostile_site.pages["/user/login"] = ORDINARY
    answer = ask("/redirect?to=/user/login?next=/story")
    assert answer.reason == Reason.LOGIN


def test_a_page_that_is_asked_for_by_its_sign_in_address_is_given(hostile_site, ask):
    hostile_site.pages["/login"] = ORDINARY
    assert ask("/login").body == ORDINARY


@pytest.mark.parametrize("said", ["image/png", "video/mp4; x=y", "application/octet-stream"])
def test_another_type_is_refused_before_its_body(ask, said):
    answer = ask(f"/type?is={said}")
    assert (answer.reason, answer.status, answer.retry) == (Reason.WRONG_TYPE, 200, False)


def test_any_type_is_taken_where_the_policy_says_so(hostile_site):
    page = fetch(hostile_site.url("/type?is=image/png"), policy=hostile_site.policy("file"))
    assert page.content_type == "image/png"


@pytest.mark.parametrize("said", ["", "nonsense", "text/html" + "x" * 500, "text/<b>"])
def test_a_type_that_is_none_is_left_to_the_reader(ask, said):
    page = ask(f"/type?is={said}" if said else "/type?is=%20")
    assert page.content_type == ""
    assert page.charset == ""


def test_a_conditional_request_tells_that_nothing_changed(hostile_site):
    url, policy = hostile_site.url("/conditional"), hostile_site.policy()
    first = fetch(url, policy=policy)
    assert (first.etag, first.last_modified) == ('"one"', "Sun, 01 Nov 2026 10:00:00 GMT")
    for validators in ({"etag": first.etag}, {"last_modified": first.last_modified}):
        again = fetch(url, policy=policy, **validators)
        assert isinstance(again, NotModified)
        assert (again.etag, again.last_modified) == (first.etag, first.last_modified)
    assert isinstance(fetch(url, policy=policy, etag='"other"'), Fetched)


@pytest.mark.parametrize("etag", ["a\r\nX-Evil: 1", "\x00", "ü", ""])
def test_a_validator_that_no_header_can_hold_is_not_sent(hostile_site, etag):
    assert isinstance(
        fetch(hostile_site.url("/conditional"), policy=hostile_site.policy(), etag=etag), Fetched
    )
    assert "If-None-Match" not in hostile_site.requests[-1].headers
    assert "X-Evil" not in hostile_site.requests[-1].headers


def test_no_cookie_is_kept(hostile_site, ask):
    ask("/cookie")
    ask("/redirect?to=/cookie")
    assert not any("Cookie" in asked.headers for asked in hostile_site.requests)


def test_the_site_learns_who_asks(hostile_site, ask, settings):
    settings.FETCH_USER_AGENT = ""
    settings.DESK_NAME, settings.DESK_URL = "Süd (desk)", "https://desk.example"
    hostile_site.pages["/"] = ORDINARY
    ask("/")
    sent = hostile_site.requests[0].headers
    assert sent["User-Agent"] == "FactDesk/1.0 (+https://desk.example; Sd desk)"
    assert sent["Host"] == f"127.0.0.1:{hostile_site.port}"
    assert sent["Accept"].startswith("text/html, application/xhtml+xml;q=0.9, ")
    assert sent["Accept-Encoding"] == "gzip, deflate"


def test_no_proxy_and_no_password_of_the_environment_is_used(hostile_site, ask, monkeypatch, tmp_path):
    with HostileSite() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        netrc = tmp_path / ".netrc"
        netrc.write_text("machine 127.0.0.1 login me password secret\n")
        netrc.chmod(0o600)
        monkeypatch.setenv("NETRC", str(netrc))
        monkeypatch.setenv("HOME", str(tmp_path))
        assert ask("/hops?left=0").body == ORDINARY
        assert not proxy.requests
    assert "Authorization" not in hostile_site.requests[0].headers


def test_a_closed_port_is_unreachable(hostile_site):
    policy = hostile_site.policy()
    url = hostile_site.url("/")
    hostile_site.close()
    answer = fetch(url, policy=policy)
    assert (answer.reason, answer.retry) == (Reason.UNREACHABLE, True)
