"""Near-identical texts are linked as copies, and what they claim is one claim."""

import threading
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from factcheck.articles.copies import _near, is_copy, sketch
from factcheck.articles.models import Article, ArticleVersion
from factcheck.articles.services import add_article, add_version, edit_article
from factcheck.claims.models import Appearance, Claim
from factcheck.claims.services import triage
from factcheck.claims.services.carrying import carry_over
from factcheck.claims.services.extraction import run_extraction
from factcheck.claims.services.linking import not_a_copy
from factcheck.claims.services.merging import merge
from factcheck.desk.audit import Job
from factcheck.desk.errors import Refused
from tests.factories import SourceFactory
from tests.support.waiting import waits_for_a_lock

READER = Job("test")
MAY = date(2026, 5, 6)
STORY = (
    "The militia has lost 87 percent of its territory since March, the defence ministry of Norland said on Monday.\n\n"
    "Ryan Holt, a ministry spokesman, told reporters that 4,200 soldiers had taken part in the campaign along the river.\n\n"
    "Residents of the valley have begun to return to their villages, where engineers have sealed half of the wells.\n\n"
    "The government wants to spend $1.5 billion on roads and schools in the region over the next five years."
)
CUT = (
    "\n\n".join(STORY.split("\n\n")[:3])
    + "\n\nOur correspondent adds that the bridge at Orrin is open again."
)

OTHER = (
    STORY.replace("militia", "army").replace("territory", "budget").replace("Monday", "Friday")
    .replace("soldiers", "nurses").replace("campaign", "strike").replace("valley", "city")
    .replace("villages", "wards").replace("wells", "posts").replace("roads", "pay").replace("river", "coast")
)  # fmt: skip


def carried(text, **more):
    """The article of an outlet of its own that carries a text."""
    article = add_article(actor=READER, text=text, **{"carried_by": SourceFactory(), **more})
    return Article.objects.get(pk=article.pk)


def extracted(*articles):
    for article in articles:
        run_extraction(run_id=article.current_version.runs.get().pk)


def test_a_story_of_the_demonstration_is_nobody_elses_original(db):
    carried(STORY, is_demo=True)

    assert carried(STORY).copy_of is None


def test_a_story_cut_and_added_to_is_a_copy():
    assert is_copy(STORY, CUT)
    assert sketch(STORY) == sketch(STORY.upper())


def test_two_stories_of_one_kind_are_no_copies():
    assert not is_copy(STORY, OTHER)


def test_a_short_text_is_nobodys_copy():
    assert sketch("The militia has lost 87 percent.") == []


@pytest.mark.django_db
def test_what_another_outlet_carries_is_linked_to_the_first():
    first, second, third = carried(STORY), carried(CUT), carried(STORY + "\n\nMore follows.")

    assert (first.copy_of, second.copy_of, third.copy_of) == (None, first, first)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("same_outlet", "days", "linked"),
    [(False, 0, True), (False, 3, True), (False, -3, True), (False, 4, False), (False, -58, False), (True, 0, True), (True, 1, False)],
)  # fmt: skip
def test_a_copy_comes_within_days_and_from_the_same_outlet_on_the_same_day(same_outlet, days, linked):
    first = carried(STORY, published=MAY)
    again = carried(
        CUT,
        published=MAY + timedelta(days=days),
        carried_by=first.carried_by if same_outlet else SourceFactory(),
    )

    assert again.copy_of == (first if linked else None)


@pytest.mark.django_db
def test_without_a_date_the_day_it_came_in_counts():
    first = carried(STORY)
    assert carried(CUT, published=first.added_at.date() - timedelta(days=30)).copy_of is None
    assert carried(CUT + " Indeed.", published=first.added_at).copy_of == first


@pytest.mark.django_db
def test_whether_it_is_a_copy_is_asked_of_the_articles_of_those_days_alone():
    days = (MAY - timedelta(days=n) for n in range(2000))
    others = Article.objects.bulk_create(Article(title="Another", published_on=day) for day in days)
    ArticleVersion.objects.bulk_create(ArticleVersion(article=each, number=1, text="-") for each in others)
    found = _near(carried(STORY, published=MAY)).values("pk").order_by()
    with connection.cursor() as cursor:
        # What the planner does is a matter of what it knows of the tables.
        cursor.execute("ANALYZE articles_article, articles_articleversion")

    assert "article_by_day" in found.explain()


@pytest.mark.django_db
def test_no_link_goes_over_a_copy_to_an_original_that_is_too_far():
    first = carried(STORY, published=MAY)
    second = carried(CUT, published=MAY + timedelta(days=3))

    third = carried(CUT + " Indeed.", published=MAY + timedelta(days=6))

    assert (second.copy_of, third.copy_of) == (first, None)


