"""Saving without overwriting what another person saved in between."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from .errors import Stale

Row = TypeVar("Row", bound=models.Model)


def save_revision(row: Row, *, revision: int | None, **changes: Any) -> Row:
    """Write `changes` if the row is still at `revision`, and return it as it is then.

    `revision` None is for callers that hold the row's lock. Raises Stale, with the row as it is now, when somebody else was first.
    """
    manager = type(row)._base_manager
    current = manager.filter(pk=row.pk)
    if revision is not None:
        current = current.filter(revision=revision)
    if not current.update(revision=F("revision") + 1, **changes):
        raise Stale(manager.get(pk=row.pk))
    row.refresh_from_db()
    return row
