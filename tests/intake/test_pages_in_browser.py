"""The intake in a real browser, with a real worker: an address in, an article with its claims out."""

import re

import pytest
from playwright.sync_api import expect

from factcheck.articles.models import Article
from factcheck.intake.models import Intake
from tests.factories import ArticleFactory
from tests.intake.conftest import page_of

OTHER = (
    "ARDMERE, Norland – Grain exports through the port have doubled since 2024, the harbour master told a council meeting.",
    "Six of its eight cranes are new, and the harbour pays at least 90 million euros a year in wages, the council heard.",
    "Last winter 12 percent of the berths were empty on an average day; this autumn the figure has fallen to 3 percent.",
)
DROP = """names => {
  const brought = new DataTransfer();
  for (const name of names) brought.items.add(new File(["Words of " + name], name, {type: "text/plain"}));
  const form = document.querySelector("form.add");
  for (const kind of ["dragover", "drop"]) {
    form.dispatchEvent(new DragEvent(kind, {dataTransfer: brought, bubbles: true, cancelable: true}));
  }
}"""


@pytest.fixture
def fetching_worker(worker, hostile_site):
    """A worker that may fetch from the local site; the next test gets an ordinary one."""
    worker.restart(
        FETCH_ALLOWED_NETWORKS="127.0.0.0/8",
        FETCH_PORTS=str(hostile_site.port),
        FETCH_DELAY="0",
        FETCH_ROBOTS="false",
    )
    yield worker
    worker.stop()


@pytest.fixture
def desk(page, sign_in, editor):
    sign_in(page, editor)
    return page


def test_an_address_in_and_an_article_with_its_claims_out(desk, fetching_worker, hostile_site):
    hostile_site.pages["/story"] = page_of()
    desk.goto("/articles/add/")
    desk.get_by_label("Address").fill(hostile_site.url("/story"))
    desk.keyboard.press("Control+Enter")
    # From the form to the intake, from there to the article, and there to its claims: all by itself.
    expect(desk).to_have_url(re.compile(r"/articles/\d+/$"), timeout=30_000)
    expect(desk.locator("mark.hl", has_text="87 percent")).to_be_visible(timeout=60_000)
    expect(desk.get_by_role("heading", name="Militia loses most of its territory")).to_be_visible()
    desk.get_by_role("link", name="Original").click()
    expect(desk.get_by_text("version 1").first).to_be_visible()


def test_many_fill_in_their_rows_in_place(desk, fetching_worker, hostile_site):
    hostile_site.pages["/one"] = page_of(title="The first of them")
    many = [hostile_site.url(path) for path in ("/one", "/status/404", "/status/410")]
    desk.goto("/articles/add/")
    desk.get_by_label("Address").fill("\n".join(many))
    desk.get_by_role("button", name="Add and find claims").click()
    expect(desk).to_have_url(re.compile(r"/intake/batch/"))
    expect(desk.get_by_text("3 of 3 done")).to_be_visible(timeout=30_000)
    rows = desk.locator(".intake-row")
    expect(rows.nth(0)).to_contain_text("The first of them")
    expect(rows.nth(1).locator(".intake-state")).to_have_text("failed")
    expect(rows.nth(1)).to_contain_text("The site has no page at this address")
    expect(desk.get_by_text("1 came in, 2 failed", exact=True)).to_be_visible()
    expect(desk.locator("#live")).to_have_text("All done: 1 came in, 2 failed.")
    hostile_site.pages["/status/404"] = page_of(*OTHER, title="The second")
    desk.keyboard.press("j")
    rows.nth(1).get_by_role("button", name="Try again").click()
    expect(rows.nth(1)).to_contain_text("The second", timeout=30_000)
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")


def test_one_who_has_gone_on_to_something_else_is_not_taken_away(desk):
    intake = Intake.objects.create(
        via="url", url="https://norland.example/a", status="running", stage="reading"
    )
    desk.goto(intake.get_absolute_url())
    search = desk.get_by_label("Search the desk")
    search.fill("half a wo")
    article = ArticleFactory()
    Intake.objects.filter(pk=intake.pk).update(status="added", article=article)
    expect(desk.get_by_role("link", name="Show the article")).to_be_visible()
    expect(search).to_be_focused()
    expect(search).to_have_value("half a wo")
    assert desk.url.endswith(intake.get_absolute_url())


def test_files_that_are_dropped_are_handed_in(desk):
    desk.goto("/articles/add/")
    desk.evaluate(DROP, ["a.txt"])
    desk.evaluate(DROP, ["b.txt"])
    desk.get_by_role("button", name="Add and find claims").click()
    expect(desk.locator(".intake-row")).to_have_count(2)
    assert set(Intake.objects.values_list("file_name", flat=True)) == {"a.txt", "b.txt"}


def test_a_second_press_on_a_dropped_file_is_the_same(desk):
    desk.goto("/articles/add/")
    desk.evaluate(DROP, ["a.txt"])
    desk.get_by_role("button", name="Add and find claims").dblclick()
    expect(desk).to_have_url(re.compile(r"/intake/\d+/"))
    assert Intake.objects.count() == 1


def test_what_failed_is_pasted_instead_with_its_address_filled_in(desk):
    intake = Intake.objects.create(
        via="url",
        url="https://norland.example/a",
        status="failed",
        words="The page asks to sign in.",
        attempts=1,
    )
    desk.goto("/intake/?state=failed")
    desk.get_by_role("link", name="Paste the text").click()
    expect(desk.get_by_label("Text", exact=True)).to_be_focused()
    desk.keyboard.insert_text("Rents rose 3 percent.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#text")).to_contain_text("Rents rose 3 percent.")
    assert Article.objects.get().url == intake.url


def test_without_scripts_everything_is_there(browser, live_site, sign_in, editor):
    context = browser.new_context(base_url=live_site.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, editor)
    page.goto("/articles/add/")
    page.get_by_label("Address").fill("https://norland.example/a")
    page.get_by_role("button", name="Add and find claims").click()
    expect(page.get_by_text("Waiting").first).to_be_visible()
    intake = Intake.objects.get()
    Intake.objects.update(status="failed", words="The page asks to sign in.", attempts=1)
    # The page looks again by itself.
    expect(page.get_by_text("The page asks to sign in.")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("It is tried again.")).to_be_visible()
    intake.refresh_from_db()
    assert intake.status == "queued"
    context.close()
