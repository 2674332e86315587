"""Numbers in English text: digits, words, fractions, odds, multiples and vague amounts, with exact values.

Nothing here asks what a number means; dates, names and list numbers are sorted out later (exclude.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from factcheck.extraction.english.figures import words as w
from factcheck.extraction.english.figures.atoms import ARTICLE
from factcheck.extraction.english.figures.atoms import read as atoms_of
from factcheck.extraction.english.figures.cardinals import AND, Run


@dataclass(slots=True)
class Number:
    """A number at [start, end). `kind` is plain, fraction, odds, multiple or vague.

    `place` is the place value of the last stated digit, None where there is none to go by. `spelled` is True
    for words; `scaled` is the scale word's factor (million, k, dozen), 1 without.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    kind: str = "plain"
    place: Fraction | None = None
    spelled: bool = False
    scaled: int = 1
    change: str | None = None
    literal: str = ""


_MINUS_WORD = re.compile(r"(?<!\w)(?:minus|negative)\s+$", re.I)
_MINUS = re.compile(r"(?:^|(?<=[\s(\[<>=/:,$£€]))[-−–](?=[$£€]?$)")


def find(text: str, start: int, end: int) -> list[Number]:
    """All numbers in text[start:end], in order, not overlapping."""
    atoms = atoms_of(text, start, end)
    found: list[Number] = []
    index = 0
    while index < len(atoms):
        number, after = _Reader(text, atoms, start).number(index)
        if number is None:
            index += 1
            continue
        found.append(number)
        index = after
    return found


