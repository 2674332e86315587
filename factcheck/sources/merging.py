"""Two sources that are one: everything that refers to the one moves to the other, and can be moved back.

What refers to a source is read off the models, so that a new foreign key is moved like the rest without being named here.
"""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core import serializers
from django.db.models import ForeignKey
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pghistory.models import Event

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import acting, person
from factcheck.desk.errors import Refused, Stale
from factcheck.desk.revisions import save_revision

from .models import NotTheSame, Source, SourceAlias, SourceMerge
from .services import lock_source

if TYPE_CHECKING:
    from factcheck.accounts.models import User

# Moved together: a rating without its reason and date would say nothing.
GROUPS = {"reliability": ("reliability", "reliability_reason", "reliability_on")}
CHOICES = (
    "homepage",
    "country",
    "parent",
    "reliability",
    "interests",
    "notes",
    "obeys_robots",
    "fetch_delay",
)
JOINED = ("interests", "notes")
KEEP, TAKE, BOTH = "keep", "take", "both"


@dataclass
class Choice:
    """A field that the two fill differently: what each says, and which is proposed (`keep`, `take` or `both`)."""

    name: str
    label: str
    ours: str
    theirs: str
    proposed: str
    may_join: bool


@dataclass
class Preview:
    """What a merge would do: `moves` are (what, how many); `fields` are what both say."""

    moves: list[tuple[str, int]] = field(default_factory=list)
    fields: list[Choice] = field(default_factory=list)


def references() -> dict[str, ForeignKey]:
    """Every foreign key to a source, by `app.Model.field`. The audit trail's are none of them: it tells what was."""
    relations = [f for f in Source._meta.get_fields(include_hidden=True) if f.auto_created and not f.concrete]
    keys = [
        r.field
        for r in relations
        if (r.one_to_many or r.one_to_one) and not issubclass(r.related_model, Event)
    ]
    return {f"{key.model._meta.label}.{key.name}": key for key in sorted(keys, key=lambda key: str(key))}


def words_of(key: ForeignKey, n: int) -> str:
    """Rows that refer to a source, in words: `articles (carried by)`."""
    meta = key.model._meta
    rows = capfirst(meta.verbose_name if n == 1 else meta.verbose_name_plural)
    said = "" if str(key.verbose_name) in ("source", "into") else f" ({key.verbose_name})"
    return f"{rows}{said}"


def preview(into: Source, other: Source) -> Preview:
    """What merging `other` into `into` would move, and the fields that somebody has to choose between."""
    counts = [(key, _referring(key, other).count()) for key in references().values()]
    return Preview(
        moves=[(words_of(key, n), n) for key, n in counts if n],
        fields=[choice for name in CHOICES if (choice := _choice(name, into, other))],
    )


def merge_sources(
    *, actor: "User", into: Source, other: Source, revisions: tuple[int, int], take: dict[str, str]
) -> SourceMerge:
    """Make `other` a part of `into`: all that refers to it moves, its name becomes another name, its address leads on.

    `revisions` are of the two as they were previewed; `take` says for fields of CHOICES whether `into` keeps its own
    ("keep"), takes the other's ("take") or has one below the other ("both", for texts). A second click gets the first
    one's record. Raises Stale with `into` when one of them changed since, Refused.
    """
    demand(actor, Capability.MANAGE)
    if into.pk == other.pk:
        raise Refused(_("A source cannot be merged into itself."))
    with acting(actor, "merge sources"):
        # Always in the same order, so that two who merge the same pair cannot wait for each other.
        held = Source.objects.select_for_update(of=("self",)).filter(pk__in=[into.pk, other.pk])
        rows = {source.pk: source for source in held.order_by("pk")}
        if other.pk not in rows and (
            done := SourceMerge.objects.of_address(other.pk).filter(into=into.pk).first()
        ):
            return done
        into, other = lock_source(into.pk), lock_source(other.pk)
        if (into.revision, other.revision) != tuple(revisions):
            raise Stale(into)
        was, before = _as_data(other), _as_data(into)
        changes = _changes(into, other, take)
        dropped = _drop_doubles(into, other)
        moved = {}
        for label, key in references().items():
            rows_there = (
                _referring(key, other).exclude(pk=into.pk) if key.model is Source else _referring(key, other)
            )
            if pks := list(rows_there.order_by("pk").values_list("pk", flat=True)):
                key.model._base_manager.filter(pk__in=pks).update(**{key.name: into})
                moved[label] = pks
        into = save_revision(into, revision=None, **changes)
        other.delete()
        alias = _keep_name(into, was["fields"]["name"])
        after = _as_data(into)
        return SourceMerge.objects.create(
            into=into,
            name=was["fields"]["name"],
            was={
                "source": was,
                "alias": alias,
                "changed": {n: [before["fields"][n], after["fields"][n]] for n in changes},
                "dropped": dropped,
            },
            moved=moved,
            merged_by=person(actor),
        )


