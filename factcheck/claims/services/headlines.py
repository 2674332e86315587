"""The figures of a headline that took the place of another one, compared with the figures of that one."""

import logging
from datetime import date

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from factcheck import extraction
from factcheck.articles.models import Article, ArticleVersion, Headline
from factcheck.desk.audit import acting
from factcheck.figures.headlines import record_headline_changes
from factcheck.figures.models import Figure

from .changes import WATCHER
from .figures_found import figures_of_line

log = logging.getLogger("factcheck.extraction")


def watch_headlines(*, version: ArticleVersion, language: str, published: date | None) -> None:
    """Record the figures that changed in the article's headlines since they were compared last, as alerts of its current text.

    To be called after the changes in the text were recorded. `language` is the text's: a line is too short to tell. What goes
    wrong costs the comparison, and not what was found in the text.
    """
    with acting(WATCHER, "changed headline"):
        articles = Article.objects.select_related("carried_by").select_for_update(no_key=True, of=("self",))
        article = articles.get(pk=version.article_id)
        if article.current_version_id != version.pk:
            return
        for headline in article.headlines.waiting().select_related("before", "version").order_by("pk"):
            try:
                with transaction.atomic():
                    for line in (headline.before, headline):
                        _read(line, article, language, published)
                    record_headline_changes(headline=headline, version=version)
            except SoftTimeLimitExceeded:
                raise
            except Exception:
                log.exception("headline not compared", extra={"headline": headline.pk})
            headline.compared = True
            headline.save(update_fields=["compared"])


def _read(line: Headline, article: Article, language: str, published: date | None) -> None:
    """Store the figures of a headline, unless they were when it was the newer one of two."""
    if line.figures.exists():
        return
    found = extraction.extract(
        line.text,
        raw=True,
        language=language,
        published=published,
        country=article.carried_by.country if article.carried_by else None,
    )
    Figure.objects.bulk_create(figures_of_line(line, found.to_dict()["figures"]))