class _Reader(Run):
    """Reads one number from a run of atoms that stand next to each other."""

    def number(self, i: int) -> tuple[Number | None, int]:
        """The number that begins at atom `i`, if one does, and the atom after it."""
        atom = self.atoms[i]
        if atom.kind == "multiple":
            return self.multiple(i)
        if atom.kind in ("vague", "few"):
            return self.vague(i)
        if atom.kind in ("half", "quarter", "ordinal", "ordinals"):
            return self.fraction_alone(i)
        if atom.kind == "glyph":
            return self.finish(i, i + 1, atom.value, "fraction", None, spelled=False)
        if atom.kind in ("hundred", "scale", "dozen"):
            return None, i + 1
        return self.cardinal(i)

    def cardinal(self, i: int) -> tuple[Number | None, int]:
        """A cardinal with what may follow it: a fraction ("2 1/2"), or odds ("one in six")."""
        value, place, after, scale = self.whole(i)
        spelled = self.atoms[i].kind != "digits"
        read = self.with_fraction(i, value, place, after)
        if read is not None:
            return self.finish(i, read[1], read[0], read[2], read[3], spelled=spelled, scale=read[4])
        odds = self.odds(i, value, after)
        if odds is not None:
            return odds
        return self.finish(i, after, value, "plain", place, spelled=spelled, scale=scale)

    def with_fraction(self, i: int, value: Fraction, place: Fraction, after: int):
        """(value, next atom, kind, place, scale) where a fraction follows: "3/4", "2 1/2", "one and a half"."""
        atoms = self.atoms
        if after >= len(atoms):
            return None
        gap, atom = self.gap(after), atoms[after]
        digits = atoms[after - 1].kind == "digits" and after == i + 1
        if digits and re.fullmatch(r"\s?[/⁄]\s?", gap) and atom.kind == "digits":
            return self.slashed(i, value, after)
        if digits and atom.kind == "digits" and re.fullmatch(r"[ -]{1,2}", gap) and after + 1 < len(atoms):
            third = atoms[after + 1]
            if (
                re.fullmatch(r"\s?[/⁄]\s?", self.gap(after + 1))
                and third.kind == "digits"
                and atom.value < third.value <= 64
            ):
                return self.scaled(value + atom.value / third.value, after + 2, "plain", None)
        if atom.kind == "glyph" and re.fullmatch(r"[ -]?", gap):
            return self.scaled(value + atom.value, after + 1, "plain", None)
        if AND.fullmatch(gap) or re.fullmatch(r"[\s-]+and[\s-]+(?:an?|one)?[\s-]*", gap):
            mixed = self.mixed(value, after)
            if mixed is not None:
                return mixed
        if self.joined(after) and atom.kind == "ten" and value.denominator == 1 and after + 1 < len(atoms):
            if (
                self.joined(after + 1)
                and atoms[after + 1].kind in ("ordinal", "ordinals")
                and atoms[after + 1].value < 10
            ):
                return self.scaled(value / (atom.value + atoms[after + 1].value), after + 2, "fraction", None)
        if self.joined(after) and atom.kind in (
            "half",
            "halves",
            "quarter",
            "quarters",
            "ordinal",
            "ordinals",
        ):
            return self.over_ordinal(i, value, after)
        return None

    def slashed(self, i: int, value: Fraction, after: int):
        """ "3/4", unless it is a part of a date."""
        atom = self.atoms[after]
        if (
            not atom.value
            or value.denominator > 1
            or atom.value.denominator > 1
            or value >= 100
            or atom.value > 1000
        ):
            return None
        if after + 1 < len(self.atoms) and self.gap(after + 1).strip() in ("/", "⁄"):
            return None
        return self.scaled(value / atom.value, after + 1, "fraction", None)

    def scaled(self, value: Fraction, after: int, kind: str, place: Fraction | None):
        """The value times a scale word that follows ("three quarters of a million" is left to its own rule)."""
        if (
            after < len(self.atoms)
            and self.joined(after)
            and self.atoms[after].kind in ("scale", "hundred", "dozen")
        ):
            factor = int(self.atoms[after].value)
            return value * factor, after + 1, "plain", None, factor
        return value, after, kind, place, 1

    def mixed(self, value: Fraction, after: int):
        """ "... and a half", "... and three quarters": the fraction is of the last scale word before it."""
        atoms = self.atoms
        scale = 1
        if (
            atoms[after - 1].kind == "scale"
            and value % int(atoms[after - 1].value) == 0
            and atoms[after - 1].value >= 1000
        ):
            scale = int(atoms[after - 1].value)
        atom, last = atoms[after], after
        part: Fraction | None = None
        if atom.kind in ("half", "quarter", "ordinal"):
            if not re.search(r"\b(?:an?|one)[\s-]*$", self.gap(after), re.I):
                return None
            if atom.kind == "ordinal" and scale > 1:
                return None
            part = Fraction(1) / atom.value
        elif (
            atom.kind == "digits"
            and after + 1 < len(atoms)
            and atoms[after + 1].kind == "digits"
            and re.fullmatch(r"\s?[/⁄]\s?", self.gap(after + 1))
            and atom.value < atoms[after + 1].value <= 64
        ):
            return value + atom.value / atoms[after + 1].value, after + 2, "plain", None, 1
        elif atom.kind in ("unit", "digits", "ten") and after + 1 < len(atoms):
            top, _, last, _ = self.whole(after)
            if last < len(atoms) and self.joined(last) and atoms[last].kind in ("quarters", "ordinals"):
                bottom = atoms[last].value
                if bottom < 10 and top >= 20 and top % 10:
                    return None
                part = top / bottom
        if part is None:
            return None
        after = last + 1
        if after < len(atoms) and self.joined(after) and atoms[after].kind == "scale":
            factor = int(atoms[after].value)
            if part.denominator > 1 and scale > factor:
                return value + part * factor, after + 1, "plain", None, factor
            return (value + part) * factor, after + 1, "plain", None, factor
        return value + part * scale, after, "plain", None, scale

    def over_ordinal(self, i: int, value: Fraction, after: int):
        """ "Three fifths", "one twenty-fifth", "one hundred thirty-fifths": the parts before an ordinal."""
        atoms = self.atoms
        atom = atoms[after]
        plural = atom.kind in ("ordinals", "quarters", "halves")
        bottom, cut = atom.value, after
        before = atoms[after - 1]
        if (
            atom.kind in ("ordinal", "ordinals")
            and before.kind == "ten"
            and 1 <= bottom <= 9
            and after - 1 > i
        ):
            bottom, cut = bottom + before.value, after - 1
        elif atom.kind == "ordinal" and after - 1 > i:
            bottom, cut = value - atoms[i].value + bottom, i + 1
            value = atoms[i].value
        if cut != after and plural:
            value = self.upto(i, cut)
        elif cut != after:
            value = atoms[i].value
        if before.kind == "digits" and atom.value >= 1000:
            return None
        if atom.kind == "ordinal" and (value != 1 or not self.is_share(after)):
            return None
        if not plural and atom.kind in ("half", "quarter") and value != 1:
            if atom.kind == "quarter" or value.denominator > 1:
                return None
            return None
        if atom.kind == "quarters" and not self.is_share(after, plural=True):
            return None
        return self.scaled(value / bottom, after + 1, "fraction", None)
        # "Two thirds of a million" is left to its own two numbers.

    def upto(self, i: int, cut: int) -> Fraction:
        """The cardinal that the atoms from `i` to `cut` spell."""
        reader = Run(self.text, self.atoms[:cut], self.left)
        return reader.whole(i)[0]

    def is_share(self, i: int, *, plural: bool = False) -> bool:
        """Whether "third" at atom `i` is a part and not a place in a row ("a third of", not "one third party")."""
        atom = self.atoms[i]
        following = self.text[atom.end : atom.end + 24]
        if plural or atom.value > 20:
            return not re.match(r"\s+(?:of|in)\s+(?:a\s+row|growth)", following)
        return (
            re.match(
                r"\s*(?:$|[.,;:!?)\]\"”’—–]|(?:of|as|are|is|were|was|had|have|has|said|more|less|fewer|higher|lower|to|in|by|"
                r"from(?!\s+[A-Z])|since|between|or|and|each|say|think|believe|do|did|last|this|over|during|within|compared|next|on\s+(?:last|the\s+year|a\s+year)|per|when|if|"
                r"while|who|that|year[\s-]on|came|come|went|live|lived|voted|vote|supported|support|agreed|agree|felt|feel|could|would|will|can|may|might|also|by)\b)",
                following,
                re.I,
            )
            is not None
        )

    def odds(self, i: int, value: Fraction, after: int) -> tuple[Number, int] | None:
        """ "One in six", "nine out of ten", "1 over 20"."""
        if after >= len(self.atoms) or self.atoms[after].kind not in ("unit", "ten", "digits"):
            return None
        gap = re.fullmatch(r"\s+(in|out\s+of|over)(\s+every)?\s+", self.gap(after), re.I)
        if gap is None or value.denominator > 1 or not value:
            return None
        bottom, _, last, _ = self.whole(after)
        if bottom.denominator > 1 or not bottom:
            return None
        link = gap.group(1).lower()
        tail = self.text[self.atoms[last - 1].end : self.atoms[last - 1].end + 30]
        lead = self.text[max(self.left, self.atoms[i].start - 2) : self.atoms[i].start]
        if lead.endswith(("$", "£", "€")) or re.match(r"\s?(?:%|per\s?cent|[-/:])", tail):
            return None
        if link == "over":
            if not re.match(r"\s*(?:$|[.;!?])", tail) or 1500 <= bottom <= 2100:
                return None
        elif (
            value >= bottom
            or (link == "in" and 1500 <= bottom <= 2100)
            or w.TIME_AFTER.match(tail)
            or (
                link == "in"
                and (bottom > 20 and bottom % 10 and self.atoms[after].kind == "digits" and value > 10)
            )
        ):
            return None
        number, _ = self.finish(i, last, value / bottom, "odds", None, spelled=False)
        return number, last

    def fraction_alone(self, i: int) -> tuple[Number | None, int]:
        """ "Half", "a third of", "a quarter of", "half a million", "a twentieth"."""
        atom = self.atoms[i]
        head = ARTICLE.search(self.text[max(self.left, atom.start - 6) : atom.start])
        start = atom.start - (len(head.group()) if head else 0)
        value, after = Fraction(1) / atom.value, i + 1
        if atom.kind == "ordinals":
            return None, i + 1
        if atom.kind in ("half", "quarter") and after < len(self.atoms):
            gap, following = self.gap(after), self.atoms[after]
            if (
                following.kind in ("scale", "dozen")
                and following.value >= 12
                and re.fullmatch(r"\s+(?:(?:of\s+)?an?\s+)?|-(?:a-)?", gap, re.I)
            ):
                number = Number(
                    start, following.end, value * following.value, value * following.value, spelled=True
                )
                number.scaled = int(following.value)
                return number, after + 1
        if atom.kind == "half":
            if w.NOT_HALF_BEFORE.search(self.text[max(self.left, atom.start - 24) : atom.start]):
                return None, i + 1
            if w.NOT_HALF_AFTER.match(self.text[atom.end : atom.end + 30]):
                return None, i + 1
        elif (
            head is None
            or not (self.is_share(i) or self.measured(atom.end))
            or (atom.kind == "quarter" and w.QUARTER_TIME.match(self.text[atom.end : atom.end + 30]))
        ):
            return None, i + 1
        return Number(start, atom.end, value, value, "fraction", spelled=True), i + 1

    def measured(self, end: int) -> bool:
        """ "A quarter mile", "a quarter century", "a quarter point"."""
        return (
            re.match(
                r"[\s-]+(?:mile|inch|point|percentage|century|hour|pound|of)\b", self.text[end : end + 20]
            )
            is not None
        )

    def multiple(self, i: int) -> tuple[Number | None, int]:
        """ "Twice", "tripled", "halved"."""
        atom = self.atoms[i]
        number = Number(atom.start, atom.end, atom.value, atom.value, "multiple", spelled=True)
        number.change = w.MULTIPLES[atom.text][1]
        return number, i + 1

    def vague(self, i: int) -> tuple[Number | None, int]:
        """ "Dozens", "tens of thousands", "several hundred", "a few million": from n to ten times n."""
        atoms = self.atoms
        atom, after = atoms[i], i + 1
        value = atom.value
        start = atom.start
        if atom.kind == "few":
            if (
                after < len(atoms)
                and atoms[after].kind in ("hundred", "scale", "dozen")
                and re.fullmatch(r"[\s-]+(?:of\s+)?", self.gap(after))
            ):
                value, after = atoms[after].value, after + 1
            else:
                return None, i + 1
            if atom.text == "couple":
                head = ARTICLE.search(self.text[max(self.left, start - 6) : start])
                start -= len(head.group()) if head else 0
                return Number(
                    start, atoms[after - 1].end, 2 * value, 2 * value, spelled=True, scaled=int(value)
                ), after
            while after < len(atoms) and self.joined(after) and atoms[after].kind == "scale":
                value, after = value * atoms[after].value, after + 1
            head = re.search(r"(?<!\w)an?\s+$", self.text[max(self.left, start - 4) : start], re.I)
            if head and atom.text != "several":
                start -= len(head.group())
        else:
            while (
                after < len(atoms)
                and atoms[after].kind in ("vague", "scale")
                and re.fullmatch(r"\s+of\s+", self.gap(after))
            ):
                value, after = value * atoms[after].value, after + 1
            if atom.text == "tens" and after == i + 1:
                return None, i + 1
            if atom.text in ("scores", "score") and not re.match(
                r"\s+(?:of|more|others|were|are)\b", self.text[atom.end : atom.end + 9]
            ):
                return None, i + 1
        end = atoms[after - 1].end
        return Number(start, end, value, value * 10, "vague", spelled=True), after

    def finish(
        self,
        i: int,
        after: int,
        value: Fraction,
        kind: str,
        place: Fraction | None,
        *,
        spelled: bool,
        scale: int = 1,
    ) -> tuple[Number, int]:
        """The number over the atoms from `i` to `after`, with its minus sign."""
        atoms = self.atoms
        start, end = atoms[i].start, atoms[after - 1].end
        left = self.text[max(self.left, start - 12) : start]
        minus = _MINUS_WORD.search(left)
        if minus:
            start -= len(minus.group())
            value = -value
        elif not spelled:
            minus = _MINUS.search(left)
            if minus:
                value = -value
                start -= 1
        number = Number(start, end, value, value, kind, place, spelled, scale)
        number.literal = atoms[i].text if atoms[i].kind == "digits" and after == i + 1 else ""
        return number, after
