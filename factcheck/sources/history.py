"""What happened to a source, its other names and its domains: who, when, what for, before and after."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from .models import Source, SourceAlias, SourceDomain

SILENT = {"id", "revision", "created_at", "source"}


@dataclass
class Rated:
    """A rating of reliability, from when on it stood: `label` in words, `on` the day that the rater gave."""

    at: datetime
    who: str
    reliability: str
    reason: str
    on: date | None
    label: str


@dataclass
class Change:
    """One event of the audit trail: `fields` are (label, before, after)."""

    at: datetime
    who: str
    action: str
    what: str
    fields: list[tuple[str, Any, Any]] = field(default_factory=list)


def changes_of(source: Source) -> list[Change]:
    """The changes the database wrote down, newest first. A saving that changed nothing to be seen is left out."""
    found = _changes(Source, {"pgh_obj_id": source.pk})
    found += _changes(SourceAlias, {"source_id": source.pk})
    found += _changes(SourceDomain, {"source_id": source.pk})
    return sorted(found, key=lambda change: change.at, reverse=True)


def ratings_of_reliability(source: Source) -> list[Rated]:
    """How reliable the desk held it to be at each time, newest first."""
    events = _events(Source, {"pgh_obj_id": source.pk})
    found: list[Rated] = []
    before = ("", "", None)
    for event in events:
        now = (event.reliability, event.reliability_reason, event.reliability_on)
        if now != before:
            found.append(Rated(event.pgh_created_at, _who(event), *now, event.get_reliability_display()))
        before = now
    return found[::-1]


def _events(model: type[Model], which: dict[str, Any]) -> list[Any]:
    events = apps.get_model("sources", f"{model.__name__}Event").objects.filter(**which)
    return list(events.select_related("pgh_context").order_by("pgh_obj_id", "pgh_id"))


def _who(event: Any) -> str:
    return (event.pgh_context.metadata if event.pgh_context else {}).get("actor") or _("unknown")


def _changes(model: type[Model], which: dict[str, Any]) -> list[Change]:
    events = _events(model, which)
    names = _names_of_related(model, events)
    last: dict[int, Any] = {}
    found = []
    for event in events:
        before = last.get(event.pgh_obj_id)
        last[event.pgh_obj_id] = event
        fields = _differences(model, before, event, names)
        if fields:
            told = event.pgh_context.metadata if event.pgh_context else {}
            found.append(
                Change(
                    at=event.pgh_created_at,
                    who=_who(event),
                    action=told.get("action", event.pgh_label),
                    what=str(model._meta.verbose_name),
                    fields=fields,
                )
            )
    return found


def _names_of_related(model: type[Model], events: list[Any]) -> dict[str, dict[Any, str]]:
    """What the rows that the events point to are called now, one query a field."""
    names = {}
    for column in _shown(model):
        if column.is_relation:
            keys = {getattr(event, column.attname) for event in events} - {None}
            rows = column.related_model.objects.in_bulk(keys) if keys else {}
            names[column.name] = {pk: str(row) for pk, row in rows.items()}
    return names


def _differences(
    model: type[Model], before: Any, after: Any, names: dict[str, dict[Any, str]]
) -> list[tuple[str, Any, Any]]:
    fields = _shown(model)
    was = {f.name: getattr(before, f.attname) if before else None for f in fields}
    gone = after.pgh_label == "delete"
    now = {f.name: None if gone else getattr(after, f.attname) for f in fields}
    if gone:
        was = {f.name: getattr(after, f.attname) for f in fields}
    rows = [(str(f.verbose_name), _word(f, was[f.name], names), _word(f, now[f.name], names)) for f in fields]
    return [(label, old, new) for label, old, new in rows if old != new]


def _shown(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.name not in SILENT]


def _word(field: Any, value: Any, names: dict[str, dict[Any, str]]) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        # Said only where it is not what it is for nearly all.
        return "" if value == field.get_default() else (_("yes") if value else _("no"))
    if field.is_relation:
        return names[field.name].get(value, str(value))
    return str(dict(field.flatchoices).get(value, value))
