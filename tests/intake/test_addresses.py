"""Which article an address names, where pages give themselves another one, share one, or move."""

import pytest

from factcheck.articles.models import Article
from factcheck.articles.services import edit_article
from factcheck.intake.models import Intake
from factcheck.intake.services import fetch_again, hand_in_file, hand_in_text, hand_in_url, paste, retry
from tests.intake.conftest import OTHER, PARAGRAPHS, page_of
from tests.support.hostile import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def militia(site, editor, taken):
    """The article of a page that was fetched."""
    site.pages["/militia"] = page_of()
    return taken(hand_in_url(actor=editor, url=site.url("/militia"))).article


@pytest.fixture
def corrected(editor):
    """Gives an article another address, as an editor does."""

    def do(article, url):
        article = Article.objects.get(pk=article.pk)
        return edit_article(actor=editor, article=article, revision=article.revision, url=url)

    return do


def test_an_address_that_the_desk_has_ends_as_known_without_being_fetched(site, editor, taken):
    site.pages["/militia"] = page_of()
    first = taken(hand_in_url(actor=editor, url=site.url("/militia")))
    asked = len(site.requests)

    second = hand_in_url(actor=editor, url=site.url("/militia#comments"))

    assert (second.status, second.article) == ("known", first.article)
    assert len(site.requests) == asked


def test_a_page_under_another_address_with_the_same_canonical_one_is_known(site, editor, taken):
    head = f'<link rel="canonical" href="{site.url("/militia")}">'
    site.pages["/militia"] = site.pages["/amp/militia"] = page_of(head=head)
    first = taken(hand_in_url(actor=editor, url=site.url("/amp/militia")))

    second = taken(hand_in_url(actor=editor, url=site.url("/militia")))
    third = hand_in_url(actor=editor, url=site.url("/amp/militia"))

    assert (second.status, second.article) == ("known", first.article)
    assert (third.status, third.article) == ("known", first.article)


def test_a_canonical_address_that_all_pages_share_is_not_believed(site, editor, taken):
    head = f'<link rel="canonical" href="{site.url("/news")}">'
    other = [
        f"The harbour handled {n},300 tonnes of grain in week {n} of the year, the port authority said on Friday."
        for n in range(3, 9)
    ]
    site.pages["/one"], site.pages["/two"] = page_of(head=head), page_of(*other, title="Grain", head=head)

    one = taken(hand_in_url(actor=editor, url=site.url("/one")))
    two = taken(hand_in_url(actor=editor, url=site.url("/two")))

    assert (one.status, two.status) == ("added", "added")
    assert one.article != two.article


def test_an_address_that_leads_on_names_no_article(site, editor, taken):
    site.pages["/latest"] = Page(status=302, headers={"Location": "/monday"})
    site.pages["/monday"] = page_of()
    first = taken(hand_in_url(actor=editor, url=site.url("/latest"))).article
    site.pages["/latest"] = Page(status=302, headers={"Location": "/tuesday"})
    site.pages["/tuesday"] = page_of(*OTHER, title="Harvest breaks all records")

    second = taken(hand_in_url(actor=editor, url=site.url("/latest"))).article

    assert (first.url, second.url) == (site.url("/monday"), site.url("/tuesday"))
    assert taken(hand_in_url(actor=editor, url=site.url("/latest"))).status == "known"


def test_an_address_that_somebody_took_for_a_files_own_is_free_again_once_corrected(site, editor, taken):
    wrong, right = "https://herald.example/wrong", "https://herald.example/right"
    article = taken(hand_in_file(actor=editor, body=page_of(), file_name="page.html", url=wrong)).article
    edit_article(actor=editor, article=article, revision=article.revision, url=right)

    assert not hand_in_url(actor=editor, url=wrong).is_over
    assert hand_in_url(actor=editor, url=right).article == article


def test_a_saved_page_that_names_the_address_of_another_story_is_an_article_of_its_own(
    editor, taken, militia
):
    head = f'<link rel="canonical" href="{militia.url}">'
    page = page_of(*OTHER, title="Harvest breaks all records", head=head)

    saved = taken(hand_in_file(actor=editor, body=page, file_name="page.html"))

    assert (saved.status, saved.article.title, saved.article.url) == (
        "added",
        "Harvest breaks all records",
        "",
    )


def test_what_was_refused_for_an_address_comes_in_once_that_is_the_other_articles_no_more(
    editor, taken, militia, corrected
):
    text, url = "\n\n".join(OTHER), militia.url
    refused = taken(hand_in_text(actor=editor, text=text, via="api", url=url))
    assert (refused.reason, refused.article) == ("other_text", militia)

    corrected(militia, "")

    came = taken(retry(actor=editor, intake=refused))
    assert (came.status, came.article.url) == ("added", url)
    assert came.article != militia


def test_a_page_that_took_an_articles_address_can_be_brought_in(site, editor, taken, militia, corrected):
    url = militia.url
    site.pages["/militia"] = page_of(*OTHER, title="Harvest breaks all records")
    assert taken(fetch_again(actor=editor, article=militia)).reason == "other_page"
    assert hand_in_url(actor=editor, url=url).article == militia

    corrected(militia, "")

    assert taken(hand_in_url(actor=editor, url=url)).article.title == "Harvest breaks all records"


def test_a_failure_that_became_moot_can_be_tried_again(site, editor, taken):
    site.pages["/militia"] = Page(status=404)
    failed = taken(hand_in_url(actor=editor, url=site.url("/militia")))
    article = paste(actor=editor, text="\n\n".join(PARAGRAPHS), url=site.url("/militia"))
    site.pages["/militia"] = page_of(*OTHER, title="Harvest breaks all records")

    again = taken(retry(actor=editor, intake=Intake.objects.get(pk=failed.pk)))

    assert (again.status, again.article) == ("known", article)
