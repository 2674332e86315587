"""Reading sources."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from .domains import hosts_above

if TYPE_CHECKING:
    from factcheck.accounts.models import User

    from .models import Source


class SourceQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The sources a person may see: all of them for everyone who may read."""
        return self if user.may("read") else self.none()

    def publishers(self) -> Self:
        """Those that articles come from."""
        return self.filter(kind__in=["outlet", "agency", "organisation"])

    def named(self, name: str) -> Self:
        """Sources whose name or alias is `name`, whatever the case."""
        return self.filter(Q(name__iexact=name) | Q(aliases__name__iexact=name)).distinct()

    def meant_by(self, text: str) -> list["Source"]:
        """Those that a person means who typed a name, an other name, or either with its kind: `Herald (outlet)`. At most five."""
        found = list(self.named(text).order_by("pk")[:5])
        parts = re.fullmatch(r"(.+) \(([^()]+)\)", text)
        if found or parts is None:
            return found
        kinds = [
            kind
            for kind, label in self.model.Kind.choices
            if parts[2].casefold() in (kind, str(label).casefold())
        ]
        return list(self.named(parts[1]).filter(kind__in=kinds).order_by("pk")[:5])

    def matching(self, words: str) -> Self:
        """Sources with the words in their name, one of their other names, or a domain."""
        others = self.model.aliases.rel.related_model.objects.filter(
            source=OuterRef("pk"), name__icontains=words
        )
        sites = self.model.domains.rel.related_model.objects.filter(
            source=OuterRef("pk"), domain__icontains=words
        )
        return self.filter(Q(name__icontains=words) | Exists(others) | Exists(sites))

    def for_url(self, url: str) -> "Source | None":
        """The source whose domain the URL's host is, or lies below; the longest domain wins."""
        return self.for_urls([url]).get(url)

    def for_urls(self, urls: Iterable[str]) -> dict[str, "Source"]:
        """The source of each URL that has one, in one query."""
        above = {url: hosts_above(url) for url in urls}
        hosts = {host for hosts in above.values() for host in hosts}
        found = self.filter(domains__domain__in=hosts).annotate(matched=models.F("domains__domain"))
        having = {source.matched: source for source in found}
        # The longest host comes first.
        sources = {url: next(filter(None, map(having.get, hosts)), None) for url, hosts in above.items()}
        return {url: source for url, source in sources.items() if source}


class SourceMergeQuerySet(models.QuerySet):
    def of_address(self, pk: int) -> Self:
        """The merge, not undone, in which the source with this key became another."""
        return self.filter(was__source__pk=pk, undone_at=None)
