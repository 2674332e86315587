"""A run's findings beside what people did: found again, left alone, superseded."""

from decimal import Decimal

import pytest

from factcheck.articles.models import ExtractionRun
from factcheck.claims.models import Claim
from factcheck.claims.services import editing, triage
from factcheck.claims.services.findings import store_findings
from factcheck.figures.models import Figure
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

TEXT = "The militia has lost 87 percent of its territory. Rents rose 3 percent in March. Nobody was hurt."
LOST = "The militia has lost 87 percent of its territory"
RENTS = "Rents rose 3 percent in March"


def found(*quotes, text=TEXT, figures=("87 percent", "3 percent"), score=Decimal("0.9"), **more):
    """A result of the extraction contract with these claims and percentages."""
    read = []
    for words in figures:
        start = text.index(words)
        read.append(
            {
                "start": start, "end": start + len(words), "text": words, "sentence": 0,
                "low": Decimal(words.split()[0]), "high": Decimal(words.split()[0]), "precision": Decimal(1),
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
