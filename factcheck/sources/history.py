"""What happened to a source, its other names and its domains: who, when, what for, before and after."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from .models import Source, SourceAlias, SourceDomain

SILENT = {"id", "revision", "created_at", "source"}


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


def _changes(model: type[Model], which: dict[str, Any]) -> list[Change]:
    events = apps.get_model("sources", f"{model.__name__}Event").objects.filter(**which)
    events = events.select_related("pgh_context").order_by("pgh_obj_id", "pgh_id")
    last: dict[int, Any] = {}
    found = []
    for event in events:
        before = last.get(event.pgh_obj_id)
        last[event.pgh_obj_id] = event
        fields = _differences(model, before, event)
        if fields:
            told = event.pgh_context.metadata if event.pgh_context else {}
            found.append(
                Change(
                    at=event.pgh_created_at,
                    who=told.get("actor") or _("unknown"),
                    action=told.get("action", event.pgh_label),
                    what=str(model._meta.verbose_name),
                    fields=fields,
                )
            )
    return found


def _differences(model: type[Model], before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    fields = [f for f in model._meta.concrete_fields if f.name not in SILENT]
    was = {f.name: getattr(before, f.attname) if before else None for f in fields}
    gone = after.pgh_label == "delete"
    now = {f.name: None if gone else getattr(after, f.attname) for f in fields}
    if gone:
        was = {f.name: getattr(after, f.attname) for f in fields}
    rows = [(str(f.verbose_name), _word(f, was[f.name]), _word(f, now[f.name])) for f in fields]
    return [(label, old, new) for label, old, new in rows if old != new]


def _word(field: Any, value: Any) -> str:
    if value in (None, "", False):
        return ""
    if field.is_relation:
        return str(field.related_model.objects.filter(pk=value).first() or value)
    return str(dict(field.flatchoices).get(value, value))
