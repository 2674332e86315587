"""The page of a claim: who sees it, and what it shows."""

import pytest
from django.urls import reverse

from factcheck.claims.models import Claim, Claimant
from factcheck.claims.services import editing, merging
from factcheck.verdicts import services as verdicts
from tests.factories import ArticleFactory, ClaimFactory

HOSTILE = "<script>alert(1)</script> \u202e مرحبا 🙂"


def page_of(claim):
    return reverse("claims:show", args=[claim.pk])


def test_the_page_shows_the_quote_in_its_paragraph_with_the_figure_marked(claim, editor, signed_in):
    answer = signed_in(editor).get(page_of(claim))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<span class="fig-span">87 percent</span>' in html
    assert "the ministry said. Nobody was hurt." in html
    assert claim.lead_article.get_absolute_url() in html
    assert claim.lead_article.carried_by.name in html


def test_a_viewer_reads_and_has_nothing_to_press(ready, viewer, signed_in):
    html = signed_in(viewer).get(page_of(ready)).content.decode()
    assert "Count the squares." in html
    assert "Map 31" in html
    main = html[html.index('<main id="main"') : html.index('<div id="live"')]
    assert "<form" not in main
    assert "<button" not in main


def test_who_is_not_signed_in_is_sent_to_sign_in(claim, client):
    answer = client.get(page_of(claim))
    assert answer.status_code == 302
    assert reverse("accounts:login") in answer["Location"]


def test_a_restricted_claim_is_not_there_for_others(claim, editor, colleague, head, signed_in):
    editing.set_people(
        actor=editor, claim=claim, revision=claim.revision, due_on=None, restricted=True, people=[editor]
    )
    assert signed_in(editor).get(page_of(claim)).status_code == 200
    assert signed_in(head).get(page_of(claim)).status_code == 200
    assert signed_in(colleague).get(page_of(claim)).status_code == 404
    history = reverse("claims:history", args=[claim.pk])
    assert signed_in(colleague).get(history).status_code == 404


def test_a_merged_claim_leads_to_where_it_went(article, claim, editor, signed_in):
    into = ClaimFactory(article=article, quote="Nobody was hurt.", figure="")
    merging.merge(actor=editor, claim=claim, into=into)
    answer = signed_in(editor).get(page_of(claim))
    assert answer.status_code == 302
    assert answer["Location"] == page_of(into)


def test_a_claim_without_an_article_has_a_page(editor, signed_in):
    claim = editing.add_claim(actor=editor, quote="Heard on the tram", claimant="A passenger")
    html = signed_in(editor).get(page_of(claim)).content.decode()
    assert "Heard on the tram" in html
    assert "A passenger" in html


def test_what_people_and_pages_wrote_is_shown_as_text(editor, signed_in):
    article = ArticleFactory(text=f"Before. {HOSTILE} lost 87 percent. After.", title=HOSTILE)
    claim = ClaimFactory(article=article, quote=f"{HOSTILE} lost 87 percent.")
    Claimant.objects.create(claim=claim, name=HOSTILE, role=HOSTILE)
    verdicts.add_evidence(
        actor=editor, claim=claim, stance="context", title=HOSTILE, passage=HOSTILE, note=HOSTILE
    )
    verdicts.save_draft(
        actor=editor, claim=claim, revision=0, rating=None, summary=HOSTILE, explanation=HOSTILE
    )
    for address in (page_of(claim), reverse("claims:list"), reverse("claims:history", args=[claim.pk])):
        html = signed_in(editor).get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_the_mark_stands_right_after_an_emoji(editor, signed_in):
    article = ArticleFactory(text="🙂🙂 It lost 87 percent, they said.")
    claim = ClaimFactory(article=article, quote="It lost 87 percent")
    html = signed_in(editor).get(page_of(claim)).content.decode()
    assert '🙂🙂 <mark class="hl"' in html
    assert 'It lost <span class="fig-span">87 percent</span></mark>, they said.' in html


def test_only_the_paragraph_of_a_long_article_is_shown(editor, signed_in):
    long = "\n\n".join(f"Paragraph {n} says nothing. " * 20 for n in range(200))
    article = ArticleFactory(text=f"{long}\n\nIt lost 87 percent, they said.\n\n{long}")
    claim = ClaimFactory(article=article, quote="It lost 87 percent")
    html = signed_in(editor).get(page_of(claim)).content.decode()
    assert ", they said." in html
    assert "says nothing" not in html


def test_claims_checked_before_stand_beside_with_their_rating(verified, editor, signed_in):
    again = ClaimFactory(quote="The militia has lost 80 percent of its territory", figure="")
    html = signed_in(editor).get(page_of(again)).content.decode()
    before = html[html.index('id="before-title"') :]
    assert page_of(verified) in before
    assert 'data-tone="true"' in before


def test_the_number_of_queries_does_not_grow_with_the_page(
    ready, editor, signed_in, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in(editor)
    browser.get(page_of(ready))
    with CaptureQueriesContext(connection) as few:
        browser.get(page_of(ready))
    for n in range(10):
        verdicts.add_evidence(
            actor=editor, claim=ready, stance="context", title=f"Map {n}", url=f"https://maps.example/{n}"
        )
        editing.confirm_claimant(actor=editor, claim=ready, claimant=None, revision=None, name=f"Speaker {n}")
        article = ArticleFactory()
        editing.add_appearance(actor=editor, claim=ready, version=article.current_version, start=0, end=20)
    with django_assert_max_num_queries(len(few)):
        browser.get(page_of(ready))


def test_the_foot_names_what_is_missing_and_leads_there(claim, editor, signed_in):
    Claimant.objects.create(claim=claim, name="Ryan Holt")
    html = signed_in(editor).get(page_of(claim)).content.decode()
    foot = html[html.index('<footer class="foot"') :]
    for place in ("#claimants", "#evidence", "#verdict-rating", "#verdict-summary", "#verdict-explanation"):
        assert f'href="{place}"' in foot


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("candidate", "claims:accept"),
        ("dismissed", "claims:accept"),
        ("open", "verdicts:submit"),
        ("parked", "claims:restore"),
        ("in_review", "verdicts:recall"),
        ("closed", "verdicts:reopen"),
    ],
)
def test_the_foot_offers_the_one_next_step(claim, editor, signed_in, state, step):
    reason = "trivial" if state in ("dismissed", "closed") else ""
    Claim.objects.filter(pk=claim.pk).update(state=state, reason=reason)
    html = signed_in(editor).get(page_of(claim)).content.decode()
    foot = html[html.index('<footer class="foot"') :]
    assert reverse(step, args=[claim.pk]) in foot
