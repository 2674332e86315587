"""The day of an article, from the date that its page gives."""

from datetime import date, datetime

import pytest

from factcheck.articles.models import Article
from factcheck.articles.published import day_of, moment_of
from factcheck.articles.services import add_article

TEXT = "Half of the wells have been sealed, but an estimated 40 still leak, the ministry said on Monday."


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-03-02T23:30:00-05:00", date(2026, 3, 2)),
        ("2026-03-02T00:30:00+01:00", date(2026, 3, 2)),
        # A time in UTC is every system's; the day is then the desk's, which is ahead of UTC here.
        ("2026-03-02T23:30:00Z", date(2026, 3, 3)),
        ("2026-03-02T23:30:00", date(2026, 3, 2)),
        ("0001-01-01T00:00:00", None),
        ("next week", None),
    ],
)
def test_the_day_is_the_one_on_the_outlets_own_clock(settings, said, day):
    settings.TIME_ZONE = "Europe/Berlin"
    assert day_of(moment_of(said)) == day


def test_a_time_without_a_zone_is_in_the_desks(db, editor, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    article = add_article(actor=editor, text=TEXT, published=datetime(2026, 3, 2, 9, 30))
    article = Article.objects.get(pk=article.pk)
    assert (article.published_on, article.published_at.isoformat()) == (
        date(2026, 3, 2),
        "2026-03-02T08:30:00+00:00",
    )
