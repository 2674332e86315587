"""An article's page fetched again, and pages and texts handed in for an article that the desk has."""

import pytest
from django.urls import reverse

from factcheck.articles.models import Article, ExtractionRun
from factcheck.articles.services import edit_article
from factcheck.claims.services.extraction import run_extraction
from factcheck.intake.models import Intake
from factcheck.intake.services import (
    fetch_again,
    hand_in_file,
    hand_in_text,
    hand_in_url,
    paste_newer,
    retry,
    taking,
)
from tests.intake.conftest import OTHER, PARAGRAPHS, page_of
from tests.support.hostile import Page

pytestmark = pytest.mark.django_db

MORE = (
    *PARAGRAPHS,
    "On Tuesday the ministry added that 78 percent was the right number, and that its first one had counted a lake.",
)
WALL = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


@pytest.fixture
def militia(site, editor, taken):
    """The article of a page that was fetched."""
    site.pages["/militia"] = Page(page_of(), headers={"ETag": '"one"'})
    return taken(hand_in_url(actor=editor, url=site.url("/militia"))).article


@pytest.fixture
def again(editor, taken):
    """Fetches an article's page once more."""

    def fetch(article):
        return taken(fetch_again(actor=editor, article=Article.objects.get(pk=article.pk)))

    return fetch


def text_now(article):
    return Article.objects.get(pk=article.pk).current_version.text


def test_a_stub_before_a_paywall_does_not_take_the_place_of_the_whole_text(site, militia, again):
    site.pages["/militia"] = page_of(*PARAGRAPHS[:3], head=WALL)

    look = again(militia)

    assert (look.status, look.reason, text_now(militia)) == ("unchanged", "paywall", "\n\n".join(PARAGRAPHS))


@pytest.mark.parametrize("way", ["pasted", "saved"])
def test_what_stands_before_a_paywall_is_noted_until_the_whole_text_is_there(
    site, editor, taken, signed_in, way
):
    site.pages["/militia"] = page_of(*PARAGRAPHS[:3], head=WALL)
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article

    def pages():
        client, own = signed_in(editor), article.get_absolute_url()
        return [client.get(path).content.decode() for path in (own, f"{own}original/")]

    assert all("cut off by a paywall" in html for html in pages())
    if way == "pasted":
        paste_newer(actor=editor, article=article, text="\n\n".join(MORE))
    else:
        page = page_of(*MORE, head=WALL)
        taken(hand_in_file(actor=editor, body=page, file_name="page.html", url=article.url))

    assert article.versions.count() == 2
    assert not any("paywall" in html for html in pages())


@pytest.mark.parametrize("redirected", [True, False])
def test_another_page_at_the_address_is_no_version_of_the_article(site, militia, again, redirected):
    other = page_of(*OTHER, title="Harvest breaks all records")
    site.pages["/"] = site.pages["/militia"] = other
    if redirected:
        site.pages["/militia"] = Page(status=302, headers={"Location": "/"})

    look = again(militia)

    militia.refresh_from_db()
    assert (look.status, look.reason) == ("gone", "other_page")
    assert (militia.title, militia.versions.count()) == ("Militia loses most of its territory", 1)
    assert militia.gone_at is not None


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        (
            "Norland Herald",
            "Our website is being improved. We will be back soon, and are sorry for the trouble.",
        ),
        (
            "Militia loses most of its territory",
            "This report can be seen by readers in Norland only. We are working on making more of it available elsewhere.",
        ),
    ],
)
def test_a_notice_in_place_of_the_article_is_no_version_of_it(site, militia, again, title, notice):
    site.pages["/militia"] = page_of(notice, title=title)

    assert (again(militia).reason, text_now(militia)) == ("other_page", "\n\n".join(PARAGRAPHS))
    site.pages["/militia"] = page_of()
    assert again(militia).status == "unchanged"
    militia.refresh_from_db()
    assert (militia.title, militia.gone_at) == ("Militia loses most of its territory", None)


def test_a_teaser_does_not_take_the_place_of_the_whole_text_though_nothing_marks_it(site, militia, again):
    site.pages["/militia"] = page_of(PARAGRAPHS[0], "Subscribe to read on.")

    look = again(militia)

    assert (look.status, look.reason, text_now(militia)) == ("unchanged", "piece", "\n\n".join(PARAGRAPHS))


