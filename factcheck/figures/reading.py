"""What the machine read in a figure, in the types of the columns."""

from datetime import date
from decimal import Decimal
from typing import Any

from .models import READING_FIELDS, Figure


def machine_values(figure: Figure) -> dict[str, Any]:
    """The machine's reading, field by field, as Decimal, date or text; empty for a figure that an editor added."""
    read = figure.machine_reading or {}
    return {name: _typed(name, read[name]) for name in READING_FIELDS if name in read}


def set_otherwise(figure: Figure) -> dict[str, Any]:
    """The fields that an editor set otherwise than the machine read them: name to the machine's value."""
    machine = machine_values(figure)
    return {
        name: machine[name]
        for name in figure.set_by_editor
        if name in machine and machine[name] != getattr(figure, name)
    }


def _typed(name: str, value: Any) -> Any:
    if name in ("low", "high", "precision"):
        return None if value is None else Decimal(value)
    if name in ("period_from", "period_to"):
        return date.fromisoformat(value) if value else None
    return value or ""
