"""Editing what was said: wording, claimants, who sees it, claims without an article."""

import pytest
from django.urls import reverse

from factcheck.claims.history import history_of
from factcheck.claims.models import Claim, Claimant
from factcheck.claims.services import editing
from factcheck.sources.models import Source
from tests.factories import SourceFactory

HTMX = {"HX-Request": "true"}


def wording_data(claim, wording):
    return {"wording": wording, "was": claim.wording, "revision": claim.revision}


def test_the_wording_is_set_and_the_quote_stays(claim, editor, signed_in):
    answer = signed_in(editor).post(
        reverse("claims:wording", args=[claim.pk]), wording_data(claim, " The militia lost land. ")
    )
    assert answer.status_code == 302
    was = claim.quote
    claim.refresh_from_db()
    assert (claim.wording, claim.quote) == ("The militia lost land.", was)


def test_the_second_of_two_who_reword_sees_both_texts(claim, editor, colleague, signed_in):
    mine = wording_data(claim, "Mine, with care")
    editing.edit_claim(actor=colleague, claim=claim, revision=claim.revision, wording="Theirs")
    for headers in ({}, HTMX):
        answer = signed_in(editor).post(reverse("claims:wording", args=[claim.pk]), mine, headers=headers)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert html.count("Mine, with care") >= 2
        assert "Theirs" in html
        assert "Ben Oduya" in html
    claim.refresh_from_db()
    assert claim.wording == "Theirs"
    again = signed_in(editor).post(
        reverse("claims:wording", args=[claim.pk]),
        {"wording": "Mine, with care", "was": "Theirs", "revision": claim.revision},
    )
    assert again.status_code == 302
    claim.refresh_from_db()
    assert claim.wording == "Mine, with care"


def test_evidence_that_came_in_between_does_not_make_a_wording_stale(claim, editor, colleague, signed_in):
    mine = wording_data(claim, "Mine")
    editing.confirm_claimant(actor=colleague, claim=claim, claimant=None, revision=None, name="Ryan Holt")
    answer = signed_in(editor).post(reverse("claims:wording", args=[claim.pk]), mine)
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert claim.wording == "Mine"


def test_a_suggested_claimant_is_confirmed_with_one_click(claim, editor, signed_in):
    claimant = Claimant.objects.create(claim=claim, name="Ryan Holt", role="spokesman")
    address = reverse("claims:confirm_claimant", args=[claim.pk, claimant.pk])
    data = {"name": "Ryan Holt", "role": "spokesman", "source": "", "revision": claimant.revision}
    answer = signed_in(editor).post(address, data, headers=HTMX)
    assert answer.status_code == 200
    assert "confirmed by Ada Byron" in answer.content.decode()
    claimant.refresh_from_db()
    assert claimant.confirmed_by == editor


def test_a_claimant_is_corrected_and_linked_to_a_source(claim, editor, signed_in):
    claimant = Claimant.objects.create(claim=claim, name="Holt")
    person = SourceFactory(name="Ryan Holt", kind=Source.Kind.PERSON)
    data = {"name": "Ryan Holt", "role": "minister", "source": "ryan holt", "revision": claimant.revision}
    signed_in(editor).post(reverse("claims:confirm_claimant", args=[claim.pk, claimant.pk]), data)
    claimant.refresh_from_db()
    assert (claimant.name, claimant.role, claimant.source) == ("Ryan Holt", "minister", person)


