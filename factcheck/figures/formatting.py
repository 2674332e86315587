"""A figure as people read and write it: hedge, value and unit in words, and numbers as editors type them."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Figure, plain

HEDGES = {
    "about": gettext_lazy("about"),
    "over": gettext_lazy("more than"),
    "at_least": gettext_lazy("at least"),
    "under": gettext_lazy("less than"),
    "at_most": gettext_lazy("at most"),
}
SIGNS = {
    "US dollar": "$",
    "dollar": "$",
    "euro": "€",
    "pound sterling": "£",
    "yen": "¥",
    "Japanese yen": "¥",
    "rupee": "₹",
    "Indian rupee": "₹",
}
SCALES = (
    (Decimal(10) ** 12, gettext_lazy("trillion")),
    (Decimal(10) ** 9, gettext_lazy("billion")),
    (Decimal(10) ** 6, gettext_lazy("million")),
)
PLURALS = {
    "person": "people",
    "foot": "feet",
    "inch": "inches",
    "child": "children",
    "celsius": "°C",
    "fahrenheit": "°F",
    "hertz": "hertz",
    "percent": "percent",
    "yen": "yen",
}
# Units that a reader wants before the number: “magnitude 6.3”.
LEADING_UNITS = {"magnitude": gettext_lazy("magnitude")}
FRACTIONS = {Decimal("0.5"): "½", Decimal("0.25"): "¼", Decimal("0.75"): "¾"}
THIRDS = {1: "⅓", 2: "⅔"}


@dataclass(frozen=True)
class FigureWords:
    """The parts of a figure in reading order; each may be empty. `value` is what stands bold."""

    hedge: str
    value: str
    unit: str
    per: str
    of: str
    change: str
    period: str

    @property
    def unit_and_per(self) -> str:
        return " ".join(part for part in (self.unit, self.per) if part)

    @property
    def amount(self) -> str:
        return " ".join(part for part in (self.hedge, self.value, self.unit, self.per) if part)

    def __str__(self) -> str:
        return f"{self.amount} {self.of}".strip()


def in_words(figure: Figure) -> FigureWords:
    """The reading of a figure as parts of a phrase: “about”, “87”, “percent”, “”, “of territory · the militia”.

    Only the base of a share follows as “of …”. What else is known of the figure, its measure, who has it and where,
    stands beside it: “7.2 percent · unemployment”, as a level is not a part of what it is the level of.
    """
    low, high = Decimal(figure.low), Decimal(figure.high)
    sign = SIGNS.get(figure.unit, "") if figure.dimension == Figure.Dimension.CURRENCY else ""
    if figure.dimension == Figure.Dimension.SCORE:
        value, unit = f"{number(low)}–{number(high)}", ""
    elif figure.unit == "fraction":
        value, unit = _range(_share(low), _share(high)), ""
    else:
        value = _amount(low, high, sign)
        unit = "" if sign else _unit(figure.unit, low, high)
    before = [HEDGES.get(figure.bound, "")]
    if figure.unit in LEADING_UNITS:
        before.append(LEADING_UNITS[figure.unit])
        unit = ""
    return FigureWords(
        hedge=" ".join(str(part) for part in before if part),
        value=value,
        unit=unit,
        per=_("per %(what)s") % {"what": figure.per} if figure.per else "",
        of=_of(figure),
        change=figure.get_change_display() if figure.change else "",
        period=period(figure),
    )


def number(value: Decimal) -> str:
    """With thousands set apart and a real minus, never with an exponent: 1,240, −12, 0.1667."""
    return f"{plain(Decimal(value)):,f}".replace("-", "−")


def scaled(value: Decimal) -> str:
    """Millions and above in words where that is short and exact: 6.5 million; else the whole number."""
    for scale, word in SCALES:
        if abs(value) >= scale:
            part = plain(value / scale)
            return f"{number(part)} {word}" if -part.as_tuple().exponent <= 3 else number(value)
    return number(value)


def period(figure: Figure) -> str:
    """The period in words, with the days it was resolved to."""
    days = _range(*(day.isoformat() if day else "…" for day in (figure.period_from, figure.period_to)))
    if not (figure.period_from or figure.period_to):
        return figure.period_text
    return f"{figure.period_text} ({days})" if figure.period_text else days


def shown(name: str, value: Any) -> str:
    """One field of a reading as it is shown beside its label; an empty one as a dash."""
    if value in (None, ""):
        return "–"
    if isinstance(value, Decimal):
        return number(value)
    choices = Figure._meta.get_field(name).flatchoices
    return str(dict(choices).get(value, value)) if choices else str(value)


def parse_number(text: str) -> Decimal:
    """What an editor typed as an exact decimal: 6.5 million, 1,240, 1 240, 2½, 3bn, −12, 87%.

    Raises ValidationError, saying what to write instead.
    """
    compact = re.sub(r"\s+", " ", text.strip()).replace("−", "-").rstrip("%").strip()
    found = re.fullmatch(
        r"(?P<minus>-?) ?(?P<digits>[\d., ]*)(?P<fraction>[½¼¾⅓⅔⅛])? ?(?P<scale>[a-zA-Z]*)\.?", compact
    )
    if not found or not (found["digits"].strip() or found["fraction"]):
        raise ValidationError(_("Write a number, like 87, 1,240 or 6.5 million."))
    value = _digits(found["digits"].strip()) + _written_fraction(found["fraction"])
    value *= _scale(found["scale"])
    if abs(value) >= Decimal(10) ** 28:
        raise ValidationError(_("That number is too large to be kept."))
    return -value if found["minus"] else value


def _digits(digits: str) -> Decimal:
    if not digits:
        return Decimal(0)
    if re.fullmatch(r"\d{1,3}([, ]\d{3})+(\.\d+)?", digits):
        digits = re.sub("[, ]", "", digits)
    elif re.fullmatch(r"\d+,\d+", digits):
        meant = digits.replace(",", ".")
        raise ValidationError(_("Write decimals with a point: %(meant)s.") % {"meant": meant})
    try:
        value = Decimal(digits)
    except InvalidOperation:
        raise ValidationError(_("Write a number, like 87, 1,240 or 6.5 million.")) from None
    if -value.as_tuple().exponent > 12:
        raise ValidationError(_("At most 12 decimals are kept."))
    return value


def _written_fraction(sign: str | None) -> Decimal:
    parts = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}
    if sign is None:
        return Decimal(0)
    above, below = parts[sign]
    return round(Decimal(above) / below, 12)


def _scale(word: str) -> Decimal:
    powers = {"": 0, "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "b": 9, "billion": 9}
    powers |= {"tn": 12, "trn": 12, "trillion": 12, "hundred": 2, "dozen": None}
    if word.lower() not in powers:
        raise ValidationError(
            _("“%(word)s” is not a scale; the unit has a field of its own.") % {"word": word}
        )
    power = powers[word.lower()]
    return Decimal(12) if power is None else Decimal(10) ** power


def _amount(low: Decimal, high: Decimal, sign: str) -> str:
    if low == high:
        return _signed(scaled(low), sign)
    for scale, word in SCALES:
        parts = [plain(end / scale) for end in (low, high)]
        if abs(low) >= scale and all(-part.as_tuple().exponent <= 3 for part in parts):
            return f"{_signed(_range(*map(number, parts)), sign)} {word}"
    return _signed(_range(number(low), number(high)), sign)


def _range(low: str, high: str) -> str:
    if low == high:
        return low
    # A dash beside a minus, or between words, is read wrongly.
    return f"{low} {_('to')} {high}" if "−" in low + high or "-" in low + high else f"{low}–{high}"


def _signed(amount: str, sign: str) -> str:
    return f"−{sign}{amount[1:]}" if amount.startswith("−") else f"{sign}{amount}"


def _share(share: Decimal) -> str:
    """A share of one as people say it: ½, ⅔, 1 in 6; else in percent."""
    if share in FRACTIONS:
        return FRACTIONS[share]
    for parts, sign in THIRDS.items():
        if abs(share - Decimal(parts) / 3) < Decimal("0.0005"):
            return sign
    if 0 < share <= Decimal("0.5"):
        one_in = round(1 / share)
        if one_in <= 1000 and abs(share - Decimal(1) / one_in) < Decimal("0.0001"):
            return _("1 in %(n)s") % {"n": number(Decimal(one_in))}
    return f"{number(round(share * 100, 2))} %"


def _unit(unit: str, low: Decimal, high: Decimal) -> str:
    if (low == high and abs(low) == 1) or not unit:
        return {"celsius": "°C", "fahrenheit": "°F"}.get(unit, unit)
    head, *rest = re.split(r"( per | of )", unit, maxsplit=1)
    words = head.split(" ")
    return " ".join([*words[:-1], _plural(words[-1])]) + "".join(rest)


def _plural(word: str) -> str:
    if word.lower() in PLURALS:
        return PLURALS[word.lower()]
    if word.endswith("man") and word != "human":
        return f"{word[:-3]}men"
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word if word.endswith("s") and not word.endswith("ss") else f"{word}es"
    # A unit in another script has a plural of its own, which is not known here.
    return f"{word}s" if word[-1:].isalpha() and word.isascii() else word


def _of(figure: Figure) -> str:
    """What the amount is of, and what it is about: “of territory · the militia in Norland”; may be empty."""
    said = {figure.unit.casefold(), _plural(figure.unit).casefold()} - {""}
    base = figure.whole if figure.dimension == Figure.Dimension.RATIO else ""
    about = []
    for part in (base, figure.measure, figure.of):
        if part and part.casefold() not in said:
            said.add(part.casefold())
            if part != base:
                about.append(part)
    phrase = _("of %(what)s") % {"what": base} if base else ""
    beside = " · ".join(about)
    if figure.place and not any(figure.place.casefold() in words for words in said):
        place = _("in %(place)s") % {"place": figure.place}
        beside = f"{beside} {place}".strip()
        if not about:
            return f"{phrase} {place}".strip()
    return " ".join(part for part in (phrase, beside and f"· {beside}") if part)
