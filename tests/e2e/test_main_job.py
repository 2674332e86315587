"""The main job, end to end, in a real browser with a real worker: an article in, a verified claim out."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import Page, expect

from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from tests.support.servers import until

ARTICLE = """Militia has lost most of its land, ministry says

ARDMERE, 3 November - The Vaskel Brigades have lost 87 percent of the territory they held in 2024, the defence ministry said on Tuesday.

"We have taken back 12,350 square kilometres since March," said Ryan Holt, a spokesman for the ministry. He added that about 4,200 families had returned home.

It rained in the valley, and the market was quiet.
"""


@pytest.fixture
def second_window(browser, live_site, sign_in, reviewer):
    """A second person's browser."""
    context = browser.new_context(base_url=live_site.url, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, reviewer)
    yield page
    context.close()


def sign_in_by_form(page: Page, username: str) -> None:
    page.goto("/")
    page.get_by_label("Name", exact=True).fill(username)
    page.get_by_label("Password", exact=True).fill("desk-password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Queue")).to_be_visible()


def paste_and_watch(page: Page) -> None:
    page.goto("/articles/add/")
    page.get_by_label("Text", exact=True).fill(ARTICLE)
    page.get_by_text("What you know of it").click()
    page.get_by_label("Date", exact=False).first.fill("2026-11-03")
    page.get_by_role("button", name="Add and find claims").click()
    expect(page).to_have_url(re.compile(r"/articles/\d+/"))
    # The page goes on by itself until the worker is done, and shows what it found.
    expect(page.locator("mark.hl", has_text="87 percent")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("progressbar")).to_have_count(0)


def accept_on_the_keyboard(page: Page) -> Claim:
    card = page.locator("#cards > li", has_text="87 percent").first
    while card.get_attribute("aria-current") != "true":
        page.keyboard.press("j")
    page.keyboard.press("A")
    expect(card.locator(".state")).to_have_text(re.compile("open", re.IGNORECASE))
    claim = Claim.objects.get(pk=card.get_attribute("data-claim"))
    page.goto(claim.get_absolute_url())
    return claim


def correct_the_figure(page: Page) -> None:
    figure = page.locator(".figure-block", has_text="87 percent").first
    figure.locator("summary").click()
    figure.get_by_label(re.compile("^Whole ")).fill("territory held in March 2024")
    figure.get_by_role("button", name="Save the figure").click()
    expect(figure.locator("dd", has_text="territory held in March 2024")).to_be_visible()


def confirm_the_claimant(page: Page) -> None:
    suggested = page.get_by_role("button", name=re.compile("^Confirm"))
    if suggested.count():
        suggested.first.click()
    else:
        page.get_by_text("Name a claimant").click()
        form = page.locator("#new-claimant")
        form.get_by_label("Name", exact=False).first.fill("Ministry of Defence")
        form.get_by_role("button", name="Add the claimant").click()
    expect(page.get_by_text("confirmed by Ada Byron")).to_be_visible()


def add_evidence(page: Page) -> None:
    page.keyboard.press("v")
    form = page.locator("form", has=page.get_by_role("button", name="Add the evidence"))
    form.get_by_label("Title", exact=False).fill("Map report 31")
    form.get_by_label("Address", exact=False).fill("https://maps.example/31")
    form.get_by_label("Passage", exact=False).fill("12,350 of 14,200 square kilometres")
    form.get_by_label("supports").check()
    form.get_by_role("button", name="Add the evidence").click()
    expect(page.locator("#evidence").get_by_text("Map report 31").first).to_be_visible()


def rate_and_submit(page: Page) -> None:
    verdict = page.locator("#verdict-form")
    verdict.get_by_role("radio", name=re.compile("^Mostly true")).check()
    verdict.get_by_label("Summary", exact=False).fill("The ministry's own count bears it out.")
    verdict.get_by_label("Explanation", exact=False).fill(
        "12,350 of 14,200 square kilometres are 87.0 percent."
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#people .state")).to_have_text(re.compile("in review", re.IGNORECASE))


def test_an_article_in_a_verified_claim_out(page, worker, live_site, editor, second_window, axe):
    sign_in_by_form(page, "ada")
    paste_and_watch(page)
    axe(page)
    claim = accept_on_the_keyboard(page)
    correct_the_figure(page)
    confirm_the_claimant(page)
    add_evidence(page)
    axe(page)
    rate_and_submit(page)
    # The author has no way to approve.
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)

    second_window.goto(claim.get_absolute_url())
    axe(second_window)
    second_window.locator("#foot").get_by_role("button", name="Approve", exact=True).click()
    expect(second_window.locator("#people .state")).to_have_text(re.compile("verified", re.IGNORECASE))

    page.goto("/reports/")
    with page.expect_download() as download:
        page.get_by_role("link", name="For a spreadsheet (CSV)").click()
    text = download.value.path().read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(text.decode("utf-8-sig")))
    assert row["rating"] == "Mostly true"
    assert row["value_low"] == "87"
    assert row["whole"] == "territory held in March 2024"
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("ClaimReview")).click()
    document = json.loads(download.value.path().read_text())
    assert "Mostly true" in json.dumps(document)


def test_a_killed_worker_loses_nothing_and_doubles_nothing(page, worker, live_site, editor, sign_in):
    """SIGKILL in mid-extraction: the page says it stalled, the sweeper sends it again, and each claim is there once."""
    from factcheck.articles.models import ExtractionRun
    from factcheck.articles.services import add_article
    from factcheck.claims.services.extraction import sweep_extractions

    paragraphs = [
        f"In district {n} the council said that {n + 3} percent of its {n + 40} wells have been sealed."
        for n in range(400)
    ]
    article = add_article(actor=editor, text="\n\n".join(paragraphs), title="Wells", published=None)
    run = ExtractionRun.objects.get()
    until(lambda: _status(run) == "running" and run.progress >= 5, "an extraction under way")
    worker.kill()
    run.refresh_from_db()
    assert run.status == "running"
    sign_in(page, editor)
    long_ago = "2026-01-01T00:00:00Z"
    ExtractionRun.objects.filter(pk=run.pk).update(alive_at=long_ago, sent_at=long_ago)
    page.goto(article.get_absolute_url())
    expect(page.get_by_text(re.compile("stalled", re.IGNORECASE)).first).to_be_visible()
    worker.start()
    assert sweep_extractions() == 1
    until(lambda: _status(run) == "finished", "the extraction done again", seconds=120)
    assert run.attempts == 2
    quotes = list(Claim.objects.values_list("quote", flat=True))
    assert len(quotes) == len(set(quotes)) > 300
    assert Article.objects.count() == 1
    expect(page.locator("mark.hl").first).to_be_visible(timeout=20_000)


def _status(run):
    run.refresh_from_db()
    return run.status
