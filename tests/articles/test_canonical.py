"""The one address that names an article."""

import pytest

from factcheck.articles.canonical import LONGEST, canonical_url

HERE = "https://herald.example/story"


@pytest.mark.parametrize("url", ["http://www.herald.example:80/story/#top", f"{HERE}?utm_source=x&fbclid=1"])
def test_what_names_no_other_article_is_left_out(url):
    assert canonical_url(url) == HERE


@pytest.mark.parametrize("filler", ["x" * LONGEST, "報" * 700, "\ud800" * 700])
def test_an_address_too_long_to_be_told_from_others_is_none(filler):
    assert canonical_url(f"{HERE}/{filler}") == ""


@pytest.mark.parametrize(
    "url", ["ftp://herald.example/a", "herald.example", "https://[x", "https://a:99999/"]
)
def test_what_is_no_web_address_is_none(url):
    assert canonical_url(url) == ""