@pytest.mark.django_db
def test_a_date_at_either_end_of_the_calendar_is_no_error():
    assert carried(STORY, published=date.max).copy_of is None
    assert carried(CUT, published=date.min).copy_of is None


@pytest.mark.django_db
def test_the_claims_of_copies_are_joined_and_counted_once():
    first, second = carried(STORY), carried(CUT.replace("87 percent", "87 percent"))
    extracted(first, second)

    claim = Claim.objects.get(quote__contains="87 percent")
    versions = Appearance.objects.filter(claim=claim).values_list("version__article", flat=True)
    assert sorted(versions) == [first.pk, second.pk]
    assert claim.lead_article == first


@pytest.mark.django_db
def test_last_month_said_before_and_after_its_end_is_two_claims(editor):
    text = STORY + "\n\nUnemployment stood at 4.2 percent last month, the statistics office of Norland said."
    first = carried(text, published=date(2026, 4, 30))
    extracted(first)
    triage.dismiss(actor=editor, claim=Claim.objects.get(quote__contains="last month"))

    second = carried(text, published=date(2026, 5, 1))
    extracted(second)

    assert second.copy_of == first
    standing = Claim.objects.filter(appearances__version=second.current_version)
    assert [claim.state for claim in standing.filter(quote__contains="last month")] == ["candidate"]
    assert standing.get(quote__contains="87 percent").lead_article == first


@pytest.mark.django_db
def test_what_was_dismissed_in_one_copy_does_not_come_back_with_the_next(editor):
    first = carried(STORY)
    extracted(first)
    triage.dismiss(actor=editor, claim=Claim.objects.get(quote__contains="87 percent"), reason="not_worth")

    extracted(carried(CUT))

    assert Claim.objects.get(quote__contains="87 percent").state == "dismissed"


@pytest.mark.django_db
def test_a_claim_that_a_copy_carries_is_not_superseded_with_the_first():
    first, second = carried(STORY), carried(CUT)
    extracted(first, second)
    claim = Claim.objects.get(quote__contains="87 percent")
    shorter = add_version(actor=READER, article=first, text=STORY.split("\n\n", 1)[1])
    carry_over(old=first.current_version, new=shorter)

    claim.refresh_from_db()
    assert claim.state == "candidate"


@pytest.fixture
def grown(db):
    """A notice that became the agency's text with its second version, read before and after; the other carrier came between."""
    stub = carried(
        "The militia has lost 87 percent of its territory since March, the defence ministry of Norland said on Monday. "
        "More to follow."
    )
    other = carried(STORY)
    extracted(stub, other)
    version = add_version(actor=READER, article=stub, text=STORY)
    carry_over(old=stub.current_version, new=version)
    stub = Article.objects.get(pk=stub.pk)
    extracted(stub)
    return SimpleNamespace(stub=stub, other=other)


def test_an_article_that_becomes_a_copy_is_linked_and_its_claims_are_joined(grown):
    assert grown.stub.copy_of == grown.other
    standing = Claim.objects.exclude(state__in=["merged", "superseded"])
    assert [claim.quote for claim in standing] == [
        claim.quote for claim in standing.filter(appearances__version=grown.other.current_version)
    ]
    assert set(standing.filter(appearances__version=grown.stub.current_version)) == set(standing)
    assert Claim.objects.get(state="merged").merged_into in standing


@pytest.mark.django_db
def test_an_original_and_a_copy_stay_what_they_are_whatever_their_next_text():
    first, second, _third = carried(STORY), carried(CUT), carried(OTHER)

    add_version(actor=READER, article=first, text=OTHER + "\n\nMore follows.")
    add_version(actor=READER, article=second, text=OTHER + "\n\nEnd.")

    links = Article.objects.order_by("pk").values_list("copy_of", flat=True)
    assert list(links) == [None, first.pk, None]


@pytest.fixture
def linked(db):
    """Two articles that were taken for one story, read by the machine."""
    first, second = carried(STORY), carried(CUT)
    extracted(first, second)
    return SimpleNamespace(first=first, second=second, page=f"/articles/{second.pk}/not-a-copy/")


def claims_in(article):
    return {claim.quote: claim for claim in Claim.objects.filter(appearances__version__article=article)}


