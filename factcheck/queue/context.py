"""The paragraph around a place in a text, read without reading the text."""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Substr

from factcheck.claims.models import Appearance

AROUND = 700  # code points asked for on either side
SHOWN = 420  # of them, where the paragraph is long


@dataclass(frozen=True)
class InContext:
    """A quote between the rest of its paragraph."""

    before: str
    quote: str
    after: str


def with_surroundings(appearances: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Each with `text_before` and `text_after`: cut out by the database, since a text may be a megabyte long."""
    begin = Greatest(F("start") - AROUND, 0)
    return appearances.annotate(
        text_before=Substr("version__text", begin + 1, F("start") - begin),
        text_after=Substr("version__text", F("end") + 1, AROUND),
    )


def in_context(appearance: Appearance) -> InContext:
    """The paragraph of an appearance read with `with_surroundings`, shortened at words where it is long."""
    before = appearance.text_before.rpartition("\n\n")[2].lstrip("\n")
    after = appearance.text_after.partition("\n\n")[0].rstrip("\n")
    if len(before) > SHOWN:
        before = "… " + before[-SHOWN:].partition(" ")[2]
    if len(after) > SHOWN:
        after = after[:SHOWN].rpartition(" ")[0] + " …"
    return InContext(before, appearance.exact, after)
