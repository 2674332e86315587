"""The other names and the domains of sources: whose each is, and giving them to one source or to many at once."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from factcheck.desk.errors import AlreadyThere, Refused

from .domains import host_of
from .models import Source, SourceAlias, SourceDomain

# By the name of the relation: the rows, the column that holds the name, and that column in small letters.
_ROWS: dict[str, tuple[Any, str, Any]] = {
    "aliases": (SourceAlias, "name", Lower("name")),
    "domains": (SourceDomain, "domain", F("domain")),
}
A_BATCH = 500


class WrongField(Refused):
    """Refused for what one field says; `field` is its name on a form."""

    def __init__(self, field: str, message: Any) -> None:
        super().__init__(message)
        self.field = field


class Taken(AlreadyThere):
    """A name or domain that another source has; `field` is "name", "aliases" or "domains"."""

    def __init__(self, existing: Source, field: str, what: str) -> None:
        words = _("“%(what)s” is taken: the desk has it as %(name)s (%(kind)s).")
        kind = existing.get_kind_display()
        super().__init__(existing, words % {"what": what, "name": existing.name, "kind": kind})
        self.field = field


def names_of(source: Source, names: list[str]) -> dict[str, str]:
    """Other names in small letters, each with how it is written, without the source's own."""
    wanted = {name.lower(): name for name in (" ".join(n.split()) for n in names) if name}
    wanted.pop(" ".join(source.name.split()).lower(), None)
    return wanted


def hosts_in(domains: list[str]) -> dict[str, str]:
    """The host names in what was typed, each as its own key. Raises ValidationError."""
    return {host: host for host in map(host_of, domains) if host}


def held_by(source: Source, kind: str) -> dict[str, str]:
    """The "aliases" or "domains" of a source as they are stored: in small letters, each with how it is written."""
    column = _ROWS[kind][1]
    return {value.lower(): value for value in getattr(source, kind).values_list(column, flat=True)}


def put(kind: str, wanted: dict[int, dict[str, str]]) -> None:
    """Make these, and no others, the "aliases" or "domains" of sources, which are named by their keys and held by the caller.

    Each name is given in small letters with how it is written; rows that are right already are not touched. What one of the
    sources gives up another one may get. It asks the database as often for many sources as for one.
    Raises Taken with the source that has one of them, ValidationError.
    """
    model, column, _low = _ROWS[kind]
    _refuse_taken(kind, wanted)
    held = {
        (row.source_id, getattr(row, column).lower()): row for row in model.objects.filter(source__in=wanted)
    }
    gone = [row.pk for (source, low), row in held.items() if low not in wanted[source]]
    model.objects.filter(pk__in=gone).delete()
    new, respelt = [], []
    for source, names in wanted.items():
        for low, written in names.items():
            row = held.get((source, low)) or model(source_id=source)
            if getattr(row, column) == written:
                continue
            setattr(row, column, written)
            row.clean_fields(exclude=["source"])
            (respelt if row.pk else new).append(row)
    try:
        with transaction.atomic():
            model.objects.bulk_create(new)
            model.objects.bulk_update(respelt, [column], batch_size=A_BATCH)
    except IntegrityError:
        # Somebody stored one of them since we looked, and it can be seen now that they are through.
        _refuse_taken(kind, wanted)
        raise


def _refuse_taken(kind: str, wanted: dict[int, dict[str, str]]) -> None:
    model, column, low = _ROWS[kind]
    names = {name for names in wanted.values() for name in names}
    theirs = model.objects.annotate(low=low).filter(low__in=names).exclude(source__in=wanted)
    if row := theirs.select_related("source").order_by("pk").first():
        raise Taken(row.source, kind, getattr(row, column))
