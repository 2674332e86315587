"""What one submission says otherwise than the one before it, for the person who reviews it."""

import difflib
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.figures.formatting import shown
from factcheck.figures.models import READING_FIELDS, Figure

from .models import Evidence, Verdict

TITLES = {
    "wording": gettext_lazy("Neutral wording"),
    "quote": gettext_lazy("As said"),
    "figures": gettext_lazy("Figure"),
    "evidence": gettext_lazy("Evidence"),
    "claimants": gettext_lazy("Claimants"),
    "note": gettext_lazy("note"),
    "stance": gettext_lazy("stance"),
    "title": gettext_lazy("title"),
}

# A piece of a text and what became of it: "same", "gone" or "new".
Piece = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """What changed, in words, from what to what; empty where there was nothing."""

    what: str
    before: str
    now: str


@dataclass
class Changes:
    """The difference of two submissions: rating and rows as before and now, texts in pieces."""

    number: int
    rows: list[Change] = field(default_factory=list)
    texts: list[tuple[str, list[Piece]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows or self.texts)


def changes_between(before: Verdict, now: Verdict) -> Changes:
    """What `now` says otherwise than `before`: rating, texts, and the claim's wording, figures and evidence as they stood."""
    changes = Changes(number=before.number)
    if before.rating_label != now.rating_label:
        changes.rows.append(Change(_("Rating"), before.rating_label, now.rating_label))
    for name, title in (("summary", _("Summary")), ("explanation", _("Explanation"))):
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            changes.texts.append((title, text_changes(old, new)))
    changes.rows += _snapshot_changes(before.snapshot, now.snapshot)
    return changes


def text_changes(old: str, new: str) -> list[Piece]:
    """Two texts as one, word by word, with what is gone and what is new."""
    a, b = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    pieces: list[Piece] = []
    for kind, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("".join(b[b1:b2]), "same"))
            continue
        if a1 < a2:
            pieces.append(("".join(a[a1:a2]), "gone"))
        if b1 < b2:
            pieces.append(("".join(b[b1:b2]), "new"))
    return pieces


def _snapshot_changes(before: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    changes = [
        Change(str(TITLES[name]), before.get(name) or "", now.get(name) or "")
        for name in ("quote", "wording")
        if (before.get(name) or "") != (now.get(name) or "")
    ]
    for kind, label in (("figures", "text"), ("evidence", "title")):
        old, new = ({row["id"]: row for row in rows.get(kind, [])} for rows in (before, now))
        for key in sorted(old.keys() | new.keys()):
            changes += _row_changes(str(TITLES[kind]), label, old.get(key), new.get(key))
    if before.get("claimants") != now.get("claimants"):
        changes.append(Change(str(TITLES["claimants"]), _claimants(before), _claimants(now)))
    return changes


def _row_changes(kind: str, label: str, old: dict | None, new: dict | None) -> list[Change]:
    if old is None or new is None:
        return [Change(kind, old[label] if old else "", new[label] if new else "")]
    return [
        Change(f"{kind} “{new[label]}”: {_field(name)}", _value(name, old.get(name)), _value(name, new[name]))
        for name in new
        if old.get(name) != new[name]
    ]


def _field(name: str) -> str:
    if name in READING_FIELDS:
        return str(Figure._meta.get_field(name).verbose_name)
    return str(TITLES.get(name, name))


def _value(name: str, value: Any) -> str:
    if name == "stance":
        return str(dict(Evidence.Stance.choices).get(value, value))
    if name not in READING_FIELDS:
        return value or ""
    if name in ("low", "high", "precision") and value is not None:
        try:
            value = Decimal(value)
        except InvalidOperation:
            return str(value)
    return shown(name, value)


def _claimants(snapshot: dict[str, Any]) -> str:
    return "; ".join(
        f"{c['name']}, {c['role']}" if c.get("role") else c["name"] for c in snapshot.get("claimants", [])
    )
