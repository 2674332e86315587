"""Cardinals from a run of words and digits: "two hundred and three thousand", "6.5 million", "four point two"."""

from __future__ import annotations

import re
from fractions import Fraction

from factcheck.extraction.english.figures.atoms import JOIN, Atom

AND = re.compile(r"\s+and\s+(?:an?\s+)?$", re.I)
_ZERO = Fraction(0)


class Run:
    """The atoms of a stretch of text, from which cardinals are read; `left` is where the stretch begins."""

    def __init__(self, text: str, atoms: list[Atom], left: int) -> None:
        self.text, self.atoms, self.left = text, atoms, left

    def gap(self, i: int) -> str:
        """The text between atom `i` and the one before it."""
        return self.text[self.atoms[i - 1].end : self.atoms[i].start]

    def joined(self, i: int) -> bool:
        """Whether atom `i` stands right behind the one before it, with at most a blank or hyphen between."""
        return i < len(self.atoms) and JOIN.fullmatch(self.gap(i)) is not None

    def anded(self, i: int) -> bool:
        """Whether only "and" or "and a" stands before atom `i`."""
        return i < len(self.atoms) and AND.fullmatch(self.gap(i)) is not None

    def whole(self, i: int) -> tuple[Fraction, Fraction, int, int]:
        """A cardinal from atom `i`: value, place of the last digit, next atom, its last scale."""
        atoms = self.atoms
        total, current = _ZERO, atoms[i].value
        place = atoms[i].place
        scale, last_scale = 1, None
        size = self.size(i)
        i += 1
        while i < len(atoms):
            atom = atoms[i]
            joined, anded = self.joined(i), False
            if not joined:
                anded = self.anded(i) and last_scale is not None
                if not anded:
                    break
            if atom.kind in ("hundred", "scale", "dozen") and joined:
                factor = int(atom.value)
                if atom.kind == "hundred" and current % 100 == 0 and current and size != "digits":
                    break
                if (
                    last_scale is not None
                    and total
                    and factor >= last_scale
                    and total % factor
                    and atom.kind == "scale"
                ):
                    break
                if atom.kind == "dozen":
                    return (total + current) * 12, place * 12, i + 1, 12
                if atom.kind == "hundred":
                    current *= 100
                else:
                    total, current = total + current * factor, _ZERO
                place = place * factor
                scale = last_scale = factor
                size = atom.kind
                i += 1
                continue
            if atom.kind not in ("unit", "ten", "digits"):
                break
            rest, after = self.rest(i)
            if size == "ten":
                rest = atom.value
            if anded and self.begins_fraction(after):
                break
            limit = last_scale or (10 if size == "ten" and atom.kind == "unit" and atom.value < 10 else 0)
            if last_scale is None and size == "digits":
                break
            if (
                not limit
                or rest >= limit
                or (atom.kind == "digits" and ((limit > 1000 and anded) or rest.denominator > 1))
            ):
                break
            if atom.value == 0 or (anded and self.between(i)) or (anded and not self.free(i, after)):
                break
            current += atom.value
            place = Fraction(1)
            size = atom.kind
            scale = 1
            i += 1
        return self.point(total + current, place, i, scale)

    def size(self, i: int) -> str:
        """The kind of atom `i`, which tells what may follow it."""
        return self.atoms[i].kind

    def begins_fraction(self, after: int) -> bool:
        """ "Six million and two thirds": what follows "and" is the top of a fraction."""
        return self.joined(after) and self.atoms[after].kind in ("ordinals", "quarters")

    def rest(self, i: int) -> tuple[Fraction, int]:
        """What the words from `i` on say by themselves, up to the next "and"."""
        atoms = self.atoms
        value = atoms[i].value
        i += 1
        while i < len(atoms) and self.joined(i) and atoms[i].kind in ("unit", "hundred"):
            value = value * 100 if atoms[i].kind == "hundred" else value + atoms[i].value
            i += 1
        return value, i

    def between(self, i: int) -> bool:
        """Whether "between" leads up to atom `i`, so that "and" parts two ends of a range."""
        begin = max(self.left, self.atoms[0].start - 60)
        return re.search(r"\bbetween\b[^.;]*$", self.text[begin : self.atoms[i].start], re.I) is not None

    def free(self, i: int, after: int) -> bool:
        """After "and" a number is part of the one before it unless a noun stands between them."""
        return self.atoms[i].kind != "digits" or self.atoms[i].value < 100

    def point(
        self, value: Fraction, place: Fraction, i: int, scale: int
    ) -> tuple[Fraction, Fraction, int, int]:
        """ "Two hundred point zero three": the digits after a spoken point."""
        if i >= len(self.atoms) or not re.fullmatch(r"\s+point\s+", self.gap(i)) or value.denominator > 1:
            return value, place, i, scale
        digits = ""
        first = i
        while (
            i < len(self.atoms) and self.atoms[i].kind in ("unit", "ten") and (i == first or self.joined(i))
        ):
            here = int(self.atoms[i].value)
            if self.atoms[i].kind == "ten" and i + 1 < len(self.atoms) and self.joined(i + 1):
                following = self.atoms[i + 1]
                if following.kind == "unit" and 0 < following.value < 10:
                    here += int(following.value)
                    i += 1
            digits += str(here)
            i += 1
        if not digits:
            return value, place, i, scale
        result = value + Fraction(int(digits), 10 ** len(digits))
        place = Fraction(1, 10 ** len(digits))
        if i < len(self.atoms) and self.joined(i) and self.atoms[i].kind == "scale":
            factor = int(self.atoms[i].value)
            return result * factor, place * factor, i + 1, factor
        return result, place, i, scale
