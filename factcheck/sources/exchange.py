"""Sources as a table: the columns of the CSV, how a source is written into one, and how a file is read back.

Reading is forgiving about what spreadsheets do (byte order mark, cp1252, semicolons or tabs, order and case of columns);
what a row says is judged in importing.py.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.desk.errors import Refused
from factcheck.desk.spreadsheets import is_formula, lines

from .forms import named_with_kind
from .models import Source

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST_FILE = 5_000_000  # bytes
MOST_ROWS = 5_000
A_CHUNK = 500

# Each column with what it holds, as the page explains it.
COLUMNS: dict[str, str | Promise] = {
    "name": gettext_lazy("The name. Needed; with the kind it says which source a row is about."),
    "kind": gettext_lazy("outlet, agency, person, organisation or dataset. Needed for a new source."),
    "aliases": gettext_lazy("Other names, each on a line of its own in the cell, or with | between."),
    "domains": gettext_lazy("Domains, with a space or | between, or each on a line of its own."),
    "homepage": gettext_lazy("The address of the homepage."),
    "parent": gettext_lazy(
        "The source that it belongs to, by name, or as “Name (kind)”; it may be in the same file."
    ),
    "country": gettext_lazy("Two letters."),
    "reliability": gettext_lazy("high, mixed or low; empty is not rated."),
    "reliability_on": gettext_lazy(
        "The day of the rating, such as 2026-11-03; today where a rating has none."
    ),
    "reliability_reason": gettext_lazy("Why. Needed for a rating."),
    "interests": gettext_lazy("Interests to disclose."),
    "notes": gettext_lazy("Notes."),
    "obeys_robots": gettext_lazy("yes or no."),
    "fetch_delay": gettext_lazy("Seconds between fetches; empty for the desk's own pace."),
}
_ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass
class Table:
    """A file as read: its known columns, those that are not known, and its rows by line number."""

    columns: list[str]
    unknown: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def csv_lines(sources: "QuerySet[Source]") -> Iterator[str]:
    """The sources as CSV, line by line, in a few queries for each chunk of them."""
    found = (
        sources.select_related("parent").prefetch_related("aliases", "domains").iterator(chunk_size=A_CHUNK)
    )
    return lines(COLUMNS, ([safe(value) for value in cells_of(source).values()] for source in found))


def cells_of(source: Source) -> dict[str, str]:
    """A source's cells, by column, as plain text."""
    names = "\n".join(alias.name for alias in source.aliases.all())
    return {
        "name": source.name,
        "kind": source.kind,
        # A name with | in it stands alone: the line break after it says that lines are what parts names here.
        "aliases": f"{names}\n" if "|" in names and "\n" not in names else names,
        "domains": "\n".join(domain.domain for domain in source.domains.all()),
        "homepage": source.homepage,
        "parent": named_with_kind(source.parent) if source.parent else "",
        "country": source.country,
        "reliability": source.reliability,
        "reliability_on": source.reliability_on.isoformat() if source.reliability_on else "",
        "reliability_reason": source.reliability_reason,
        "interests": source.interests,
        "notes": source.notes,
        "obeys_robots": "yes" if source.obeys_robots else "no",
        "fetch_delay": "" if source.fetch_delay is None else f"{source.fetch_delay:g}",
    }


def safe(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what it would take for a formula.

    It stands also before an apostrophe before one, so that `plain` takes off exactly what was put on.
    """
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def plain(cell: str) -> str:
    """The text of a cell that `safe` wrote; any other is left as it is."""
    return cell[1:] if cell.startswith("'") and is_formula(cell.lstrip("'")) else cell


def read(uploaded: bytes) -> Table:
    """A file as a table. Raises Refused, in the user's words, for what is no such file."""
    if len(uploaded) > LONGEST_FILE:
        raise Refused(
            _("This file is larger than %(n)d MB. Cut it into parts.") % {"n": LONGEST_FILE // 1_000_000}
        )
    text = _decode(uploaded)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        head = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        if "name" not in head:
            raise Refused(_("The first line must name the columns, and one of them must be “name”."))
        if twice := next((name for name in head if name and head.count(name) > 1), None):
            raise Refused(_("There are two columns called “%(name)s”.") % {"name": twice})
        known = [name for name in head if name in COLUMNS]
        table = Table(known, [name for name in head if name and name not in COLUMNS])
        began = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = dict(zip(head, cells, strict=False))
                table.rows.append((began, {name: _tidy(row.get(name, "")) for name in known}))
            began = reader.line_num + 1
            if len(table.rows) > MOST_ROWS:
                raise Refused(
                    _("There are more than %(n)d rows. Cut the file into parts.") % {"n": MOST_ROWS}
                )
    except csv.Error as error:
        words = _("Line %(n)d cannot be read as CSV: %(why)s.")
        raise Refused(words % {"n": reader.line_num, "why": error}) from error
    if not table.rows:
        raise Refused(_("There is no row in this file."))
    return table


def _decode(uploaded: bytes) -> str:
    encoding = _ENCODINGS.get(uploaded[:2])
    try:
        text = uploaded.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError:
        if encoding:
            raise Refused(_("This file cannot be read as text. Save it as CSV in UTF-8.")) from None
        # Western Windows, which is what a spreadsheet writes where it does not write UTF-8.
        text = uploaded.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refused(_("This is not a CSV file but a binary one. In the spreadsheet, save it as CSV."))
    return text


def _delimiter(text: str) -> str:
    """What parts the columns: whichever of comma, semicolon and tab the first line has most of."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def _tidy(cell: str) -> str:
    return plain(cell).replace("\r\n", "\n").replace("\r", "\n")


def names_in(cell: str) -> list[str]:
    """The names in a cell: parted by its line breaks where it has any, else by |."""
    parts = cell.split("\n") if "\n" in cell else cell.split("|")
    return [" ".join(part.split()) for part in parts if part.strip()]
