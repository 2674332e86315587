"""Articles for the tests of their pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.articles.models import ExtractionRun
from factcheck.claims.models import Appearance, Claim
from tests.articles.found import read_by_machine
from tests.factories import ArticleFactory

TEXT = (
    "Menu\n\nThe militia has lost 87 percent of its territory 🛰️, the ministry said. "
    "Nobody <script>alert(1)</script> was hurt.\n\nMore than 40,000 people have returned home since March.\n\n"
    "قال الوزير إن 40 في المئة عادوا."
)
LOST = "The militia has lost 87 percent of its territory"
RETURNED = "More than 40,000 people have returned home since March"


@pytest.fixture
def read_article(db):
    """An article that the machine has read: two candidates with a figure each."""
    article = ArticleFactory(text=TEXT, title="Militia pushed back")
    read_by_machine(
        article,
        claims=[LOST, RETURNED],
        figures=["87 percent", "40,000 people"],
        body=[[6, len(TEXT)]],
    )
    return article


@pytest.fixture
def twice(read_article):
    """A claim with two places in the article, the other one (on "Nobody") between its first and the next claim's."""
    claim = Claim.objects.get(quote=LOST)
    start = TEXT.index("Nobody")
    other = Appearance.objects.create(
        claim=claim,
        version=read_article.current_version,
        start=start,
        end=start + len("Nobody"),
        exact="Nobody",
    )
    return claim, claim.appearances.get(start=TEXT.index(LOST)), other


@pytest.fixture
def running(read_article):
    """`running(status=…, stage=…)`: the article's newest run, as it is while a worker is at it."""

    ExtractionRun.objects.update(queued_at=timezone.now() - timedelta(hours=1))

    def make(**fields):
        return ExtractionRun.objects.create(version=read_article.current_version, **fields)

    return make