def test_a_source_that_the_desk_does_not_have_is_said_beside_its_field(claim, editor, signed_in):
    data = {"name": "Ryan Holt", "role": "minister", "source": "Nobody here"}
    answer = signed_in(editor).post(reverse("claims:add_claimant", args=[claim.pk]), data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "The desk has no source of this name" in html
    assert 'value="Nobody here"' in html
    assert not claim.claimants.exists()


def test_the_same_claimant_twice_is_refused_with_the_form_kept(claim, editor, signed_in):
    Claimant.objects.create(claim=claim, name="Ryan Holt")
    answer = signed_in(editor).post(
        reverse("claims:add_claimant", args=[claim.pk]), {"name": "Ryan Holt", "role": "typed role"}
    )
    assert answer.status_code == 409
    assert "typed role" in answer.content.decode()


def test_the_second_of_two_who_correct_a_claimant_sees_both(claim, editor, colleague, signed_in):
    claimant = Claimant.objects.create(claim=claim, name="Holt")
    editing.confirm_claimant(
        actor=colleague, claim=claim, claimant=claimant, revision=claimant.revision, name="Rian Holt"
    )
    answer = signed_in(editor).post(
        reverse("claims:confirm_claimant", args=[claim.pk, claimant.pk]),
        {"name": "Ryan Holt", "role": "", "source": "", "revision": 1},
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Rian Holt" in html
    assert "Ryan Holt" in html


def test_removing_a_claimant_twice_is_no_error(claim, editor, signed_in):
    claimant = Claimant.objects.create(claim=claim, name="Ryan Holt")
    address = reverse("claims:remove_claimant", args=[claim.pk, claimant.pk])
    assert signed_in(editor).post(address).status_code == 302
    assert signed_in(editor).post(address).status_code == 302
    assert not claim.claimants.exists()


def test_sources_are_offered_by_name_and_other_name(editor, signed_in):
    source = SourceFactory(name="Institute for Frontier Studies")
    source.aliases.create(name="IFS")
    for words in ("frontier", "ifs"):
        html = signed_in(editor).get(reverse("claims:sources"), {"source": words}).content.decode()
        assert "Institute for Frontier Studies" in html


def test_a_restricted_claim_is_seen_by_those_named(claim, editor, colleague, reviewer, signed_in):
    form = {"due_on": "2027-01-31", "restricted": "on", "people": [str(colleague.pk)]}
    form |= {"revision": claim.revision, "was": "/0/[]"}
    answer = signed_in(editor).post(reverse("claims:people", args=[claim.pk]), form)
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert claim.restricted
    assert str(claim.due_on) == "2027-01-31"
    seen = [u for u in (editor, colleague, reviewer) if Claim.objects.visible_to(u).exists()]
    assert seen == [editor, colleague]


def test_a_second_person_setting_the_due_day_is_told(claim, editor, colleague, signed_in):
    editing.set_people(
        actor=colleague,
        claim=claim,
        revision=claim.revision,
        due_on="2027-02-01",
        restricted=False,
        people=[],
    )
    form = {"due_on": "2027-01-31", "revision": 1, "was": "/0/[]"}
    answer = signed_in(editor).post(reverse("claims:people", args=[claim.pk]), form)
    assert answer.status_code == 409
    assert "2027-02-01" in answer.content.decode()


def test_a_second_person_naming_who_sees_it_is_shown_whom_the_first_named(
    claim, editor, colleague, reviewer, signed_in
):
    editing.set_people(
        actor=colleague,
        claim=claim,
        revision=claim.revision,
        due_on=None,
        restricted=True,
        people=[editor, colleague],
    )
    form = {"restricted": "on", "people": [editor.pk, reviewer.pk], "revision": 1, "was": "/0/[]"}
    answer = signed_in(editor).post(reverse("claims:people", args=[claim.pk]), form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada Byron, Ben Oduya" in html
    assert "Ada Byron, Rosa Lind" in html


def test_the_history_says_who_was_named_to_see_it_and_who_no_more(claim, editor, reviewer, signed_in):
    for people in ([editor, reviewer], [editor]):
        claim.refresh_from_db()
        editing.set_people(
            actor=editor, claim=claim, revision=claim.revision, due_on=None, restricted=True, people=people
        )
    told = [(d.what, d.before, d.after) for entry in history_of(claim) for d in entry.differences]
    assert ("seen by", "", "Rosa Lind") in told
    assert ("seen by", "Rosa Lind", "") in told
    assert "Rosa Lind" in signed_in(editor).get(reverse("claims:history", args=[claim.pk])).content.decode()


def test_a_claim_without_an_article_is_added_and_opened(editor, signed_in):
    answer = signed_in(editor).post(
        reverse("claims:add"),
        {"quote": "Heard on the tram\r\nby many", "wording": "", "claimant": "A man", "role": "passenger"},
    )
    made = Claim.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.state, made.quote) == ("open", "Heard on the tram\nby many")
    assert made.claimants.get().role == "passenger"


def test_an_empty_claim_keeps_the_rest_of_the_form(editor, signed_in):
    answer = signed_in(editor).post(reverse("claims:add"), {"quote": "  ", "wording": "kept words"})
    assert answer.status_code == 422
    assert "kept words" in answer.content.decode()
    assert "Write down what was said." in answer.content.decode()


def test_a_nul_byte_is_refused_in_words(editor, signed_in):
    answer = signed_in(editor).post(reverse("claims:add"), {"quote": "bad \x00 byte", "wording": "kept"})
    assert answer.status_code == 422
    assert "kept" in answer.content.decode()


@pytest.mark.parametrize("name", ["wording", "people", "add_claimant", "add_figure"])
def test_a_viewer_may_change_nothing(claim, viewer, signed_in, name):
    before = claim.revision
    answer = signed_in(viewer).post(reverse(f"claims:{name}", args=[claim.pk]), {"wording": "x", "name": "x"})
    assert answer.status_code == 403
    claim.refresh_from_db()
    assert claim.revision == before


def test_nothing_is_reworded_while_a_verdict_is_in_review_and_the_text_is_kept(in_review, editor, signed_in):
    claim = in_review.claim
    claim.refresh_from_db()
    answer = signed_in(editor).post(
        reverse("claims:wording", args=[claim.pk]), wording_data(claim, "typed meanwhile")
    )
    assert answer.status_code == 409
    assert "typed meanwhile" in answer.content.decode()
    assert "Recall it" in answer.content.decode()


def test_the_form_comes_back_filled_after_a_save(claim, editor, signed_in):
    answer = signed_in(editor).post(
        reverse("claims:wording", args=[claim.pk]), wording_data(claim, "New words"), headers=HTMX
    )
    html = answer.content.decode()
    assert html.count("New words") == 3  # the heading, the field, and what it is compared with
    assert f'name="revision" value="{claim.revision + 1}"' in html
    assert 'id="missing"' in html
