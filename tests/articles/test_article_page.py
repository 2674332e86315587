"""The article with what stands in it: text, marks, cards, and the pages one click away."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.articles import marking
from factcheck.articles.models import Annotation, Article
from factcheck.articles.services import annotate
from factcheck.claims.models import Appearance, Claim
from factcheck.claims.services.triage import dismiss
from tests.articles.conftest import LOST, RETURNED, TEXT
from tests.articles.found import read_by_machine
from tests.factories import ArticleFactory


def shown(client, article, **query):
    response = client.get(article.get_absolute_url(), query)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html):
    """The text as a browser would read it out of the page."""
    from html import unescape

    area = html[html.index('id="text"') :]
    area = area[area.index(">") + 1 : area.index("</div>")]
    return unescape(re.sub(r"<summary.*?</summary>|<[^>]*>", "", area))


def test_the_page_holds_the_whole_text_unchanged(signed_in, editor, read_article):
    assert text_of(shown(signed_in(editor), read_article)) == TEXT


def test_claims_are_marked_where_they_stand(signed_in, editor, read_article):
    html = " ".join(shown(signed_in(editor), read_article).split())
    claim = Claim.objects.get(quote=LOST)
    assert (
        f'<mark class="hl" data-claim="{claim.pk}" data-state="candidate" >The militia has lost '
        '<b class="fig-span">87 percent</b> of its territory</mark >'
    ) in html


def test_furniture_is_set_apart(signed_in, editor, read_article):
    assert 'class="furniture">Menu</p>' in shown(signed_in(editor), read_article)


def test_what_the_text_says_is_never_markup(signed_in, editor, read_article):
    html = shown(signed_in(editor), read_article)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_cards_stand_in_the_order_of_the_text(signed_in, editor, read_article):
    version = read_article.current_version
    start = TEXT.index("Nobody")
    annotate(actor=editor, version=version, start=start, end=start + 6, note="Ask <b>who</b>")
    html = shown(signed_in(editor), read_article)
    places = [int(start) for start in re.findall(r'class="card[^"]*"[^>]*data-start="(\d+)"', html)]
    assert places == [TEXT.index(LOST), start, TEXT.index(RETURNED)]
    assert "Ask &lt;b&gt;who&lt;/b&gt;" in html


def test_dismissed_claims_are_out_of_sight_until_asked_for(signed_in, editor, read_article):
    claim = Claim.objects.get(quote=LOST)
    dismiss(actor=editor, claim=claim)
    client = signed_in(editor)
    html = shown(client, read_article)
    assert f'data-claim="{claim.pk}"' not in html
    assert "Show 1 claim that was set aside" in html
    assert f'data-claim="{claim.pk}"' in shown(client, read_article, aside=1)
    assert f'data-claim="{claim.pk}"' in shown(client, read_article, claim=claim.pk)


def test_restricted_claims_are_neither_marked_nor_listed_for_others(signed_in, editor, head, read_article):
    claim = Claim.objects.get(quote=LOST)
    Claim.objects.filter(pk=claim.pk).update(restricted=True)
    assert f'data-claim="{claim.pk}"' not in shown(signed_in(editor), read_article)
    assert f'data-claim="{claim.pk}"' in shown(signed_in(head), read_article)


def test_without_a_date_the_page_says_so_and_asks(signed_in, editor, read_article):
    html = shown(signed_in(editor), read_article)
    assert "stay unresolved until one is set" in html
    assert 'name="published_on"' in html
    Article.objects.filter(pk=read_article.pk).update(published_on="2026-03-01")
    assert "stay unresolved" not in shown(signed_in(editor), read_article)


def test_an_article_in_another_language_says_what_to_do(signed_in, editor):
    article = ArticleFactory(text="Die Arbeitslosigkeit fiel.", language="de")
    read_by_machine(article, language="de")
    assert "reads English only" in shown(signed_in(editor), article)


def test_a_viewer_reads_without_buttons(signed_in, viewer, read_article):
    html = shown(signed_in(viewer), read_article)
    assert LOST.split(" 87")[0] in html
    for action in (
        "claims/add",
        "/accept/",
        "/dismiss/",
        "notes/add",
        "/done/",
        "/edit/",
        "/date/",
        "reword",
    ):
        assert action not in html
    assert "data-selection-tools" not in html


def test_an_outsider_is_sent_to_sign_in(client, read_article):
    for page in ("", "figures/", "quotations/", "original/", "progress/", "edit/"):
        assert client.get(f"{read_article.get_absolute_url()}{page}").status_code == 302


def test_an_article_that_is_not_there_is_a_404(signed_in, editor):
    assert signed_in(editor).get("/articles/999999/").status_code == 404


def test_a_request_by_htmx_gets_the_inner_part(signed_in, editor, read_article):
    response = signed_in(editor).get(read_article.get_absolute_url(), headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert 'id="text"' in html
    assert 'id="strip"' in html
    assert 'hx-swap-oob="true"' in html


def test_queries_do_not_grow_with_the_claims(signed_in, editor):
    client = signed_in(editor)
    counted = []
    for number in (2, 12):
        lines = [f"Rents in town {n} rose {n} percent last year." for n in range(number)]
        article = ArticleFactory(text="\n\n".join(lines))
        read_by_machine(article, claims=lines, figures=[f"{n} percent last" for n in range(number)])
        for n in range(number):
            start = article.current_version.text.index(lines[n])
            annotate(actor=editor, version=article.current_version, start=start, end=start + 5, note="n")
        with CaptureQueriesContext(connection) as captured:
            shown(client, article)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_a_very_long_text_comes_in_parts(signed_in, editor, monkeypatch):
    monkeypatch.setattr(marking, "PART", 400)
    lines = [f"Paragraph {n}: rents rose {n} percent." for n in range(40)]
    article = ArticleFactory(text="\n\n".join(lines))
    read_by_machine(article, claims=[lines[1], lines[35]])
    client = signed_in(editor)
    first = shown(client, article)
    assert "Paragraph 1:" in first
    assert "Paragraph 35:" not in first
    late = Claim.objects.get(quote=lines[35])
    there = shown(client, article, claim=late.pk)
    assert f'<mark class="hl" data-claim="{late.pk}"' in there
    assert f'id="card-{late.appearances.get().pk}"' in there
    start = int(re.search(r'data-version-text data-start="(\d+)"', there).group(1))
    assert text_of(there).strip() == article.current_version.text[start : start + len(text_of(there))].strip()


def test_a_million_characters_in_one_line_are_shown(signed_in, editor):
    article = ArticleFactory(text="word " * 200_000)
    html = shown(signed_in(editor), article, part=9)
    assert len(html) < 400_000
    assert "Part 9" in html


@pytest.mark.parametrize("query", [{"part": "0"}, {"part": "99"}, {"part": "x"}, {"claim": "9" * 30}])
def test_nonsense_in_the_address_is_harmless(signed_in, editor, read_article, query):
    assert text_of(shown(signed_in(editor), read_article, **query)) == TEXT


def test_figures_are_a_table_without_the_minor_ones(signed_in, editor, read_article):
    version = read_article.current_version
    version.figures.filter(text="40,000 people").update(minor=True)
    client = signed_in(editor)
    html = client.get(f"{read_article.get_absolute_url()}figures/").content.decode()
    assert "87 percent" in html
    assert "40,000 people" not in html
    assert (
        "40,000 people" in client.get(f"{read_article.get_absolute_url()}figures/?minor=1").content.decode()
    )


def test_quotations_name_their_speakers(signed_in, viewer):
    text = "“We will finish,” Mr Holt said."
    article = ArticleFactory(text=text)
    speakers = [{"name": "Ryan Holt", "role": "spokesman", "kind": "person", "mentions": []}]
    quotations = [{"start": 0, "end": 17, "kind": "direct", "cue": "said", "speaker": 0}]
    read_by_machine(article, speakers=speakers, quotations=quotations)
    html = signed_in(viewer).get(f"{article.get_absolute_url()}quotations/").content.decode()
    assert "“We will finish,”" in html
    assert "Ryan Holt" in html


def test_the_original_is_the_text_as_it_came(signed_in, viewer, read_article):
    html = signed_in(viewer).get(f"{read_article.get_absolute_url()}original/").content.decode()
    assert "Menu\n\nThe militia has lost 87 percent" in html
    assert "<script>alert(1)" not in html


def test_done_goes_on_to_the_next_article_that_is_not(signed_in, editor):
    old, newer, newest = ArticleFactory.create_batch(3)
    client = signed_in(editor)
    assert client.post(f"{newest.get_absolute_url()}done/").url == newer.get_absolute_url()
    assert client.post(f"{newer.get_absolute_url()}done/").url == old.get_absolute_url()
    assert client.post(f"{old.get_absolute_url()}done/").url == "/articles/?state=todo"
    newest.refresh_from_db()
    assert newest.done_by == editor
    assert client.post(f"{newest.get_absolute_url()}done/", {"undo": 1}).url == newest.get_absolute_url()
    newest.refresh_from_db()
    assert newest.done_at is None


@pytest.mark.parametrize("action", ["done", "again", "date", "claims/add", "notes/add", "edit"])
def test_a_viewer_may_change_nothing(signed_in, viewer, read_article, action):
    response = signed_in(viewer).post(f"{read_article.get_absolute_url()}{action}/", {"start": 6, "end": 20})
    assert response.status_code == 403
    assert not Annotation.objects.exists()
    assert Claim.objects.count() == 2


def test_a_claim_that_stands_twice_is_marked_twice_and_set_aside_once(signed_in, editor, read_article):
    claim, version = Claim.objects.get(quote=LOST), read_article.current_version
    start = TEXT.index("Nobody")
    Appearance.objects.create(claim=claim, version=version, start=start, end=start + 6, exact="Nobody")
    client = signed_in(editor)
    html = shown(client, read_article)
    places = [int(start) for start in re.findall(r'class="card[^"]*"[^>]*data-start="(\d+)"', html)]
    assert places == [TEXT.index(LOST), start, TEXT.index(RETURNED)]
    dismiss(actor=editor, claim=claim)
    html = shown(client, read_article)
    assert f'data-claim="{claim.pk}"' not in html
    assert "Show 1 claim that was set aside" in html
