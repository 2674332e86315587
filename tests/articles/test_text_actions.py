"""What an editor does in the text: claims and notes on selected words, other words for a claim, its wording."""

import json
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.articles.models import Annotation
from factcheck.articles.services import annotate, edit_annotation
from factcheck.claims.models import Claim
from factcheck.claims.services import triage
from factcheck.claims.services.editing import edit_claim
from tests.articles.conftest import LOST, RETURNED, TEXT

HTMX = {"HX-Request": "true"}


def selected(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "exact": words}


def add(client, article, words, **given):
    return client.post(f"{article.get_absolute_url()}claims/add/", {**selected(words), **given}, headers=HTMX)


def note(client, article, words, text):
    data = {**selected(words), "note": text}
    return client.post(f"{article.get_absolute_url()}notes/add/", data, headers=HTMX)


def appearance_of(quote):
    return Claim.objects.get(quote=quote).appearances.get()


# --- Claims -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Nobody", "territory 🛰️, the", "قال الوزير إن 40 في المئة"])
def test_selected_words_become_an_open_claim(signed_in, editor, read_article, words):
    response = add(signed_in(editor), read_article, words)
    claim = Claim.objects.get(quote=words)
    appearance = claim.appearances.get()
    assert claim.state == "open"
    assert TEXT[appearance.start : appearance.end] == words
    html = response.content.decode()
    assert f'data-claim="{claim.pk}"' in html or f'{claim.pk}"' in html
    assert 'hx-swap-oob="beforeend:#cards"' in html
    assert (
        json.loads(response.headers["HX-Trigger-After-Settle"])["showCard"]["id"] == f"card-{appearance.pk}"
    )


def test_only_the_paragraph_that_changed_comes_back(signed_in, editor, read_article):
    html = add(signed_in(editor), read_article, "Nobody").content.decode()
    assert f'id="p-{TEXT.index("The militia")}"' in html
    assert f'id="p-{TEXT.index(RETURNED)}"' not in html
    assert "<script>alert(1)" not in html


def test_a_claim_can_bring_its_neutral_wording(signed_in, editor, read_article):
    add(signed_in(editor), read_article, "Nobody", wording="No one was injured")
    assert Claim.objects.get(quote="Nobody").wording == "No one was injured"


def test_words_that_hold_a_claim_already_show_it(signed_in, editor, read_article):
    response = add(signed_in(editor), read_article, LOST)
    there = appearance_of(LOST)
    assert response.status_code == 204
    assert json.loads(response.headers["HX-Trigger"])["showCard"]["id"] == f"card-{there.pk}"
    plain = signed_in(editor).post(f"{read_article.get_absolute_url()}claims/add/", selected(LOST))
    assert plain.url.endswith(f"?claim={there.claim_id}#card-{there.pk}")
    assert Claim.objects.count() == 2


def test_a_restricted_claim_on_the_words_is_not_shown_to_others(signed_in, editor, read_article):
    Claim.objects.filter(quote=LOST).update(restricted=True)
    response = add(signed_in(editor), read_article, LOST)
    assert response.status_code == 409
    assert "showCard" not in response.headers.get("HX-Trigger", "")


def test_a_second_click_adds_no_second_claim(signed_in, editor, read_article):
    client = signed_in(editor)
    add(client, read_article, "Nobody")
    add(client, read_article, "Nobody")
    assert Claim.objects.filter(quote="Nobody").count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"start": "x", "end": "y"},
        {"start": 5, "end": 5},
        {"start": 0, "end": 10**9},
        {"start": -1, "end": 4},
        {"start": 6, "end": 9, "exact": "something else"},
    ],
)
def test_a_selection_that_is_not_in_the_text_is_refused_in_words(signed_in, editor, read_article, data):
    response = signed_in(editor).post(f"{read_article.get_absolute_url()}claims/add/", data, headers=HTMX)
    assert response.status_code == 409
    assert "elect" in response.content.decode()
    assert Claim.objects.count() == 2


def test_a_claim_moves_to_other_words(signed_in, editor, read_article):
    appearance = appearance_of(LOST)
    client = signed_in(editor)
    words = "lost 87 percent of its territory"
    response = client.post(f"/articles/appearances/{appearance.pk}/move/", selected(words), headers=HTMX)
    appearance.refresh_from_db()
    assert appearance.exact == words
    appearance.claim.refresh_from_db()
    assert appearance.claim.quote == words
    assert f'id="card-{appearance.pk}"' in response.content.decode()


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("start+", "militia has lost 87 percent of its territory"),
        ("end-", "The militia has lost 87 percent of its"),
        ("end+", "The militia has lost 87 percent of its territory 🛰️,"),
        ("start-", "Menu\n\nThe militia has lost 87 percent of its territory"),
    ],
)
def test_a_claim_grows_and_shrinks_by_words(signed_in, editor, read_article, by, words):
    appearance = appearance_of(LOST)
    response = signed_in(editor).post(
        f"/articles/appearances/{appearance.pk}/move/", {"by": by}, headers=HTMX
    )
    appearance.refresh_from_db()
    assert response.status_code == 200
    assert appearance.exact == words