def test_a_brief_text_of_something_else_that_a_program_posts_is_refused(editor, taken, militia):
    note = "Follow our live coverage in the app."
    posted = taken(hand_in_text(actor=editor, text=note, via="api", url=militia.url))

    assert (posted.reason, text_now(militia)) == ("other_text", "\n\n".join(PARAGRAPHS))


def test_a_story_that_was_written_anew_under_its_headline_is_a_version(site, militia, again):
    site.pages["/militia"] = page_of(*OTHER)

    assert again(militia).status == "updated"


def test_a_headline_that_changed_alone_is_told(site, militia, again):
    site.pages["/militia"] = page_of(title="Militia loses 78 percent of its territory")

    look = again(militia)

    assert look.status == "unchanged"
    assert (
        "“Militia loses most of its territory” became “Militia loses 78 percent of its territory”"
        in look.words
    )


def test_a_page_that_did_not_change_is_not_sent_again(site, militia, again):
    assert again(militia).status == "unchanged"
    site.pages["/militia"] = Page(status=304)

    look = again(militia)

    assert (look.status, look.capture, site.requests[-1].headers["If-None-Match"]) == (
        "unchanged",
        None,
        '"one"',
    )


def test_a_page_that_answers_again_is_gone_no_more(site, militia, again):
    Article.objects.update(gone_at=militia.added_at)
    site.pages["/militia"] = Page(status=304)

    again(militia)

    militia.refresh_from_db()
    assert militia.gone_at is None


def test_what_a_subscriber_sees_becomes_the_text_and_stays_it(site, editor, taken, again):
    site.pages["/militia"] = page_of(*PARAGRAPHS[:2], head=WALL)
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article

    saved = taken(
        hand_in_file(actor=editor, body=page_of(*MORE), file_name="page.html", url=site.url("/militia"))
    )

    article.refresh_from_db()
    assert (saved.status, article.current_version.text, article.next_fetch_at) == (
        "updated",
        "\n\n".join(MORE),
        None,
    )
    assert again(article).status == "unchanged"
    assert text_now(article) == "\n\n".join(MORE)


def test_a_newer_text_that_a_program_posts_is_a_version_and_the_same_one_is_known(
    editor, taken, site, militia
):
    url, text = site.url("/militia"), "\n\n".join(MORE)
    posted = taken(hand_in_text(actor=editor, text=text, via=Intake.Via.API, url=url))
    posted_again = taken(hand_in_text(actor=editor, text=text, via=Intake.Via.API, url=url))

    assert (posted.status, posted_again.status) == ("updated", "known")
    assert militia.versions.count() == 2


def said_of(article):
    article = Article.objects.get(pk=article.pk)
    return article.title, article.bylines, str(article.published_on)


def test_what_is_said_with_a_newer_text_counts_but_for_an_editors_corrections(editor, taken, militia):
    def post(text, **given):
        row = hand_in_text(actor=editor, text=text, via="api", url=militia.url, given=given)
        assert taken(row).status == "updated"
        return said_of(militia)

    text = "\n\n".join(MORE)
    assert post(text, title="Militia loses 78 percent", published="2026-03-03") == (
        "Militia loses 78 percent", ["Ada Byron"], "2026-03-03",
    )  # fmt: skip
    assert post(text + " It is 78.", title="Militia loses 77 percent")[0] == "Militia loses 77 percent"

    article = Article.objects.get(pk=militia.pk)
    edit_article(actor=editor, article=article, revision=article.revision, title="As an editor calls it")
    assert post(text + " It is 77.", title="Militia loses 76 percent", bylines=["B. Cole"]) == (
        "As an editor calls it", ["B. Cole"], "2026-03-03",
    )  # fmt: skip


