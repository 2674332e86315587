"""A figure that changed in the headline of a page: fetched again, it raises an alert as one in the text does."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from factcheck.articles.headlines import take_headline
from factcheck.articles.models import Article, ExtractionRun, Headline
from factcheck.articles.services import ask_for_extraction, edit_article
from factcheck.claims.services import extraction, headlines
from factcheck.claims.services.extraction import run_extraction
from factcheck.desk.audit import Job
from factcheck.figures.models import Figure, FigureChange
from factcheck.intake.services import fetch_again, hand_in_file, hand_in_url
from tests.intake.conftest import PARAGRAPHS, page_of

pytestmark = pytest.mark.django_db

OLD = "Militia loses 87 percent of its territory"
NEW = "Militia loses 78 percent of its territory"
GERMAN = (
    "Die Miliz hat seit März große Teile ihres Gebiets verloren, wie das Verteidigungsministerium am Montag mitteilte.",
    "Bewohner des Tals kehren seither in ihre Dörfer zurück, wo Ingenieure inzwischen viele der Brunnen gesichert haben.",
)


def read_all():
    """Does what the workers would do until nothing waits."""
    while run := ExtractionRun.objects.unfinished().first():
        run_extraction(run_id=run.pk)


@pytest.fixture
def came_in(site, editor, taken):
    """The article of a page that was fetched and read."""

    def make(title=OLD, *paragraphs, **given):
        site.pages["/militia"] = page_of(*paragraphs, title=title)
        article = taken(hand_in_url(actor=editor, url=site.url("/militia"), **given)).article
        read_all()
        return article

    return make


@pytest.fixture
def again(site, editor, taken):
    """Fetches an article's page once more, with another headline or text, and has it read."""

    def fetch(article, title, *paragraphs):
        site.pages["/militia"] = page_of(*paragraphs, title=title)
        look = taken(fetch_again(actor=editor, article=Article.objects.get(pk=article.pk)))
        read_all()
        return look

    return fetch


def alerts():
    return [(change.old.text, change.new.text) for change in FigureChange.objects.order_by("pk")]


def test_a_figure_that_changed_in_the_headline_alone_stands_among_the_changed_ones_until_it_was_seen(
    came_in, again, signed_in, editor
):
    article = came_in()

    assert again(article, NEW).status == "unchanged"

    browser = signed_in(editor)
    page = partial(lambda address: browser.get(address).content.decode())
    for address in (
        "/articles/changed-figures/",
        f"/articles/{article.pk}/",
        f"/articles/{article.pk}/versions/",
    ):
        shown = page(address)
        assert "in the headline" in shown
        assert "without a notice" in shown
        assert "Militia loses <del>87</del> percent" in shown
        assert "Militia loses <ins>78</ins> percent" in shown
    assert '<span class="count">1</span>' in page("/articles/")
    browser.post(f"/articles/changed-figures/{FigureChange.objects.get().pk}/seen/")
    assert "in the headline" not in page("/articles/changed-figures/")
    assert "in the headline" not in page(f"/articles/{article.pk}/")


def test_a_headline_that_was_compared_raises_no_second_alert(came_in, again):
    article = came_in()
    again(article, NEW)
    again(article, NEW)
    run_extraction(run_id=ask_for_extraction(actor=Job("test"), version=article.current_version).pk)
    read_all()

    assert alerts() == [("87 percent", "78 percent")]


def test_each_change_of_a_headline_is_compared_with_the_one_before(came_in, again):
    article = came_in()
    for title in (NEW, "Militia driven from the valley", NEW, OLD):
        again(article, title)

    assert alerts() == [("87 percent", "78 percent"), ("78 percent", "87 percent")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (OLD, "Coalition: militia loses 78% of its territory", [("87 percent", "78%")]),
        (OLD, OLD.upper(), []),
        (OLD, "Ministry plans 12 percent rise in spending on roads", []),
        (OLD, "Militia loses 4,200 soldiers, most of its territory", []),
        ("12 dead, 30 hurt in blast", "15 dead, 30 hurt in blast", [("12", "15")]),
        ("12 dead, 30 hurt in blast", "30 dead, 12 hurt in blast", [("12", "30"), ("30", "12")]),
        ("12 dead, 30 hurt in blast", "30 hurt, 15 dead in blast", [("12", "15")]),
        ("15 dead, 15 hurt in blast", "Now 20 dead, 15 hurt in blast", [("15", "20")]),
        ("Blast kills 12", "12 killed in blast", []),
        (
            "4,200 soldiers in ministry campaign in valley",
            "2,400 troops in ministry campaign in valley",
            [("4,200", "2,400")],
        ),
        (
            "4,200 soldiers in ministry campaign in valley",
            "4,200 troops in ministry campaign in valley",
            [],
        ),
    ],
)
def test_only_a_figure_of_the_same_thing_is_told(came_in, again, old, new, told):
    again(came_in(old), new)

    assert alerts() == told


