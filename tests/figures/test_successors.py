"""Which figures of a newer text are told to have changed, and which only moved or went."""

import pytest

from factcheck.articles.models import Article
from factcheck.articles.services import add_version, ask_for_extraction
from factcheck.claims.models import Claim
from factcheck.claims.services import triage
from factcheck.claims.services.carrying import carry_over
from factcheck.claims.services.extraction import run_extraction
from factcheck.desk.audit import Job
from factcheck.figures.models import FigureChange
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

READER = Job("test")
LOST = "The militia has lost 87 percent of its territory since March, the defence ministry said on Monday."
REWRITTEN = "On Monday the defence ministry put the militia's losses at 78 percent of the land it once held."
WELLS = "Engineers have sealed 40 wells in the valley since the campaign began in the spring."
ROADS = "The government wants to spend $1.5 billion on roads over the next five years."
SOLDIERS = "Some 4,200 soldiers have taken part in the campaign, the ministry said."
VOTE = (
    "Turnout in the vote reached 12 percent by noon on Sunday, the electoral commission said in the capital."
)
NORTH = "Unemployment fell to 5 percent in the north."
SOUTH = "Unemployment rose to 9 percent in the south."
HURT = "At 10:00 the ministry said 40 people were hurt in the blast at the port of Arden."
SCHOOLS = "Schools in the valley opened again for 900 people on Monday, and buses ran as usual."


def text_of(*paragraphs):
    return "\n\n".join(paragraphs)


def renewed(article, text):
    """The article's next version, carried over and read."""
    article = Article.objects.get(pk=article.pk)
    before = article.current_version
    version = add_version(actor=READER, article=article, text=text)
    carry_over(old=before, new=version)
    run_extraction(run_id=version.runs.get().pk)


def read(text):
    article = ArticleFactory(text=text)
    run_extraction(run_id=ask_for_extraction(actor=READER, version=article.current_version).pk)
    return article


def alerts():
    return [(change.old.text, change.new.text) for change in FigureChange.objects.order_by("old__start")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(text_of(LOST, WELLS, ROADS), text_of(VOTE, WELLS, ROADS, LOST), [], id="moved down"),
        pytest.param(text_of(LOST, WELLS, ROADS), text_of(VOTE, ROADS, WELLS, LOST), [], id="turned round"),
        pytest.param(f"{NORTH} {SOUTH}\n\n{ROADS}", f"{SOUTH} {NORTH}\n\n{ROADS}", [], id="swapped"),
        pytest.param(text_of(HURT, ROADS), text_of(SCHOOLS, ROADS), [], id="another subject"),
        pytest.param(
            text_of(LOST, LOST.replace("87", "78"), ROADS),
            text_of(LOST.replace("87", "78"), LOST.replace("87", "78"), ROADS),
            [("87 percent", "78 percent")],
            id="as another sentence has it",
        ),
        pytest.param(
            f"{NORTH} {SOUTH}\n\n{ROADS}",
            f"{SOUTH} {NORTH.replace('5', '6')}\n\n{ROADS}",
            [("5 percent", "6 percent")],
            id="swapped and changed",
        ),
        pytest.param(
            text_of(LOST, WELLS, ROADS),
            text_of(WELLS, ROADS, LOST.replace("87", "78")),
            [("87 percent", "78 percent")],
            id="moved and changed",
        ),
        pytest.param(
            text_of(LOST, SOLDIERS, ROADS),
            text_of(LOST, SOLDIERS.replace("4,200 soldiers", "2,400 troops"), ROADS),
            [("4,200", "2,400")],
            id="another noun",
        ),
        pytest.param(
            text_of(SOLDIERS, ROADS),
            text_of(SCHOOLS, ROADS, "Soldiers have sealed 900 wells, the ministry said."),
            [],
            id="another noun and another sentence",
        ),
        pytest.param(
            text_of(LOST, ROADS),
            text_of(REWRITTEN, ROADS),
            [("87 percent", "78 percent")],
            id="rewritten",
        ),
    ],
)
def test_only_a_figure_that_says_another_number_of_the_same_thing_is_told(old, new, told):
    renewed(read(old), new)

    assert alerts() == told


def test_a_claim_that_only_moved_is_not_marked_and_neither_is_the_one_in_its_place(editor):
    article = read(text_of(LOST, WELLS, ROADS))
    claim = triage.accept(actor=editor, claim=Claim.objects.get(quote__contains="87 percent"), take=True)

    renewed(article, text_of(VOTE, WELLS, ROADS, LOST))

    claim.refresh_from_db()
    assert claim.needs_look == ""
    assert Claim.objects.get(quote__contains="12 percent").needs_look == ""
