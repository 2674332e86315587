"""The list of sources and a source's own page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.claims.models import Claimant
from factcheck.feeds.models import Feed
from factcheck.sources import services
from factcheck.sources.models import SourceAlias, SourceDomain
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory
from tests.reports.rows import verified_claim

pytestmark = pytest.mark.django_db


def page(browser, name="sources:list", *args, **query):
    return browser.get(reverse(name, args=args), query).content.decode()


def said_by(source, **claim):
    made = ClaimFactory(**claim)
    Claimant.objects.create(claim=made, name=source.name, source=source)
    return made


def test_list_finds_by_name_other_name_and_domain(signed_in, viewer):
    herald, other = SourceFactory(name="Norland Herald"), SourceFactory(name="Elsewhere")
    SourceAlias.objects.create(source=herald, name="Old Lady")
    SourceDomain.objects.create(source=herald, domain="herald.example")
    browser = signed_in(viewer)
    for words in ("norland", "old lady", "herald.ex"):
        found = page(browser, q=words)
        assert "Norland Herald" in found
        assert other.name not in found


def test_list_filters_by_kind(signed_in, viewer):
    SourceFactory(name="Norland Herald")
    SourceFactory(name="Ryan Holt", kind="person")
    found = page(signed_in(viewer), kind="person")
    assert "Ryan Holt" in found
    assert "Norland Herald" not in found


def test_list_filters_by_reliability_and_feeds(signed_in, viewer):
    rated = SourceFactory(name="Norland Herald", reliability="low", reliability_reason="Invents.")
    SourceFactory(name="Elsewhere")
    Feed.objects.create(source=rated, url="https://herald.example/rss")
    browser = signed_in(viewer)
    for asked in ({"reliability": "low"}, {"feeds": "yes"}):
        assert "Norland Herald" in page(browser, **asked)
        assert "Elsewhere" not in page(browser, **asked)
    for asked in ({"reliability": "none"}, {"feeds": "no"}):
        assert "Norland Herald" not in page(browser, **asked)
        assert "Elsewhere" in page(browser, **asked)


@pytest.mark.parametrize(
    ("sort", "first"), [("", "Aa"), ("name", "Aa"), ("articles", "Mm"), ("claims", "Pp"), ("newest", "Zz")]
)
def test_list_is_sorted_as_asked(signed_in, viewer, sort, first):
    for name in ("Aa", "Mm", "Pp", "Zz"):
        source = SourceFactory(name=name)
        if name == "Mm":
            ArticleFactory(carried_by=source)
        if name == "Pp":
            Claimant.objects.create(claim=ClaimFactory(state="open"), name=name, source=source)
    rows = signed_in(viewer).get(reverse("sources:list"), {"sort": sort}).context["page"].object_list
    assert rows[0].name == first


def test_profile_keeps_carried_and_written_apart(signed_in, viewer):
    agency, herald = SourceFactory(name="Agency", kind="agency"), SourceFactory(name="Herald")
    ArticleFactory(carried_by=herald, written_by=agency, title="From the wire")
    ArticleFactory(carried_by=agency, written_by=agency, title="On its own site")
    found = page(signed_in(viewer), "sources:show", agency.pk)
    assert "1 article carried by it" in found
    assert "1 article written by it, carried by others" in found
    assert found.count("From the wire") == 1
    assert "0 articles" not in found
    assert "From the wire" in page(signed_in(viewer), "sources:show", herald.pk)


def test_profile_tells_how_its_reliability_was_rated_before(signed_in, viewer, admin):
    source = SourceFactory()
    for n, (rating, reason) in enumerate((("low", "Invented quotes."), ("mixed", "Corrects now.")), start=1):
        services.edit_source(
            actor=admin, source=source, revision=n, reliability=rating, reliability_reason=reason
        )
    found = page(signed_in(viewer), "sources:show", source.pk)
    assert "Rated otherwise before" in found
    assert found.index("Corrects now.") < found.index("Invented quotes.")
    assert "Max Admin" in found


def test_history_tells_each_change_in_the_same_queries(signed_in, viewer, admin, django_assert_num_queries):
    source, browser = SourceFactory(), signed_in(viewer)

    def change(times):
        for _ in range(times):
            source.refresh_from_db()
            services.edit_source(
                actor=admin,
                source=source,
                revision=source.revision,
                parent=SourceFactory(),
                notes=f"<b>{source.revision}",
                aliases=[f"Also {source.revision}"],
            )

    change(2)
    with CaptureQueriesContext(connection) as few:
        found = page(browser, "sources:history", source.pk)
    assert "&lt;b&gt;1" in found
    assert source.parent.name in found
    change(6)
    with django_assert_num_queries(len(few)):
        page(browser, "sources:history", source.pk)


def test_profile_shows_its_feeds(signed_in, viewer):
    source = SourceFactory()
    Feed.objects.create(source=source, url="https://herald.example/rss")
    assert "https://herald.example/rss" in page(signed_in(viewer), "sources:show", source.pk)


def test_list_leads_admins_to_what_is_suggested(signed_in, viewer, admin):
    Claimant.objects.create(claim=ClaimFactory(), name="Ryan Holt")
    assert reverse("sources:suggested") in page(signed_in(admin))
    assert reverse("sources:suggested") not in page(signed_in(viewer))


def test_unknown_kind_is_told(signed_in, viewer):
    assert signed_in(viewer).get(reverse("sources:list"), {"kind": "pirate"}).status_code == 422


def test_empty_list_names_the_next_step(signed_in, admin, viewer):
    assert reverse("sources:add") in page(signed_in(admin))
    assert reverse("sources:add") not in page(signed_in(viewer))


def test_hostile_names_are_shown_as_text(signed_in, viewer):
    source = SourceFactory(name="<script>alert(1)</script> אתר 🙂")
    for found in (page(signed_in(viewer)), page(signed_in(viewer), "sources:show", source.pk)):
        assert "<script>alert" not in found
        assert "אתר 🙂" in found


def test_list_takes_the_same_queries_for_two_and_twelve(signed_in, viewer, django_assert_num_queries):
    browser = signed_in(viewer)
    for _ in range(2):
        said_by(SourceFactory())
    with CaptureQueriesContext(connection) as few:
        page(browser)
    for _ in range(10):
        said_by(SourceFactory(parent=SourceFactory()))
    with django_assert_num_queries(len(few)):
        page(browser)


def test_profile_counts_what_was_rated_of_what_was_chosen(signed_in, viewer, editor, reviewer):
    source = SourceFactory(name="Ryan Holt", kind="person")
    for state in ("open", "in_review", "candidate"):
        said_by(source, state=state)
    claim = verified_claim(editor, reviewer, rating="false", claimant="Ryan Holt", source=source)
    found = page(signed_in(viewer), "sources:show", source.pk)
    assert "1 rated of 3 claims we chose to check" in found
    assert reverse("claims:show", args=[claim.pk]) in found
    assert 'data-tone="false"' in found


def test_profile_says_nothing_of_restricted_claims(signed_in, editor, head):
    source = SourceFactory()
    claim = said_by(source, state="open", restricted=True, wording="A secret wording")
    hidden = page(signed_in(editor), "sources:show", source.pk)
    assert "A secret wording" not in hidden
    assert "we chose to check." not in hidden
    assert ">0<" in page(signed_in(editor))
    assert "A secret wording" in page(signed_in(head), "sources:show", source.pk)
    assert claim.restricted


def test_profile_shows_articles_and_for_admins_the_way_to_edit(signed_in, viewer, admin):
    article = ArticleFactory()
    source = article.carried_by
    edit = reverse("sources:edit", args=[source.pk])
    assert article.title in page(signed_in(viewer), "sources:show", source.pk)
    assert edit not in page(signed_in(viewer), "sources:show", source.pk)
    assert edit in page(signed_in(admin), "sources:show", source.pk)


def test_profile_takes_the_same_queries_for_two_and_twelve(signed_in, viewer, django_assert_num_queries):
    browser, source = signed_in(viewer), SourceFactory()

    def more(n):
        for _ in range(n):
            ArticleFactory(carried_by=source)
            said_by(source, state="open")
            SourceFactory(parent=source)

    more(2)
    with CaptureQueriesContext(connection) as few:
        page(browser, "sources:show", source.pk)
    more(10)
    with django_assert_num_queries(len(few)):
        page(browser, "sources:show", source.pk)


@pytest.mark.parametrize("name", ["sources:list", "sources:show"])
def test_outsider_is_sent_to_sign_in(client, db, name):
    args = [SourceFactory().pk] if name == "sources:show" else []
    assert client.get(reverse(name, args=args)).status_code == 302


def test_missing_source_is_a_404_in_the_desks_look(signed_in, viewer):
    answer = signed_in(viewer).get(reverse("sources:show", args=[999_999]))
    assert answer.status_code == 404
    assert b"nothing at this address" in answer.content
