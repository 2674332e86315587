"""The queue worked with the keyboard, in a real browser."""

import pytest
from playwright.sync_api import expect

from factcheck.claims.models import Claim
from tests.factories import ArticleFactory, ClaimFactory


@pytest.fixture
def rows(page, sign_in, editor):
    """Five candidates of two articles, best first, and the queue open on the first of them."""
    one, other = ArticleFactory(title="One"), ArticleFactory(title="Other")
    claims = [ClaimFactory(article=[one, other][n % 2], score=0.9 - n / 10) for n in range(5)]
    sign_in(page, editor)
    page.goto("/queue/")
    expect(row(page, claims[0])).to_have_attribute("aria-current", "true")
    return claims


def row(page, claim):
    return page.locator(f"#row-{claim.pk}")


def is_current(page, claim):
    expect(row(page, claim)).to_have_attribute("aria-current", "true")


def test_a_decision_makes_the_next_row_current_and_leaves_the_decided_one_in_place(page, rows):
    page.keyboard.press("a")
    is_current(page, rows[1])
    expect(row(page, rows[0])).to_have_attribute("data-decided", "open")
    page.keyboard.press("e")
    is_current(page, rows[2])
    expect(row(page, rows[1])).to_have_attribute("data-decided", "dismissed")
    expect(page.locator(".row")).to_have_count(5)
    assert page.locator(".row").evaluate_all("all => all.map(row => Number(row.dataset.row))") == [
        claim.pk for claim in rows
    ]


def test_a_number_after_a_dismissal_gives_its_reason_and_z_takes_it_back(page, rows):
    page.keyboard.press("e")
    expect(page.locator("#last")).to_contain_text("Dismissed: Not worth checking.")
    page.keyboard.press("3")
    expect(page.locator("#last")).to_contain_text("Dismissed: Opinion.")
    is_current(page, rows[1])
    page.keyboard.press("z")
    is_current(page, rows[0])
    expect(row(page, rows[0])).not_to_have_attribute("data-done", "")
    assert Claim.objects.get(pk=rows[0].pk).state == "candidate"


def test_the_rest_of_an_article_goes_with_one_key_and_the_other_article_is_next(page, rows):
    page.keyboard.press("E")
    is_current(page, rows[1])
    for claim in rows[::2]:
        expect(row(page, claim)).to_have_attribute("data-decided", "dismissed")
    page.keyboard.press("z")
    is_current(page, rows[0])
    assert Claim.objects.filter(state="candidate").count() == 5


def test_keys_act_on_what_is_selected(page, rows):
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#bulk")).to_contain_text("2 selected")
    page.keyboard.press("A")
    expect(page.locator("#last")).to_contain_text("Accepted 2 claims.")
    is_current(page, rows[2])
    expect(page.locator("#bulk")).not_to_be_visible()
    assert Claim.objects.filter(state="open", assignee__username="ada").count() == 2


def test_later_and_same_as_ask_in_a_sheet(page, rows):
    page.keyboard.press("l")
    expect(page.locator("#sheet-dialog")).to_be_visible()
    page.keyboard.press("1")
    is_current(page, rows[1])
    expect(row(page, rows[0])).to_have_attribute("data-decided", "parked")
    page.keyboard.press("m")
    expect(page.locator("#sheet-dialog")).to_be_visible()
    page.locator("#sheet button.primary").click()
    is_current(page, rows[2])
    expect(row(page, rows[1])).to_have_attribute("data-decided", "merged")
    expect(page.locator("#sheet-dialog")).not_to_be_visible()


def test_the_panel_speaks_of_the_current_row_and_back_keeps_the_place(page, rows):
    page.keyboard.press("j")
    expect(page.locator(f"#detail [data-claim='{rows[1].pk}']")).to_contain_text("territory")
    page.keyboard.press("p")
    expect(row(page, rows[1]).locator(".row-priority")).to_have_attribute("data-priority", "2")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claims/{rows[1].pk}/")
    page.go_back()
    # With the priority it stands first now; the place is the claim's, not the line's.
    is_current(page, rows[1])


def test_a_step_that_does_not_reach_the_desk_is_shown_on_its_row(page, rows):
    page.route("**/accept/", lambda route: route.abort())
    page.keyboard.press("a")
    expect(row(page, rows[0])).to_have_attribute("data-failed", "")
    assert Claim.objects.get(pk=rows[0].pk).state == "candidate"


def test_the_panel_cannot_be_pressed_while_it_speaks_of_another_row(page, rows):
    expect(page.locator(f"#detail [data-claim='{rows[0].pk}']")).to_be_visible()
    page.route("**/queue/*/", lambda route: route.abort())
    page.keyboard.press("j")
    is_current(page, rows[1])
    expect(page.locator("#detail")).to_have_attribute("aria-busy", "true")
    page.keyboard.press("k")
    expect(page.locator("#detail")).to_have_attribute("aria-busy", "false")


def test_selecting_moves_no_row(page, rows):
    before = row(page, rows[0]).bounding_box()["y"]
    page.keyboard.press("x")
    expect(page.locator("#bulk")).to_be_visible()
    assert row(page, rows[0]).bounding_box()["y"] == before
