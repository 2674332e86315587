"""The search over everything that one may see."""

import pytest
from django.urls import reverse

from factcheck.queue.search import found_for, number_in
from factcheck.sources.models import SourceAlias
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory

pytestmark = pytest.mark.django_db


def found(user, words):
    return {group.kind: group.found for group in found_for(user, words)}


def test_earlier_checks_come_first(signed_in, editor, verified):
    ClaimFactory(quote="The militia has lost 12 percent of its territory", figure=None)
    page = signed_in(editor).get(reverse("search"), {"q": "militia"}).content.decode()
    assert page.index("group-checks") < page.index("group-claims")


def test_articles_and_sources_are_found_by_their_words(editor):
    source = SourceFactory(name="Norland Herald")
    SourceAlias.objects.create(source=source, name="The Herald")
    article = ArticleFactory(title="Rents in Norland", carried_by=None)
    groups = found(editor, "norland")
    assert groups["articles"][0] == article
    assert groups["sources"] == [source]
    assert found(editor, "the herald")["sources"] == [source]


@pytest.mark.parametrize("words", ["87", "87%", "87 percent", "87.0"])
def test_a_number_finds_the_claims_with_that_figure(editor, claim, words):
    assert [row.claim for row in found(editor, words)["figures"]] == [claim]


def test_another_number_does_not(editor, claim):
    assert found(editor, "86")["figures"] == []
    assert number_in("the militia") is None


def test_more_than_eight_lead_to_the_rest(signed_in, editor):
    article = ArticleFactory()
    for _ in range(9):
        ClaimFactory(article=article)
    groups = {group.kind: group for group in found_for(editor, "militia")}
    assert len(groups["claims"].found) == 8
    assert groups["claims"].rest == "/queue/?view=all&q=militia"


def test_restricted_claims_are_not_found(editor):
    ClaimFactory(restricted=True)
    groups = found(editor, "militia")
    assert groups["claims"] == []
    assert found(editor, "87")["figures"] == []


@pytest.mark.parametrize(
    "words", ["", " ", "\0", "<script>alert(1)</script>", "(((", "\\", "a" * 5000, "‮🏴", "9" * 60]
)
def test_any_words_get_an_answer(signed_in, editor, claim, words):
    response = signed_in(editor).get(reverse("search"), {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