def test_what_a_person_says_with_a_newer_page_or_text_counts(site, editor, signed_in, taken, militia):
    saved = hand_in_file(
        actor=editor, body=page_of(*MORE), file_name="page.html", url=militia.url, given={"title": "Saved"}
    )
    assert taken(saved).status == "updated"
    assert said_of(militia)[0] == "Saved"

    text = "\n\n".join(MORE) + " It was drained."
    pasted = {"url": militia.url, "text": text, "medium": "news", "title": "Pasted", "newer_of": militia.pk}
    signed_in(editor).post(reverse("articles:add"), pasted)
    assert (said_of(militia)[0], text_now(militia)) == ("Pasted", text)


def test_another_text_pasted_at_once_is_no_second_click(site, editor, signed_in):
    client, url = signed_in(editor), site.url("/militia")
    first = client.post(reverse("articles:add"), {"url": url, "text": PARAGRAPHS[0], "medium": "news"})
    whole = {"url": url, "text": "\n\n".join(PARAGRAPHS), "medium": "news"}

    assert client.post(reverse("articles:add"), {**whole, "text": PARAGRAPHS[0]}).url == first.url
    assert 'name="newer_of"' in client.post(reverse("articles:add"), whole).content.decode()


def test_another_text_handed_in_for_its_address_is_refused_and_kept(site, editor, taken, militia):
    body = page_of(*OTHER, title="Harvest breaks all records")
    saved = taken(hand_in_file(actor=editor, body=body, file_name="page.html", url=site.url("/militia")))

    assert (saved.status, saved.reason, militia.versions.count()) == ("failed", "other_text", 1)
    assert saved.may_be_retried


def test_claims_are_not_looked_for_in_a_version_where_they_were_not_to_be(site, editor, taken, again):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"), extract=False)).article
    site.pages["/militia"] = page_of(*MORE)

    assert again(article).status == "updated"
    assert not ExtractionRun.objects.exists()


def test_a_date_that_the_page_gives_later_has_the_text_read_again(site, editor, taken, again):
    undated = page_of().replace(b"2026-03-02T09:30:00+00:00", b"")
    site.pages["/militia"] = undated
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    ExtractionRun.objects.update(status="finished")
    site.pages["/militia"] = page_of()

    assert again(article).status == "unchanged"
    assert ExtractionRun.objects.unfinished().get().version == article.current_version


def test_a_pasted_text_may_be_the_newer_one_of_an_article(site, signed_in, editor, militia):
    client, text = signed_in(editor), "\n\n".join(MORE)
    article = {"url": site.url("/militia"), "text": text, "medium": "news"}
    offered = client.post(reverse("articles:add"), article)
    taken_over = client.post(reverse("articles:add"), {**article, "newer_of": militia.pk})

    assert f'name="newer_of" value="{militia.pk}"' in offered.content.decode()
    assert (taken_over.status_code, taken_over.url) == (302, militia.get_absolute_url())
    assert text_now(militia) == text


def test_a_pasted_newer_text_leaves_the_articles_title_alone(site, editor, militia):
    text = "Tuesday, 3 March 2026\n\n" + "\n\n".join(MORE)
    paste_newer(actor=editor, article=militia, text=text)
    run_extraction(run_id=ExtractionRun.objects.get(version__number=2).pk)

    militia.refresh_from_db()
    assert (militia.title, str(militia.published_on)) == ("Militia loses most of its territory", "2026-03-02")


def test_a_pasted_text_of_another_story_is_not_taken_for_it(site, signed_in, editor, militia):
    article = {
        "url": site.url("/militia"),
        "text": "\n\n".join(OTHER),
        "newer_of": militia.pk,
        "medium": "news",
    }
    answer = signed_in(editor).post(reverse("articles:add"), article)

    assert answer.status_code == 422
    assert "another text than that article" in answer.content.decode()
    assert militia.versions.count() == 1


def test_a_look_that_failed_on_the_desk_is_one_at_the_same_article_when_tried_again(
    site, editor, taken, militia, monkeypatch
):
    site.pages["/militia"] = page_of(*MORE)
    with monkeypatch.context() as broken:
        broken.setattr(taking, "renew_from_page", lambda *_: 1 / 0)
        failed = taken(fetch_again(actor=editor, article=militia))
    assert (failed.status, failed.reason, failed.article) == ("failed", "error", militia)

    assert taken(retry(actor=editor, intake=failed)).status == "updated"
