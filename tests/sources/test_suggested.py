"""Speakers found in texts: accepted as sources, linked to one, or set aside."""

import re

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts.models import Role
from factcheck.articles.models import ArticleVersion
from factcheck.claims.models import Claimant
from factcheck.desk.errors import NotAllowed, Refused
from factcheck.sources import services, suggesting
from factcheck.sources.models import Source, SuggestionIgnored
from factcheck.sources.suggestions import described, how_many, suggested_names
from tests.factories import ClaimFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def said_by(name, role="", **claim):
    return Claimant.objects.create(claim=ClaimFactory(**claim), name=name, role=role)


def waiting(user):
    return described(list(suggested_names(user)), user)


def post(browser, address, **fields):
    return browser.post(reverse(f"sources:{address}"), fields)


def record_in(answer):
    """The signed record of what was done, which the way back sends."""
    return re.search(r'name="done" value="([^"]+)"', answer.content.decode())[1]


def test_name_is_suggested_once_with_its_claims_roles_and_example(admin):
    first = said_by("Ryan Holt", "ministry spokesman")
    said_by("ryan holt", "spokesman", article=first.claim.lead_article)
    said_by("RYAN HOLT")
    said_by("Mara Lind")
    holt, lind = waiting(admin)
    assert (holt.name, holt.claims, holt.articles) == ("Ryan Holt", 3, 2)
    assert holt.roles == ["ministry spokesman", "spokesman"]
    assert holt.example.quote
    assert lind.name == "Mara Lind"
    assert how_many(admin) == 2


def test_kind_is_what_the_text_was_read_to_say(admin):
    claimant = said_by("Amnesty")
    version = claimant.claim.appearances.get().version
    ArticleVersion.objects.filter(pk=version.pk).update(
        speakers=[{"name": "Amnesty", "kind": "organisation"}, {"name": "x", "kind": "other"}]
    )
    said_by("Ministry of Sound")
    said_by("Ryan Holt")
    assert {one.name: one.kind for one in waiting(admin)} == {
        "Amnesty": "organisation",
        "Ministry of Sound": "organisation",
        "Ryan Holt": "person",
    }


@pytest.mark.parametrize("state", ["dismissed", "superseded"])
def test_speaker_of_claims_that_are_gone_is_not_suggested(admin, state):
    said_by("Ryan Holt", state=state, reason="not_worth")
    assert waiting(admin) == []


def test_exact_name_of_a_source_comes_first_with_the_reason(signed_in, admin):
    pentagon = services.add_source(
        actor=admin, name="Department of Defense", kind="organisation", aliases=["The Pentagon"]
    )
    for _ in range(3):
        said_by("Ryan Holt")
    said_by("the Pentagon")
    first = waiting(admin)[0]
    assert (first.name, first.same) == ("the Pentagon", pentagon)
    page = " ".join(signed_in(admin).get(reverse("sources:suggested")).content.decode().split())
    assert '<button class="same"> It is <bdi>Department of Defense</bdi> </button>' in page
    assert "is also called The Pentagon" in page


def test_mere_descriptions_stand_below_names(admin):
    for _ in range(2):
        said_by("a senior officer")
    said_by("the Civic Alliance")
    assert [one.name for one in waiting(admin)] == ["the Civic Alliance", "a senior officer"]


def test_accepting_makes_a_source_and_links_all_claims_of_the_name(signed_in, admin):
    mine, other = [said_by("Ryan Holt"), said_by("ryan holt", state="verified")], said_by("Mara Lind")
    answer = post(signed_in(admin), "accept", name="Ryan Holt", kind="person")
    source = Source.objects.get(kind="person")
    for claimant in mine:
        claimant.refresh_from_db()
        assert (claimant.source, claimant.confirmed_by, claimant.revision) == (source, None, 2)
    other.refresh_from_db()
    assert other.source is None
    page = signed_in(admin).get(answer.url).content.decode()
    assert "2 claims by Ryan Holt are linked to" in page


def test_htmx_gets_the_row_with_the_way_back(signed_in, admin):
    claimant = said_by("Ryan Holt")
    browser = signed_in(admin)
    answer = browser.post(reverse("sources:accept"), {"name": "Ryan Holt", "kind": "person"}, headers=HTMX)
    assert "<html" not in answer.content.decode()
    assert reverse("sources:undo_link") in answer.content.decode()
    assert post(browser, "undo_link", done=record_in(answer)).status_code == 302
    claimant.refresh_from_db()
    assert claimant.source is None
    assert not Source.objects.filter(kind="person").exists()
    assert [one.name for one in waiting(admin)] == ["Ryan Holt"]


def test_second_click_is_told_that_nobody_waits(signed_in, admin):
    said_by("Ryan Holt")
    browser = signed_in(admin)
    post(browser, "accept", name="Ryan Holt", kind="person")
    for headers in (HTMX, {}):
        second = browser.post(
            reverse("sources:accept"), {"name": "Ryan Holt", "kind": "person"}, headers=headers
        )
        assert second.status_code == 409
        assert "somebody was faster" in second.content.decode()
    assert Source.objects.filter(kind="person").count() == 1


@pytest.mark.parametrize("kind", ["outlet", "", "pirate"])
def test_speaker_becomes_a_person_or_an_organisation_only(signed_in, admin, kind):
    said_by("Ryan Holt")
    assert post(signed_in(admin), "accept", name="Ryan Holt", kind=kind).status_code == 409
    assert not Source.objects.filter(name="Ryan Holt").exists()


