"""The words and digits that numbers are made of, each with its value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from factcheck.extraction.english.figures import words as w


@dataclass(slots=True)
class Atom:
    """A word or run of digits that a number is made of: kind, exact value and, for digits, the place of the last one."""

    start: int
    end: int
    kind: str
    value: Fraction
    place: Fraction = Fraction(1)
    text: str = ""


_DIGITS = (
    r"(?<![\w.,])\.\d+|(?<![\d.,])\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?![\d,])|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|"
    r"\d{1,3}(?:\.\d{3})+,\d+(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|"
    r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d\w-])(?:[.,]\d+)?|\d{1,3}(?: , \d{3})+(?!\d)|"
    r"\d{1,4} \. \d+(?![\w.])|"
    r"\d+,\d{1,2}(?![\d,])|\d+\.\d+(?!\.\d)|\d+"
)


_ATOM = re.compile(
    rf"(?P<d>(?<![A-Za-z_])(?:{_DIGITS})(?:\s?\^\s?[+-]?\d+|e[+-]?\d+\b)?)|(?P<g>[{''.join(w.GLYPHS)}])|"
    rf"(?P<w>(?<![\w])(?:{'|'.join(sorted(w.ATOMS, key=len, reverse=True))})(?![A-Za-z]))|"
    rf"(?P<s>(?<=\d)[ \u00a0]?(?:{'|'.join(sorted(w.ATTACHED, key=len, reverse=True))})(?![A-Za-z0-9]))",
    re.I,
)


JOIN = re.compile(r"[ \u00a0\t\n]{0,3}(?:[-‐‑–][ ]?)?")


ARTICLE = re.compile(r"(?<![\w’'-])(?P<a>an?)\s+$", re.I)


# More digits than this are a key or a dump, not a number that someone stated.
_LONGEST = 40


_HIGHEST_POWER = 60


def read(text: str, start: int, end: int) -> list[Atom]:
    """The words and digits of numbers. A scale word that nothing counts gets a one before it ("a million")."""
    atoms: list[Atom] = []
    for match in _ATOM.finditer(text, start, end):
        if match.end() - match.start() > _LONGEST:
            continue
        atom = _atom(text, match)
        if match.lastgroup == "s" and not _is_scale(text, start, match, atoms):
            continue
        if (
            atom.kind == "vague"
            and atom.text in _PLURAL_SCALES
            and atoms
            and atoms[-1].kind in ("unit", "ten", "digits", "hundred")
        ):
            if JOIN.fullmatch(text[atoms[-1].end : atom.start]):
                atom.kind = _PLURAL_SCALES[atom.text]
        if atom.kind in ("hundred", "scale", "dozen") and not (atoms and _counts(text, atoms[-1], atom)):
            head = ARTICLE.search(text[max(start, atom.start - 6) : atom.start])
            at = atom.start - len(head.group()) if head else atom.start
            atoms.append(
                Atom(at, at + 2 - (head.group("a").lower() == "a") if head else at, "unit", Fraction(1))
            )
        atoms.append(atom)
    return atoms


# "Two dozens" and "three millions" count; "dozens" alone is vague.
_PLURAL_SCALES = {
    "dozens": "dozen",
    "thousands": "scale",
    "millions": "scale",
    "billions": "scale",
    "trillions": "scale",
}


def _counts(text: str, before: Atom, atom: Atom) -> bool:
    gap = text[before.end : atom.start]
    if before.kind in ("few", "half", "quarter", "quarters", "vague", "ordinals"):
        return re.fullmatch(r"(?:\s+|-)(?:of\s+)?(?:an?[\s-]+)?", gap, re.I) is not None
    return before.kind not in ("multiple", "ordinal") and JOIN.fullmatch(gap) is not None


# What comes in millions and never in metres ("passenger numbers rose to 6.1m").
_NUMBERED = re.compile(
    r"\b(?:numbers|passengers|users|customers|visitors|subscribers|subscriptions|viewers|population|households|tourists|voters|downloads|followers|"
    r"unemployed|circulation|listeners|readers)\b"
)
_MILLIONS_OF = re.compile(r"\s+(?:barrels|people|tonnes|tons|litres|liters|hectares|acres|units|shares)\b")


def _is_scale(text: str, start: int, match: re.Match[str], atoms: list[Atom]) -> bool:
    """Whether the letters after digits are a scale ("£5m", "5m people") and not a unit ("5m tall")."""
    if not atoms or atoms[-1].kind != "digits" or atoms[-1].end != match.start():
        return False
    letters = match.group().strip().lower()
    money = re.search(
        r"(?:[$£€¥₹]|\b(?:US|AU|USD|GBP|EUR|AUD|CAD))\s?$",
        text[max(start, atoms[-1].start - 4) : atoms[-1].start],
    )
    after = text[match.end() : match.end() + 28]
    if match.group()[0] in " \u00a0":
        return (
            letters in ("bn", "mn", "mln", "bln", "tn", "trn")
            or (money is not None and letters == "m")
            or (letters == "m" and _MILLIONS_OF.match(after) is not None)
        )
    if letters not in w.UNSURE:
        return True
    if money:
        return True
    if letters in ("b", "t", "mil", "mm"):
        return False
    if _NUMBERED.search(text, start, atoms[-1].start) and not re.match(
        r"\s+(?:long|tall|high|wide|deep|away|above|below)\b", after
    ):
        return True
    return (
        re.match(
            r"\s+(?:more\s+|new\s+|other\s+|or\s+so\s+)?(?:(?:sq|square|cu|cubic)\.?\s+\w+|dollars?|euros?|pounds?|yen|yuan|rupees?|people|children|women|men|"
            r"(?!across|less|yes|as|is|was|has|this|metres|meters|sprint|hurdles|races?|times|long|tall|high|deep|wide|"
            r"towers?|tonnes-)[a-z]{3,}s|(?:[A-Z][\w-]*\s+){1,2}[a-z]{3,}s)\b",
            after,
        )
        is not None
    )


def _atom(text: str, match: re.Match[str]) -> Atom:
    start, end = match.span()
    raw = match.group()
    kind = match.lastgroup
    if kind == "d":
        value, place = literal(raw)
        return Atom(start, end, "digits", value, place, raw)
    if kind == "g":
        return Atom(start, end, "glyph", w.GLYPHS[raw], text=raw)
    if kind == "s":
        return Atom(start, end, "scale", Fraction(w.ATTACHED[raw.strip().lower()]), text=raw)
    word = raw.lower()
    kind, value = w.ATOMS[word]
    return Atom(start, end, kind, Fraction(value), text=word)


def literal(raw: str) -> tuple[Fraction, Fraction]:
    """The value and the place of the last digit of a number in digits, with any grouping."""
    body, power, exponent = raw, None, None
    match = re.fullmatch(r"(.+?)\s?\^\s?([+-]?\d+)", raw)
    if match:
        body, power = match.group(1), int(match.group(2))
    else:
        match = re.fullmatch(r"(.+?)[eE]([+-]?\d+)", raw)
        if match:
            body, exponent = match.group(1), int(match.group(2))
    body = re.sub(r"[\s\u00a0\u202f\u2009]", "", body)
    if re.search(r"\.\d{3},\d+$|^\d{1,3}(?:\.\d{3}){2,}$", body):
        body = body.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", body):
        body = body.replace(",", ".")
    else:
        body = body.replace(",", "")
    value = Fraction(body if body[0] != "." else "0" + body)
    place = Fraction(1, 10 ** len(body.partition(".")[2])) if "." in body else Fraction(1)
    if power is not None and abs(power) <= _HIGHEST_POWER:
        value = value**power if value else Fraction(0)
    if exponent is not None and abs(exponent) <= _HIGHEST_POWER:
        value, place = value * Fraction(10) ** exponent, place * Fraction(10) ** exponent
    return value, place
