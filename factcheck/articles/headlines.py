"""The headlines that an article's page gave one after the other, whatever the desk calls the article."""

from factcheck.desk.audit import Job, acting
from factcheck.extraction.furniture import key

from .models import Article, ArticleVersion, Headline

SAME = 0.5  # of the shorter headline's words


def headlines_agree(one: str, other: str) -> bool:
    """Whether two headlines share half of the shorter one's words or more."""
    a, b = set(key(one).split()), set(key(other).split())
    return bool(a and b) and len(a & b) >= SAME * min(len(a), len(b))


def headline_said(article: Article) -> str:
    """The headline that the page gave last; empty where only an editor's title is known."""
    if last := article.headlines.order_by("-pk").first():
        return last.text
    if "title" not in article.corrected:
        return article.title
    before = article.events.exclude(corrected__contains=["title"]).order_by("-pgh_id").first()
    return before.title if before else ""


def take_headline(
    *, actor: Job, article: Article, was: str, text: str, version: ArticleVersion | None = None
) -> Headline | None:
    """Note that the page gives `text` as its headline where it gave `was` before; None if that is the same, or not known.

    `version` is the newer text that came along with it. For callers that hold the article's lock. Its figures are compared by
    the next extraction of the article.
    """
    text = " ".join(text.split())[:500]
    if not text or text == " ".join(was.split()):
        return None
    with acting(actor, "headline"):
        last = article.headlines.order_by("-pk").first()
        if last is None and not was:
            Headline.objects.create(article=article, text=text)
            return None
        before = last or Headline.objects.create(article=article, text=was)
        return Headline.objects.create(article=article, before=before, text=text, version=version)
