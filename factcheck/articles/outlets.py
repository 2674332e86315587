"""Articles that came in before their outlet was known: found by their address, and linked as soon as it gets the domain."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Case, F, Value, When
from django.utils.translation import ngettext

from factcheck.sources.models import Source, SourceDomain

from .models import Article

ASKED_AT_ONCE = 50  # domains


def link_to_outlets(sources: Collection[int]) -> int:
    """Make the publishers among `sources`, which are keys, the outlets of the articles on their domains that have none.

    An article that an editor said something else of stays as it is; so does one that somebody is just saving, which is linked
    when its page is fetched again. Runs in the transaction of the service that gave the domain. Returns how many were linked.
    """
    publishers = Source.objects.publishers().filter(pk__in=sources)
    domains = list(SourceDomain.objects.filter(source__in=publishers).values_list("domain", flat=True))
    parts = (domains[at : at + ASKED_AT_ONCE] for at in range(0, len(domains), ASKED_AT_ONCE))
    return sum(_link(part, sources) for part in parts)


def and_linked(said: str, n: int) -> str:
    """What a page says of it after what else was done; nothing for none."""
    words = ngettext(
        "%(said)s %(n)d article that came in earlier has its outlet now.",
        "%(said)s %(n)d articles that came in earlier have their outlet now.",
        n,
    )
    return words % {"said": said, "n": n} if n else said


def _link(domains: Iterable[str], sources: Collection[int]) -> int:
    # Who waited for an article here, holding the source, could keep its saver waiting for the source.
    waiting = Article.objects.without_outlet_on(domains).order_by()
    found = dict(waiting.select_for_update(of=("self",), skip_locked=True).values_list("pk", "url"))
    outlets = Source.objects.publishers().for_urls(found.values())
    articles = defaultdict(list)
    for pk, url in found.items():
        if (outlet := outlets.get(url)) and outlet.pk in sources:
            articles[outlet.pk].append(pk)
    if not articles:
        return 0
    whose = Case(*[When(pk__in=pks, then=Value(outlet)) for outlet, pks in articles.items()])
    # The revision counts, so that somebody who has the article open does not save it without its outlet.
    linked = Article.objects.filter(pk__in=[pk for pks in articles.values() for pk in pks])
    return linked.update(carried_by=whose, revision=F("revision") + 1)
