"""From candidate to verified, through the services, in the real database."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from factcheck.claims.models import Claim
from factcheck.claims.services import editing, merging, steps, triage
from factcheck.desk.errors import NotAllowed, Refused, Stale
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Rating, Review, Verdict

pytestmark = pytest.mark.django_db


def rating(key="true"):
    return Rating.objects.get(scale__in_use=True, key=key)


@pytest.fixture
def ready(claim, editor):
    """An open claim with all that a submission needs, written by the editor."""
    triage.accept(actor=editor, claim=claim, take=True)
    editing.confirm_claimant(
        actor=editor, claim=claim, claimant=None, revision=None, name="Ryan Holt", role="spokesman"
    )
    verdicts.add_evidence(
        actor=editor,
        claim=claim,
        stance="supports",
        title="Map 31",
        url="https://maps.example/31",
        passage="87 of 100 squares",
    )
    verdicts.save_draft(
        actor=editor,
        claim=claim,
        revision=0,
        rating=rating(),
        summary="It has.",
        explanation="Count the squares.",
    )
    claim.refresh_from_db()
    return claim


@pytest.fixture
def in_review(ready, editor):
    return verdicts.submit(actor=editor, claim=ready)


def test_a_second_person_approves_and_the_claim_is_verified(in_review, reviewer):
    verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")
    in_review.refresh_from_db()
    assert in_review.status == Verdict.Status.APPROVED
    assert Claim.objects.get().state == Claim.State.VERIFIED


def test_an_author_cannot_approve(in_review, editor, reviewer):
    editor.role = reviewer.role
    editor.save(update_fields=["role"])
    with pytest.raises(NotAllowed):
        verdicts.review(actor=editor, verdict=in_review, outcome="approved")
    assert Claim.objects.get().state == Claim.State.IN_REVIEW


def test_the_database_itself_refuses_an_authors_approval(in_review, editor):
    with pytest.raises(DatabaseError, match="an author cannot approve"), transaction.atomic():
        Review.objects.create(verdict=in_review, reviewer=editor, outcome="approved")


def test_who_changed_the_evidence_is_an_author_too(ready, editor, reviewer):
    evidence = ready.evidence.get()
    verdicts.edit_evidence(
        actor=reviewer, evidence=evidence, revision=evidence.revision, stance="context", note="old"
    )
    verdict = verdicts.submit(actor=editor, claim=ready)
    with pytest.raises(NotAllowed):
        verdicts.review(actor=reviewer, verdict=verdict, outcome="approved")


def test_who_corrects_a_shared_figure_through_another_claim_is_an_author_of_both(
    ready, article, editor, reviewer
):
    from tests.factories import ClaimFactory

    verdict = verdicts.submit(actor=editor, claim=ready)
    other = ClaimFactory(article=article, quote="lost 87 percent of its territory", state="open")
    figure = other.appearances.get().figures.get()
    editing.correct_figure(
        actor=reviewer, claim=other, figure=figure, revision=figure.revision, changes={"whole": "the north"}
    )
    with pytest.raises(NotAllowed):
        verdicts.review(actor=reviewer, verdict=verdict, outcome="approved")


def test_what_was_flagged_during_the_review_stays_flagged_after_it(in_review, ready, reviewer):
    Claim.objects.filter(pk=ready.pk).update(needs_look="A figure of this claim was corrected elsewhere.")
    verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")
    assert Claim.objects.get().needs_look


def test_the_database_refuses_a_verified_claim_without_an_approved_verdict(ready):
    with pytest.raises(DatabaseError, match="no approved verdict"), transaction.atomic():
        Claim.objects.filter(pk=ready.pk).update(state="verified")


def test_the_database_refuses_to_change_what_a_verdict_says(in_review):
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=in_review.pk).update(summary="It has not.")


def test_nothing_is_edited_while_a_verdict_is_in_review(in_review, ready, editor):
    figure = ready.appearances.get().figures.get()
    with pytest.raises(Refused, match="Recall"):
        editing.correct_figure(
            actor=editor, claim=ready, figure=figure, revision=figure.revision, changes={"low": 80}
        )


def test_a_returned_verdict_opens_the_claim_and_a_new_one_gets_the_next_number(
    in_review, ready, editor, reviewer
):
    verdicts.review(actor=reviewer, verdict=in_review, outcome="returned", comment="Which squares?")
    assert verdicts.submit(actor=editor, claim=ready).number == 2


def test_a_return_must_say_why(in_review, reviewer):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        verdicts.review(actor=reviewer, verdict=in_review, outcome="returned", comment="  ")


def test_a_reopened_claim_needs_a_new_verdict_and_keeps_the_old_until_then(
    in_review, ready, editor, reviewer
):
    verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")
    verdicts.reopen(actor=editor, claim=ready)
    draft = ready.draft
    verdicts.save_draft(
        actor=editor,
        claim=ready,
        revision=draft.revision,
        rating=rating("false"),
        summary="No.",
        explanation="Recount.",
    )
    second = verdicts.submit(actor=editor, claim=ready)
    in_review.refresh_from_db()
    assert in_review.status == Verdict.Status.APPROVED
    verdicts.review(actor=reviewer, verdict=second, outcome="approved")
    in_review.refresh_from_db()
    assert in_review.status == Verdict.Status.REPLACED


def test_submitting_says_what_is_missing(claim, editor):
    triage.accept(actor=editor, claim=claim)
    with pytest.raises(Refused, match="no evidence"):
        verdicts.submit(actor=editor, claim=claim)


def test_the_second_of_two_who_save_a_draft_is_told(ready, editor, colleague):
    revision = ready.draft.revision
    verdicts.save_draft(
        actor=colleague,
        claim=ready,
        revision=revision,
        rating=rating(),
        summary="Ben's.",
        explanation="Ben's.",
    )
    with pytest.raises(Stale) as refused:
        verdicts.save_draft(
            actor=editor,
            claim=ready,
            revision=revision,
            rating=rating(),
            summary="Ada's.",
            explanation="Ada's.",
        )
    assert refused.value.current.summary == "Ben's."


def test_a_corrected_figure_keeps_what_the_machine_read(ready, editor):
    figure = ready.appearances.get().figures.get()
    figure = editing.correct_figure(
        actor=editor,
        claim=ready,
        figure=figure,
        revision=figure.revision,
        changes={"whole": "territory held in 2014"},
    )
    assert figure.set_by_editor == ["whole"]
    assert figure.machine_reading["measure"] == "territory"


def test_a_dismissed_candidate_comes_back_with_undo(claim, editor):
    triage.dismiss(actor=editor, claim=claim)
    triage.dismiss(actor=editor, claim=claim, reason="opinion")
    assert Claim.objects.get().reason == "opinion"
    assert steps.undo_last(actor=editor)[0].state == Claim.State.CANDIDATE


def test_undo_stops_where_somebody_else_acted(claim, editor, colleague):
    triage.accept(actor=editor, claim=claim)
    triage.set_priority(actor=colleague, claim=claim, priority=2)
    with pytest.raises(Refused):
        steps.undo_last(actor=editor)


def test_the_rest_of_an_article_is_dismissed_and_undone_as_one(article, claim, editor):
    from tests.factories import ClaimFactory

    ClaimFactory(article=article, quote="Nobody was hurt", figure=None)
    assert len(triage.dismiss_rest(actor=editor, article=article)) == 2
    assert len(steps.undo_last(actor=editor)) == 2
    assert set(Claim.objects.values_list("state", flat=True)) == {"candidate"}


def test_a_parked_claim_comes_back_by_itself_to_where_it_was(claim, editor):
    from datetime import timedelta

    from django.utils import timezone

    from factcheck.desk.audit import Job

    day = timezone.localdate() + timedelta(days=2)
    triage.accept(actor=editor, claim=claim)
    triage.park(actor=editor, claim=claim, until=day, waiting_for="the register")
    assert triage.wake_parked(actor=Job("calendar"), today=day) == 1
    assert Claim.objects.get().state == Claim.State.OPEN


def test_merged_claims_leave_their_places_and_a_redirect(article, claim, editor):
    from tests.factories import ClaimFactory

    other = ClaimFactory(article=article, quote="has lost 87 percent of its territory", figure=None)
    merging.merge(actor=editor, claim=other, into=claim)
    other.refresh_from_db()
    assert other.merged_into == claim
    assert claim.appearances.count() == 2


def test_a_merged_claims_work_and_its_authors_go_with_it(article, ready, editor, reviewer):
    from tests.factories import ClaimFactory

    into = ClaimFactory(
        article=article, quote="has lost 87 percent of its territory", figure=None, state="open"
    )
    merging.merge(actor=reviewer, claim=ready, into=into)
    assert into.evidence.count() == 1
    assert into.draft.summary == "It has."
    editing.confirm_claimant(actor=reviewer, claim=into, claimant=None, revision=None, name="Ryan Holt")
    verdict = verdicts.submit(actor=reviewer, claim=into)
    editor.role = reviewer.role
    editor.save(update_fields=["role"])
    with pytest.raises(NotAllowed):
        verdicts.review(actor=editor, verdict=verdict, outcome="approved")


def test_evidence_is_not_lost_in_a_verified_claim(article, in_review, ready, editor, reviewer):
    from tests.factories import ClaimFactory

    verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")
    other = ClaimFactory(
        article=article, quote="has lost 87 percent of its territory", state="open", figure=None
    )
    evidence = verdicts.add_evidence(
        actor=editor, claim=other, stance="refutes", title="Map 32", url="https://maps.example/32"
    )
    with pytest.raises(Refused, match="Reopen"):
        merging.merge(actor=editor, claim=other, into=ready)
    evidence.refresh_from_db()
    assert evidence.claim == other


def test_a_claim_with_a_standing_verdict_is_merged_into_no_other(article, in_review, ready, editor, reviewer):
    from tests.factories import ClaimFactory

    verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")
    verdicts.reopen(actor=editor, claim=ready)
    other = ClaimFactory(article=article, quote="has lost 87 percent of its territory", figure=None)
    with pytest.raises(Refused, match="stands"):
        merging.merge(actor=editor, claim=ready, into=other)


def test_what_was_written_beside_a_step_still_counts_when_the_step_is_undone(claim, editor):
    triage.accept(actor=editor, claim=claim)
    claim.refresh_from_db()
    editing.edit_claim(actor=editor, claim=claim, revision=claim.revision, wording="Most of it is gone.")
    steps.undo_last(actor=editor)
    claim.refresh_from_db()
    assert (claim.state, claim.touched) == ("candidate", True)


def test_a_claim_that_is_added_by_two_clicks_is_there_once(editor):
    first, second = (editing.add_claim(actor=editor, quote="Rents doubled.") for _ in range(2))
    assert first == second
    assert Claim.objects.count() == 1


def test_a_place_is_not_moved_onto_another_of_the_same_claim(article, claim, editor):
    version = article.current_version
    other = editing.add_appearance(actor=editor, claim=claim, version=version, start=0, end=11)
    there = claim.appearances.exclude(pk=other.pk).get()
    with pytest.raises(Refused, match="already"):
        editing.move_appearance(actor=editor, appearance=other, start=there.start, end=there.end)


def test_viewers_decide_nothing(claim, viewer):
    with pytest.raises(NotAllowed):
        triage.accept(actor=viewer, claim=claim)


def test_a_restricted_claim_is_not_there_for_others(claim, editor, colleague, head):
    editing.set_people(
        actor=editor, claim=claim, revision=claim.revision, due_on=None, restricted=True, people=[editor]
    )
    seen = [user for user in (editor, colleague, head) if Claim.objects.visible_to(user).exists()]
    assert seen == [editor, head]
    with pytest.raises(Refused):
        triage.accept(actor=colleague, claim=claim)


def test_every_change_says_who_made_it(in_review, reviewer):
    import pghistory.models

    from factcheck.claims.models import Claim as Tracked

    verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")
    events = pghistory.models.Events.objects.tracks(Tracked.objects.get())
    last = events.order_by("-pgh_created_at", "-pgh_id").first()
    assert last.pgh_context["user"] == reviewer.pk
    assert last.pgh_context["actor"] == "Rosa Lind"
    assert last.pgh_diff["state"] == ["in_review", "verified"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_edit_and_an_approval_at_once_never_let_an_author_approve(in_review, ready, editor, reviewer):
    """The reviewer recalls and edits in one browser while approving in another: one of the two must lose."""
    outcomes = []
    barrier = threading.Barrier(2)

    def run(action):
        barrier.wait()
        try:
            action()
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    def edit():
        verdicts.recall(actor=reviewer, claim=ready)

    def approve():
        verdicts.review(actor=reviewer, verdict=in_review, outcome="approved")

    threads = [threading.Thread(target=run, args=[action]) for action in (edit, approve)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
