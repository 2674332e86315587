"""The article's page in a real browser: keys, marks, selections in any script, and the machine's news."""

import pytest
from playwright.sync_api import expect

from factcheck.articles.models import Annotation, Article, ExtractionRun
from factcheck.claims.models import Claim
from tests.articles.conftest import LOST, RETURNED, TEXT
from tests.articles.found import read_by_machine

SELECT = """words => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  throw new Error("not in the text: " + words);
}"""


@pytest.fixture
def open_article(page, sign_in, editor, read_article):
    """The article's page, as an editor has it open."""
    sign_in(page, editor)
    page.goto(read_article.get_absolute_url())
    expect(page.locator("#cards > [aria-current]")).to_have_count(1)
    return page


def card(page, quote):
    return page.locator("#cards > .card", has_text=quote)


def mark(page, quote):
    return page.locator("#text mark", has_text=quote[:12])


def select(page, words):
    page.evaluate(SELECT, words)
    expect(page.locator("[data-selection-tools]")).to_be_visible()


def test_one_key_a_decision_and_the_marks_follow(open_article):
    page = open_article
    page.keyboard.press("a")
    expect(mark(page, LOST)).to_have_attribute("data-state", "open")
    expect(card(page, RETURNED)).to_have_attribute("aria-current", "true")
    page.keyboard.press("e")
    expect(mark(page, RETURNED)).to_have_attribute("data-state", "dismissed")
    expect(page.locator("#strip [data-candidates]")).to_have_text("0")
    page.keyboard.press("3")
    expect(card(page, RETURNED)).to_contain_text("Opinion")
    page.keyboard.press("z")
    expect(mark(page, RETURNED)).not_to_have_attribute("data-state", "dismissed")
    assert Claim.objects.get(quote=LOST).state == "open"


def test_a_claim_in_two_places_is_decided_once_and_both_places_show_it(twice, open_article):
    page, (claim, _first, other) = open_article, twice
    both = page.locator(f'#cards > .card[data-claim="{claim.pk}"]')
    expect(both).to_have_count(2)
    page.keyboard.press("e")
    # The next one is neither of its cards, before as after the answer came.
    expect(card(page, RETURNED)).to_have_attribute("aria-current", "true")
    expect(page.locator(f'#cards > .card[data-claim="{claim.pk}"][data-state="dismissed"]')).to_have_count(2)
    expect(page.locator('#text mark[data-state="dismissed"]')).to_have_count(2)
    expect(card(page, RETURNED)).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(page.locator(f"#card-{other.pk}")).to_have_attribute("aria-current", "true")


def test_selected_words_become_a_claim_whatever_their_script(open_article):
    page = open_article
    some = ["87 percent", "🛰️, the ministry", "Nobody <script>", "قال الوزير إن 40 في المئة", "عادوا."]
    for number, words in enumerate(some, 1):
        select(page, words)
        page.keyboard.press("c")
        expect(page.locator("#cards > .card")).to_have_count(2 + number)
        expect(page.locator("#cards > [aria-current]")).to_contain_text(words)
        appearance = Claim.objects.get(quote=words).appearances.get()
        assert TEXT[appearance.start : appearance.end] == words


def test_a_selection_over_paragraphs_keeps_its_offsets(open_article):
    page = open_article
    page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("#text p")];
          const range = document.createRange();
          range.setStart(all[1].firstChild, 0);
          range.setEnd(all[2].lastChild, 1);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    expect(page.locator("[data-selection-tools]")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Both paragraphs")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#cards > .note")).to_have_count(1)
    made = Annotation.objects.get()
    assert made.exact == TEXT[made.start : made.end]
    assert made.exact.startswith("The militia")
    assert "\n\nMore than" in made.exact


def test_the_current_claim_is_put_on_other_words(open_article):
    page = open_article
    select(page, " of its territory")
    page.keyboard.press("s")
    expect(card(page, "of its territory").first).to_contain_text("of its territory")
    expect(page.locator("#text mark").first).to_have_text("of its territory")
    assert Claim.objects.filter(quote="of its territory").exists()


def test_a_wording_is_written_without_leaving_the_keyboard(open_article):
    page = open_article
    page.keyboard.press("i")
    page.keyboard.type("The militia lost most of its land")
    page.keyboard.press("Control+Enter")
    link = page.locator("#cards > [aria-current] .card-link")
    expect(link).to_have_text("The militia lost most of its land")
    expect(link).to_be_focused()


def reading(article):
    return ExtractionRun.objects.create(version=article.current_version, status="running", stage="figures")


def finish(run, article):
    ExtractionRun.objects.filter(pk=run.pk).delete()
    read_by_machine(article, claims=[LOST, RETURNED, "Nobody"], figures=["87 percent"])


def test_what_the_machine_found_appears_by_itself(page, sign_in, editor, read_article):
    run = reading(read_article)
    sign_in(page, editor)
    page.goto(read_article.get_absolute_url())
    expect(page.get_by_role("progressbar")).to_be_visible()
    finish(run, read_article)
    expect(page.locator("#cards > .card")).to_have_count(3)
    expect(page.get_by_role("progressbar")).to_have_count(0)


def test_the_machine_does_not_interrupt_who_writes(page, sign_in, editor, read_article):
    run = reading(read_article)
    sign_in(page, editor)
    page.goto(read_article.get_absolute_url())
    select(page, "Nobody")
    page.keyboard.press("n")
    page.keyboard.type("In the middle of")
    finish(run, read_article)
    bar = page.get_by_role("link", name="Ready: show 3 claims")
    expect(bar).to_be_visible()
    expect(page.locator("#new-note-text")).to_have_value("In the middle of")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#cards > .note")).to_have_count(1)
    bar.click()
    expect(page.locator("#cards > .card")).to_have_count(4)


def test_a_transcript_has_its_recording_and_its_draft_survives_the_window(page, sign_in, editor):
    sign_in(page, editor)
    page.goto("/articles/add/")
    page.get_by_text("What you know of it").click()
    expect(page.get_by_label("Recording")).to_be_hidden()
    page.get_by_label("Medium").select_option("speech")
    expect(page.get_by_label("Recording")).to_be_visible()
    page.get_by_label("Text", exact=True).fill("Words that took an hour.")
    page.goto("/articles/")
    page.goto("/articles/add/")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Words that took an hour.")


def test_a_double_click_adds_one_article(page, sign_in, editor):
    sign_in(page, editor)
    page.goto("/articles/add/")
    page.get_by_label("Text", exact=True).fill("Rents rose 3 percent.")
    page.get_by_role("button", name="Add and find claims").dblclick()
    expect(page.locator("#text")).to_contain_text("Rents rose 3 percent.")
    assert Article.objects.count() == 1
