"""Values in other units."""

from decimal import Decimal

import pytest

from factcheck.extraction import extract
from factcheck.extraction.conversion import comparable, convert
from factcheck.extraction.english.figures import units


@pytest.mark.parametrize(
    ("value", "unit", "to", "is_"),
    [
        ("62", "mile per hour", "kilometre per hour", "99.779328"),
        ("-12", "celsius", "fahrenheit", "10.4"),
        ("1", "square mile", "square kilometre", "2.58998811"),
        ("3", "acre", "hectare", "1.21405693"),
        ("2", "tonne", "kilogram", "2000"),
        ("90", "minute", "hour", "1.5"),
        ("0.25", "fraction", "percent", "25"),
        ("5", "foot", "metre", "1.524"),
        ("1", "barrel", "litre", "158.987295"),
        ("7", "kilowatt hour", "megajoule", "25.2"),
    ],
)
def test_a_value_in_another_unit(value, unit, to, is_):
    assert convert(Decimal(value), unit, to) == pytest.approx(Decimal(is_), rel=Decimal("1e-5"))


@pytest.mark.parametrize(
    ("unit", "other"),
    [("kilometre", "kilogram"), ("pound sterling", "US dollar"), ("ton", "tonne"), ("person", "well")],
)
def test_what_does_not_measure_the_same_is_not_compared(unit, other):
    assert not comparable(unit, other)


def test_every_unit_of_measure_is_known_to_it():
    kinds = ("time", "length", "area", "volume", "mass", "speed", "temperature", "energy", "power", "data")
    rows = [line.split("|") for line in units._TABLE.strip().splitlines()]
    names = {row[0] for row in rows if row[1] in kinds}
    bases = (
        "second",
        "metre",
        "square metre",
        "litre",
        "kilogram",
        "metre per second",
        "kelvin",
        "joule",
        "watt",
        "byte",
        "byte per second",
        "pixel",
    )

    unknown = {name for name in names if all(convert(Decimal(1), name, base) is None for base in bases)}

    assert unknown == {"ton"}  # three different masses


def test_a_bracket_that_says_something_else_is_no_restatement():
    restated = extract("The road is 62 miles (100 km) long.", raw=True).figures
    other = extract("The road is 62 miles (250 km by rail) long.", raw=True).figures

    assert [figure.same_as for figure in restated] == [None, 0]
    assert [figure.same_as for figure in other] == [None, None]
