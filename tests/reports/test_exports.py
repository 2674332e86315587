"""Taking verified claims out: read back as a spreadsheet and as JSON would."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.reports import querysets
from factcheck.reports.csv_export import cell, main_figure
from factcheck.reports.querysets import exportable
from factcheck.sources.models import Source
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Rating
from tests.factories import ArticleFactory, SourceFactory
from tests.reports.rows import verified_claim

pytestmark = pytest.mark.django_db


def raw(browser, name, **query):
    answer = browser.get(reverse(name), query)
    assert answer.status_code == 200
    assert answer.streaming
    return b"".join(answer.streaming_content)


def table(browser, **query):
    text = raw(browser, "reports:csv", **query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def reviews(browser, **query):
    document = json.loads(raw(browser, "reports:jsonld", **query))
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


@pytest.fixture
def article(db):
    return ArticleFactory(
        url="https://herald.example/militia", published_on="2017-10-18", title="Militia loses"
    )


@pytest.fixture
def claim(article, editor, reviewer):
    return verified_claim(editor, reviewer, article=article, rating="half_true", role="ministry spokesman")


def test_csv_is_what_spreadsheets_expect(signed_in, viewer, claim):
    answer = signed_in(viewer).get(reverse("reports:csv"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment;")
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    assert content.count(b"\n") == 2


def test_csv_row_says_what_was_claimed_and_how_it_is_rated(signed_in, viewer, claim):
    (row,) = table(signed_in(viewer))
    assert row["quote"] == claim.quote
    assert (row["claimant"], row["claimant_role"]) == ("Ryan Holt", "ministry spokesman")
    assert (row["rating"], row["summary"]) == ("Half true", "It was less.")
    assert (row["value_low"], row["value_high"], row["unit"]) == ("87", "87", "percent")
    assert (row["bound"], row["measure"], row["figures"]) == ("exact", "territory", "1")
    assert (row["submitted_by"], row["reviewed_by"]) == ("Ada Byron", "Rosa Lind")
    assert row["verified_on"] == timezone.localdate().isoformat()
    assert row["articles"] == "https://herald.example/militia"
    assert row["evidence"] == f"https://data.example/{claim.pk}"
    assert row["link"] == f"http://testserver{claim.get_absolute_url()}"


def test_claimreview_is_complete(signed_in, viewer, claim, settings):
    settings.DESK_URL = "https://desk.example/"
    settings.DESK_NAME = "Norland Fact Desk"
    (review,) = reviews(signed_in(viewer))
    assert review["@type"] == "ClaimReview"
    assert review["url"] == f"https://desk.example{claim.get_absolute_url()}"
    assert review["author"] == {
        "@type": "Organization",
        "name": "Norland Fact Desk",
        "url": "https://desk.example",
    }
    assert review["claimReviewed"] == claim.quote
    assert review["datePublished"] == timezone.localdate().isoformat()
    rating = review["reviewRating"]
    assert (rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == (4, 1, 6)
    assert rating["alternateName"] == "Half true"
    said = review["itemReviewed"]
    assert said["@type"] == "Claim"
    assert said["author"] == {"@type": "Person", "name": "Ryan Holt", "jobTitle": "ministry spokesman"}
    assert said["datePublished"] == "2017-10-18"
    assert said["firstAppearance"]["url"] == "https://herald.example/militia"
    assert [work["url"] for work in said["appearance"]] == ["https://herald.example/militia"]


def test_rating_outside_the_order_has_its_label_only(signed_in, viewer, editor, reviewer):
    verified_claim(editor, reviewer, rating="unproven")
    (review,) = reviews(signed_in(viewer))
    assert review["reviewRating"]["alternateName"] == "Unproven"
    assert "ratingValue" not in review["reviewRating"]


def test_claimant_that_is_an_organisation_is_one(signed_in, viewer, editor, reviewer):
    ministry = SourceFactory(name="The ministry", kind=Source.Kind.ORGANISATION)
    verified_claim(editor, reviewer, claimant="The ministry", source=ministry)
    (review,) = reviews(signed_in(viewer))
    assert review["itemReviewed"]["author"]["@type"] == "Organization"


def test_no_rows_are_still_a_table_and_valid_json(signed_in, viewer):
    browser = signed_in(viewer)
    assert table(browser) == []
    assert raw(browser, "reports:csv").decode("utf-8-sig").startswith("claim,quote,")
    assert reviews(browser) == []


HOSTILE = [
    '=HYPERLINK("https://evil.example","87 percent")',
    "+1 percent",
    "-1 percent",
    "@SUM(A1) 87",
    "  =1+1",
    "＝1+1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula(signed_in, viewer, editor, reviewer, text):
    verified_claim(editor, reviewer, quote=text, claimant=text, role=text)
    (row,) = table(signed_in(viewer))
    for name in ("claim", "quote", "claimant", "claimant_role"):
        assert row[name].startswith("'")
        assert row[name].endswith(text.strip())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("-5.500000000000"), "-5.5"),
        (Decimal("6500000.000000000000"), "6500000"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.1667"), "0.1667"),
        (Decimal("-0.000000000001"), "-0.000000000001"),
        (12, "12"),
        (None, ""),
        ("", ""),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("-5", "'-5"),
        ("about -5", "about -5"),
        ("5 – 6", "5 – 6"),
    ],
)
def test_numbers_stay_numbers_and_text_stays_text(value, written):
    assert cell(value) == written


def test_quotes_line_breaks_and_other_scripts_come_back_as_they_were(signed_in, viewer, editor, reviewer):
    text = 'He said "one, two",\nthen: </script><b>87</b> & שלום עולם 🙂 \u2028 الأرقام'
    verified_claim(editor, reviewer, quote=text)
    browser = signed_in(viewer)
    assert table(browser)[0]["quote"] == text
    assert reviews(browser)[0]["itemReviewed"]["text"] == text
    assert b"<" not in raw(browser, "reports:jsonld")


def test_main_figure_is_not_a_mere_duration():
    weeks, share = {"dimension": "time", "low": "2"}, {"dimension": "ratio", "low": "87"}
    assert main_figure([weeks, share]) == share
    assert main_figure([weeks]) == weeks
    assert main_figure([]) == {}


def test_what_was_approved_leaves_whatever_the_machine_read_since(signed_in, viewer, claim):
    claim.appearances.get().figures.update(low="12", high="12")
    assert table(signed_in(viewer))[0]["value_low"] == "87"


def test_unverified_and_reopened_claims_stay(signed_in, viewer, editor, claim):
    verdicts.reopen(actor=editor, claim=claim)
    assert table(signed_in(viewer)) == []
    assert reviews(signed_in(viewer)) == []


def test_embargo_holds_until_it_ends(signed_in, viewer, claim):
    browser = signed_in(viewer)
    Claim.objects.update(embargo_until=timezone.now() + timedelta(hours=1))
    assert table(browser) == []
    assert reviews(browser) == []
    assert "Ryan Holt" not in browser.get(reverse("reports:list")).content.decode()
    Claim.objects.update(embargo_until=timezone.now() - timedelta(hours=1))
    assert len(table(browser)) == 1


def test_restricted_claim_leaves_only_with_who_may_see_it(signed_in, viewer, colleague, head, claim):
    Claim.objects.update(restricted=True, wording="A secret wording")
    for person in (viewer, colleague):
        browser = signed_in(person)
        assert table(browser) == []
        assert reviews(browser) == []
        assert table(browser, q="territory") == []
        page = browser.get(reverse("reports:list"), {"q": "territory"}).content.decode()
        assert "A secret wording" not in page
        assert "1 verified claim" not in page
    assert len(table(signed_in(head))) == 1


def test_filters_leave_what_fits(signed_in, viewer, editor, reviewer, claim):
    verified_claim(
        editor,
        reviewer,
        rating="false",
        claimant="Nora Falk",
        quote="Unemployment fell to 4 percent",
        figure=None,
    )
    browser = signed_in(viewer)
    false = Rating.objects.get(scale__in_use=True, key="false")
    today = timezone.localdate()
    for query in ({"q": "unemployment"}, {"q": "falk"}, {"rating": false.pk}, {"claimant": "nora"}):
        assert [row["claimant"] for row in table(browser, **query)] == ["Nora Falk"], query
    assert len(table(browser, since=today, until=today)) == 2
    assert table(browser, since=today + timedelta(days=1)) == []
    assert table(browser, until=today - timedelta(days=1)) == []


def test_source_filter_takes_who_said_it_and_who_carried_it(signed_in, viewer, claim, article):
    browser = signed_in(viewer)
    assert len(table(browser, source=article.carried_by_id)) == 1
    assert table(browser, source=SourceFactory().pk) == []


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"rating": "999999"},
        {"q": "x\x00"},
        {"since": "2020-02-01", "until": "2020-01-01"},
    ],
)
@pytest.mark.parametrize("name", ["reports:list", "reports:csv", "reports:jsonld"])
def test_filter_that_makes_no_sense_is_told(signed_in, viewer, name, query):
    assert signed_in(viewer).get(reverse(name), query).status_code == 422


def test_export_is_read_a_chunk_at_a_time(signed_in, viewer, editor, reviewer, monkeypatch):
    monkeypatch.setattr(querysets, "AT_ONCE", 3)
    for _ in range(7):
        verified_claim(editor, reviewer)
    rows = querysets.rows(exportable(user=viewer))
    with CaptureQueriesContext(connection) as first:
        next(rows)
    with CaptureQueriesContext(connection) as within:
        next(rows)
        next(rows)
    with CaptureQueriesContext(connection) as second:
        next(rows)
    assert len(within) == 0
    assert 0 < len(second) <= len(first)
    assert len(list(rows)) == 3


def test_texts_of_articles_are_not_loaded(viewer, claim):
    (row,) = querysets.rows(exportable(user=viewer))
    version = row.appearances.all()[0].version
    assert "text" in version.get_deferred_fields()


def test_page_counts_shows_and_links_what_would_leave(signed_in, viewer, claim):
    page = signed_in(viewer).get(reverse("reports:list"), {"q": "territory"}).content.decode()
    assert "1 verified claim" in page
    assert f"{reverse('reports:csv')}?q=territory" in page
    assert f"{reverse('reports:jsonld')}?q=territory" in page
    assert 'data-tone="mixed"' in page


def test_page_takes_the_same_queries_for_two_and_eight(
    signed_in, viewer, editor, reviewer, django_assert_num_queries
):
    browser = signed_in(viewer)
    for _ in range(2):
        verified_claim(editor, reviewer)
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("reports:list"))
    for _ in range(6):
        verified_claim(editor, reviewer)
    with django_assert_num_queries(len(few)):
        browser.get(reverse("reports:list"))


@pytest.mark.parametrize("name", ["reports:list", "reports:csv", "reports:jsonld"])
def test_outsider_is_sent_to_sign_in(client, db, name):
    assert client.get(reverse(name)).status_code == 302
