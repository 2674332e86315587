"""Adding what was looked up: each site as a source with its domain and feed, or a feed to the source that it is already."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import acting
from factcheck.desk.errors import NotAllowed, Refused, in_words
from factcheck.feeds.models import Feed, Lookup, LookupRow
from factcheck.sources.models import Source, SourceDomain
from factcheck.sources.services import add_names, add_source

from .keeping import add_feed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factcheck.accounts.models import User

LONGEST_HOMEPAGE = 200


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """What a person decided on one row: the outlet's name, the feeds to follow, the source that it is already."""

    row: int
    name: str
    feeds: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Added:
    """What became of the ticked rows: how many were added now, the keys of those that were refused, each with its words on
    its row, and how many articles that came in earlier have their outlet now."""

    added: int
    refused: list[int]
    linked: int


def add_ticked(*, actor: "User", lookup: Lookup, ticked: "Iterable[Ticked]") -> Added:
    """Add the rows of a list, each by itself: one that is refused says why and keeps none of the others back.

    A row that was added before is left alone, so that a second click adds nothing.
    """
    demand(actor, Capability.MANAGE)
    added, linked, refused = 0, 0, []
    for one in ticked:
        try:
            source = _add(actor, lookup, one)
            added += source is not None
            linked += source.linked if source else 0
        except NotAllowed:
            raise
        except (Refused, ValidationError) as error:
            words = in_words(error)
            LookupRow.objects.filter(pk=one.row, lookup=lookup).update(name=one.name[:200], words=words)
            refused.append(one.row)
    return Added(added=added, refused=refused, linked=linked)


def _add(actor: "User", lookup: Lookup, one: Ticked) -> Source | None:
    with acting(actor, "add looked-up source"):
        row = LookupRow.objects.select_for_update().filter(pk=one.row, lookup=lookup).first()
        if row is None or row.status != LookupRow.Status.FOUND:
            return None
        if not set(one.feeds) <= {feed["url"] for feed in row.feeds}:
            raise Refused(_("This feed was not found on the site."))
        held = SourceDomain.objects.filter(domain=row.domain).select_related("source").first()
        source = held.source if held else _source(actor, row, one)
        followed = Feed.objects.filter(source=source, url__in=one.feeds).values_list("url", flat=True)
        new = [url for url in dict.fromkeys(one.feeds) if url not in set(followed)]
        for url in new:
            add_feed(actor=actor, source=source, url=url)
        if held and not new:
            raise Refused(_("Nothing is new here: the desk has this source and this feed."))
        row.status, row.source, row.words, row.name = row.Status.ADDED, source, "", source.name
        row.save(update_fields=["status", "source", "words", "name"])
        return source


def _source(actor: "User", row: LookupRow, one: Ticked) -> Source:
    """The source that the person says it is, with the domain as one more of its own, or a new one."""
    domains = [row.domain] if row.domain else []
    if one.source is not None:
        return add_names(actor=actor, source=one.source, names=[], domains=domains)
    if not one.name.strip():
        raise Refused(_("Give it a name."))
    homepage = row.homepage or ("" if row.url in row.listed else row.url)
    return add_source(
        actor=actor,
        name=one.name,
        kind=Source.Kind.OUTLET,
        domains=domains,
        homepage=homepage if len(homepage) <= LONGEST_HOMEPAGE else "",
    )
