"""The steps of triage over HTTP: as a row, as a card, and as a plain form."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim, Step
from factcheck.claims.services import triage
from tests.factories import ArticleFactory, ClaimFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
STEPS = ["accept", "dismiss", "park", "restore", "priority", "assign", "merge", "looked", "close"]


def step(client, name, *args, htmx=True, **data):
    data = {"as": "row"} | data if htmx else data
    return client.post(reverse(f"claims:{name}", args=args), data, headers=HTMX if htmx else {})


def announced(response):
    return json.loads(response.headers["HX-Trigger"])["announce"]["text"]


def test_accept_opens_the_claim_and_answers_with_its_row(signed_in, editor, claim):
    response = step(signed_in(editor), "accept", claim.pk)
    claim.refresh_from_db()
    assert claim.state == Claim.State.OPEN
    assert claim.assignee is None
    page = response.content.decode()
    assert f'id="row-{claim.pk}"' in page
    assert 'data-decided="open"' in page
    assert announced(response) == "Accepted."


def test_accept_and_take_assigns_it(signed_in, editor, claim):
    step(signed_in(editor), "accept", claim.pk, take="1")
    claim.refresh_from_db()
    assert claim.assignee == editor


def test_a_second_click_is_no_error_and_no_second_step(signed_in, editor, claim):
    client = signed_in(editor)
    for _ in range(2):
        assert step(client, "accept", claim.pk).status_code == 200
    assert Step.objects.filter(claim=claim, action="accept").count() == 1


def test_who_comes_second_reads_what_became_of_the_claim(signed_in, editor, colleague, claim):
    triage.dismiss(actor=colleague, claim=claim)
    Claim.objects.filter(pk=claim.pk).update(state="in_review", reason="")
    response = step(signed_in(editor), "accept", claim.pk)
    assert response.status_code == 409
    assert "in review" in announced(response)
    assert f'id="row-{claim.pk}"' in response.content.decode()


def test_a_dismissal_takes_the_usual_reason_and_another_one_afterwards(signed_in, editor, claim):
    client = signed_in(editor)
    response = step(client, "dismiss", claim.pk)
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == ("dismissed", "not_worth")
    assert 'data-key="5"' in response.content.decode()
    step(client, "dismiss", claim.pk, reason="opinion")
    claim.refresh_from_db()
    assert claim.reason == "opinion"


def test_one_undo_takes_back_a_dismissal_with_its_later_reason(signed_in, editor, claim):
    client = signed_in(editor)
    step(client, "dismiss", claim.pk)
    step(client, "dismiss", claim.pk, reason="opinion")
    response = step(client, "undo")
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == ("candidate", "")
    assert "data-done" not in response.content.decode()


def test_an_unknown_reason_is_refused(signed_in, editor, claim):
    assert step(signed_in(editor), "dismiss", claim.pk, reason="whim").status_code == 409
    claim.refresh_from_db()
    assert claim.state == "candidate"


def test_the_rest_of_an_article_goes_and_comes_back_as_one(signed_in, editor, article):
    client = signed_in(editor)
    others = [ClaimFactory(article=article) for _ in range(3)]
    elsewhere = ClaimFactory()
    kept = ClaimFactory(article=article, state="open")
    shown = ",".join(str(c.pk) for c in [*others[:2], elsewhere])
    response = step(client, "dismiss_rest", article.pk, shown=shown)
    states = set(Claim.objects.filter(pk__in=[c.pk for c in others]).values_list("state", flat=True))
    assert states == {"dismissed"}
    assert not Claim.objects.filter(pk__in=[elsewhere.pk, kept.pk], state="dismissed").exists()
    page = response.content.decode()
    assert page.count('<li class="row"') == 2
    back = step(client, "undo")
    assert Claim.objects.filter(state="candidate").count() == 4
    assert back.content.decode().count('<li class="row"') == 3


def test_park_asks_until_when_and_refuses_a_day_gone_by(signed_in, editor, claim):
    client = signed_in(editor)
    form = client.get(reverse("claims:park", args=[claim.pk]), {"as": "row"}, headers=HTMX)
    assert 'name="until"' in form.content.decode()
    past = step(client, "park", claim.pk, until="2001-01-01", waiting_for="the ministry")
    assert past.status_code == 409
    assert "the ministry" in past.content.decode()
    assert past.headers["HX-Retarget"] == "#sheet"
    tomorrow = timezone.localdate() + timedelta(days=1)
    step(client, "park", claim.pk, day=str(tomorrow), until="", waiting_for="the ministry")
    claim.refresh_from_db()
    assert (claim.state, claim.parked_until, claim.reason_note) == ("parked", tomorrow, "the ministry")


def test_park_says_what_is_wrong_with_a_date(signed_in, editor, claim):
    response = step(signed_in(editor), "park", claim.pk, until="soon")
    assert response.status_code == 422
    assert "soon" in response.content.decode()


def test_priority_moves_no_row_and_refuses_nonsense(signed_in, editor, claim):
    client = signed_in(editor)
    response = step(client, "priority", claim.pk, priority="2")
    claim.refresh_from_db()
    assert claim.priority == 2
    assert "data-done" not in response.content.decode()
    for nonsense in ("9", "-1", "x", "", "9" * 40):
        assert step(client, "priority", claim.pk, priority=nonsense).status_code == 409


def test_assigning_to_somebody_who_may_not_verify_is_refused(signed_in, editor, colleague, viewer, claim):
    client = signed_in(editor)
    assert step(client, "assign", claim.pk, assignee=viewer.pk).status_code == 409
    step(client, "assign", claim.pk, assignee=colleague.pk)
    claim.refresh_from_db()
    assert claim.assignee == colleague
    step(client, "assign", claim.pk, assignee="")
    claim.refresh_from_db()
    assert claim.assignee is None


def test_who_assigns_a_claim_that_was_given_away_meanwhile_is_told(signed_in, editor, colleague, claim):
    client = signed_in(editor)
    Claim.objects.filter(pk=claim.pk).update(assignee=colleague)
    answer = step(client, "assign", claim.pk, assignee="me", was_assignee="0")
    claim.refresh_from_db()
    assert (answer.status_code, claim.assignee) == (409, colleague)
    assert step(client, "assign", claim.pk, assignee="me", was_assignee=colleague.pk).status_code == 200
    assert step(client, "assign", claim.pk, assignee="me", was_assignee=colleague.pk).status_code == 200
    claim.refresh_from_db()
    assert claim.assignee == editor


def test_who_sets_a_priority_that_changed_meanwhile_is_told(signed_in, editor, claim):
    Claim.objects.filter(pk=claim.pk).update(priority=3)
    client = signed_in(editor)
    assert step(client, "priority", claim.pk, priority="2", was_priority="0").status_code == 409
    assert step(client, "priority", claim.pk, priority="1", was_priority="3").status_code == 200
    claim.refresh_from_db()
    assert claim.priority == 1


def test_every_form_that_assigns_or_ranks_says_what_it_was_decided_on(signed_in, editor, claim):
    client = signed_in(editor)
    for path in (reverse("queue"), reverse("queue_detail", args=[claim.pk]), claim.get_absolute_url()):
        html = client.get(path).content.decode()
        assert 'name="was_assignee" value="0"' in html, path
        assert 'name="was_priority" value="0"' in html, path


def test_closing_ends_the_work_and_restoring_brings_it_back(signed_in, editor, claim):
    client = signed_in(editor)
    step(client, "accept", claim.pk)
    step(client, "close", claim.pk, reason="trivial", note="known")
    claim.refresh_from_db()
    assert (claim.state, claim.reason, claim.reason_note) == ("closed", "trivial", "known")
    step(client, "restore", claim.pk)
    claim.refresh_from_db()
    assert claim.state == "open"


def test_looking_again_clears_the_flag(signed_in, editor, claim):
    Claim.objects.filter(pk=claim.pk).update(needs_look="the series was revised")
    step(signed_in(editor), "looked", claim.pk)
    claim.refresh_from_db()
    assert claim.needs_look == ""


def test_merge_offers_claims_in_like_words_and_moves_the_appearances(signed_in, editor, claim):
    client = signed_in(editor)
    into = ClaimFactory(wording="The militia lost 87 percent of its territory")
    sheet = client.get(reverse("claims:merge", args=[claim.pk]), {"as": "row"}, headers=HTMX)
    assert f'value="{into.pk}"' in sheet.content.decode()
    step(client, "merge", claim.pk, into=into.pk)
    claim.refresh_from_db()
    assert claim.merged_into == into
    assert into.appearances.count() == 2


def test_merge_finds_by_words_and_wants_a_choice(signed_in, editor, claim):
    client = signed_in(editor)
    ClaimFactory(quote="Rents rose by a fifth", figure=None)
    url = reverse("claims:merge", args=[claim.pk])
    assert "Rents rose" in client.get(url, {"q": "rents FIFTH"}, headers=HTMX).content.decode()
    assert step(client, "merge", claim.pk, into="").status_code == 422
    assert step(client, "merge", claim.pk, into=claim.pk).status_code == 409


def test_several_at_once_are_one_step_to_undo(signed_in, editor, article):
    client = signed_in(editor)
    claims = [ClaimFactory(article=article) for _ in range(3)]
    gone = ClaimFactory(article=article, state="in_review")
    keys = [claim.pk for claim in [*claims, gone]]
    response = step(client, "bulk", do="accept", claims=keys)
    assert announced(response) == "Accepted 3 claims. 1 could not be."
    assert Claim.objects.filter(state="open").count() == 3
    step(client, "undo")
    assert Claim.objects.filter(state="candidate").count() == 3


@pytest.mark.parametrize("do", ["", "explode"])
def test_several_at_once_want_to_know_what(signed_in, editor, claim, do):
    assert step(signed_in(editor), "bulk", do=do, claims=[claim.pk]).status_code == 422


def test_nothing_selected_is_said(signed_in, editor):
    response = step(signed_in(editor), "bulk", do="accept", claims=["x", "9" * 30])
    assert response.status_code == 422
    assert announced(response) == "Select some claims first."


def test_nothing_to_undo_is_said(signed_in, editor):
    assert announced(step(signed_in(editor), "undo")) == "There is nothing to undo."


def test_a_plain_form_goes_back_to_where_it_was(signed_in, editor, claim):
    client = signed_in(editor)
    response = step(client, "accept", claim.pk, htmx=False, next="/queue/?view=open")
    assert response.status_code == 302
    assert response.headers["Location"] == "/queue/?view=open"


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_a_form_never_leads_off_the_site(signed_in, editor, claim, there):
    response = step(signed_in(editor), "accept", claim.pk, htmx=False, next=there)
    assert response.headers["Location"] == claim.get_absolute_url()


def test_an_htmx_request_without_a_shape_reloads_the_page(signed_in, editor, claim):
    response = step(signed_in(editor), "accept", claim.pk, **{"as": ""})
    assert response.headers["HX-Refresh"] == "true"


def test_a_card_comes_back_beside_its_article(signed_in, editor, claim):
    appearance = claim.appearances.get()
    data = {"as": "card", "appearance": appearance.pk}
    response = step(signed_in(editor), "accept", claim.pk, **data)
    assert f'id="card-{appearance.pk}"' in response.content.decode()
    assert "hx-swap-oob" not in response.content.decode()


def test_undo_from_an_article_brings_back_the_cards_in_place(signed_in, editor, claim):
    client = signed_in(editor)
    article = claim.lead_article
    step(client, "dismiss_rest", article.pk, **{"as": "card", "article": article.pk})
    response = step(client, "undo", **{"as": "card", "article": article.pk})
    assert f'id="card-{claim.appearances.get().pk}"' in response.content.decode()
    assert "hx-swap-oob" in response.content.decode()


@pytest.mark.parametrize("name", STEPS)
def test_a_viewer_may_take_no_step(signed_in, viewer, claim, name):
    assert step(signed_in(viewer), name, claim.pk).status_code == 403
    claim.refresh_from_db()
    assert claim.state == "candidate"


@pytest.mark.parametrize("name", STEPS)
def test_what_one_may_not_see_is_not_there(signed_in, editor, name):
    hidden = ClaimFactory(restricted=True)
    assert step(signed_in(editor), name, hidden.pk).status_code == 404


def test_an_outsider_is_asked_to_sign_in(client, claim):
    response = step(client, "accept", claim.pk, htmx=False)
    assert response.headers["Location"].startswith(reverse("accounts:login"))


def test_restricted_claims_are_left_out_of_what_is_done_to_several(signed_in, editor):
    article = ArticleFactory()
    hidden = ClaimFactory(article=article, restricted=True)
    client = signed_in(editor)
    step(client, "bulk", do="dismiss", claims=[hidden.pk])
    step(client, "dismiss_rest", article.pk)
    hidden.refresh_from_db()
    assert hidden.state == "candidate"


@pytest.mark.parametrize("name", ["accept", "dismiss", "undo", "bulk", "priority"])
def test_steps_are_never_taken_by_following_a_link(signed_in, editor, claim, name):
    args = [] if name in ("undo", "bulk") else [claim.pk]
    assert signed_in(editor).get(reverse(f"claims:{name}", args=args)).status_code == 405
