"""One story carried by several outlets: its claims are joined, so that each is decided and counted once."""

import re

from factcheck.articles.copies import family
from factcheck.articles.models import Article
from factcheck.claims.models import Appearance, Claim

_WORDS = re.compile(r"\w+")


def lock_family(article: Article) -> None:
    """Let one run at a time store what it found in an article and its copies, so that none misses what another stores."""
    rows = Article.objects.filter(pk__in=family(article)).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def claims_of_copies(article: Article) -> dict[str, Claim]:
    """The claims in the current texts of the article's copies, by their words; whatever became of them there."""
    others = [pk for pk in family(article) if pk != article.pk]
    if not others:
        return {}
    places = (
        Appearance.objects.filter(version__in=Article.objects.filter(pk__in=others).values("current_version"))
        .exclude(claim__state=Claim.State.SUPERSEDED)
        .select_related("claim__merged_into")
        .order_by("-pk")
    )
    return {words_of(place.exact): place.claim.merged_into or place.claim for place in places}


def words_of(quote: str) -> str:
    """A quote without what outlets change in passing: case, marks, white space."""
    return " ".join(_WORDS.findall(quote.casefold()))
