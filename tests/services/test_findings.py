"""A run's findings beside what people did: found again, left alone, superseded."""

import re
import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from factcheck.articles.models import Article, ExtractionRun
from factcheck.articles.services import edit_article
from factcheck.claims.models import Claim
from factcheck.claims.services import editing, triage
from factcheck.claims.services.findings import store_findings
from factcheck.desk.errors import Stale
from factcheck.figures.models import Figure
from tests.factories import ArticleFactory
from tests.support.waiting import waits_for_a_lock

pytestmark = pytest.mark.django_db

TEXT = "The militia has lost 87 percent of its territory. Rents rose 3 percent in March. Nobody was hurt."
LOST = "The militia has lost 87 percent of its territory"
RENTS = "Rents rose 3 percent in March"


def found(*quotes, text=TEXT, figures=("87 percent", "3 percent"), score=Decimal("0.9"), **more):
    """A result of the extraction contract with these claims and percentages."""
    read = []
    for words in figures:
        start, value = text.index(words), Decimal(re.search(r"\d+", words)[0])
        read.append(
            {
                "start": start, "end": start + len(words), "text": words, "sentence": 0,
                "low": value, "high": value, "precision": Decimal(1),
                "bound": "exact", "unit": "percent", "per": None, "dimension": "ratio", "role": "change",
                "change": "decrease", "predicate": "has lost", "measure": "territory", "of": "the militia",
                "whole": "territory", "place": None, "baseline": None, "modality": "asserted", "origin": None,
                "period": None, "same_as": None, "minor": False, **more,
            }
        )  # fmt: skip
    claims = []
    for quote in quotes:
        start = text.index(quote)
        end = start + len(quote)
        inside = [n for n, figure in enumerate(read) if start <= figure["start"] and figure["end"] <= end]
        claims.append(
            {
                "start": start, "end": end, "quote": quote, "sentence": 0, "score": score, "kind": "statistic",
                "reasons": ["percentage"], "speaker": None, "figures": inside,
            }
        )  # fmt: skip
    return {
        "article": {"title": None, "bylines": [], "published": None, "language": "en", "body": [[0, len(text)]]},
        "sentences": [], "quotations": [], "speakers": [], "figures": read, "claims": claims,
    }  # fmt: skip


@pytest.fixture
def article(db):
    return ArticleFactory(text=TEXT)


@pytest.fixture
def run(article):
    """Extract `article` again, with what the machine is to find this time."""

    def again(*quotes, **more):
        made = ExtractionRun.objects.create(version=article.current_version, status="finished")
        return store_findings(run=made, found=found(*quotes, **more))

    return again


def states():
    return dict(Claim.objects.values_list("quote", "state"))


def test_the_same_findings_twice_change_nothing(run):
    run(LOST, RENTS)
    counts = run(LOST, RENTS)
    assert (counts.new, counts.again, counts.superseded) == (0, 2, 0)
    assert Claim.objects.count() == 2
    assert Figure.objects.count() == 2


def test_a_dismissed_candidate_stays_dismissed(run, editor):
    run(LOST, RENTS)
    triage.dismiss(actor=editor, claim=Claim.objects.get(quote=RENTS))
    run(LOST, RENTS)
    assert states() == {LOST: "candidate", RENTS: "dismissed"}


def test_a_candidate_no_longer_found_is_superseded_and_comes_back_when_found_again(run):
    run(LOST, RENTS)
    run(LOST)
    assert states()[RENTS] == "superseded"
    run(LOST, RENTS)
    assert states()[RENTS] == "candidate"


def test_a_claim_that_a_person_touched_is_never_superseded(run, editor):
    run(LOST, RENTS)
    triage.set_priority(actor=editor, claim=Claim.objects.get(quote=RENTS), priority=1)
    run(LOST)
    assert states()[RENTS] == "candidate"


def test_a_candidate_is_found_again_by_the_overlap_of_its_span(run):
    run(LOST)
    run("The militia has lost 87 percent")
    assert states() == {"The militia has lost 87 percent": "candidate"}


def test_an_accepted_quote_stays_as_the_editor_accepted_it(run, editor):
    run(LOST)
    triage.accept(actor=editor, claim=Claim.objects.get())
    run("The militia has lost 87 percent")
    assert states() == {LOST: "open"}


