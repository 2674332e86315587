"""The list of all claims."""

import pytest

from factcheck.claims.models import Claim
from factcheck.claims.services import editing
from factcheck.verdicts.models import Rating
from tests.factories import ArticleFactory, ClaimFactory

LIST = "/claims/"


def test_a_verified_claim_shows_its_rating(verified, viewer, signed_in):
    html = signed_in(viewer).get(LIST).content.decode()
    assert '<span class="rating" data-tone="true">True</span>' in html


def test_the_list_is_filtered_by_state_rating_and_words(verified, article, viewer, signed_in):
    ClaimFactory(article=article, quote="Nobody was hurt.", figure="")
    browser = signed_in(viewer)
    true = Rating.objects.get(key="true").pk
    for query in ({"state": "verified"}, {"rating": true}, {"q": "territory"}):
        html = browser.get(LIST, query).content.decode()
        assert "lost 87 percent" in html
        assert "Nobody was hurt" not in html
    assert "No claim is like this" in browser.get(LIST, {"q": "zebra"}).content.decode()


@pytest.mark.parametrize(
    "query", [{"state": "nonsense"}, {"rating": "x"}, {"page": "-4"}, {"page": "x"}, {"q": "%' \x00 \\"}]
)
def test_a_filter_that_is_none_is_no_error(claim, viewer, signed_in, query):
    assert signed_in(viewer).get(LIST, query).status_code == 200


def test_fifty_a_page(article, viewer, signed_in):
    Claim.objects.bulk_create(Claim(quote=f"Claim {n}", lead_article=article) for n in range(53))
    browser = signed_in(viewer)
    assert browser.get(LIST).content.decode().count("data-row=") == 50
    assert browser.get(LIST, {"page": 2}).content.decode().count("data-row=") == 3


def test_restricted_claims_are_listed_for_those_who_may_see_them(claim, editor, colleague, signed_in):
    editing.set_people(
        actor=editor, claim=claim, revision=claim.revision, due_on=None, restricted=True, people=[editor]
    )
    assert "lost 87 percent" in signed_in(editor).get(LIST).content.decode()
    assert "lost 87 percent" not in signed_in(colleague).get(LIST).content.decode()
    assert "lost 87 percent" not in signed_in(colleague).get(LIST, {"q": "percent"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(
    article, viewer, signed_in, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in(viewer)
    for __ in range(2):
        ClaimFactory(article=ArticleFactory())
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    for __ in range(10):
        ClaimFactory(article=ArticleFactory())
    with django_assert_max_num_queries(len(few)):
        browser.get(LIST)