def test_the_page_s_headline_counts_where_an_editor_corrected_the_title(came_in, again, editor):
    article = came_in()
    article.refresh_from_db()
    edit_article(actor=editor, article=article, revision=article.revision, title="Losses of the militia")

    again(article, NEW)

    assert alerts() == [("87 percent", "78 percent")]
    assert Article.objects.get().title == "Losses of the militia"


def test_a_headline_that_nobody_heard_before_is_compared_with_the_next_one_only(came_in, again):
    article = came_in(given={"title": "Losses of the militia"})
    again(article, NEW)
    assert alerts() == []

    again(article, OLD)

    assert alerts() == [("78 percent", "87 percent")]


def test_a_figure_that_changed_in_headline_and_text_is_one_alert(came_in, again, signed_in, editor):
    article = came_in()
    first, *others = PARAGRAPHS

    again(article, NEW, first.replace("87", "78"), *others)

    assert alerts() == [("87 percent", "78 percent")]
    shown = signed_in(editor).get("/articles/changed-figures/").content.decode()
    assert "in the headline too" in shown
    assert "Militia loses <ins>78</ins> percent" in shown


def test_a_notice_in_the_text_that_came_along_is_the_headline_s(came_in, again):
    notice = (
        "Correction: an earlier version of this headline gave a wrong share of the territory that was lost."
    )

    again(came_in(), NEW, *PARAGRAPHS, notice)

    assert FigureChange.objects.get().notice == notice


def test_a_page_handed_in_for_the_article_is_compared_as_one_that_was_fetched(came_in, site, editor, taken):
    article = came_in()

    taken(hand_in_file(actor=editor, body=page_of(title=NEW), file_name="page.html", url=article.url))
    read_all()

    assert alerts() == [("87 percent", "78 percent")]


def test_headlines_of_a_language_that_is_not_read_raise_no_alert(came_in, again):
    article = came_in("Miliz verliert 87 Prozent", *GERMAN)

    again(article, "Miliz verliert 78 Prozent", *GERMAN)

    assert Headline.objects.count() == 2
    assert alerts() == []


def test_a_headline_waits_for_the_next_reading_where_a_worker_died(came_in, again, monkeypatch):
    article = came_in()

    def dies(**_how):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(extraction, "watch_headlines", dies)
        with pytest.raises(KeyboardInterrupt):
            again(article, NEW)
    read_all()

    assert alerts() == [("87 percent", "78 percent")]


def test_a_headline_that_cannot_be_compared_costs_no_findings(came_in, again, monkeypatch):
    article = came_in()

    def fails(**_how):
        raise IntegrityError

    monkeypatch.setattr(headlines, "record_headline_changes", fails)
    again(article, NEW)

    assert set(ExtractionRun.objects.values_list("status", flat=True)) == {"finished"}


def test_a_headline_that_comes_while_the_text_is_being_read_is_compared_by_the_next_run(came_in, monkeypatch):
    article = came_in()
    watch = extraction.watch_headlines

    def too_late(**how):
        watch(**how)
        if not Headline.objects.exists():
            take_headline(actor=Job("test"), article=article, was=OLD, text=NEW)

    monkeypatch.setattr(extraction, "watch_headlines", too_late)
    ask_for_extraction(actor=Job("test"), version=article.current_version)
    read_all()

    assert alerts() == [("87 percent", "78 percent")]


def test_a_list_of_changed_headlines_asks_as_often_for_many_as_for_few(
    came_in, again, signed_in, editor, django_assert_max_num_queries
):
    article = came_in()
    for title in (NEW, OLD, NEW, OLD):
        again(article, title)
    browser = signed_in(editor)

    with django_assert_max_num_queries(12):
        shown = browser.get("/articles/changed-figures/").content.decode()
    assert shown.count("in the headline") == 4


def test_a_figure_stands_in_a_text_or_in_a_headline_and_once_in_its_place(came_in, again):
    article = came_in()
    again(article, NEW)
    figure = Figure.objects.filter(headline__text=NEW).get()

    for wrong in ({"version": article.current_version}, {"start": None, "end": None}, {"start": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Figure.objects.filter(pk=figure.pk).update(**wrong)
    twin = Figure.objects.get(pk=figure.pk)
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