def test_not_a_copy_gives_the_article_claims_of_its_own_but_for_those_worked_on(linked, editor, signed_in):
    kept = Claim.objects.get(quote__contains="4,200 soldiers")
    triage.dismiss(actor=editor, claim=kept)

    signed_in(editor).post(linked.page)

    second = Article.objects.get(pk=linked.second.pk)
    assert (second.copy_of, second.not_copy_of) == (None, linked.first)
    first, own = claims_in(linked.first), claims_in(second)
    assert own.keys() & first.keys() == {quote for quote in own if "bridge" not in quote}
    assert [quote for quote in own if own[quote] == first.get(quote)] == [kept.quote]
    lost = next(claim for quote, claim in own.items() if "87 percent" in quote)
    assert (lost.lead_article, lost.state, lost.touched) == (second, "candidate", False)
    assert lost.appearances.get().figures.filter(text="87 percent").exists()
    assert second.events.latest("pgh_id").pgh_context.metadata["user"] == editor.pk


def test_a_claim_that_the_copy_was_read_for_first_stays_with_the_other(db, editor):
    first, second = carried(STORY), carried(CUT)
    extracted(second, first)

    not_a_copy(actor=editor, article=second)

    assert {claim.lead_article for claim in claims_in(first).values()} == {first}
    assert {claim.lead_article for claim in claims_in(second).values()} == {second}


def test_what_is_no_copy_stays_none_with_its_next_text_and_the_others(linked, editor):
    not_a_copy(actor=editor, article=linked.second)

    add_version(actor=READER, article=linked.second, text=STORY)
    add_version(actor=READER, article=linked.first, text=CUT)

    assert not Article.objects.exclude(copy_of=None).exists()


def test_a_copy_after_all_is_linked_again_and_its_claims_are_joined_again(linked, editor, signed_in):
    before = claims_in(linked.second)
    client = signed_in(editor)
    client.post(linked.page)
    assert "It is a copy after all" in client.get(f"/articles/{linked.second.pk}/original/").content.decode()

    client.post(linked.page, {"undo": "1"})
    run_extraction(run_id=linked.second.current_version.runs.unfinished().get().pk)

    second = Article.objects.get(pk=linked.second.pk)
    assert (second.copy_of, second.not_copy_of) == (linked.first, None)
    assert claims_in(second) == before


def test_what_is_no_copy_cannot_be_said_to_be_none(linked, editor):
    with pytest.raises(Refused):
        not_a_copy(actor=editor, article=linked.first)


def test_an_original_lists_who_carries_it_too(linked, editor, viewer, signed_in):
    more = [carried(f"{CUT} Edition {n}.", title=f"Edition {n}") for n in range(5)]
    client = signed_in(viewer)
    page = f"/articles/{linked.first.pk}/original/"

    with CaptureQueriesContext(connection) as few:
        client.get(f"/articles/{more[0].pk}/original/")
    with CaptureQueriesContext(connection) as many:
        html = client.get(page).content.decode()

    assert "6 copies" in html
    assert all(f'<a href="/articles/{copy.pk}/"' in html for copy in [linked.second, *more])
    assert more[0].carried_by.name in html
    assert len(many) <= len(few)
    assert "Not a copy" not in client.get(f"/articles/{linked.second.pk}/original/").content.decode()
    assert "Not a copy" in signed_in(editor).get(f"/articles/{linked.second.pk}/original/").content.decode()


@pytest.mark.django_db
def test_a_date_that_the_text_gives_takes_back_a_link_made_by_the_day_it_came_in():
    first, second = carried(f"Militia\n\nPublished 2 February 2026\n\n{STORY}"), carried(CUT)
    assert second.copy_of == first

    extracted(second, first)

    assert Article.objects.get(pk=second.pk).copy_of is None
    assert set(claims_in(first).values()).isdisjoint(claims_in(second).values())


def test_a_date_that_an_editor_sets_takes_back_a_link_that_it_forbids(linked, editor):
    second = Article.objects.get(pk=linked.second.pk)

    edit_article(actor=editor, article=second, revision=second.revision, published_on=MAY)
    run_extraction(run_id=second.current_version.runs.unfinished().get().pk)

    second = Article.objects.get(pk=linked.second.pk)
    assert (second.copy_of, second.not_copy_of) == (None, None)
    assert {claim.lead_article for claim in claims_in(second).values()} == {second}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_a_copy_says_stands_where_an_editor_moves_it_meanwhile(editor):
    first = carried(STORY)
    extracted(first)
    same, into = Claim.objects.order_by("pk")[:2]
    copy = carried(CUT)

    def read():
        try:
            extracted(copy)
        finally:
            connection.close()

    machine = threading.Thread(target=read)
    with transaction.atomic():
        merge(actor=editor, claim=same, into=into)
        machine.start()
        waits_for_a_lock()
    machine.join()

    assert not Appearance.objects.filter(claim__state="merged").exists()
    assert into.appearances.filter(version__article=copy).count() == 2
