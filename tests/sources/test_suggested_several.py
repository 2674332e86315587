"""Suggested sources decided several at once: taken in, linked to one, set aside, and undone."""

import re

import pytest
from django.urls import reverse

from factcheck.claims.models import Claimant
from factcheck.desk.errors import NotAllowed
from factcheck.sources import services, suggesting
from factcheck.sources.models import Source, SourceAlias, SuggestionIgnored
from factcheck.sources.suggestions import how_many
from tests.factories import SourceFactory
from tests.sources.test_suggested import said_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in, admin):
    return signed_in(admin)


def decide(browser, *ticked, **fields):
    answer = browser.post(reverse("sources:several"), {"ticked": ticked, **fields}, follow=True)
    return answer.content.decode()


def sources_of():
    return {one.name: one.source and one.source.name for one in Claimant.objects.select_related("source")}


def outcome_in(page):
    inside = page.partition('class="list decided" role="status">')[2].partition("</ul>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def test_ticked_are_taken_in_each_as_its_row_suggests(browser, admin):
    services.add_source(
        actor=admin, name="Department of Defense", kind="organisation", aliases=["The Pentagon"]
    )
    for name in ("Ryan Holt", "Civic Alliance", "the Pentagon", "Mara Lind"):
        said_by(name)
    page = decide(
        browser, "person|Ryan Holt", "organisation|Civic Alliance", "person|the Pentagon", do="accept"
    )
    assert sources_of() == {
        "Ryan Holt": "Ryan Holt",
        "Civic Alliance": "Civic Alliance",
        "the Pentagon": "Department of Defense",
        "Mara Lind": None,
    }
    assert Source.objects.get(name="Civic Alliance").kind == "organisation"
    assert "3 names are linked" in outcome_in(page)
    event = Source.pgh_event_model.objects.get(
        pgh_obj=Source.objects.get(name="Ryan Holt"), pgh_label="insert"
    )
    assert event.pgh_context.metadata["action"] == "accept suggested source"


def test_all_are_one_source_and_undone_together(browser, admin):
    said_by("Ryan Holt")
    said_by("R. Holt")
    holt = SourceFactory(name="Ryan Holt", kind="person")
    page = decide(browser, "person|Ryan Holt", "person|R. Holt", do="link", source="Ryan Holt")
    assert set(sources_of().values()) == {"Ryan Holt"}
    assert [one.name for one in holt.aliases.all()] == ["R. Holt"]
    record = re.search(r'name="done" value="([^"]+)"', page)[1]
    undone = browser.post(reverse("sources:undo_link"), {"done": record}, follow=True).content.decode()
    assert "2 names are only suggested" in undone
    assert set(sources_of().values()) == {None}
    assert not SourceAlias.objects.exists()


def test_ticked_are_set_aside_and_suggested_again(browser, admin):
    for name in ("Ryan Holt", "Mara Lind", "Ada Vik"):
        said_by(name)
    page = decide(browser, "person|Ryan Holt", "person|Mara Lind", do="ignore")
    assert "2 names are not suggested any more: Ryan Holt , Mara Lind" in outcome_in(page)
    assert how_many(admin) == 1
    browser.post(reverse("sources:suggest_again"), {"name": ["Ryan Holt", "Mara Lind"]})
    assert not SuggestionIgnored.objects.exists()


def test_what_somebody_else_decided_is_left_and_told_and_the_rest_goes_through(browser, admin):
    for name in ("Ryan Holt", "Mara Lind"):
        said_by(name)
    suggesting.accept_suggestion(actor=admin, name="Ryan Holt", kind="person")
    page = outcome_in(decide(browser, "person|Ryan Holt", "person|Mara Lind", "pirate|Nobody", do="accept"))
    assert "1 name is linked: Mara Lind" in page
    assert "Ryan Holt : Nobody of that name waits any more: somebody was faster." in page
    assert "Nobody : Nobody of that name" in page
    assert Source.objects.filter(kind="person").count() == 2


def test_second_click_says_what_the_first_did(browser):
    said_by("Ryan Holt")
    for _click in range(2):
        page = decide(browser, "person|Ryan Holt", do="accept")
    assert "1 name is linked: Ryan Holt" in outcome_in(page)
    assert "somebody was faster" not in page
    assert 'name="done"' in page


def test_name_of_two_sources_is_left_to_a_person(browser):
    said_by("Holt")
    for kind in ("person", "organisation"):
        SourceFactory(name="Holt", kind=kind)
    page = decide(browser, "person|Holt", do="accept")
    assert "say in its row which it is" in outcome_in(page)
    assert sources_of() == {"Holt": None}


def test_wrong_source_keeps_the_ticks_and_what_was_typed(browser):
    said_by("Ryan Holt")
    said_by("Mara Lind")
    # The Enter key sends no button: a typed source says what is meant.
    answer = browser.post(reverse("sources:several"), {"ticked": "person|Ryan Holt", "source": "Nobody <b>"})
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert "no source named “Nobody &lt;b&gt;”" in page
    assert page.count("checked") == page.count('value="person|Ryan Holt" form="several" checked') == 1
    assert 'value="Nobody &lt;b&gt;"' in page


def test_nothing_ticked_is_told(browser):
    said_by("Ryan Holt")
    assert "No name is ticked" in decide(browser, do="accept")


def test_others_decide_nothing(editor):
    for decision in (
        lambda: suggesting.accept_suggestions(actor=editor, kinds={"x": "person"}),
        lambda: suggesting.link_suggestions(actor=editor, names=["x"], source=SourceFactory()),
        lambda: suggesting.ignore_suggestions(actor=editor, names=["x"]),
    ):
        with pytest.raises(NotAllowed):
            decision()