def test_the_wording_is_written_on_the_card(signed_in, editor, read_article):
    appearance = appearance_of(LOST)
    data = {"wording": "The militia lost <b>most</b>", "revision": appearance.claim.revision, "was": ""}
    response = signed_in(editor).post(f"/articles/appearances/{appearance.pk}/reword/", data, headers=HTMX)
    assert response.status_code == 200
    assert "The militia lost &lt;b&gt;most&lt;/b&gt;" in response.content.decode()
    assert Claim.objects.get(quote=LOST).wording == "The militia lost <b>most</b>"


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_stale_wording_is_answered_with_both(signed_in, editor, colleague, read_article, headers):
    appearance = appearance_of(LOST)
    old = appearance.claim.revision
    edit_claim(actor=colleague, claim=appearance.claim, revision=old, wording="Theirs")
    client = signed_in(editor)
    url = f"/articles/appearances/{appearance.pk}/reword/"
    response = client.post(url, {"wording": "Mine", "revision": old, "was": ""}, headers=headers)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in html
    assert "Mine</textarea>" in html
    assert Claim.objects.get(quote=LOST).wording == "Theirs"
    now = Claim.objects.get(quote=LOST)
    again = {"wording": "Mine", "revision": now.revision, "was": now.wording}
    assert client.post(url, again, headers=HTMX).status_code == 200
    assert Claim.objects.get(quote=LOST).wording == "Mine"


def test_a_claim_in_review_keeps_its_wording_and_the_draft_stays(signed_in, editor, read_article):
    appearance = appearance_of(LOST)
    Claim.objects.filter(pk=appearance.claim_id).update(state="open")
    client = signed_in(editor)
    Claim.objects.filter(pk=appearance.claim_id).update(state="in_review")
    data = {"wording": "Mine", "revision": appearance.claim.revision}
    response = client.post(f"/articles/appearances/{appearance.pk}/reword/", data, headers=HTMX)
    assert response.status_code == 409
    assert "in review" in response.content.decode()


# --- Notes --------------------------------------------------------------------------------------------------------


def test_selected_words_take_a_note(signed_in, editor, read_article):
    response = note(signed_in(editor), read_article, "🛰️", "Which one? <i>שלום</i>")
    made = Annotation.objects.get()
    assert (made.exact, made.note, made.author) == ("🛰️", "Which one? <i>שלום</i>", editor)
    html = " ".join(response.content.decode().split())
    assert "Which one? &lt;i&gt;שלום&lt;/i&gt;" in html
    assert f'data-claim="note-{made.pk}" data-kind="note"' in html


def test_a_note_in_a_claim_shades_its_words_only(signed_in, editor, read_article):
    answer = note(signed_in(editor), read_article, "87 percent", "Of what?")
    html = " ".join(unescape(answer.content.decode()).split())
    claim, made = Claim.objects.get(quote=LOST), Annotation.objects.get()
    assert (
        f'data-claim="{claim.pk} note-{made.pk}" data-state="candidate" ><span class="hl" data-kind="note">'
        in html
    )


def test_an_empty_note_is_refused(signed_in, editor, read_article):
    assert note(signed_in(editor), read_article, "Nobody", "  ").status_code == 409
    assert not Annotation.objects.exists()


def test_the_same_note_twice_is_one(signed_in, editor, read_article):
    client = signed_in(editor)
    note(client, read_article, "Nobody", "Ask.")
    note(client, read_article, "Nobody", "Ask.")
    assert Annotation.objects.count() == 1


@pytest.fixture
def my_note(editor, read_article):
    span = selected("Nobody")
    version = read_article.current_version
    return annotate(actor=editor, version=version, start=span["start"], end=span["end"], note="Ask.")


def test_ones_own_note_is_rewritten(signed_in, editor, my_note):
    data = {"note": "Ask again.", "revision": my_note.revision}
    response = signed_in(editor).post(f"/articles/notes/{my_note.pk}/edit/", data, headers=HTMX)
    assert "Ask again." in response.content.decode()
    my_note.refresh_from_db()
    assert my_note.note == "Ask again."


