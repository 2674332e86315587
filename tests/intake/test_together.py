"""Several who hand in for one address at about the same time: nothing that anybody gave is lost."""

import pytest
from django.utils import timezone

from factcheck.articles.models import Article
from factcheck.fetching import fetch
from factcheck.intake.models import Intake
from factcheck.intake.services import fetch_again, hand_in_file, hand_in_text, hand_in_url, paste, taking
from tests.factories import SourceFactory
from tests.intake.conftest import OTHER, PARAGRAPHS, page_of
from tests.reading import documents
from tests.support.hostile import Page

pytestmark = pytest.mark.django_db

WHOLE = "\n\n".join(PARAGRAPHS)
MORE = (
    *PARAGRAPHS,
    "On Tuesday the ministry added that 78 percent was the right number, as the first had counted a lake.",
)
WAYS = [hand_in_file, hand_in_text]


@pytest.fixture
def give(site, colleague):
    """Hands in paragraphs for the site's page, as a saved page or as a text."""

    def hand_in(way, *paragraphs, **more):
        page = {"body": page_of(*paragraphs), "file_name": "page.html", "content_type": "text/html"}
        own = page if way is hand_in_file else {"text": "\n\n".join(paragraphs or PARAGRAPHS)}
        return way(actor=colleague, url=site.url("/militia"), via="api", **own, **more)

    return hand_in


@pytest.fixture
def meanwhile(monkeypatch):
    """Does something while a worker is at the given step of a page."""

    def happens(step, do):
        real = {"fetch": fetch, "_read": taking._read}[step]

        def busy(*args, **more):
            monkeypatch.setattr(taking, step, real)
            done = real(*args, **more)
            do()
            return done

        monkeypatch.setattr(taking, step, busy)

    return happens


def texts(article):
    return list(article.versions.order_by("number").values_list("text", flat=True))


def test_two_who_ask_for_one_address_share_its_row(site, editor, colleague):
    first = hand_in_url(actor=editor, url=site.url("/militia"))
    second = hand_in_url(actor=colleague, url=site.url("/militia?utm_source=mail"))

    assert first == second


def test_what_each_says_of_an_address_that_is_fetched_counts(site, editor, colleague, taken, meanwhile):
    """A feed only hints; of two persons, the earlier one's words stay."""
    herald, planet = SourceFactory(), SourceFactory()
    site.pages["/militia"] = page_of()
    where = {"url": site.url("/militia")}
    feeds = {"title": "Hint of a feed", "published": "2026-02-01"}
    row = hand_in_url(actor=editor, via="feed", given=feeds, source=planet, extract=False, **where)
    hand_in_url(actor=editor, given={"title": "As one calls it"}, source=herald, **where)

    meanwhile(
        "fetch",
        lambda: hand_in_url(actor=colleague, given={"title": "Another's", "bylines": ["B. Cole"]}, **where),
    )
    article = taken(row).article

    assert (article.title, article.bylines, article.carried_by) == ("As one calls it", ["B. Cole"], herald)
    assert (str(article.published_on), article.corrected) == ("2026-03-02", ["bylines", "title"])
    assert article.current_version.runs.exists()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_handed_in_while_its_address_waits_comes_in_at_once(site, editor, taken, give, way):
    site.pages["/militia"] = Page(status=503)
    waiting = taken(hand_in_url(actor=editor, url=site.url("/militia"), via="feed"))
    assert waiting.status == "later"

    given = taken(give(way, given={"title": "What it says"}))

    assert (given.status, given.article.title, texts(given.article)) == ("added", "What it says", [WHOLE])
    Intake.objects.filter(pk=waiting.pk).update(status="queued")
    site.pages["/militia"] = page_of(*PARAGRAPHS[:2])
    waiting = taken(waiting)
    assert (waiting.status, waiting.article, texts(given.article)) == ("known", given.article, [WHOLE])


