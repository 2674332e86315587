"""Units of measure: how they are written, what they are called here, and of what dimension they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

# canonical | dimension | words (plural by rule unless given after a slash) | symbols, case-sensitive
_TABLE = """
percent|ratio|percent,percents,per cent,per cents,percentage,pct,pc,percentages|%,％,p.c.
percentage point|ratio|percentage point,percentage points,percent point,percent points,percentage-point,pp,ppt,ppts|
basis point|ratio|basis point,basis points,basis-point,bps|bp
part per million|ratio|part per million,parts per million|ppm
part per billion|ratio|part per billion,parts per billion|ppb
second|time|second,sec,secs|s
minute|time|minute,min,mins|
hour|time|hour,hr,hrs|h
day|time|day|
week|time|week,wk,wks|
fortnight|time|fortnight|
month|time|month|
quarter|time|quarter|
year|time|year,yr,yrs|
decade|time|decade|
century|time|century,centuries|
millisecond|time|millisecond,msec|ms
microsecond|time|microsecond|µs,μs
nanosecond|time|nanosecond|ns
millimetre|length|millimetre,millimeter|mm
centimetre|length|centimetre,centimeter|cm
hectometre|length|hectometre,hectometer|hm
decametre|length|decametre,dekametre,decameter,dekameter|dam
decimetre|length|decimetre,decimeter|dm
metre|length|metre,meter|m
kilometre|length|kilometre,kilometer,kms|km,KM
micrometre|length|micrometre,micrometer,micron|µm,μm
nanometre|length|nanometre,nanometer|nm
inch|length|inch,inches|″
foot|length|foot,feet,ft|′
yard|length|yard,yds,yd|
mile|length|mile|mi
nautical mile|length|nautical mile|nmi
light year|length|light year,light-year,lightyear|
astronomical unit|length|astronomical unit|AU
fathom|length|fathom|
furlong|length|furlong|
square millimetre|area|square millimetre,square millimeter,sq mm|mm2,mm²
square centimetre|area|square centimetre,square centimeter,sq cm|cm2,cm²
square metre|area|square metre,square meter,sq m,square m,sq metre,sq meter,sqm,sq. m|m2,m²
square kilometre|area|square kilometre,square kilometer,sq km,sqkm,sq. km,square km,square kms,sq kms,sq kilometre,sq kilometer|km2,km²
square inch|area|square inch,square inches,sq in|in²
square foot|area|square foot,square feet,sq ft,sqft,sq. ft|ft2,ft²
square yard|area|square yard,sq yd|yd²
square mile|area|square mile,sq mi,sq mile,sq miles,sq. mi|mi2,mi²
acre|area|acre|
hectare|area|hectare|ha
litre|volume|litre,liter,ltr,ltrs|l,L
millilitre|volume|millilitre,milliliter|ml,mL
centilitre|volume|centilitre,centiliter|cl
decilitre|volume|decilitre,deciliter|dl
hectolitre|volume|hectolitre,hectoliter|hl
cubic metre|volume|cubic metre,cubic meter,cu m,cubic-metre,cubic-meter|m3,m³
cubic centimetre|volume|cubic centimetre,cubic centimeter|cm3,cm³,cc
cubic kilometre|volume|cubic kilometre,cubic kilometer|km3,km³
cubic foot|volume|cubic foot,cubic feet,cu ft|ft3,ft³
cubic inch|volume|cubic inch,cubic inches|
cubic yard|volume|cubic yard|
cubic mile|volume|cubic mile|
acre foot|volume|acre foot,acre feet,acre-foot,acre-feet|
gallon|volume|gallon,gal,gals|
pint|volume|pint|
quart|volume|quart|
fluid ounce|volume|fluid ounce,fl oz|
barrel|volume|barrel,bbl,bbls|
bushel|volume|bushel|
cup|volume|cup|
tablespoon|volume|tablespoon,tbsp,tbsps|
teaspoon|volume|teaspoon,tsp,tsps|
gram|mass|gram,gramme|g
kilogram|mass|kilogram,kilogramme,kilo,kgs|kg,Kg,KG
milligram|mass|milligram,milligramme|mg
microgram|mass|microgram,microgramme,mcg|µg,μg
tonne|mass|tonne,metric ton,metric tonne|t
ton|mass|ton,short ton,long ton|
kilotonne|mass|kilotonne,kiloton|kt
megatonne|mass|megatonne,megaton|Mt
gigatonne|mass|gigatonne,gigaton|Gt
pound|mass|pound,lb,lbs|
ounce|mass|ounce,oz|
stone|mass|stone|
carat|mass|carat|
mile per hour|speed|mile per hour,miles per hour,mile an hour,miles an hour,mph,mile-per-hour,mile-an-hour,miles-per-hour|
kilometre per hour|speed|kilometre per hour,kilometres per hour,kilometer per hour,kilometers per hour,kilometre an hour,kilometres an hour,kilometers an hour,kph,kmph,kilometre-per-hour,kilometer-per-hour,kilometre-an-hour,kilometer-an-hour|km/h,km/hr,kmh,km/hour,Km/h,KM/H,kmh-1
metre per second|speed|metre per second,metres per second,meter per second,meters per second,metres a second,meters a second|m/s,m/sec
kilometre per second|speed|kilometre per second,kilometres per second,kilometer per second,kilometers per second,kilometres a second|km/s,km/sec
foot per second|speed|foot per second,feet per second,feet a second|ft/s
metre per millisecond|speed|meter per millisecond,meters per millisecond,metre per millisecond,metres per millisecond|
kilometre per millisecond|speed||km/ms
centimetre per millisecond|speed|centimeter/millisecond,centimeters/millisecond,centimetre/millisecond,centimetres/millisecond|
knot|speed|knot,kt,kts|
mile per gallon|other|mile per gallon,miles per gallon,mpg,miles to the gallon|
revolution per minute|other|revolution per minute,revolutions per minute,rpm|
celsius|temperature|degree celsius,degrees celsius,° celsius,°celsius,degree centigrade,degrees centigrade,degrees c,degree c,deg c,deg. c,celsius,celcius,centigrade,degrees celcius,degree celcius|°C,° C,C,℃,ºC,º C,°c
fahrenheit|temperature|degree fahrenheit,degrees fahrenheit,° fahrenheit,°fahrenheit,degrees f,degree f,deg f,deg. f,fahrenheit,farenheit,degrees farenheit,degree farenheit|°F,° F,F,℉,ºF,º F,°f
kelvin|temperature|kelvin,degrees kelvin,degree kelvin|K
degree|other|degree,deg,deg.|°,º
radian|other|radian|rad
joule|energy|joule|J
kilojoule|energy|kilojoule|kJ
megajoule|energy|megajoule|MJ
calorie|energy|calorie,cal|
kilocalorie|energy|kilocalorie|kcal
watt hour|energy|watt hour,watt-hour|Wh
kilowatt hour|energy|kilowatt hour,kilowatt-hour|kWh,KWh,kwh
megawatt hour|energy|megawatt hour,megawatt-hour|MWh
gigawatt hour|energy|gigawatt hour,gigawatt-hour|GWh
terawatt hour|energy|terawatt hour,terawatt-hour|TWh
British thermal unit|energy|british thermal unit,btu,btus|
watt|power|watt|W
kilowatt|power|kilowatt|kW,KW,kw
megawatt|power|megawatt|MW
gigawatt|power|gigawatt|GW
terawatt|power|terawatt|TW
horsepower|power|horsepower,hp,bhp|
volt|other|volt|V
kilovolt|other|kilovolt|kV
ampere|other|ampere,amp|
hertz|other|hertz|Hz
kilohertz|other|kilohertz|kHz
megahertz|other|megahertz|MHz
gigahertz|other|gigahertz|GHz
decibel|other|decibel|dB
pascal|other|pascal|Pa
hectopascal|other|hectopascal|hPa
millibar|other|millibar,mbar|mb
bar|other||
newton|other|newton|
bit|data|bit|
kilobit|data|kilobit|kb
megabit|data|megabit|Mb
gigabit|data|gigabit|Gb
byte|data|byte|
kilobyte|data|kilobyte|KB,kB
megabyte|data|megabyte,megs|MB
gigabyte|data|gigabyte,gigs,gb|GB
terabyte|data|terabyte,tb|TB
petabyte|data|petabyte|PB
megabit per second|data|megabit per second,megabits per second,megabits a second,mbps|Mb/s,Mbit/s
gigabit per second|data|gigabit per second,gigabits per second,gigabits a second,gbps|Gb/s
kilobit per second|data|kilobit per second,kilobits per second,kbps|
megapixel|data|megapixel|MP
milliampere hour|other|milliampere hour,milliamp hour|mAh
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its name and dimension by the contract; `spelled` words are units after any number."""

    name: str
    dimension: str
    spelled: bool = False


def _plural(word: str) -> str:
    return (
        word + "es"
        if word.endswith(("s", "x", "ch", "sh"))
        else word[:-1] + "ies"
        if word.endswith(("ty",))
        else word + "s"
    )


BY_WORD: dict[str, Unit] = {}
BY_SYMBOL: dict[str, Unit] = {}
DIMENSIONS: dict[str, str] = {}
for _line in _TABLE.strip().splitlines():
    _name, _dimension, _words, _symbols = _line.split("|")
    DIMENSIONS[_name] = _dimension
    for _word in filter(None, _words.split(",")):
        for _form in (_word, _plural(_word)):
            BY_WORD.setdefault(
                _form,
                Unit(
                    _name,
                    _dimension,
                    len(_word) > 4
                    or _word
                    in ("day", "week", "year", "foot", "feet", "mile", "acre", "ton", "hour", "pint"),
                ),
            )
    for _symbol in filter(None, _symbols.split(",")):
        BY_SYMBOL[_symbol] = Unit(_name, _dimension)


def _alternatives(keys) -> str:
    return "|".join(
        re.escape(key).replace(r"\ ", r"[\s\u00a0-]+") for key in sorted(keys, key=len, reverse=True)
    )


# The gap between a number and its unit: nothing, white space, a hyphen (perhaps spaced out), a bracket.
_GAP = r"(?P<gap>[\s\u00a0\u202f]{0,3}(?:[-‐‑–][\s]?)?(?P<open>[(\[])?)"
_WORD = re.compile(rf"{_GAP}(?P<unit>{_alternatives(BY_WORD)})(?![\w²³])(?P<close>(?(open)[)\]]))", re.I)
_SYMBOL = re.compile(rf"{_GAP}(?P<unit>{_alternatives(BY_SYMBOL)})(?![\w²³])(?P<close>(?(open)[)\]]))")
# One-letter symbols are units only when written against the digits.
_CLOSE_ONLY = frozenset("m g l L s h C F K W V J t".split()) | {
    "mi",
    "AU",
    "MP",
    "mb",
    "kt",
    "ha",
    "cc",
    "rad",
}
_QUOTE_MARKS = re.compile(r"\s?(?P<unit>\"|”|''|′|″|')(?=\s+(?:long|tall|high|wide|deep|thick|screen)\b)")
AMBIGUOUS_WORDS = frozenset(
    (
        "pc",
        "min",
        "sec",
        "bit",
        "cup",
        "cal",
        "gal",
        "deg",
        "hp",
        "pp",
        "cups",
        "kilo",
        "second",
        "yard",
        "knot",
        "bar",
        "kt",
    )
)


@dataclass(slots=True)
class Found:
    """A unit in the text at [start, end), and the gap between it and the number."""

    unit: Unit
    start: int
    end: int
    gap: str


# Symbols that stand behind a number in words as well ("five kg").
_BEHIND_WORDS = re.compile(r"\s(?:kg|km|cm|mm|mph|kph|km/h)(?!\w)")


def after(text: str, at: int, end: int, *, digits: bool) -> Found | None:
    """The unit written right after a number that ends at `at`."""
    match = _WORD.match(text, at, end)
    if match and bool(match.group("open")) == bool(match.group("close")):
        name = re.sub(r"[\s\u00a0-]+", " ", match.group("unit").lower())
        unit = (
            BY_WORD.get(name)
            or BY_WORD.get(match.group("unit").lower())
            or BY_WORD.get(name.replace(" ", "-"))
        )
        if unit is not None and _sensible(text, match, unit, end):
            symbol = _symbol(text, at, end) if digits else None
            if symbol is None or symbol.end <= match.end():
                return Found(unit, match.start("unit"), match.end(), match.group("gap"))
    return _symbol(text, at, end) if digits or _BEHIND_WORDS.match(text, at, end) else None


def _symbol(text: str, at: int, end: int) -> Found | None:
    match = _SYMBOL.match(text, at, end)
    if match is None or bool(match.group("open")) != bool(match.group("close")):
        marks = _QUOTE_MARKS.match(text, at, end)
        if marks:
            return Found(
                BY_WORD["foot" if marks.group("unit") in "′'" else "inch"],
                marks.start("unit"),
                marks.end(),
                "",
            )
        return None
    symbol, gap = match.group("unit"), match.group("gap")
    if symbol in _CLOSE_ONLY and gap and not match.group("open"):
        tail = text[match.end() : match.end() + 3]
        if (
            symbol not in ("m", "g", "l", "C", "F", "t", "ha", "W", "V")
            or "-" in gap
            or re.match(r"['’.]\w", tail)
        ):
            return None
        if symbol in ("C", "F", "t", "V", "W") and not re.match(r"[\s.,;)]|$", tail):
            return None
    return Found(BY_SYMBOL[symbol], match.start("unit"), match.end(), gap)


_SECOND_ORDINAL = re.compile(
    r"[\s-]+(?:place|time|half|round|term|straight|consecutive|largest|biggest|in|to|seed|person|dose)\b",
    re.I,
)


def _sensible(text: str, match: re.Match[str], unit: Unit, end: int) -> bool:
    """Not "20 min Park", not "two second places", not "30 yard signs"."""
    word = match.group("unit")
    following = text[match.end() : match.end() + 16]
    if unit.name == "second" and word.lower() == "second" and _SECOND_ORDINAL.match(following):
        return False
    if unit.name == "quarter":
        return (
            word.lower() == "quarters"
            and re.match(r"\s+of\s+(?:the|all|a|an|its|his|her|their|those|these|us)\b", following) is None
        )
    if unit.name == "stone":
        return word.lower() == "stone" and re.match(r"\s+[a-z]+s?\b(?<!and)(?<!in)", following) is None
    if unit.name == "foot" and word.lower() == "feet" and re.match(r"\s+on\s+the\s+ground", following):
        return False
    if (
        word[0].isupper()
        and word.lower() != word
        and not word.isupper()
        and unit.dimension not in ("temperature", "ratio", "speed")
    ):
        # "3 Miles Davis records", "20 Foot Walk": a capital inside a sentence makes a name, not a unit.
        return not re.match(r"\s+[A-Z]", following)
    if (
        word.isupper()
        and len(word) > 1
        and unit.name in ("minute", "bit", "pound", "percentage point", "percent", "second")
    ):
        return word in ("LBS", "LB", "PERCENT", "SECONDS", "MINUTES", "BITS")
    return not (
        word.lower() in ("pp", "pc", "cal", "deg", "gal")
        and match.group("gap")
        and word.lower() == "pp"
        and False
    )
