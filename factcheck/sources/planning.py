"""What a table of sources would do, row by row. Nothing is written, and a fixed number of queries asked."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .exchange import Table, cells_of, names_in
from .forms import SourceForm
from .models import Source

if TYPE_CHECKING:
    from factcheck.accounts.models import User

NEW, CHANGED, UNCHANGED, ERROR = "new", "changed", "unchanged", "error"
YES, NO = ("yes", "true", "1", "y", "on", ""), ("no", "false", "0", "n", "off")


@dataclass
class Row:
    """What one line would do. `changes` are (field, before, after) in words; `values` what would be stored.

    `parent` is the key of a source, or minus the line of the row that makes it; 0 is none, None leaves it alone.
    `needs` are the names and domains that another row must give up for it: (the other's `node`, "aliases" or "domains", what in
    small letters, what is wrong if it does not).
    """

    line: int
    name: str
    kind: str = ""
    source: Source | None = None
    outcome: str = UNCHANGED
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    parent: int | None = None
    needs: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def node(self) -> int:
        """Its place among parents: as `parent` would name it."""
        return self.source.pk if self.source else -self.line

    def gives_up(self, kind: str, low: str) -> bool:
        """Whether its source is without one of its "aliases" or "domains" when this is done."""
        return not self.errors and low not in {value.lower() for value in self.values.get(kind, [low])}

    def fail(self, said: str) -> None:
        self.outcome = ERROR
        self.errors.append(said)


@dataclass
class Plan:
    """The rows of a file with what each would do, and a digest of it all and of the state that it was made on.

    `linked` is how many articles that came in earlier got their outlet by carrying it out.
    """

    rows: list[Row]
    unknown: list[str]
    digest: str = ""
    linked: int = 0

    def of(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in (NEW, CHANGED, UNCHANGED, ERROR)}

    @property
    def does_something(self) -> bool:
        return bool(self.counts[NEW] or self.counts[CHANGED])


def plan(table: Table, user: "User") -> Plan:
    """What importing the table would do. Nothing is written."""
    planner = _Planner(table, user)
    rows = [planner.row(line, cells) for line, cells in table.rows]
    planner.refuse_circles(rows)
    planner.refuse_dependants(rows)
    state = [
        [
            row.line, row.name, row.kind, row.outcome, row.errors, row.changes, row.parent,
            [row.source.pk, row.source.revision] if row.source else None,
        ]
        for row in rows
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(state, default=str).encode()).hexdigest()
    return Plan(rows, table.unknown, digest)


class _Planner:
    """The desk's sources, read once, whose each name and domain is, and which of those rows of the file want besides."""

    def __init__(self, table: Table, user: "User") -> None:
        # Kinds by their key and as the pages call them.
        self.kinds = {key: key for key in Source.Kind.values}
        self.kinds |= {str(label).casefold(): key for key, label in Source.Kind.choices}
        self.form = SourceForm({}, user=user)
        del self.form.fields["parent"]
        found = Source.objects.visible_to(user).select_related("parent")
        self.sources = {source.pk: source for source in found.prefetch_related("aliases", "domains")}
        self.by_key = {(s.name.lower(), s.kind): s for s in self.sources.values()}
        self.by_name: dict[str, list[Source]] = {}
        self.owner: dict[tuple[str, str], tuple[int, str]] = {}
        self.wanted: dict[tuple[str, str], tuple[int, str]] = {}
        for source in self.sources.values():
            self.by_name.setdefault(source.name.lower(), []).append(source)
            for alias in source.aliases.all():
                self.owner["aliases", alias.name.lower()] = (source.pk, source.name)
            for domain in source.domains.all():
                self.owner["domains", domain.domain] = (source.pk, source.name)
        self.lines: dict[tuple[str, str], int] = {}
        # The new sources of the file, for parents that stand in it, maybe further down.
        self.coming: dict[str, list[tuple[int, str, str]]] = {}
        for line, cells in table.rows:
            name = " ".join(cells["name"].split())
            kind = self._kind(cells.get("kind", ""))
            if (name.lower(), kind) not in self.by_key and kind:
                self.coming.setdefault(name.lower(), []).append((-line, name, kind))

    def row(self, line: int, cells: dict[str, str]) -> Row:
        row = Row(line, " ".join(cells["name"].split()))
        self._identify(row, cells.get("kind", ""))
        if not row.errors:
            self._judge(row, cells)
        if not row.errors:
            row.outcome = NEW if row.source is None else CHANGED if row.changes else UNCHANGED
        return row

    def _identify(self, row: Row, typed: str) -> None:
        """Which source the row is about, or that it is a new one."""
        if not row.name:
            return row.fail(_("The name is missing."))
        row.kind = self._kind(typed)
        named = self.by_name.get(row.name.lower(), [])
        if typed.strip() and not row.kind:
            kinds = ", ".join(Source.Kind.values)
            return row.fail(_("“%(typed)s” is no kind. It is one of: %(kinds)s.") % {"typed": typed.strip(), "kinds": kinds})  # fmt: skip
        if not row.kind and len(named) > 1:
            return row.fail(_("Several sources have this name. Say the kind."))
        row.kind = row.kind or (named[0].kind if named else "")
        if not row.kind:
            return row.fail(_("It is new: say its kind."))
        key = (row.name.lower(), row.kind)
        if key in self.lines:
            return row.fail(_("It stands in line %(n)d already.") % {"n": self.lines[key]})
        self.lines[key] = row.line
        row.source = self.by_key.get(key)
        if row.source is None:
            said = _("This is another name of %(name)s. Use that name in the first column.")
            if owner := self.wanted.get(("aliases", row.name.lower())):
                return row.fail(said % {"name": owner[1]})
            if owner := self.owner.get(("aliases", row.name.lower())):
                row.needs.append((owner[0], "aliases", row.name.lower(), said % {"name": owner[1]}))
        return None

    def _judge(self, row: Row, cells: dict[str, str]) -> None:
        """What the row would change, or what is wrong with it, field by field as the form would say it."""
        held = cells_of(row.source) if row.source else {}
        said = {
            name: cell
            for name, cell in cells.items()
            if name != "kind" and _same(cell) != _same(held.get(name, ""))
        }
        if row.source is None:
            said |= {"name": row.name, "kind": row.kind}
        parent = said.pop("parent", None)
        if parent is not None:
            self._find_parent(row, parent)
        if not said:
            return
        form = self._form(row, said)
        checked = {*said, *({"reliability_reason"} if "reliability" in said else ())}
        for name, errors in form.errors.items():
            if name in checked or name == "__all__":
                label = capfirst(form.fields[name].label) if name in form.fields else ""
                for error in errors:
                    row.fail(f"{label}: {error}" if label else str(error))
        if row.errors:
            return
        for name in said:
            self._take(row, name, form.cleaned_data[name], held)
        if "reliability" in row.values and "reliability_on" not in said:
            self._take(row, "reliability_on", form.cleaned_data["reliability_on"], held)

    def _form(self, row: Row, said: dict[str, str]) -> SourceForm:
        """The form of the source, filled in with what the row says over what is known."""
        data = SourceForm.of(row.source) if row.source else {"obeys_robots": True}
        robots = data.pop("obeys_robots")
        data |= said
        if "aliases" in said:
            data["aliases"] = "\n".join(names_in(said["aliases"]))
        if "domains" in said:
            data["domains"] = said["domains"].replace("|", " ")
        if "reliability" in said:
            # Another rating is of another day: of today where the row says none.
            data["reliability_on"] = said.get("reliability_on", "")
            typed = said["reliability"].strip().casefold()
            labels = {str(label).casefold(): value for value, label in Source.Reliability.choices}
            data["reliability"] = labels.get(typed, typed)
        if "obeys_robots" in said:
            typed = said["obeys_robots"].strip().casefold()
            robots = typed in YES
            if typed not in YES + NO:
                row.fail(_("“%(typed)s” is neither yes nor no.") % {"typed": said["obeys_robots"].strip()})
        if robots:
            data["obeys_robots"] = "on"
        if (day := said.get("reliability_on", "").strip()) and not _is_day(day):
            row.fail(_("“%(day)s” can be read in more than one way, or in none. Write a day as 2026-11-03.") % {"day": day})  # fmt: skip
            data["reliability_on"] = ""
        # One form for all rows: making it takes longer than what it is asked.
        self.form.data = data
        self.form.full_clean()
        return self.form

    def _take(self, row: Row, name: str, value: Any, held: dict[str, str]) -> None:
        """Note a value that would be stored, and how it differs from what is there."""
        if name in ("aliases", "domains"):
            value = self._free(row, name, value)
            was = names_in(f"{held.get(name, '')}\n")
            shown, differs = ", ".join(value), {v.lower(): v for v in was} != {v.lower(): v for v in value}
            before = ", ".join(was)
        else:
            stored = getattr(row.source, name) if row.source else None
            before, shown = _words(stored), _words(value)
            differs = before != shown
        if row.source is None or differs:
            row.values[name] = value
        if differs and (row.source or name not in ("name", "kind")):
            row.changes.append((capfirst(SourceForm.base_fields[name].label), before, shown))

    def _free(self, row: Row, kind: str, values: list[str]) -> list[str]:
        """The names or domains, each once and without its own name; one that a row further up wants is an error, and one that
        another source has must be given up by that."""
        wanted = {value.lower(): value for value in values}
        if kind == "aliases":
            wanted.pop(row.name.lower(), None)
        said = _("“%(what)s” is taken: %(name)s has it.")
        for low, value in wanted.items():
            owner = self.owner.get((kind, low))
            if owner and owner[0] == row.node:
                continue
            first = self.wanted.setdefault((kind, low), (row.node, row.name))
            if first[0] != row.node:
                row.fail(said % {"what": value, "name": first[1]})
            elif owner:
                row.needs.append((owner[0], kind, low, said % {"what": value, "name": owner[1]}))
        return list(wanted.values())

    def _kind(self, typed: str) -> str:
        """The kind that a word names; empty for none."""
        return self.kinds.get(typed.strip().casefold(), "")

    def _find_parent(self, row: Row, typed: str) -> None:
        name = " ".join(typed.split())
        found = self._meant(name) if name else [(0, "")]
        if len(found) != 1:
            said = _("Several have the name “%(name)s”. Say which, as “%(name)s (outlet)”.") if found else _(
                "It belongs to “%(name)s”, which is neither on the desk nor in this file."
            )  # fmt: skip
            return row.fail(said % {"name": name})
        now = (row.source.parent_id or 0) if row.source else 0
        if found[0][0] != now:
            row.parent = found[0][0]
            before = row.source.parent.name if now else ""
            row.changes.append((capfirst(SourceForm.base_fields["parent"].label), before, found[0][1]))
        return None

    def _meant(self, typed: str) -> list[tuple[int, str]]:
        """The sources of a name, on the desk or coming with the file: (place, name)."""
        name, kind = typed.lower(), ""
        if not self._called(name) and typed.endswith(")"):
            head, __, tail = typed[:-1].rpartition(" (")
            name, kind = head.lower(), self._kind(tail) or "none"
        return [(place, said) for place, said, of in self._called(name) if not kind or of == kind]

    def _called(self, name: str) -> list[tuple[int, str, str]]:
        found = [(source.pk, source.name, source.kind) for source in self.by_name.get(name, [])]
        if owner := self.wanted.get(("aliases", name)) or self.owner.get(("aliases", name)):
            source = self.sources.get(owner[0])
            found += [(source.pk, source.name, source.kind)] if source else []
        found += self.coming.get(name, [])
        return list(dict.fromkeys(found))

    def refuse_circles(self, rows: list[Row]) -> None:
        above = {source.pk: source.parent_id or 0 for source in self.sources.values()}
        above |= {row.node: row.parent for row in rows if row.parent is not None and not row.errors}
        for row in rows:
            if row.parent is None or row.errors:
                continue
            seen, place = set(), row.node
            while place and place not in seen:
                seen.add(place)
                place = above.get(place, 0)
            if place == row.node:
                row.fail(_("That would make a circle: what it belongs to belongs to it."))

    def refuse_dependants(self, rows: list[Row]) -> None:
        """A row that another one in error would give its parent, a name or a domain is in error too, and so on down."""
        by_line = {row.line: row for row in rows}
        by_node = {row.node: row for row in rows}
        changed = True
        while changed:
            changed = False
            for row in rows:
                if row.errors:
                    continue
                above = by_line.get(-(row.parent or 0))
                if above is not None and above.errors:
                    row.fail(_("It belongs to line %(n)d, which is in error.") % {"n": above.line})
                for node, kind, low, said in row.needs:
                    if node not in by_node or not by_node[node].gives_up(kind, low):
                        row.fail(said)
                changed = changed or bool(row.errors)


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else _same(str(value))


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
