"""The one address that names an article."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from factcheck.articles.canonical import LONGEST, canonical_url
from factcheck.articles.models import Article
from factcheck.intake.models import Intake
from tests.factories import ArticleFactory

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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/straße", "https://x.example/stra%c3%9Fe"),
        ("https://x.example/%7Eada/a%2db", "https://x.example/~ada/a-b"),
        ("https://x.example/a b|c", "https://x.example/a%20b%7Cc"),
        ("https://x.example/100%", "https://x.example/100%25"),
        ("https://x.example/?q=straße", "https://x.example/?q=stra%c3%9fe"),
        ("https://www.bücher.example/a", "https://XN--Bcher-kva.example/a"),
        ("https://x.example.:443/a", "https://x.example/a"),
    ],
)
def test_an_address_is_one_in_whatever_way_it_is_spelt(one, other):
    assert canonical_url(one) == canonical_url(other) != ""


@pytest.mark.parametrize("name", ["a%2Fb a/b", "?q=%E9 ?q=%E8", "?q=a%26b=c ?q=a&b=c", "a%3Fb a?b"])
def test_what_is_escaped_for_a_reason_stays_so(name):
    one, other = (canonical_url(f"https://x.example/{part}") for part in name.split())
    assert one != other


def test_a_host_that_no_name_can_be_made_of_still_names_an_article():
    assert canonical_url("https://☃_.example/a") == "https://☃_.example/a"


@given(st.text(alphabet="aZ%2f7E~/?&=+.: ßé報\ud800\x1f", max_size=30))
def test_a_canonical_address_is_its_own(rest):
    found = canonical_url(f"https://bücher.example/{rest}")
    assert canonical_url(found) == found


@pytest.mark.django_db
def test_stored_addresses_get_the_spelling_of_now_but_for_one_that_another_article_has():
    old = ["https://a.example/ß", "https://b.example/ß", "https://b.example/%C3%9F", "https://c.example/%7Ea"]
    articles = [ArticleFactory(canonical_url=url) for url in old]
    intake = Intake.objects.create(via="url", status="failed", words="No.", canonical_url=old[0])
    revisions = list(Article.objects.values_list("pk", "revision"))

    import_module("factcheck.articles.migrations.0008_one_spelling").respell(apps, None)
    import_module("factcheck.intake.migrations.0008_one_spelling").respell(apps, None)

    stored = Article.objects.in_bulk()
    assert [stored[article.pk].canonical_url for article in articles] == [
        "https://a.example/%C3%9F", "https://b.example/ß", "https://b.example/%C3%9F", "https://c.example/~a",
    ]  # fmt: skip
    assert Intake.objects.get(pk=intake.pk).canonical_url == "https://a.example/%C3%9F"
    assert list(Article.objects.values_list("pk", "revision")) == revisions