def test_what_an_editor_set_survives_and_what_the_machine_reads_is_renewed(run, editor):
    run(LOST)
    claim = Claim.objects.get()
    triage.accept(actor=editor, claim=claim)
    figure = claim.appearances.get().figures.get()
    editing.correct_figure(
        actor=editor,
        claim=claim,
        figure=figure,
        revision=figure.revision,
        changes={"whole": "territory of 2014"},
    )
    run(LOST, place="Norland", whole="all territory")
    figure.refresh_from_db()
    assert (figure.whole, figure.place) == ("territory of 2014", "Norland")
    assert figure.machine_reading["whole"] == "all territory"


def test_a_figure_no_longer_read_is_kept_out_of_sight(run):
    run(LOST, RENTS)
    run(LOST, figures=["87 percent"])
    assert list(Figure.objects.in_use().values_list("text", flat=True)) == ["87 percent"]
    run(LOST, RENTS)
    assert Figure.objects.count() == 2


def test_values_are_stored_to_the_last_digit(run):
    run(LOST, figures=["87 percent"], low=Decimal("0.166666666667"), high=Decimal("6500000.25"))
    figure = Figure.objects.get()
    assert (figure.clean_decimal("low"), figure.clean_decimal("high")) == (
        Decimal("0.166666666667"),
        Decimal("6500000.25"),
    )


def test_an_editors_own_claim_is_left_alone_by_a_run(run, article, editor):
    run(LOST)
    start = TEXT.index("Nobody was hurt")
    editing.add_claim_in_text(actor=editor, version=article.current_version, start=start, end=start + 15)
    run(LOST)
    assert states() == {LOST: "candidate", "Nobody was hurt": "open"}


def test_a_figure_that_an_editor_set_stays_with_its_claim_when_the_machine_reads_it_no_more(run, editor):
    run(LOST)
    claim = Claim.objects.get()
    figure = claim.appearances.get().figures.get()
    editing.correct_figure(
        actor=editor, claim=claim, figure=figure, revision=figure.revision, changes={"whole": "the north"}
    )
    run(LOST, figures=["3 percent"])
    assert list(claim.appearances.get().figures.in_use()) == [figure]


def test_a_figure_that_an_editor_counted_to_a_claim_stays_with_it(run, editor):
    run(LOST)
    claim = Claim.objects.get()
    triage.accept(actor=editor, claim=claim)
    appearance = claim.appearances.get()
    figure = appearance.figures.get()
    appearance.figures.clear()
    editing.add_figure(
        actor=editor,
        appearance=appearance,
        start=figure.start,
        end=figure.end,
        reading={"low": 87, "high": 87},
    )
    read = found(LOST)
    read["claims"][0]["figures"] = []
    again = ExtractionRun.objects.create(version=appearance.version, status="finished")
    store_findings(run=again, found=read)
    assert list(appearance.figures.all()) == [figure]


def test_a_form_that_was_open_on_a_figure_that_is_read_otherwise_now_is_stale(run, editor):
    run(LOST)
    claim = Claim.objects.get()
    old = claim.appearances.get().figures.get()
    run(LOST, place="Norland")
    with pytest.raises(Stale):
        editing.correct_figure(
            actor=editor, claim=claim, figure=old, revision=old.revision, changes={"place": "Southland"}
        )


def test_a_figure_that_is_read_the_same_is_not_written_again(run):
    run(LOST)
    before = Figure.objects.first().events.count()
    run(LOST)
    assert Figure.objects.first().events.count() == before


def test_overlapping_figures_keep_their_own_spans_when_a_shorter_one_comes_first(run, editor):
    run(LOST)
    claim = Claim.objects.get()
    start = TEXT.index("lost 87 percent")
    triage.accept(actor=editor, claim=claim)
    editing.add_figure(
        actor=editor,
        appearance=claim.appearances.get(),
        start=start,
        end=start + 15,
        reading={"low": 87, "high": 87},
    )
    run(LOST, figures=["87 percent of its", "lost 87 percent"])
    assert set(Figure.objects.in_use().values_list("text", flat=True)) == {
        "87 percent of its",
        "lost 87 percent",
    }


