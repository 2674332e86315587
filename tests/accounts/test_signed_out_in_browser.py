"""A page that was open while its session ended, in a real browser."""

import pytest
from playwright.sync_api import expect

from factcheck.accounts.models import Session


@pytest.fixture
def signed_out(page, claim, editor, sign_in):
    """A claim's page of the editor's, whose session ended; they tried to save."""
    sign_in(page, editor)
    page.goto(claim.get_absolute_url())
    page.locator("#wording summary").click()
    page.locator("#wording-wording").fill("Most of it is gone.")
    Session.objects.all().delete()
    page.locator("#wording form button[type=submit]").first.click()
    expect(page.locator("#toasts")).to_contain_text("You were signed out")
    # A sign-in by the form brings another token.
    page.context.clear_cookies(name="csrftoken")
    return page


def test_who_signs_in_again_elsewhere_saves_what_they_typed(signed_out, editor, sign_in, claim):
    sign_in(signed_out, editor)
    signed_out.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(signed_out.locator("#toasts")).to_contain_text("You are signed in again")


def test_what_one_person_typed_is_not_saved_in_the_name_of_another(signed_out, colleague, sign_in, claim):
    sign_in(signed_out, colleague)
    signed_out.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(signed_out.locator("#toasts")).to_contain_text("Somebody else is signed in now")
    with signed_out.expect_response("**/wording/") as answer:
        signed_out.locator("#wording form button[type=submit]").first.click()
    assert answer.value.status == 403
    claim.refresh_from_db()
    assert claim.wording == ""
