"""Figures that an article's page gives otherwise in its headline than in the one before."""

from itertools import pairwise
from typing import Any

from factcheck.articles.alignment import Alignment
from factcheck.articles.headlines import headlines_agree
from factcheck.articles.models import ArticleVersion, Headline

from .changes import changed_in_place, notice_in, says_the_same
from .models import Figure, FigureChange


def record_headline_changes(*, headline: Headline, version: ArticleVersion) -> None:
    """Pair the figures of a headline with those of the one before it, as alerts of `version`, the article's current text.

    A change that the text made too, and that nobody looked at yet, is told as one: of the text, and the headline's too.
    """
    alignment = Alignment(headline.before.text, headline.text)
    notice = notice_in(alignment) or _notice_beside(headline)
    told = {"headline": headline, "noticed": bool(notice), "notice": notice}
    in_text = FigureChange.objects.filter(version=version, seen_at=None, headline=None, new__isnull=False)
    also = list(in_text.select_related("old", "new").order_by("old__start"))
    for old, new in _changed(headline, alignment):
        both = (c for c in also if says_the_same(c.old, old) and says_the_same(c.new, new))
        if same := next(both, None):
            FigureChange.objects.filter(pk=same.pk).update(headline=headline)
        else:
            FigureChange.objects.create(article=version.article, version=version, old=old, new=new, **told)


def _changed(headline: Headline, alignment: Alignment) -> list[tuple[Figure, Figure]]:
    """What became of the figures, if both headlines say the same but for them; another headline has figures of other things."""
    left, now = list(headline.before.figures.filter(minor=False)), list(headline.figures.all())
    one, other = _without(alignment.old, left), _without(alignment.new, now)
    if one.split() == other.split():
        return changed_in_place(left, now, alignment)
    if not headlines_agree(one, other):
        return []
    stay = _said_again(left, now, alignment)
    left, now = ([figure for figure in figures if figure not in stay] for figures in (left, now))
    return changed_in_place(left, now, alignment)


def _said_again(left: list[Figure], now: list[Figure], alignment: Alignment) -> set[Figure]:
    """The figures whose number both headlines have, in the same place or, where the line was turned round, in another."""
    places = {figure: alignment.exactly(figure.start, figure.end) for figure in left}
    stay: set[Figure] = set()
    for figure in sorted(left, key=lambda figure: places[figure] is None):
        alike = [other for other in now if other not in stay and _number(other) == _number(figure)]
        alike.sort(key=lambda other: (other.start, other.end) != places[figure])
        stay |= {figure, alike[0]} if alike else set()
    return stay


def _number(figure: Figure) -> tuple[Any, ...]:
    """What a figure says but for its unit, which a turn of the line may hide from the machine."""
    return figure.low, figure.high, figure.bound


def _without(text: str, figures: list[Figure]) -> str:
    spans = [(0, 0), *sorted((figure.start, figure.end) for figure in figures), (len(text), len(text))]
    return " ".join(text[before[1] : after[0]] for before, after in pairwise(spans))


def _notice_beside(headline: Headline) -> str:
    """The notice in the text that came along with a headline."""
    if headline.version is None:
        return ""
    earlier = headline.article.versions.get(number=headline.version.number - 1)
    return notice_in(Alignment(earlier.text, headline.version.text))