def test_linking_gives_the_source_the_name_and_the_claims(signed_in, admin):
    source = SourceFactory(name="Department of Defense", kind="organisation")
    claimant = said_by("The Pentagon")
    browser = signed_in(admin)
    answer = post(browser, "link", name="The Pentagon", source="department of defense")
    claimant.refresh_from_db()
    assert claimant.source == source
    assert source.aliases.get().name == "The Pentagon"
    page = browser.get(answer.url)
    post(browser, "undo_link", done=record_in(page))
    claimant.refresh_from_db()
    assert claimant.source is None
    assert not source.aliases.exists()
    assert Source.objects.filter(pk=source.pk).exists()


def test_linking_to_nobody_is_told_in_the_row(signed_in, admin):
    said_by("The Pentagon")
    answer = signed_in(admin).post(
        reverse("sources:link"), {"name": "The Pentagon", "source": "Nobody <b>"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "no source named “Nobody &lt;b&gt;”" in answer.content.decode()
    assert "The Pentagon" in answer.content.decode()


def test_name_that_is_anothers_is_not_given_to_a_second(admin):
    services.add_source(
        actor=admin, name="Department of Defense", kind="organisation", aliases=["The Pentagon"]
    )
    other = SourceFactory()
    claimant = said_by("The Pentagon")
    with pytest.raises(Refused):
        suggesting.link_suggestion(actor=admin, name="The Pentagon", source=other)
    claimant.refresh_from_db()
    assert claimant.source is None


def test_undo_leaves_what_an_editor_confirmed_and_a_source_that_is_used(admin, editor):
    rows = [said_by("Ryan Holt"), said_by("Ryan Holt")]
    linked = suggesting.accept_suggestion(actor=admin, name="Ryan Holt", kind="person")
    Claimant.objects.filter(pk=rows[0].pk).update(confirmed_by=editor, confirmed_at=rows[0].claim.created_at)
    told = suggesting.undo_link(actor=admin, linked=linked)
    assert len(told) == 2
    rows[0].refresh_from_db()
    rows[1].refresh_from_db()
    assert (rows[0].source.name, rows[1].source) == ("Ryan Holt", None)


def test_name_set_aside_is_not_suggested_until_wanted_back(signed_in, admin):
    said_by("Ryan Holt")
    browser = signed_in(admin)
    for _ in range(2):
        post(browser, "ignore", name="ryan HOLT")
    assert SuggestionIgnored.objects.count() == 1
    assert (waiting(admin), how_many(admin)) == ([], 0)
    assert "1 name is not suggested" in browser.get(reverse("sources:suggested")).content.decode()
    post(browser, "suggest_again", name="Ryan Holt")
    assert how_many(admin) == 1


def test_a_name_of_blanks_is_not_set_aside(signed_in, admin):
    answer = post(signed_in(admin), "ignore", name=" \t")
    assert answer.status_code == 409
    assert "There is no name" in answer.content.decode()
    assert not SuggestionIgnored.objects.exists()


BEFORE_LISTS = signing.dumps({"source": 1, "name": "Ryan Holt", "claimants": []}, salt="sources.suggested")


@pytest.mark.parametrize("record", ["forged", BEFORE_LISTS])
def test_old_or_forged_record_undoes_nothing(signed_in, admin, record):
    said_by("Ryan Holt")
    suggesting.accept_suggestion(actor=admin, name="Ryan Holt", kind="person")
    answer = signed_in(admin).post(reverse("sources:undo_link"), {"done": record}, follow=True)
    assert "too long ago" in answer.content.decode()
    assert Source.objects.filter(name="Ryan Holt").exists()


def test_hostile_names_are_shown_as_text(signed_in, admin):
    said_by("<script>alert(1)</script> אתר 🙂", "<img src=x>")
    page = signed_in(admin).get(reverse("sources:suggested")).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "אתר 🙂" in page


def test_speakers_on_restricted_claims_wait_for_those_who_may_see_them(admin):
    role = Role.objects.create(key="keeper", name="Keeper", capabilities=["read", "manage"])
    keeper = UserFactory(role=role)
    hidden, seen = said_by("Ryan Holt", restricted=True), said_by("Ryan Holt")
    assert waiting(keeper)[0].claims == 1
    suggesting.accept_suggestion(actor=keeper, name="Ryan Holt", kind="person")
    hidden.refresh_from_db()
    seen.refresh_from_db()
    assert (hidden.source, seen.source.name) == (None, "Ryan Holt")
    assert waiting(admin)[0].claims == 1


@pytest.mark.parametrize("who", ["viewer", "editor", "head"])
def test_others_decide_nothing(request, who):
    person = request.getfixturevalue(who)
    said_by("Ryan Holt")
    with pytest.raises(NotAllowed):
        suggesting.accept_suggestion(actor=person, name="Ryan Holt", kind="person")
    with pytest.raises(NotAllowed):
        suggesting.link_suggestion(actor=person, name="Ryan Holt", source=SourceFactory())
    with pytest.raises(NotAllowed):
        suggesting.ignore_suggestion(actor=person, name="Ryan Holt")
    with pytest.raises(NotAllowed):
        suggesting.undo_link(actor=person, linked=suggesting.Linked(1, "x", []))


def test_page_takes_the_same_queries_for_two_and_twelve(signed_in, admin, django_assert_num_queries):
    browser = signed_in(admin)
    for n in range(2):
        said_by(f"Ryan Holt {n}", "spokesman")
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("sources:suggested"))
    for n in range(10):
        SourceFactory(name=f"Mara Lind {n}")
        said_by(f"Mara Lind {n}", "minister")
    with django_assert_num_queries(len(few)):
        browser.get(reverse("sources:suggested"))
