"""Values in other units, by pint: what "62 mph" is in kilometres per hour, and whether two values can be compared at all.

Unit names are those of the extraction contract. Money, counts and scores have no rate that always holds and are not converted.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

# Names that pint has another word for, or another meaning. A "ton" without more is not one mass but three.
_OTHERWISE = {
    "celsius": "degC",
    "fahrenheit": "degF",
    "tonne": "metric_ton",
    "barrel": "oil_barrel",
    "fluid ounce": "fluid_ounce",
    "British thermal unit": "british_thermal_unit",
    "acre foot": "acre_feet",
    "percentage point": None,
    "basis point": None,
    "fraction": "dimensionless",
    "time": None,
    "ton": None,
    "point": None,
    "degree": None,
    "year of age": "year",
    "month of age": "month",
}


def convert(value: Decimal, unit: str, to: str) -> Decimal | None:
    """The value in another unit, to nine digits; None where the units do not measure the same, or are not known."""
    if unit == to:
        return value
    source, target = _unit(unit), _unit(to)
    if source is None or target is None or source.dimensionality != target.dimensionality:
        return None
    converted = _registry().Quantity(float(value), source).to(target).magnitude
    return Decimal(f"{converted:.9g}")


def comparable(unit: str, other: str) -> bool:
    """Whether values in the two units can be compared: they are one unit, or measure the same."""
    return unit == other or convert(Decimal(1), unit, other) is not None


@cache
def _unit(name: str) -> Any:
    """The contract's unit as one of pint's; None where pint has none."""
    import pint

    try:
        expression = "/".join(_part(part) for part in name.split(" per "))
        return _registry().Unit(expression)
    except (pint.UndefinedUnitError, pint.DefinitionSyntaxError, ValueError, TypeError, AttributeError):
        return None


def _part(name: str) -> str:
    """One unit of a quotient: `square kilometre` is `kilometre**2`. Raises ValueError for what is no unit of measure."""
    if name in _OTHERWISE:
        if (other := _OTHERWISE[name]) is None:
            raise ValueError(name)
        return other
    for word, power in (("square ", "**2"), ("cubic ", "**3")):
        if name.startswith(word):
            return name.removeprefix(word) + power
    return name.replace(" ", "_")


@cache
def _registry() -> Any:
    # Loading pint's definitions takes a third of a second; only a text that restates a figure pays for it.
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
