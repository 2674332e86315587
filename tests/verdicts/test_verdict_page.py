"""From evidence to approval on the claim's page, in the hands of two people."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from factcheck.claims.models import Claim
from factcheck.claims.services import editing
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Evidence, Review, Verdict, VerdictDraft
from tests.factories import ClaimFactory, UserFactory

HTMX = {"HX-Request": "true"}


def at(name, *keys):
    return reverse(f"verdicts:{name}", args=keys)


def draft_data(rating, **changes):
    data = {"rating": rating.pk, "summary": "It has.", "explanation": "Count.", "revision": 0}
    return {**data, **changes}


def test_the_whole_way_from_candidate_to_verified(claim, editor, reviewer, signed_in, rating):
    author, second = signed_in(editor), signed_in(reviewer)
    author.post(reverse("claims:accept", args=[claim.pk]), {"take": "1"})
    author.post(reverse("claims:add_claimant", args=[claim.pk]), {"name": "Ryan Holt", "role": "spokesman"})
    evidence = {"stance": "refutes", "title": "Map", "url": "https://maps.example/1", "passage": "78 of 100"}
    assert author.post(at("add_evidence", claim.pk), evidence).status_code == 302
    assert author.post(at("draft", claim.pk), draft_data(rating("false"))).status_code == 302
    assert author.post(at("submit", claim.pk)).status_code == 302
    verdict = Verdict.objects.get()
    refused = author.post(at("review", verdict.pk), {"outcome": "approved"})
    assert refused.status_code == 403
    assert Claim.objects.get().state == "in_review"
    html = second.get(claim.get_absolute_url()).content.decode()
    assert "Your review" in html
    second.post(
        at("review", verdict.pk), {"outcome": "approved", "rating": rating("false").pk, "comment": "Good."}
    )
    claim.refresh_from_db()
    assert (claim.state, Review.objects.get().reviewer) == ("verified", reviewer)
    html = author.get(claim.get_absolute_url()).content.decode()
    assert 'data-tone="false"' in html
    assert "approved by Rosa Lind" in html


def test_an_author_with_the_right_to_review_sees_why_not_this_one(reviewer, ready, signed_in):
    verdicts.add_evidence(
        actor=reviewer, claim=ready, stance="context", title="Mine", url="https://mine.example/"
    )
    verdict = verdicts.submit(actor=UserFactory(can="editor"), claim=ready)
    html = signed_in(reviewer).get(ready.get_absolute_url()).content.decode()
    assert "You wrote on this claim, so somebody else must review it." in html
    assert 'id="review-form"' not in html
    answer = signed_in(reviewer).post(at("review", verdict.pk), {"outcome": "approved", "comment": "typed"})
    assert answer.status_code == 403
    assert "typed" in answer.content.decode()


def test_the_database_refuses_an_author_who_passes_by_the_services(in_review, editor):
    with pytest.raises(DatabaseError, match="an author cannot approve"), transaction.atomic():
        Review.objects.create(verdict=in_review, reviewer=editor, outcome="approved")


def test_the_database_refuses_an_outcome_changed_to_approved_by_an_author(in_review, editor):
    row = Review.objects.create(verdict=in_review, reviewer=editor, outcome="returned", comment="no")
    with pytest.raises(DatabaseError, match="an author cannot approve"), transaction.atomic():
        Review.objects.filter(pk=row.pk).update(outcome="approved")


def test_the_database_refuses_a_verified_claim_without_approval(ready):
    with pytest.raises(DatabaseError, match="no approved verdict"), transaction.atomic():
        Claim.objects.filter(pk=ready.pk).update(state="verified")


@pytest.mark.parametrize(
    "changes",
    [{"summary": "x"}, {"explanation": "x"}, {"rating_label": "x"}, {"snapshot": {}}, {"number": 9}],
)
def test_the_database_keeps_what_a_verdict_says(in_review, changes):
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Verdict.objects.filter(pk=in_review.pk).update(**changes)


def test_a_return_says_why_and_the_next_submission_shows_what_changed(
    in_review, ready, editor, reviewer, signed_in, rating
):
    author, second = signed_in(editor), signed_in(reviewer)
    empty = second.post(at("review", in_review.pk), {"outcome": "returned", "rating": rating("false").pk})
    assert empty.status_code == 422
    assert "Say what is missing" in empty.content.decode()
    second.post(at("review", in_review.pk), {"outcome": "returned", "comment": "Which squares?"})
    html = author.get(ready.get_absolute_url()).content.decode()
    assert "Rosa Lind returned verdict 1" in html
    assert "Which squares?" in html
    evidence = Evidence.objects.get()
    author.post(
        at("edit_evidence", ready.pk, evidence.pk),
        {"stance": "refutes", "note": "the last column", "revision": evidence.revision},
    )
    draft = VerdictDraft.objects.get()
    text = "Count all the squares."
    data = draft_data(rating("false"), explanation=text, revision=draft.revision)
    author.post(at("submit", ready.pk), data)
    html = " ".join(second.get(ready.get_absolute_url()).content.decode().split())
    changes = html[html.index('id="changes"') :]
    changes = changes[: changes.index("Your review")]
    assert "<ins>all </ins>" in changes
    assert "<del>supports</del> → <ins>refutes</ins>" in changes
    assert "<del>True</del> → <ins>False</ins>" in changes
    assert "the last column" in changes


def test_recalling_brings_the_draft_back(in_review, ready, editor, signed_in):
    browser = signed_in(editor)
    assert browser.post(at("recall", ready.pk)).status_code == 302
    in_review.refresh_from_db()
    ready.refresh_from_db()
    assert (ready.state, in_review.status) == ("open", "recalled")
    assert 'id="verdict-form"' in browser.get(ready.get_absolute_url()).content.decode()
    again = browser.post(at("recall", ready.pk))
    assert again.status_code == 409
    assert "open now" in again.content.decode()


def test_a_reopened_claim_needs_a_new_verdict_and_review(verified, editor, reviewer, signed_in, rating):
    author, second = signed_in(editor), signed_in(reviewer)
    author.post(at("reopen", verified.pk), {"why": "A new map."})
    verified.refresh_from_db()
    assert (verified.state, verified.reason_note) == ("open", "A new map.")
    assert Verdict.objects.get().status == "approved"
    draft = VerdictDraft.objects.get()
    data = draft_data(rating("false"), revision=draft.revision, summary="It has not.")
    author.post(at("submit", verified.pk), data)
    second_verdict = Verdict.objects.get(number=2)
    second.post(at("review", second_verdict.pk), {"outcome": "approved"})
    assert list(Verdict.objects.order_by("number").values_list("status", flat=True)) == [
        "replaced",
        "approved",
    ]
    verified.refresh_from_db()
    assert verified.state == "verified"


def test_approve_and_next_leads_to_the_next_one_to_review(
    in_review, article, editor, reviewer, signed_in, rating
):
    other = ClaimFactory(article=article, quote="Nobody was hurt.", figure="")
    Claim.objects.filter(pk=other.pk).update(state="open")
    verdicts.add_evidence(actor=editor, claim=other, stance="context", title="x", url="https://x.example/")
    verdicts.save_draft(actor=editor, claim=other, revision=0, rating=rating(), summary="s", explanation="e")
    verdicts.submit(actor=editor, claim=other)
    browser = signed_in(reviewer)
    answer = browser.post(at("review", in_review.pk), {"outcome": "approved-next"})
    assert answer["Location"] == other.get_absolute_url()
    answer = browser.post(
        at("review", Verdict.objects.get(claim=other).pk), {"outcome": "approved-next"}, headers=HTMX
    )
    assert answer["HX-Redirect"] == other.get_absolute_url()


def test_a_verdict_reviewed_twice_is_refused_with_the_comment_kept(in_review, reviewer, head, signed_in):
    verdicts.review(actor=head, verdict=in_review, outcome="approved")
    answer = signed_in(reviewer).post(
        at("review", in_review.pk), {"outcome": "returned", "comment": "typed for nothing"}
    )
    assert answer.status_code == 409
    assert "typed for nothing" in answer.content.decode()


def test_submitting_saves_what_stands_in_the_form_and_says_what_is_missing(claim, editor, signed_in, rating):
    Claim.objects.filter(pk=claim.pk).update(state="open")
    for headers in ({}, HTMX):
        VerdictDraft.objects.all().delete()
        answer = signed_in(editor).post(
            at("submit", claim.pk), draft_data(rating(), explanation="", summary="typed now"), headers=headers
        )
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "no evidence, no explanation" in html
        draft = VerdictDraft.objects.get()
        assert draft.summary == "typed now"
        assert f'name="revision" value="{draft.revision}"' in html


def test_the_draft_says_when_it_was_saved(claim, editor, signed_in, rating):
    answer = signed_in(editor).post(at("draft", claim.pk), draft_data(rating()), headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Saved" in html
    assert "today " in html
    assert 'name="revision" value="1"' in html
    assert 'hx-swap-oob="true"' in html


def test_saving_the_same_again_makes_no_event(claim, editor, signed_in, rating):
    browser = signed_in(editor)
    browser.post(at("draft", claim.pk), draft_data(rating()))
    events = VerdictDraft.objects.get().events.count()
    browser.post(at("draft", claim.pk), draft_data(rating(), revision=1))
    draft = VerdictDraft.objects.get()
    assert (draft.revision, draft.events.count()) == (1, events)


def test_the_second_of_two_who_write_sees_both_texts_and_saves_over_only_on_purpose(
    claim, editor, colleague, signed_in, rating
):
    verdicts.save_draft(
        actor=colleague, claim=claim, revision=0, rating=None, summary="Theirs", explanation=""
    )
    browser = signed_in(editor)
    mine = draft_data(rating(), summary="Mine, kept", explanation="")
    for __ in range(2):
        answer = browser.post(at("draft", claim.pk), mine, headers=HTMX)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Theirs" in html
        assert "Mine, kept" in html
        assert "Ben Oduya" in html
        assert 'name="over" value="1"' in html
    assert VerdictDraft.objects.get().summary == "Theirs"
    assert browser.post(at("draft", claim.pk), {**mine, "over": "1"}, headers=HTMX).status_code == 200
    assert VerdictDraft.objects.get().summary == "Mine, kept"


def test_a_stale_draft_on_a_plain_page_comes_back_with_the_new_revision(
    claim, editor, colleague, signed_in, rating
):
    verdicts.save_draft(
        actor=colleague, claim=claim, revision=0, rating=None, summary="Theirs", explanation=""
    )
    answer = signed_in(editor).post(at("draft", claim.pk), draft_data(rating(), summary="Mine, kept"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert ">Mine, kept</textarea>" in html
    assert '<input type="hidden" name="revision" value="1"' in html


def test_too_long_a_summary_is_said_and_kept(claim, editor, signed_in, rating):
    answer = signed_in(editor).post(at("draft", claim.pk), draft_data(rating(), summary="x" * 401))
    assert answer.status_code == 422
    assert "x" * 401 in answer.content.decode()


def test_evidence_needs_an_address_or_a_passage(claim, editor, signed_in):
    for headers in ({}, HTMX):
        answer = signed_in(editor).post(
            at("add_evidence", claim.pk), {"stance": "supports", "note": "kept note"}, headers=headers
        )
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "Give the address of the evidence, or the passage itself." in html
        assert "kept note" in html
        assert "checked" in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "not an address", "file:///etc"])
def test_an_address_that_is_none_is_refused(claim, editor, signed_in, url):
    answer = signed_in(editor).post(at("add_evidence", claim.pk), {"stance": "supports", "url": url})
    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_evidence_added_twice_is_one(claim, editor, signed_in):
    for __ in range(2):
        signed_in(editor).post(
            at("add_evidence", claim.pk), {"stance": "supports", "url": "https://maps.example/1"}
        )
    assert Evidence.objects.count() == 1


def test_removed_evidence_comes_back_with_undo(ready, editor, signed_in):
    browser = signed_in(editor)
    evidence = Evidence.objects.select_related("exhibit").get()
    for headers in ({}, HTMX):
        address = at("remove_evidence", ready.pk, Evidence.objects.get().pk)
        html = browser.post(address, headers=headers).content.decode()
        assert not Evidence.objects.exists()
        assert "Undo" in html
        assert 'value="87 of 100 squares"' in html
        back = {"stance": "supports", "title": "Map 31", "url": "https://maps.example/31"}
        browser.post(at("add_evidence", ready.pk), {**back, "passage": "87 of 100 squares"})
        assert Evidence.objects.get().exhibit == evidence.exhibit
    assert browser.post(address).status_code == 302


def test_the_second_of_two_who_change_evidence_sees_both(ready, editor, colleague, signed_in):
    evidence = Evidence.objects.get()
    verdicts.edit_evidence(
        actor=colleague, evidence=evidence, revision=evidence.revision, stance="refutes", note="theirs"
    )
    answer = signed_in(editor).post(
        at("edit_evidence", ready.pk, evidence.pk), {"stance": "context", "note": "mine", "revision": 1}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "theirs" in html
    assert "mine</textarea>" in html


@pytest.mark.parametrize("name", ["add_evidence", "draft", "submit", "recall", "reopen"])
def test_a_viewer_writes_nothing(ready, viewer, signed_in, name):
    before = Claim.objects.get().revision
    assert signed_in(viewer).post(at(name, ready.pk), {"stance": "supports"}).status_code == 403
    assert Claim.objects.get().revision == before


def test_an_editor_reviews_nothing(in_review, colleague, signed_in):
    assert signed_in(colleague).post(at("review", in_review.pk), {"outcome": "approved"}).status_code == 403


def test_a_verdict_of_a_hidden_claim_is_not_there(in_review, ready, editor, reviewer, signed_in):
    Claim.objects.filter(pk=ready.pk).update(restricted=True)
    assert signed_in(reviewer).post(at("review", in_review.pk), {"outcome": "approved"}).status_code == 404


def test_the_history_says_who_changed_what_from_what_to_what(
    in_review, ready, editor, reviewer, signed_in, rating
):
    verdicts.review(actor=reviewer, verdict=in_review, outcome="returned", comment="Which squares?")
    figure = ready.appearances.get().figures.get()
    ready.refresh_from_db()
    editing.correct_figure(
        actor=editor, claim=ready, figure=figure, revision=figure.revision, changes={"place": "the north"}
    )
    figure.refresh_from_db()
    editing.correct_figure(
        actor=editor, claim=ready, figure=figure, revision=figure.revision, changes={"place": "the coast"}
    )
    page = signed_in(editor).get(reverse("claims:history", args=[ready.pk]))
    html = " ".join(page.content.decode().split())
    assert "<strong>Rosa Lind</strong> returned the verdict" in html
    assert "Which squares?" in html
    assert '<span class="was">the north</span> → the coast' in html
    assert '<span class="was">in review</span> → open' in html
    assert "<strong>Ada Byron</strong> submitted the verdict" in html


def test_the_history_takes_the_same_queries_however_long_it_is(
    ready, editor, signed_in, django_assert_max_num_queries, rating
):
    from django.test.utils import CaptureQueriesContext

    address = reverse("claims:history", args=[ready.pk])
    browser = signed_in(editor)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address, headers=HTMX)
    for n in range(12):
        draft = VerdictDraft.objects.get()
        verdicts.save_draft(
            actor=editor,
            claim=ready,
            revision=draft.revision,
            rating=rating("false" if n % 2 else "true"),
            summary=f"s {n}",
            explanation="e",
        )
        verdicts.add_evidence(
            actor=editor, claim=ready, stance="context", title=f"{n}", url=f"https://x.example/{n}"
        )
    with django_assert_max_num_queries(len(few)):
        browser.get(address, headers=HTMX)


def test_every_change_on_the_way_has_an_actor(verified):
    from django.apps import apps

    for app, name in [
        ("claims", "ClaimEvent"),
        ("claims", "ClaimantEvent"),
        ("figures", "FigureEvent"),
        ("verdicts", "EvidenceEvent"),
        ("verdicts", "VerdictDraftEvent"),
        ("verdicts", "VerdictEvent"),
        ("verdicts", "ReviewEvent"),
    ]:
        model = apps.get_app_config(app).get_model(name)
        # What the factories put there before any service has nobody; everything after has somebody.
        later = model.objects.exclude(pgh_label="insert", pgh_context=None)
        assert not later.filter(pgh_context=None).exists(), name
        assert all(event.pgh_context.metadata["actor"] for event in later.select_related("pgh_context"))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_evidence_and_an_approval_of_one_person_at_once_never_both_count(
    in_review, ready, reviewer, editor
):
    """The reviewer approves in one window while, in another, recalling and adding evidence: never an approving author."""
    barrier = threading.Barrier(2)

    def run(requests):
        browser = Client()
        browser.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")
        barrier.wait()
        for address, data in requests:
            browser.post(address, data)
        connection.close()

    change = [
        (at("recall", ready.pk), {}),
        (at("add_evidence", ready.pk), {"stance": "context", "url": "https://new.example/"}),
    ]
    approve = [(at("review", in_review.pk), {"outcome": "approved"})]
    threads = [threading.Thread(target=run, args=[requests]) for requests in (change, approve)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ready.refresh_from_db()
    approved = Review.objects.filter(outcome="approved").exists()
    added = Evidence.objects.filter(added_by=reviewer).exists()
    assert approved != added
    assert ready.state == ("verified" if approved else "open")


def test_text_written_while_somebody_submitted_is_kept_on_the_page(
    in_review, ready, editor, signed_in, rating
):
    answer = signed_in(editor).post(
        at("draft", ready.pk), draft_data(rating(), revision=1, explanation="typed meanwhile")
    )
    assert answer.status_code == 409
    assert "typed meanwhile</textarea>" in answer.content.decode()


# One transaction a save, as on the desk: the order of the trail is that of their times.
@pytest.mark.django_db(transaction=True)
def test_what_one_person_writes_in_one_go_is_one_entry_of_the_history(claim, editor, colleague, rating):
    from factcheck.claims.history import history_of

    for revision, text in enumerate(["Co", "Count", "Count the squares."]):
        verdicts.save_draft(
            actor=editor, claim=claim, revision=revision, rating=None, summary="", explanation=text
        )
    verdicts.save_draft(
        actor=colleague, claim=claim, revision=3, rating=None, summary="", explanation="Count them."
    )
    last, before, *__ = history_of(claim)
    assert (last.who, before.who) == ("Ben Oduya", "Ada Byron")
    assert [(d.before, d.after) for d in before.differences] == [("", "Count the squares.")]
    assert [(d.before, d.after) for d in last.differences] == [("Count the squares.", "Count them.")]
