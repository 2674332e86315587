"""Exact numbers: decimals from fractions, and JSON that never passes through binary floating point."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any

# Sixty digits hold every number a newspaper prints; the twelve are the contract's for one that does not end.
_WIDE = Context(prec=60)
_ENDLESS = Context(prec=12)


def decimal(value: Fraction) -> Decimal:
    """The decimal equal to `value`, or its first twelve significant digits where none is."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    context = _WIDE if denominator == 1 else _ENDLESS
    return plain(context.divide(Decimal(value.numerator), Decimal(value.denominator)))


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1), context=Context(prec=max(60, value.adjusted() + 2)))
    return value.normalize(_WIDE)


def dumps(value: Any) -> str:
    """JSON in one line. Decimals are written digit for digit."""
    parts: list[str] = []
    _write(value, parts.append)
    return "".join(parts)


def _write(value: Any, put: Any) -> None:
    if value is None:
        put("null")
    elif value is True:
        put("true")
    elif value is False:
        put("false")
    elif isinstance(value, str):
        put(_safe(encode_basestring(value)))
    elif isinstance(value, int):
        put(str(value))
    elif isinstance(value, Decimal):
        put(format(value, "f"))
    elif isinstance(value, float):
        put(repr(value))
    elif isinstance(value, dict):
        for index, (key, item) in enumerate(value.items()):
            put(("," if index else "{") + encode_basestring(str(key)) + ":")
            _write(item, put)
        put("}" if value else "{}")
    else:
        for index, item in enumerate(value):
            put("," if index else "[")
            _write(item, put)
        put("]" if value else "[]")


def _safe(quoted: str) -> str:
    """Lone surrogates cannot be written as UTF-8, so they are escaped; all else stays as it is."""
    if quoted.isascii():
        return quoted
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in quoted)
