"""The queue's lists: what is in each view, in which order, under which filters, page by page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Appearance, Claim, Claimant
from factcheck.claims.services import triage
from factcheck.queue import reads
from factcheck.queue.rows import rows_of
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def in_queue(user, view="today", order="rank", **filters):
    page = reads.page_of(reads.claims_of(user, view, filters), order)
    return [row.claim for row in page.rows]


def test_a_persons_priority_outranks_the_machines_score(editor):
    best = ClaimFactory(score=0.9)
    first = ClaimFactory(score=0.1, priority=1)
    unscored = ClaimFactory(score=None)
    assert in_queue(editor) == [first, best, unscored]


def test_today_holds_at_most_ten_of_an_article(editor, settings):
    article = ArticleFactory()
    claims = [ClaimFactory(article=article, score=n / 100) for n in range(13)]
    put_first = ClaimFactory(article=article, score=0.001, priority=2)
    today = in_queue(editor)
    assert today[0] == put_first
    # The one with a priority takes one of the ten places.
    assert set(today[1:]) == set(claims[4:])
    assert len(in_queue(editor, "candidates")) == 14


def test_today_stops_at_its_size(editor, settings):
    settings.TODAY_SIZE = 3
    for n in range(5):
        ClaimFactory(score=n / 10)
    assert [claim.score for claim in in_queue(editor)] == [0.4, 0.3, 0.2]


def test_each_view_holds_its_claims(editor, colleague):
    made = {
        "candidates": ClaimFactory(),
        "open": ClaimFactory(state="open"),
        "mine": ClaimFactory(state="open", assignee=editor),
        "review": ClaimFactory(state="in_review"),
        "waiting": ClaimFactory(state="parked"),
        "late": ClaimFactory(state="open", due_on=timezone.localdate() - timedelta(days=1)),
        "look": ClaimFactory(needs_look="the series was revised"),
        "set-aside": ClaimFactory(state="dismissed", reason="opinion"),
    }
    for view, claim in made.items():
        assert claim in in_queue(editor, view), view
    assert made["mine"] not in in_queue(colleague, "mine")
    assert made["set-aside"] not in in_queue(editor, "candidates")


def test_counts_match_the_lists_and_take_one_query(editor, django_assert_num_queries):
    ClaimFactory.create_batch(3)
    ClaimFactory(state="open", assignee=editor)
    ClaimFactory(restricted=True)
    with django_assert_num_queries(1):
        views = {view.key: view.count for view in reads.views_of(editor)}
    for view, count in views.items():
        assert count is None or count == len(in_queue(editor, view)), view


def test_a_count_stops_where_it_says_nothing_more(editor, monkeypatch):
    monkeypatch.setattr(reads, "COUNTED", 2)
    ClaimFactory.create_batch(4)
    today = next(view for view in reads.views_of(editor) if view.key == "today")
    assert (today.count, today.more) == (2, True)


def test_filters_come_from_the_address(signed_in, editor):
    outlet = SourceFactory(name="Norland Herald")
    wanted = ClaimFactory(article=ArticleFactory(carried_by=outlet), kind="statistic")
    other = ClaimFactory(kind="event")
    page = signed_in(editor).get(reverse("queue"), {"outlet": outlet.pk, "kind": "statistic"})
    assert f'id="row-{wanted.pk}"' in page.content.decode()
    assert f'id="row-{other.pk}"' not in page.content.decode()


def test_a_claim_carried_again_is_one_row_and_found_by_each_outlet(editor):
    claim = ClaimFactory()
    copy = ArticleFactory()
    Appearance.objects.create(claim=claim, version=copy.current_version, start=0, end=3, exact="The")
    assert in_queue(editor, outlet=copy.carried_by) == [claim]
    (row,) = in_queue(editor)
    assert row.spread == 2


def test_words_are_found_in_quote_wording_and_claimant(editor):
    claim = ClaimFactory(wording="Lost ground (most)")
    Claimant.objects.create(claim=claim, name="Ryan Holt")
    ClaimFactory(quote="Rents rose", figure=None)
    for words in ("militia", "GROUND (most)", "holt militia"):
        assert in_queue(editor, q=words) == [claim], words
    assert in_queue(editor, q="rents holt") == []
    assert in_queue(editor, q="%") == []


def test_filter_by_assignee_state_and_figure(editor, colleague):
    mine = ClaimFactory(state="open", assignee=editor)
    free = ClaimFactory(state="open", quote="Nobody was hurt", figure=None)
    assert in_queue(editor, "open", assignee="me") == [mine]
    assert in_queue(editor, "open", assignee="none") == [free]
    assert in_queue(editor, "open", assignee=str(colleague.pk)) == []
    assert in_queue(editor, "all", figure="yes") == [mine]
    assert in_queue(editor, "all", figure="no") == [free]
    assert in_queue(editor, "all", state="candidate") == []


@pytest.mark.parametrize(
    "address",
    [
        "view=nothing",
        "outlet=999999999999999999999999",
        "outlet=x&state=x&kind=x&assignee=x&figure=x&order=x&article=x",
        "q=%00",
        "q=%22%27%3B%20(%5B%5C",
        "after=x",
        "after=1_nan_3",
        "after=1_2",
        "after=99999999999999999999999_0.5_1",
        "view=verified&after=yesterday_2",
    ],
)
def test_an_address_that_makes_no_sense_still_shows_a_list(signed_in, editor, claim, address):
    assert signed_in(editor).get(f"{reverse('queue')}?{address}").status_code == 200


@pytest.mark.parametrize("order", ["rank", "new", "old", "changed", "due"])
def test_pages_show_every_claim_once_though_rows_leave_in_between(editor, monkeypatch, order):
    monkeypatch.setattr(reads, "PAGE", 3)
    claims = [
        ClaimFactory(
            score=[None, 0.5, 0.25][n % 3],
            priority=n % 2,
            due_on=timezone.localdate() if n % 4 == 0 else None,
        )
        for n in range(10)
    ]
    seen, place = [], ""
    while True:
        page = reads.page_of(reads.claims_of(editor, "candidates", {}), order, place)
        seen += [row.claim.pk for row in page.rows]
        triage.dismiss(actor=editor, claim=page.rows[0].claim)
        if not page.next:
            break
        place = page.next
    assert sorted(seen) == sorted(claim.pk for claim in claims)
    assert len(seen) == 10


def test_the_number_of_queries_does_not_grow_with_the_rows(signed_in, editor):
    client = signed_in(editor)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(reverse("queue")).status_code == 200
        return len(seen)

    def claims(n):
        for _ in range(n):
            claim = ClaimFactory()
            Claimant.objects.create(claim=claim, name="Ryan Holt")
            for start in range(4):
                Appearance.objects.create(
                    claim=claim, version=claim.lead_article.current_version, start=start, end=60, exact="x"
                )

    claims(2)
    client.get(reverse("queue"))
    few = queries()
    claims(10)
    assert queries() == few


def test_a_verified_claim_is_never_listed_without_its_rating(signed_in, editor, verified):
    client = signed_in(editor)
    for address in (f"{reverse('queue')}?view=verified", f"{reverse('search')}?q=militia"):
        assert "Mostly true" in client.get(address).content.decode()


def test_the_figure_stands_bold(signed_in, editor, claim):
    assert "lost <b>87</b> percent" in signed_in(editor).get(reverse("queue")).content.decode()


def test_what_a_text_says_is_shown_as_text(signed_in, editor):
    words = "<script>alert(1)</script> ‮87 percent‬ 🏴"
    article = ArticleFactory(text=words)
    claim = ClaimFactory(article=article, quote=words, wording="<img src=x onerror=alert(1)>")
    client = signed_in(editor)
    for address in (reverse("queue"), reverse("queue_detail", args=[claim.pk]), "/search/?q=alert"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;img" in page


def test_the_bar_counts_what_came_since_and_not_ones_own_steps(signed_in, editor, colleague, claim):
    client = signed_in(editor)
    since = (timezone.now() - timedelta(seconds=1)).isoformat()
    Claim.objects.update(state_at=timezone.now() - timedelta(hours=1))
    url = reverse("queue_new")
    assert client.get(url, {"since": since}, headers=HTMX).status_code == 204
    ClaimFactory()
    assert "1 new" in client.get(url, {"since": since}, headers=HTMX).content.decode()
    triage.accept(actor=editor, claim=claim)
    assert client.get(url, {"since": since, "view": "open"}, headers=HTMX).status_code == 204
    other = ClaimFactory()
    triage.accept(actor=colleague, claim=other)
    assert client.get(url, {"since": since, "view": "open"}, headers=HTMX).status_code == 200
    for nonsense in ("", "x", "2026-13-99T00:00"):
        assert client.get(url, {"since": nonsense}, headers=HTMX).status_code in (200, 204)


def test_the_panel_shows_the_quote_in_its_paragraph_and_why_it_ranks(signed_in, editor):
    text = "Before it.\n\nOn Monday the militia has lost 87 percent of its land, he said.\n\nAfter it."
    article = ArticleFactory(text=text)
    claim = ClaimFactory(article=article, quote="the militia has lost 87 percent of its land")
    page = signed_in(editor).get(reverse("queue_detail", args=[claim.pk]), headers=HTMX).content.decode()
    assert "On Monday <mark>the militia has lost 87 percent of its land</mark>, he said." in page
    assert "Before it" not in page
    assert "completed change" in page
    assert "0.90" in page
    assert "<html" not in page


def test_the_panel_shows_earlier_checks_in_like_words_with_their_rating(signed_in, editor, verified):
    claim = ClaimFactory(quote="The militia has lost 60 percent of its territory", figure=None)
    page = signed_in(editor).get(reverse("queue_detail", args=[claim.pk]), headers=HTMX).content.decode()
    assert reverse("claims:show", args=[verified.pk]) in page
    assert "Mostly true" in page


def test_a_viewer_reads_the_queue_without_any_step(signed_in, viewer, claim):
    client = signed_in(viewer)
    for address in (reverse("queue"), reverse("queue_detail", args=[claim.pk])):
        page = client.get(address).content.decode()
        assert "87" in page
        assert "/accept/" not in page
        assert "/bulk/" not in page


def test_restricted_claims_are_seen_by_those_they_are_for(signed_in, editor, head):
    hidden = ClaimFactory(restricted=True)
    assert in_queue(editor) == []
    assert in_queue(head) == [hidden]
    assert signed_in(editor).get(reverse("queue_detail", args=[hidden.pk])).status_code == 404


def test_an_empty_list_names_the_next_step(signed_in, editor):
    client = signed_in(editor)
    for view in ("today", "mine", "review", "waiting", "late", "look", "verified", "set-aside", "all"):
        page = client.get(reverse("queue"), {"view": view}).content.decode()
        assert 'class="button primary"' in page, view


def test_the_way_in_is_the_queue(signed_in, editor, claim):
    assert f'id="row-{claim.pk}"' in signed_in(editor).get(reverse("home")).content.decode()


def test_an_outsider_is_asked_to_sign_in(client):
    for name in ("home", "queue", "queue_new", "search"):
        assert client.get(reverse(name)).headers["Location"].startswith(reverse("accounts:login"))


def test_a_long_claim_ends_at_a_word_and_says_so(editor):
    ClaimFactory(quote="territory " * 40, figure=None)
    (row,) = reads.page_of(reads.claims_of(editor, "today", {}), "rank").rows
    words = "".join(piece for piece, _ in rows_of([row.claim])[0].words)
    assert words.endswith("territory …")
    assert len(words) <= 242


def test_what_no_outlet_carried_is_named_by_its_speaker(editor):
    speech = ArticleFactory(carried_by=None, written_by=SourceFactory(name="Elena Marsh"), medium="speech")
    ClaimFactory(article=speech)
    (row,) = reads.page_of(reads.claims_of(editor, "today", {}), "rank").rows
    assert row.outlet == "Elena Marsh"
