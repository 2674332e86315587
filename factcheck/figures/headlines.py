"""Figures that an article's page gives otherwise in its headline than in the one before."""

from factcheck.articles.alignment import Alignment
from factcheck.articles.models import ArticleVersion, Headline

from .changes import notice_in
from .models import FigureChange
from .successors import changed_figures, says_the_same


def record_headline_changes(*, headline: Headline, version: ArticleVersion) -> None:
    """Pair the figures of a headline with those of the one before it, as alerts of `version`, the article's current text.

    A change that the text made too, and that nobody looked at yet, is told as one: of the text, and the headline's too.
    """
    alignment = Alignment(headline.before.text, headline.text)
    notice = notice_in(alignment) or _notice_beside(headline)
    told = {"headline": headline, "noticed": bool(notice), "notice": notice}
    in_text = FigureChange.objects.filter(version=version, seen_at=None, headline=None, new__isnull=False)
    also = list(in_text.select_related("old", "new").order_by("old__start"))
    left, now = list(headline.before.figures.filter(minor=False)), list(headline.figures.all())
    for old, new in changed_figures(left, now, alignment):
        both = (c for c in also if says_the_same(c.old, old) and says_the_same(c.new, new))
        if same := next(both, None):
            FigureChange.objects.filter(pk=same.pk).update(headline=headline)
        else:
            FigureChange.objects.create(article=version.article, version=version, old=old, new=new, **told)


def _notice_beside(headline: Headline) -> str:
    """The notice in the text that came along with a headline."""
    if headline.version is None:
        return ""
    earlier = headline.article.versions.get(number=headline.version.number - 1)
    return notice_in(Alignment(earlier.text, headline.version.text))