def test_a_stale_note_is_answered_with_both(signed_in, editor, my_note):
    old = my_note.revision
    edit_annotation(actor=editor, annotation=my_note, revision=old, note="From another window")
    data = {"note": "Mine", "revision": old}
    response = signed_in(editor).post(f"/articles/notes/{my_note.pk}/edit/", data, headers=HTMX)
    assert response.status_code == 409
    assert "From another window" in response.content.decode()
    assert "Mine</textarea>" in response.content.decode()


def test_ones_own_note_is_removed(signed_in, editor, my_note):
    response = signed_in(editor).post(f"/articles/notes/{my_note.pk}/remove/", headers=HTMX)
    assert f'<li id="note-{my_note.pk}" hx-swap-oob="delete">' in response.content.decode()
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("action", ["edit", "remove"])
def test_another_persons_note_stays(signed_in, colleague, my_note, action):
    data = {"note": "Not mine", "revision": my_note.revision}
    assert signed_in(colleague).post(f"/articles/notes/{my_note.pk}/{action}/", data).status_code == 403
    my_note.refresh_from_db()
    assert my_note.note == "Ask."


def test_another_step_on_the_claim_is_no_conflict_with_its_wording(claim, signed_in, editor, colleague):
    appearance = claim.appearances.get()
    data = {"wording": "Ours.", "revision": claim.revision, "was": claim.wording}
    triage.set_priority(actor=colleague, claim=claim, priority=2)
    response = signed_in(editor).post(f"/articles/appearances/{appearance.pk}/reword/", data, headers=HTMX)
    assert response.status_code == 200
    claim.refresh_from_db()
    assert (claim.wording, claim.priority) == ("Ours.", 2)


def test_the_second_of_two_who_move_a_claim_is_told(claim, signed_in, editor, colleague):
    appearance = claim.appearances.get()
    url = f"/articles/appearances/{appearance.pk}/move/?was={appearance.start}-{appearance.end}"
    assert signed_in(colleague).post(url, {"by": "end-"}, headers=HTMX).status_code == 200
    response = signed_in(editor).post(url, {"by": "end-"}, headers=HTMX)
    assert response.status_code == 409
    assert "Somebody moved this claim" in response.content.decode()
    appearance.refresh_from_db()
    assert appearance.exact == "The militia has lost 87 percent of its"


@pytest.mark.parametrize("action", ["move", "reword"])
def test_what_one_may_not_see_is_not_there(signed_in, editor, viewer, read_article, action):
    appearance = appearance_of(LOST)
    url = f"/articles/appearances/{appearance.pk}/{action}/"
    assert signed_in(viewer).post(url, {"wording": "x", "by": "end-"}).status_code == 403
    Claim.objects.filter(quote=LOST).update(restricted=True)
    assert signed_in(editor).post(url, {"wording": "x", "by": "end-"}).status_code == 404


# --- A claim in two places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "data", "shown"),
    [
        ("accept", {}, 'data-state="open"'),
        ("dismiss", {"reason": "opinion"}, 'data-state="dismissed"'),
        ("priority", {"priority": "2"}, 'data-priority="2"'),
        (
            "reword",
            {"wording": "The militia lost land.", "revision": "0", "was": ""},
            "The militia lost land.",
        ),
    ],
)
def test_a_step_on_one_place_shows_on_the_claims_other_card_too(signed_in, editor, twice, step, data, shown):
    claim, first, other = twice
    client = signed_in(editor)
    for asked, beside in ((first, other), (other, first)):
        claim.refresh_from_db()
        if step == "reword":
            url, data = f"/articles/appearances/{asked.pk}/reword/", {**data, "revision": claim.revision}
        else:
            url = reverse(f"claims:{step}", args=[claim.pk])
        response = client.post(url, {"as": "card", "appearance": asked.pk, **data}, headers=HTMX)
        cards = {card.split('"')[0]: card for card in response.content.decode().split('id="card-')[1:]}
        assert set(cards) == {str(first.pk), str(other.pk)}
        assert all(shown in card for card in cards.values())
        assert "hx-swap-oob" not in cards[str(asked.pk)]
        assert "hx-swap-oob" in cards[str(beside.pk)]


def test_an_answer_takes_as_many_questions_for_many_places_as_for_two(
    signed_in, editor, twice, django_assert_num_queries
):
    claim, first, other = twice
    client = signed_in(editor)

    def answer():
        data = {"as": "card", "appearance": first.pk, "priority": "2"}
        client.post(reverse("claims:priority", args=[claim.pk]), data, headers=HTMX)

    answer()
    with CaptureQueriesContext(connection) as few:
        answer()
    for start in range(8):
        claim.appearances.create(version=other.version, start=start, end=start + 3, exact="abc")
    with django_assert_num_queries(len(few)):
        answer()
