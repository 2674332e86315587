"""What every CSV of the desk has in common: a byte order mark for spreadsheets, and no text that one would run."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

BOM = "\ufeff"
# What a spreadsheet takes for the start of a formula, the full-width forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
UNSEEN = " \u00a0\u200b\u200e\u200f\ufeff\n"


class _Line:
    """A file for the csv module that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def lines(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The file line by line: the head with the byte order mark, then the rows, whose cells are ready to be written."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield BOM + writer.writerow(columns)
    for row in rows:
        yield writer.writerow(row)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text instead of showing it."""
    return text.lstrip(UNSEEN).startswith(FORMULA)
