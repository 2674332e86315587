"""A claim as one line of a list: its words with the figure's value marked, and who carried it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.claims.models import Appearance, Claim
from factcheck.figures.models import Figure

# The number itself, without the hedge before it and the unit after it.
VALUE = re.compile(
    r"[+\-−]?\d[\d.,\u00a0 ]*\d|\d|\b(?:hundred|thousand|million|billion|trillion)s?\b", re.IGNORECASE
)
LONG = 240  # characters of a row


@dataclass(frozen=True)
class Row:
    """What a list shows of a claim. `words` are pieces of its text, each with whether it is the figure's value."""

    claim: Claim
    words: list[tuple[str, bool]]
    appearance: Appearance | None
    figures: list[Figure]

    @property
    def outlet(self) -> str:
        article = self.claim.lead_article
        if article is None:
            return ""
        published = article.carried_by or article.written_by
        return published.name if published else article.get_medium_display()

    @property
    def age(self) -> str:
        """How long ago it came in, in the one unit that tells most; the day once it is over a week ago."""
        came = self.claim.created_at
        minutes = int((timezone.now() - came).total_seconds() // 60)
        if minutes < 60:
            return _("%(n)s min") % {"n": max(1, minutes)}
        if minutes < 24 * 60:
            return _("%(n)s h") % {"n": minutes // 60}
        if minutes < 7 * 24 * 60:
            return _("%(n)s d") % {"n": minutes // (24 * 60)}
        return date_format(timezone.localtime(came), "j M")

    @property
    def initials(self) -> str:
        """Whose it is, in a column two letters wide."""
        person = self.claim.assignee
        return "".join(part[:1] for part in str(person).split()[:2]).upper() if person else ""

    @property
    def next_priority(self) -> int:
        """What the priority becomes at one more press of its key: high, urgent, low, none."""
        return {0: 2, 2: 3, 3: 1, 1: 0}[self.claim.priority]


def rows_of(claims: Iterable[Claim]) -> list[Row]:
    """The rows of claims read with `for_rows`."""
    return [_row(claim) for claim in claims]


def _row(claim: Claim) -> Row:
    appearance = next(iter(claim.first_appearances), None)
    figures = [f for f in appearance.figures.all() if not f.superseded] if appearance else []
    telling = [figure for figure in figures if not figure.minor] or figures
    return Row(claim, mark_values(_shortened(str(claim)), telling), appearance, telling)


def _shortened(text: str) -> str:
    """As much as a row holds, ending at a word and saying that more follows."""
    return text if len(text) <= LONG else f"{text[:LONG].rsplit(None, 1)[0]} …"


def mark_values(text: str, figures: Iterable[Figure]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is the value of one of the figures, found by the figure's own words."""
    marked: list[tuple[int, int]] = []
    for figure in figures:
        at = text.find(figure.text)
        if at < 0:
            continue
        inside = [(at + m.start(), at + m.end()) for m in VALUE.finditer(figure.text)]
        marked.extend(inside or [(at, at + len(figure.text))])
    pieces: list[tuple[str, bool]] = []
    position = 0
    for start, end in sorted(marked):
        if start < position:
            continue
        pieces += [(text[position:start], False), (text[start:end], True)]
        position = end
    pieces.append((text[position:], False))
    return [(piece, bold) for piece, bold in pieces if piece]