@pytest.mark.parametrize("step", ["fetch", "_read"])
@pytest.mark.parametrize("stored_first", ["what was handed in", "what is fetched"])
@pytest.mark.parametrize("way", WAYS)
def test_what_is_handed_in_while_its_address_is_fetched_is_the_text(
    site, editor, taken, give, meanwhile, way, stored_first, step
):
    wall = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    )
    site.pages["/militia"] = page_of(*PARAGRAPHS[:2], head=wall)
    given = []

    def hand_in():
        given.append(give(way))
        if stored_first == "what was handed in":
            taken(given[0])

    meanwhile(step, hand_in)
    fetched = taken(hand_in_url(actor=editor, url=site.url("/militia")))
    came = taken(given[0])

    article = Article.objects.get()
    assert article.current_version.text == WHOLE
    first = stored_first == "what was handed in"
    assert (fetched.status, came.status) == (("known", "added") if first else ("added", "updated"))


@pytest.mark.parametrize("way", WAYS)
def test_a_fetch_that_fails_finds_the_article_that_was_handed_in_meanwhile(
    site, editor, taken, give, meanwhile, way
):
    site.pages["/militia"] = Page(status=404)
    meanwhile("fetch", lambda: taken(give(way)))

    fetched = taken(hand_in_url(actor=editor, url=site.url("/militia")))

    assert (fetched.status, fetched.article) == ("known", Article.objects.get())


@pytest.mark.parametrize("way", WAYS)
def test_what_two_store_in_one_moment_is_one_article_with_both_texts(
    site, editor, taken, give, monkeypatch, way
):
    """Neither sees the other's article when it looks for one."""
    first = taken(give(way, *PARAGRAPHS)).article
    monkeypatch.setattr(taking, "article_at", lambda _canonical: None)

    second = taken(give(way, *MORE))

    assert (second.status, second.article, texts(first)) == ("updated", first, [WHOLE, "\n\n".join(MORE)])


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("later", WAYS)
def test_two_texts_for_one_address_are_two_versions_whichever_a_worker_takes_first(taken, give, first, later):
    one, two = give(first, *PARAGRAPHS), give(later, *MORE)

    two = taken(two)
    assert (two.status, two.attempts) == ("later", 0)
    Intake.objects.filter(pk=two.pk).update(next_try_at=timezone.now())
    one, two = taken(one), taken(two)

    assert (one.status, two.status) == ("added", "updated")
    assert texts(one.article) == [WHOLE, "\n\n".join(MORE)]


def test_a_text_of_another_story_leaves_the_first_and_is_kept_itself(taken, give):
    one, two = give(hand_in_text), give(hand_in_text, *OTHER)
    one, two = taken(one), taken(two)

    assert (one.status, two.status, two.reason) == ("added", "failed", "other_text")
    assert two.given["text"] == "\n\n".join(OTHER)


def test_a_look_at_the_page_does_not_undo_what_was_handed_in_meanwhile(site, editor, taken, give, meanwhile):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    site.pages["/militia"] = page_of(*PARAGRAPHS[:3])
    meanwhile("_read", lambda: taken(give(hand_in_file, *MORE)))

    look = taken(fetch_again(actor=editor, article=article))

    assert look.status == "unchanged"
    assert texts(article) == [WHOLE, "\n\n".join(MORE)]


def test_a_text_is_the_newer_one_of_an_article_that_was_pasted_while_it_waited(site, editor, taken, give):
    waiting = give(hand_in_text, *MORE)
    article = paste(actor=editor, text=WHOLE, url=site.url("/militia"))

    assert taken(waiting).status == "updated"
    assert texts(article) == [WHOLE, "\n\n".join(MORE)]


def test_a_fuller_saved_page_is_the_newer_one_of_the_article_whose_address_it_names(site, editor, taken):
    site.pages["/militia"] = page_of(*PARAGRAPHS[:3])
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    page = page_of(head=f'<link rel="canonical" href="{site.url("/militia")}">')

    saved = taken(hand_in_file(actor=editor, body=page, file_name="page.html"))

    assert (saved.status, saved.article, article.versions.count()) == ("updated", article, 2)


def test_a_file_that_cannot_be_read_is_told_so_though_the_desk_has_an_article_there(
    site, editor, taken, give
):
    taken(give(hand_in_text))

    scan = taken(
        hand_in_file(actor=editor, body=documents.scan(), file_name="a.pdf", url=site.url("/militia"))
    )

    assert (scan.status, scan.reason) == ("failed", "scan")
