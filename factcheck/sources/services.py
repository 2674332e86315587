"""Writes to sources: the row itself, its other names and its domains. The administration saves through these too."""

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import acting
from factcheck.desk.errors import AlreadyThere, Refused
from factcheck.desk.revisions import save_revision

from .domains import host_of
from .models import Source, SourceAlias, SourceDomain

if TYPE_CHECKING:
    from factcheck.accounts.models import User
    from factcheck.desk.audit import Job

EDITABLE = (
    "name", "kind", "homepage", "country", "parent", "reliability", "reliability_reason", "reliability_on", "interests",
    "notes",
)  # fmt: skip


def add_source(
    *,
    actor: "User | Job",
    name: str,
    kind: str,
    aliases: list[str] | None = None,
    domains: list[str] | None = None,
    is_demo: bool = False,
    **fields: Any,
) -> Source:
    """Store a source. `fields` are further ones of EDITABLE.

    Raises AlreadyThere with the source of this name and kind, or the one that has an alias or domain; ValidationError.
    """
    demand(actor, Capability.MANAGE)
    with acting(actor, "add source"):
        source = Source(name=name, kind=kind, is_demo=is_demo)
        _set(source, **fields)
        source.name = " ".join(name.split())
        if existing := Source.objects.filter(name__iexact=source.name, kind=kind).first():
            raise _taken(existing, source.name)
        source.full_clean(validate_constraints=False)
        source.validate_constraints()
        try:
            with transaction.atomic():
                source.save()
        except IntegrityError as error:
            existing = Source.objects.filter(name__iexact=source.name, kind=kind).first()
            raise _taken(existing, source.name) from error
        set_aliases(actor=actor, source=source, names=aliases or [])
        set_domains(actor=actor, source=source, domains=domains or [])
        return source


def edit_source(*, actor: "User | Job", source: Source, revision: int, **changes: Any) -> Source:
    """Change fields of EDITABLE. Raises Stale, AlreadyThere (name and kind taken), Refused (circle), ValidationError."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "edit source"):
        source = Source.objects.get(pk=source.pk)
        changed = {name: value for name, value in changes.items() if getattr(source, name) != value}
        if not changed:
            return source
        _set(source, **changed)
        if "reliability" in changed and "reliability_on" not in changed:
            source.reliability_on = changed["reliability_on"] = timezone.localdate()
        same = Source.objects.filter(name__iexact=source.name, kind=source.kind).exclude(pk=source.pk)
        if existing := same.first():
            raise _taken(existing, source.name)
        _refuse_circle(source)
        source.full_clean()
        return save_revision(source, revision=revision, **changed)


def set_aliases(*, actor: "User | Job", source: Source, names: list[str]) -> None:
    """Make these, and no others, its other names; case does not matter. Raises AlreadyThere with the source that has one."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "set other names"):
        wanted = {name.lower(): name for name in (" ".join(n.split()) for n in names) if name}
        wanted.pop(source.name.lower(), None)
        held = SourceAlias.objects.annotate(low=Lower("name")).filter(low__in=wanted).exclude(source=source)
        if other := held.select_related("source").first():
            raise _taken(other.source, other.name)
        _replace(source.aliases, "name", wanted, lambda name: SourceAlias(source=source, name=name))


def set_domains(*, actor: "User | Job", source: Source, domains: list[str]) -> None:
    """Make these, and no others, its domains. Raises AlreadyThere with the source that has one, ValidationError."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "set domains"):
        wanted = {host: host for host in map(host_of, domains) if host}
        held = SourceDomain.objects.filter(domain__in=wanted).exclude(source=source).select_related("source")
        if other := held.first():
            raise _taken(other.source, other.domain)
        _replace(source.domains, "domain", wanted, lambda host: SourceDomain(source=source, domain=host))


def delete_source(*, actor: "User | Job", source: Source) -> None:
    """Remove a source that nothing refers to. Raises Refused, saying what does."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "delete source"):
        source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
        if used := uses_in_words(source):
            raise Refused(
                _("%(name)s cannot be deleted: %(uses)s refer to it.")
                % {"name": source, "uses": ", ".join(used)}
            )
        source.delete()


def uses_in_words(source: Source) -> list[str]:
    """What refers to a source, as `3 articles`; nothing when it can be deleted."""
    counts = [
        (
            ngettext_lazy("%(n)d article", "%(n)d articles", "n"),
            source.carried.count() + source.written.exclude(carried_by=source).count(),
        ),
        (ngettext_lazy("%(n)d claimant", "%(n)d claimants", "n"), source.claimed.count()),
        (ngettext_lazy("%(n)d exhibit", "%(n)d exhibits", "n"), source.exhibits.count()),
        (
            ngettext_lazy("%(n)d source that belongs to it", "%(n)d sources that belong to it", "n"),
            source.children.count(),
        ),
    ]
    return [words % {"n": n} for words, n in counts if n]


def _set(source: Source, **fields: Any) -> None:
    for name, value in fields.items():
        if name not in EDITABLE:
            raise TypeError(f"{name} cannot be set on a source")
        setattr(source, name, value)


def _taken(existing: Source, what: str) -> AlreadyThere:
    words = _("“%(what)s” is taken: the desk has it as %(name)s (%(kind)s).")
    return AlreadyThere(
        existing, words % {"what": what, "name": existing.name, "kind": existing.get_kind_display()}
    )


def _refuse_circle(source: Source) -> None:
    above, seen = source.parent, {source.pk}
    while above is not None:
        if above.pk in seen:
            raise Refused(_("That would make a circle: %(name)s belongs to it already.") % {"name": above})
        seen.add(above.pk)
        above = above.parent


def _replace(rows: Any, field: str, wanted: dict[str, str], make: Any) -> None:
    """Make the related rows those in `wanted` (lower case to as written), touching only what differs."""
    held = {getattr(row, field).lower(): row for row in rows.all()}
    rows.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    for key, value in wanted.items():
        row = held.get(key) or make(value)
        if row.pk and getattr(row, field) == value:
            continue
        setattr(row, field, value)
        row.full_clean(exclude=["source"])
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Refused(_("Somebody just gave “%(what)s” to another source.") % {"what": value}) from error
