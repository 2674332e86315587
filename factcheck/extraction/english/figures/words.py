"""The words that numbers are written with, and the small phrases that tell a number from what only looks like one."""

from __future__ import annotations

import re
from fractions import Fraction

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
    "mln": 10**6,
    "bln": 10**9,
    "trln": 10**12,
    "milion": 10**6,
    "billon": 10**9,
}
_ORDINALS = {
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
    "billionth": 10**9,
    "trillionth": 10**12,
}

# How many times, and the direction that the word itself gives.
MULTIPLES: dict[str, tuple[Fraction, str | None]] = {
    "twice": (Fraction(2), None),
    "thrice": (Fraction(3), None),
}
for _stem, _factor in (
    ("doubl", 2),
    ("tripl", 3),
    ("trebl", 3),
    ("quadrupl", 4),
    ("quintupl", 5),
    ("sextupl", 6),
):
    for _ending in ("e", "es", "ed", "ing"):
        MULTIPLES[_stem + _ending] = (Fraction(_factor), "increase")
for _word in ("halve", "halves", "halved", "halving"):
    MULTIPLES[_word] = (Fraction(1, 2), "decrease")
for _number, _word in enumerate(_UNITS[1:10], 2):
    MULTIPLES[_word + "fold"] = (Fraction(_number), None)

ATOMS: dict[str, tuple[str, int | Fraction]] = {
    "zero": ("unit", 0),
    "nil": ("unit", 0),
    "naught": ("unit", 0),
}
ATOMS["nought"] = ("unit", 0)
for _number, _word in enumerate(_UNITS, 1):
    ATOMS[_word] = ("unit", _number)
for _number, _word in enumerate(_TENS, 2):
    ATOMS[_word] = ("ten", _number * 10)
ATOMS["fourty"] = ("ten", 40)
ATOMS["hundred"] = ("hundred", 100)
for _word, _factor in _SCALES.items():
    ATOMS[_word] = ("scale", _factor)
for _word in ("dozen", "dz", "dzs"):
    ATOMS[_word] = ("dozen", 12)
for _word, _factor in _ORDINALS.items():
    ATOMS[_word] = ("ordinal", _factor)
    ATOMS[_word + "s"] = ("ordinals", _factor)
ATOMS["half"] = ("half", 2)
ATOMS["quarter"] = ("quarter", 4)
ATOMS["quarters"] = ("quarters", 4)
for _word, _factor in (
    ("tens", 10),
    ("dozens", 12),
    ("scores", 20),
    ("hundreds", 100),
    ("thousands", 10**3),
    ("millions", 10**6),
    ("billions", 10**9),
    ("trillions", 10**12),
):
    ATOMS[_word] = ("vague", _factor)
for _word in ("several", "few", "couple"):
    ATOMS[_word] = ("few", 1)
for _word, (_value, _direction) in MULTIPLES.items():
    ATOMS[_word] = ("multiple", _value)

# Scales written against the digits: "25k", "£5m", "$2.1bn". What "m" means is settled by what stands around it.
ATTACHED = {
    "k": 10**3,
    "m": 10**6,
    "mm": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
UNSURE = frozenset(("m", "mm", "b", "t", "mil"))

GLYPHS = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6),
    "⅐": Fraction(1, 7),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
    "⅑": Fraction(1, 9),
    "⅒": Fraction(1, 10),
}

TIME_AFTER = re.compile(
    r"[\s-]+(?:\w+\s+)?(?:consecutive\s+)?(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|months?|quarters?|years?|"
    r"seasons?|decades?|games?|matches|outings|starts)\b",
    re.I,
)
NOT_HALF_BEFORE = re.compile(
    r"\b(?:first|second|last|other|better|top|bottom|final|latter|1st|2nd)[\s-]+$", re.I
)
NOT_HALF_AFTER = re.compile(
    r"(?:-|\s)(?:time|term|back|century|brother|sister|siblings?|life|moon|mast|staff|hearted\w*|marathons?|baked|way|"
    r"truths?|measures?|pipe|volley|centuries|finals?|hour-long)\b",
    re.I,
)
QUARTER_TIME = re.compile(r"\s+(?:of\s+(?:19|20)\d\d|ended|ending|earlier|ago|results?|final)\b", re.I)
