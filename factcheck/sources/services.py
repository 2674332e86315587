"""Writes to sources: the row itself, its other names and its domains. The administration saves through these too."""

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.outlets import link_to_outlets
from factcheck.desk.audit import acting, person
from factcheck.desk.errors import Refused, Stale
from factcheck.desk.revisions import save_revision

from .models import NotTheSame, Source
from .naming import Taken, WrongField, held_by, hosts_in, names_of, put

if TYPE_CHECKING:
    from factcheck.accounts.models import User
    from factcheck.desk.audit import Job

EDITABLE = (
    "name", "kind", "homepage", "country", "parent", "reliability", "reliability_reason", "reliability_on", "interests",
    "notes", "obeys_robots", "fetch_delay",
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
    """Store a source, as the outlet also of what came in earlier from its domains. `fields` are further ones of EDITABLE.

    Raises AlreadyThere with the source of this name and kind, or the one that has an alias or domain; ValidationError.
    """
    demand(actor, Capability.MANAGE)
    with acting(actor, "add source"):
        source = Source(name=name, kind=kind, is_demo=is_demo)
        _set(source, **fields)
        source.name = " ".join(name.split())
        if source.reliability and source.reliability_on is None:
            source.reliability_on = timezone.localdate()
        if existing := Source.objects.filter(name__iexact=source.name, kind=kind).first():
            raise Taken(existing, "name", source.name)
        source.full_clean(validate_constraints=False)
        source.validate_constraints()
        try:
            with transaction.atomic():
                source.save()
        except IntegrityError as error:
            raise Taken(
                Source.objects.get(name__iexact=source.name, kind=kind), "name", source.name
            ) from error
        put("aliases", {source.pk: names_of(source, aliases or [])})
        put("domains", {source.pk: hosts_in(domains or [])})
        source.linked = link_to_outlets([source.pk]) if domains else 0
        return source


def edit_source(
    *,
    actor: "User | Job",
    source: Source,
    revision: int,
    aliases: list[str] | None = None,
    domains: list[str] | None = None,
    **changes: Any,
) -> Source:
    """Change fields of EDITABLE, its other names and its domains (None leaves them), all of it or nothing.

    With other domains, or of another kind, it is the outlet also of what came in earlier from there.
    Raises Stale, Taken, WrongField (a circle of parents), ValidationError. What changes nothing is never stale.
    """
    demand(actor, Capability.MANAGE)
    with acting(actor, "edit source"):
        source = lock_source(source.pk)
        changed = {name: value for name, value in changes.items() if getattr(source, name) != value}
        _set(source, **changed)
        names = None if aliases is None else names_of(source, aliases)
        hosts = None if domains is None else hosts_in(domains)
        other_names = names is not None and names != held_by(source, "aliases")
        other_sites = hosts is not None and hosts != held_by(source, "domains")
        if not (changed or other_names or other_sites):
            return source
        if source.revision != revision:
            raise Stale(Source.objects.get(pk=source.pk))
        if "reliability" in changed and "reliability_on" not in changed:
            changed["reliability_on"] = timezone.localdate() if source.reliability else None
            source.reliability_on = changed["reliability_on"]
        same = Source.objects.filter(name__iexact=source.name, kind=source.kind).exclude(pk=source.pk)
        if existing := same.first():
            raise Taken(existing, "name", source.name)
        _refuse_circle(source)
        source.full_clean()
        if other_names:
            put("aliases", {source.pk: names})
        if other_sites:
            put("domains", {source.pk: hosts})
        source = save_revision(source, revision=None, **changed)
        source.linked = link_to_outlets([source.pk]) if other_sites or "kind" in changed else 0
        return source


def set_aliases(*, actor: "User | Job", source: Source, names: list[str]) -> None:
    """Make these, and no others, its other names; case does not matter. Raises Taken with the source that has one."""
    _set_only(actor, source, "set other names", aliases=names)


def set_domains(*, actor: "User | Job", source: Source, domains: list[str]) -> Source:
    """Make these, and no others, its domains. Raises Taken with the source that has one, ValidationError."""
    return _set_only(actor, source, "set domains", domains=domains)


def add_names(
    *, actor: "User | Job", source: Source, names: list[str], domains: list[str] | None = None
) -> Source:
    """It is called `names` too, and has these domains as well. Raises Taken, ValidationError."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "add names"):
        source = lock_source(source.pk)
        return edit_source(
            actor=actor,
            source=source,
            revision=source.revision,
            aliases=[*names, *held_by(source, "aliases").values()],
            domains=[*held_by(source, "domains"), *(domains or [])],
        )


def call_apart(*, actor: "User | Job", source: Source, others: list[str]) -> None:
    """Remember that these names and domains are not this source's, so that it is not suggested for them again."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "not the same"):
        for other in {text.casefold(): text for text in others if text}.values():
            if not NotTheSame.objects.filter(source=source, other__iexact=other).exists():
                NotTheSame.objects.create(source=source, other=other[:253], said_by=person(actor))


def delete_source(*, actor: "User | Job", source: Source) -> None:
    """Remove a source that nothing refers to. Raises Refused, saying what does."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "delete source"):
        source = lock_source(source.pk)
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
        (ngettext_lazy("%(n)d feed", "%(n)d feeds", "n"), source.feeds.count()),
        (ngettext_lazy("%(n)d exhibit", "%(n)d exhibits", "n"), source.exhibits.count()),
        (
            ngettext_lazy("%(n)d source that belongs to it", "%(n)d sources that belong to it", "n"),
            source.children.count(),
        ),
    ]
    return [words % {"n": n} for words, n in counts if n]


def lock_source(pk: int) -> Source:
    """The source, held until the transaction ends. Raises Refused when it is gone: deleted, or merged into another."""
    found = Source.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise Refused(_("This source is not there any more: somebody deleted it, or merged it into another."))
    return found


def _set_only(actor: "User | Job", source: Source, action: str, **names: list[str]) -> Source:
    demand(actor, Capability.MANAGE)
    with acting(actor, action):
        now = lock_source(source.pk)
        return edit_source(actor=actor, source=now, revision=now.revision, **names)


def _set(source: Source, **fields: Any) -> None:
    for name, value in fields.items():
        if name not in EDITABLE:
            raise TypeError(f"{name} cannot be set on a source")
        setattr(source, name, value)


def _refuse_circle(source: Source) -> None:
    above, seen = source.parent, {source.pk}
    while above is not None:
        if above.pk in seen:
            said = _("That would make a circle: %(name)s belongs to it already.")
            raise WrongField("parent", said % {"name": source.parent})
        seen.add(above.pk)
        above = above.parent
