"""Near-identical texts: an agency's story carried by several outlets, found again by its fingerprint.

A text's sketch is the `SIZE` smallest hashes of its runs of `RUN` words (bottom-k sampling: A. Broder, "On the resemblance and
containment of documents", 1997). Sketches that share nothing are not compared; the few that do are compared word for word.

A copy comes within `SPAN` days of its original, and from the same outlet on the same day only: a report that comes again each
day or month in the words of the last one is news of its own.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils import timezone

from factcheck.desk.locks import hold

from .models import Article, ArticleVersion

RUN = 5  # words
SIZE = 64  # hashes kept
LIKE = 0.75  # of the shorter text's runs must stand in the longer one
SHORTEST = 40  # runs: below that, two texts are alike by chance
ALIKE_LENGTH = 0.3  # the shorter is at least this part of the longer; a quotation is not a copy
COMPARED = 500  # sketches, the newest: a site's own footer may stand in very many
LOOKED_AT = 5
SPAN = 3  # days, before or after: an agency's story of a Friday is carried until Monday
SHARED = 6  # of the sketches' hashes; a copy cut to the shortest still shares about 14 (0.75 * 0.3 * 64)
LINKS = "article-copies"  # the lock of those who decide whose copy an article is

_WORD = re.compile(r"\w+")


def sketch(text: str) -> list[int]:
    """The fingerprint of a text: up to `SIZE` signed 64-bit numbers, rising; empty for a text that is too short to tell."""
    runs = {" ".join(run).encode("utf-8", "surrogatepass") for run in _runs_in(text)}
    if len(runs) < SHORTEST:
        return []
    hashes = (hashlib.blake2b(run, digest_size=8).digest() for run in runs)
    return sorted({int.from_bytes(digest, signed=True) for digest in hashes})[:SIZE]


def shared_part(one: str, other: str) -> float | None:
    """Which part of the shorter text's runs stands in the other, 0 to 1; None where it is too short to tell."""
    a, b = _runs(one), _runs(other)
    shorter = min(len(a), len(b))
    return len(a & b) / shorter if shorter >= SHORTEST else None


def is_copy(one: str, other: str) -> bool:
    """Whether two texts are the same story in nearly the same words, perhaps cut short."""
    a, b = _runs(one), _runs(other)
    short, long = sorted((a, b), key=len)
    if len(short) < SHORTEST or len(short) < ALIKE_LENGTH * len(long):
        return False
    return len(short & long) >= LIKE * len(short)


def original_of(version: ArticleVersion) -> Article | None:
    """The article that this version's text is a copy of: the first of its kind that came in, never a copy itself.

    None for an article that has copies itself, or of which an editor said that it is no copy. To be asked in the transaction that
    stores the version; two copies that come in at once wait for each other here. Whoever holds the row of an article by then must
    leave its key to be referred to (`no_key`).
    """
    if not version.sketch or version.article.not_copy_of_id:
        return None
    hold(LINKS)
    if version.number > 1 and Article.objects.filter(copy_of=version.article_id).exists():
        return None
    alike = (
        _near(version.article)
        .filter(sketch__overlap=version.sketch, article__current_version__isnull=False)
        .exclude(article=version.article_id)
        .order_by("-pk")
        .values_list("pk", "sketch")[:COMPARED]
    )
    mine = set(version.sketch)
    shared = {pk: len(mine.intersection(theirs)) for pk, theirs in alike}
    nearest = sorted((pk for pk in shared if shared[pk] >= SHARED), key=lambda pk: (-shared[pk], pk))[
        :LOOKED_AT
    ]
    texts = dict(ArticleVersion.objects.filter(pk__in=nearest).values_list("pk", "text")) if nearest else {}
    for pk in nearest:
        if is_copy(version.text, texts[pk]):
            found = Article.objects.select_related("copy_of").get(versions=pk)
            original = found.copy_of or found
            if are_near(version.article, original) and original.not_copy_of_id != version.article_id:
                return original
    return None


def are_near(one: Article, other: Article) -> bool:
    """Whether one of two articles may be a copy of the other, by their dates and outlets."""
    same_outlet = one.carried_by_id is not None and one.carried_by_id == other.carried_by_id
    return abs((_day(one) - _day(other)).days) <= (0 if same_outlet else SPAN)


def _near(article: Article) -> QuerySet[ArticleVersion]:
    """The versions of the articles that are near by `are_near`, where a database looks for them. The demonstration's own texts
    go without a trace, so nothing else is linked to them."""
    day = _day(article)
    first, last = (
        date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal())) for days in (-SPAN, SPAN)
    )
    near = ArticleVersion.objects.filter(_of_days(first, last), article__is_demo=article.is_demo)
    if article.carried_by_id is None:
        return near
    return near.filter(~Q(article__carried_by=article.carried_by_id) | _of_days(day, day))


def _of_days(first: date, last: date) -> Q:
    """Whose `_day` is one of these, in the columns of an index: this is asked while everybody else waits."""
    begin, end = (
        timezone.make_aware(datetime.combine(*moment)) for moment in ((first, time.min), (last, time.max))
    )
    came = Q(article__published_on=None, article__added_at__range=(begin, end))
    return Q(article__published_on__range=(first, last)) | came


def _day(article: Article) -> date:
    """The day it is of; where nobody knows that, the day it came in."""
    return article.published_on or timezone.localdate(article.added_at)


def family(article: Article) -> list[int]:
    """The ids of an article's original and all copies of it, itself among them."""
    root = article.copy_of_id or article.pk
    return [root, *Article.objects.filter(copy_of=root).values_list("pk", flat=True)]


@lru_cache(maxsize=2)  # a new text, beside each of those that it is compared with
def _runs(text: str) -> frozenset[int]:
    # Two texts are compared within one process, where Python's own hash will do: it takes a quarter of the time.
    return frozenset(map(hash, _runs_in(text)))


def _runs_in(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return zip(*(words[n:] for n in range(RUN)), strict=False)
