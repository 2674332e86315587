"""The claim's page in a real browser: saving by itself, two who write at once, and the keys."""

import pytest

from factcheck.accounts.models import Role
from factcheck.claims.models import Claimant
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Verdict, VerdictDraft

KEPT = "JSON.stringify(Object.keys(localStorage).filter((name) => name.startsWith('desk-draft')))"


def test_a_verdict_is_written_with_the_keys_and_saves_by_itself(
    page, sign_in, claim, editor, colleague, reviewer
):
    Claimant.objects.create(claim=claim, name="Ryan Holt", role="ministry spokesman")
    figure = claim.appearances.get().figures.get()
    sign_in(page, editor)
    page.goto(claim.get_absolute_url())
    page.keyboard.press("A")
    page.get_by_text("Accepted; it is yours.").wait_for()
    page.keyboard.press("y")
    page.get_by_text("confirmed by Ada Byron").wait_for()

    page.keyboard.press("f")
    page.locator(f"#figure-{figure.pk}-low").fill("86.5")
    page.get_by_role("button", name="Save the figure").click()
    page.locator(f"#figure-{figure.pk} .facts .machine", has_text="87").wait_for()

    page.keyboard.press("v")
    page.keyboard.type("https://maps.example/31")
    page.locator("#new-evidence").get_by_label("refutes").check()
    page.keyboard.press("Control+Enter")
    page.locator("#evidence-list li", has_text="refutes").wait_for()

    page.locator("#verdict-summary").fill("The maps give 78 percent.")
    page.locator("#verdict-form").get_by_label("Mostly false").check()
    page.locator("#foot li", has_text="No explanation").wait_for()
    page.locator(".saved").wait_for()
    page.locator("#foot li", has_text="No rating").wait_for(state="detached")

    draft = VerdictDraft.objects.get()
    verdicts.save_draft(
        actor=colleague,
        claim=claim,
        revision=draft.revision,
        rating=draft.rating,
        summary=draft.summary,
        explanation="Theirs: the ministry counts valleys.",
    )
    page.locator("#verdict-explanation").fill("Mine: 3,120 of 14,200.")
    page.locator(".conflict", has_text="Theirs: the ministry counts valleys.").wait_for()
    assert page.locator("#verdict-explanation").input_value() == "Mine: 3,120 of 14,200."
    page.get_by_role("button", name="Save the draft").click()
    page.locator(".conflict").wait_for(state="detached")
    assert VerdictDraft.objects.get().explanation == "Mine: 3,120 of 14,200."

    page.locator("#verdict-explanation").fill("Mine: 3,120 of 14,200 square kilometres.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Submitted.").wait_for()
    assert Verdict.objects.get().explanation == "Mine: 3,120 of 14,200 square kilometres."
    assert page.evaluate(KEPT) == "[]"

    sign_in(page, reviewer)
    page.goto(claim.get_absolute_url())
    page.keyboard.press("c")
    page.keyboard.type("Good now.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Approved. It is verified.").wait_for()
    claim.refresh_from_db()
    assert claim.state == "verified"


@pytest.mark.parametrize("status", [500, 0])
def test_what_was_typed_survives_a_failed_save_and_a_reload(page, sign_in, claim, editor, status):
    sign_in(page, editor)
    page.goto(claim.get_absolute_url())
    drafts = "**/verdicts/claim/*/draft/"
    page.route(drafts, lambda route: route.abort() if not status else route.fulfill(status=status, body="x"))
    page.locator("#verdict-explanation").fill("Typed while the desk was away.")
    page.locator(".toast").wait_for()
    assert page.locator("#verdict-explanation").input_value() == "Typed while the desk was away."
    page.unroute(drafts)
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    page.locator("#foot li", has_text="No explanation").wait_for(state="detached")
    assert VerdictDraft.objects.get().explanation == "Typed while the desk was away."


def test_what_was_typed_stays_when_the_right_to_write_is_gone(page, sign_in, claim, editor):
    sign_in(page, editor)
    page.goto(claim.get_absolute_url())
    editor.role = Role.objects.get(key="viewer")
    editor.save(update_fields=["role"])
    page.locator("#verdict-explanation").fill("Typed before anybody said so.")
    page.get_by_text("Your role does not allow you to").first.wait_for()
    assert page.locator("#verdict-explanation").input_value() == "Typed before anybody said so."
    assert page.evaluate(KEPT) != "[]"


def test_a_key_leads_to_the_ratings_and_chooses_none(page, sign_in, ready, editor):
    VerdictDraft.objects.update(rating=None)
    sign_in(page, editor)
    page.goto(ready.get_absolute_url())
    page.keyboard.press("r")
    assert page.locator("#verdict-form input[type=radio]:focus").count() == 1
    assert page.locator("#verdict-form input[type=radio]:checked").count() == 0


def test_submitting_while_the_draft_saves_itself_submits_what_was_typed(page, sign_in, ready, editor):
    sign_in(page, editor)
    page.goto(ready.get_absolute_url())
    page.locator("#verdict-explanation").fill("3,120 of 14,200 square kilometres.")
    page.get_by_role("button", name="Submit for review").hover()
    # Pressing takes the focus out of the field, which saves the draft; its answer comes before the button is let go.
    with page.expect_response("**/draft/"):
        page.mouse.down()
    page.locator(".saved").wait_for()
    page.mouse.up()
    page.get_by_text("Submitted.").wait_for()
    assert Verdict.objects.get().explanation == "3,120 of 14,200 square kilometres."
