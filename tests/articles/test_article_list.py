"""The list of articles: newest first, narrowed by what is in the address, in a fixed number of queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.articles.models import ExtractionRun
from factcheck.articles.querysets import LONG
from factcheck.articles.services import annotate, mark_done
from factcheck.claims.services.triage import accept
from factcheck.figures.models import FigureChange
from factcheck.intake import captures
from factcheck.intake.models import Capture
from tests.articles.conftest import LOST
from tests.articles.found import read_by_machine
from tests.factories import ArticleFactory, SourceFactory, UserFactory

URL = "/articles/"
# A long column among those that are read; not within a function, which takes a piece of it.
WHOLE_TEXT = re.compile(rf'(?:SELECT|,) "articles_articleversion"\."({"|".join(LONG)})"')


def titles(response):
    return [article.title for article in response.context["page"]]


def test_newest_first(signed_in, editor):
    for name in ("one", "two", "three"):
        ArticleFactory(title=name)
    assert titles(signed_in(editor).get(URL)) == ["three", "two", "one"]


def test_a_row_says_how_much_is_to_decide(signed_in, editor, read_article):
    html = signed_in(editor).get(URL).content.decode()
    assert "<b>2</b> of 2 to decide" in html


def test_a_row_shows_how_far_the_extraction_is(signed_in, editor, running):
    running(status="running", stage="figures", progress=40)
    assert '<progress max="100" value="40"' in signed_in(editor).get(URL).content.decode()


def test_restricted_claims_are_not_counted_for_others(signed_in, editor, head, read_article):
    claim = read_article.lead_claims.first()
    claim.restricted = True
    claim.save(update_fields=["restricted"])
    assert "<b>1</b> of 1 to decide" in signed_in(editor).get(URL).content.decode()
    assert "<b>2</b> of 2 to decide" in signed_in(head).get(URL).content.decode()


def test_the_address_narrows_the_list(signed_in, editor, read_article):
    outlet = SourceFactory(name="Ardley Post")
    speech = ArticleFactory(title="A speech", medium="speech", carried_by=outlet)
    failed = ArticleFactory(title="Failed")
    ExtractionRun.objects.create(version=failed.current_version, status="failed")
    mark_done(actor=editor, article=speech)
    client = signed_in(editor)
    assert titles(client.get(URL, {"q": "ardley"})) == ["A speech"]
    assert titles(client.get(URL, {"outlet": outlet.pk})) == ["A speech"]
    assert titles(client.get(URL, {"medium": "speech"})) == ["A speech"]
    assert titles(client.get(URL, {"state": "done"})) == ["A speech"]
    assert titles(client.get(URL, {"state": "failed"})) == ["Failed"]
    assert titles(client.get(URL, {"state": "todo"})) == ["Failed", "Militia pushed back"]
    assert titles(client.get(URL, {"state": "reading"})) == []


@pytest.mark.parametrize(
    "query", [{"q": "a\x00b"}, {"outlet": "9" * 40}, {"outlet": "x"}, {"page": "x"}, {"state": "<b>"}]
)
def test_nonsense_in_the_address_is_harmless(signed_in, editor, query):
    assert signed_in(editor).get(URL, query).status_code == 200


def test_pages_of_fifty(signed_in, editor):
    ArticleFactory.create_batch(51, carried_by=None)
    client = signed_in(editor)
    assert len(titles(client.get(URL))) == 50
    assert len(titles(client.get(URL, {"page": 2}))) == 1


def test_queries_do_not_grow_with_the_rows(signed_in, editor, colleague):
    client = signed_in(editor)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(URL)
        return len(captured)

    for round_ in (2, 12):
        for _ in range(round_):
            article = ArticleFactory(written_by=SourceFactory())
            read_by_machine(article, claims=[LOST])
            mark_done(actor=UserFactory(), article=article)
        counted = queries()
        if round_ == 2:
            few = counted
    assert counted == few


def test_an_empty_list_names_the_next_action(signed_in, editor, viewer):
    html = signed_in(editor).get(URL).content.decode()
    assert "No articles yet" in html
    assert "Add the first article" in html
    assert "Add the first article" not in signed_in(viewer).get(URL).content.decode()


def test_hostile_titles_are_escaped(signed_in, editor):
    ArticleFactory(title="<script>alert(1)</script> שלום 😀")
    html = signed_in(editor).get(URL).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; שלום 😀" in html


@pytest.mark.django_db
def test_no_list_reads_whole_texts(signed_in, admin, editor, read_article):
    version = read_article.current_version
    claim = read_article.lead_claims.first()
    figure = version.figures.first()
    FigureChange.objects.create(article=read_article, version=version, old=figure, new=figure)
    ExtractionRun.objects.create(version=version, status="failed")
    capture = captures.keep_upload(b"<p>87 percent</p>", file_name="page.html", content_type="text/html")
    Capture.objects.filter(pk=capture.pk).update(article=read_article, version=version)
    annotate(actor=editor, version=version, start=0, end=4, note="Which?")
    accept(actor=editor, claim=claim)
    lists = [
        "articles:list", "articles:changed_figures", "claims:list", "queue", "intake:list", "desk:status", "feeds:list",
        "admin:articles_article_changelist", "admin:articles_extractionrun_changelist",
        "admin:articles_annotation_changelist", "admin:figures_figure_changelist", "admin:claims_claim_changelist",
        "admin:intake_intake_changelist", "admin:intake_capture_changelist",
    ]  # fmt: skip
    pages = [reverse(name) for name in lists]
    pages += [reverse("queue_detail", args=[claim.pk]), claim.get_absolute_url()]
    client, read = signed_in(admin), []

    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        read += [(page, column) for query in asked for column in WHOLE_TEXT.findall(query["sql"])]

    assert read == []