def test_a_checked_claim_keeps_its_state_and_asks_for_another_look_when_its_figure_is_read_otherwise(run):
    run(LOST)
    Claim.objects.update(state="in_review", touched=True)
    run(LOST)
    assert Claim.objects.get().needs_look == ""
    run(LOST, place="Norland")
    claim = Claim.objects.get()
    assert (claim.state, bool(claim.needs_look)) == ("in_review", True)


def test_what_the_machine_learns_of_an_article_makes_an_open_form_stale(run, article):
    run(LOST)
    article.refresh_from_db()
    assert (article.language, article.revision) == ("en", 2)
    run(LOST)
    article.refresh_from_db()
    assert article.revision == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_run_that_finds_a_claim_no_more_does_not_undo_what_an_editor_decides_meanwhile(run, editor):
    run(LOST, RENTS)
    claim = Claim.objects.get(quote=RENTS)

    def again():
        try:
            run(LOST)
        finally:
            connection.close()

    machine = threading.Thread(target=again)
    with transaction.atomic():
        triage.accept(actor=editor, claim=claim)
        machine.start()
        waits_for_a_lock()
    machine.join()
    assert states()[RENTS] == "open"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_title_that_an_editor_gives_meanwhile_is_kept(article, editor):
    read = found(LOST)
    read["article"]["title"] = "The machine's"
    made = ExtractionRun.objects.create(version=article.current_version, status="finished")

    def again():
        try:
            store_findings(run=made, found=read)
        finally:
            connection.close()

    machine = threading.Thread(target=again)
    with transaction.atomic():
        edit_article(actor=editor, article=article, revision=1, title="The editor's")
        machine.start()
        waits_for_a_lock()
    machine.join()
    assert Article.objects.get().title == "The editor's"


SAID_TWICE = f"{LOST}. Nobody was hurt. Ryan Holt said: the militia has now lost 87 percent of its territory."
AGAIN = "the militia has now lost 87 percent of its territory"


@pytest.fixture
def run_twice_said(db):
    """Extract an article that makes one statement twice, and says so by `also` or, as an older extractor, does not."""
    article = ArticleFactory(text=SAID_TWICE)

    def again(*, also=True):
        result = found(LOST, text=SAID_TWICE, figures=("87 percent",))
        start = SAID_TWICE.index(AGAIN)
        place = {
            "start": start, "end": start + len(AGAIN), "quote": AGAIN, "sentence": 2, "speaker": 0, "figures": [],
        }  # fmt: skip
        result["speakers"] = [{"name": "Ryan Holt", "role": None, "kind": "person", "mentions": []}]
        result["claims"][0]["also"] = [place] if also else []
        made = ExtractionRun.objects.create(version=article.current_version, status="finished")
        return store_findings(run=made, found=result)

    return again


def places():
    return list(Claim.objects.get().appearances.values_list("exact", "speaker_name"))


def test_a_statement_made_twice_is_one_claim_in_two_places(run_twice_said):
    counts = run_twice_said()
    assert (counts.claims, counts.new) == (1, 1)
    assert places() == [(LOST, ""), (AGAIN, "Ryan Holt")]


def test_its_places_are_found_again(run_twice_said):
    run_twice_said()
    counts = run_twice_said()
    assert (counts.new, counts.again, counts.superseded) == (0, 1, 0)
    assert places() == [(LOST, ""), (AGAIN, "Ryan Holt")]
    assert Claim.objects.get().quote == LOST


def test_a_place_found_later_goes_to_the_claim_that_is_there(run_twice_said, editor):
    run_twice_said(also=False)
    triage.accept(actor=editor, claim=Claim.objects.get())
    run_twice_said()
    assert [exact for exact, _ in places()] == [LOST, AGAIN]


def test_a_checked_claim_keeps_the_places_it_was_checked_with(run_twice_said):
    run_twice_said(also=False)
    Claim.objects.update(state=Claim.State.IN_REVIEW)
    run_twice_said()
    assert [exact for exact, _ in places()] == [LOST]


def test_a_place_that_is_a_claim_of_its_own_stays_one(run_twice_said):
    run_twice_said()
    first, second = Claim.objects.get().appearances.all()
    own = Claim.objects.create(quote=AGAIN, found_by_machine=True, lead_article=first.version.article)
    type(second).objects.filter(pk=second.pk).update(claim=own)
    run_twice_said()
    assert states() == {LOST: "candidate", AGAIN: "candidate"}
    assert first.claim.appearances.count() == 1