def undo_merge(*, actor: "User", merge: SourceMerge) -> list[str]:
    """Part them again: the merged source comes back with its key, and what still is where the merge put it moves back.

    Returns what could not be put back, in words. A second click changes nothing. Raises Refused when its name is taken.
    """
    demand(actor, Capability.MANAGE)
    with acting(actor, "undo merge"):
        into = lock_source(merge.into_id)
        merge = SourceMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if merge.undone_at is not None:
            return []
        told: list[str] = []
        other = _restore(merge, told)
        SourceAlias.objects.filter(pk=merge.was["alias"], source=into).delete()
        keys = references()
        for label, pks in merge.moved.items():
            key = keys[label]
            back = key.model._base_manager.filter(pk__in=pks, **{key.name: into}).update(**{key.name: other})
            if back < len(pks):
                words = _("%(what)s: %(n)d of %(all)d were changed or removed since, and stay as they are.")
                told.append(words % {"what": words_of(key, 2), "n": len(pks) - back, "all": len(pks)})
        _part_circle(other, told)
        for row in merge.was["dropped"]:
            fields = row["fields"]
            if not NotTheSame.objects.filter(source=other, other__iexact=fields["other"]).exists():
                next(serializers.deserialize("python", [row])).save()
        save_revision(into, revision=None, **_changes_back(into, merge.was["changed"], told))
        SourceMerge.objects.filter(pk=merge.pk).update(undone_at=timezone.now())
        return told


def _referring(key: ForeignKey, source: Source) -> Any:
    return key.model._base_manager.filter(**{key.name: source})


def _as_data(source: Source) -> dict[str, Any]:
    """A source's own columns as JSON holds them."""
    return json.loads(serializers.serialize("json", [source]))[0]


def _shown(source: Source, name: str) -> str:
    value = getattr(source, name)
    if name == "reliability":
        parts = [source.get_reliability_display() if value else "", source.reliability_reason]
        return " – ".join(filter(None, parts))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _choice(name: str, into: Source, other: Source) -> Choice | None:
    ours, theirs = _shown(into, name), _shown(other, name)
    if ours == theirs or not theirs or (name == "parent" and not _may_take_parent(into, other)):
        return None
    may_join = name in JOINED and bool(ours)
    proposed = TAKE if not ours else BOTH if may_join else KEEP
    label = capfirst(Source._meta.get_field(name).verbose_name)
    return Choice(name, label, ours, theirs, proposed, may_join)


def _above(source: Source) -> list[int]:
    """The keys of all that a source belongs to, nearest first."""
    found: list[int] = []
    above = source.parent
    while above is not None and above.pk not in found:
        found.append(above.pk)
        above = above.parent
    return found


def _may_take_parent(into: Source, other: Source) -> bool:
    return other.parent_id not in (None, into.pk) and into.pk not in _above(other)


def _changes(into: Source, other: Source, take: dict[str, str]) -> dict[str, Any]:
    """The columns of `into` that become other ones: as chosen, and where it would belong to itself."""
    changes: dict[str, Any] = {}
    for name in CHOICES:
        choice, wanted = _choice(name, into, other), take.get(name, KEEP)
        if choice is None or wanted == KEEP:
            continue
        if wanted == BOTH and choice.may_join:
            changes[name] = f"{getattr(into, name)}\n\n{getattr(other, name)}"
        elif wanted == TAKE:
            changes |= {part: getattr(other, part) for part in GROUPS.get(name, (name,))}
    if other.pk in _above(into):
        # It belongs, perhaps over several, to the one that goes: what is between them comes below it.
        changes["parent"] = other.parent
    if into.is_demo and not other.is_demo:
        changes["is_demo"] = False
    return changes


def _drop_doubles(into: Source, other: Source) -> list[dict[str, Any]]:
    """What both were told apart from is kept once; what the two were told apart from each other by, not at all."""
    ours = {text.casefold() for text in into.not_the_same.values_list("other", flat=True)} | {
        into.name.casefold()
    }
    double = [row for row in other.not_the_same.all() if row.other.casefold() in ours]
    data = json.loads(serializers.serialize("json", double))
    NotTheSame.objects.filter(pk__in=[row.pk for row in double]).delete()
    return data


def _keep_name(into: Source, name: str) -> int | None:
    """Make the merged one's name another name of `into`, unless somebody has it as one. Returns the key of the new row."""
    if into.name.casefold() == name.casefold() or SourceAlias.objects.filter(name__iexact=name).exists():
        return None
    return SourceAlias.objects.create(source=into, name=name).pk


def _restore(merge: SourceMerge, told: list[str]) -> Source:
    data = merge.was["source"]
    fields = data["fields"]
    if Source.objects.filter(name__iexact=fields["name"], kind=fields["kind"]).exists():
        words = _("The desk has another source called %(name)s by now. Rename that one first.")
        raise Refused(words % {"name": fields["name"]})
    if fields["parent"] and not Source.objects.filter(pk=fields["parent"]).exists():
        told.append(_("What it belonged to is not there any more."))
        data = {**data, "fields": {**fields, "parent": None}}
    next(serializers.deserialize("python", [data])).save()
    return Source.objects.get(pk=data["pk"])


def _part_circle(other: Source, told: list[str]) -> None:
    other.refresh_from_db()
    if other.pk in _above(other):
        told.append(_("What it belonged to belongs to it by now."))
        save_revision(other, revision=None, parent=None)


def _changes_back(into: Source, changed: dict[str, list[Any]], told: list[str]) -> dict[str, Any]:
    now = _as_data(into)["fields"]
    back: dict[str, Any] = {}
    for name, (before, after) in changed.items():
        column = Source._meta.get_field(name)
        if now[name] == after:
            back[column.attname] = column.to_python(before)
        else:
            told.append(
                _("%(field)s was changed since, and stays.") % {"field": capfirst(column.verbose_name)}
            )
    return back
