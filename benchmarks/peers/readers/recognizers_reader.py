"""Recognizers-Text's Python port: the recognizers of units first, then the numbers that none of them took."""

import warnings

warnings.simplefilter("ignore")

from lines import serve  # noqa: E402
from recognizers_number import recognize_number, recognize_percentage  # noqa: E402
from recognizers_number_with_unit import (  # noqa: E402
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_temperature,
)
from recognizers_text import Culture  # noqa: E402

ORDER = (
    recognize_percentage,
    recognize_currency,
    recognize_age,
    recognize_temperature,
    recognize_dimension,
    recognize_number,
)
TEMPERATURES = {"C": "celsius", "F": "fahrenheit", "K": "kelvin"}


def read(text):
    found = []
    for recognize in ORDER:
        for result in recognize(text, Culture.English):
            # Its ends are inclusive.
            start, end = result.start, result.end + 1
            value = (result.resolution or {}).get("value")
            if value is None or any(start < other["end"] and other["start"] < end for other in found):
                continue
            number = float(value.rstrip("%").replace(",", ""))
            found.append(
                {
                    "start": start,
                    "end": end,
                    "text": result.text,
                    "low": number,
                    "high": number,
                    "unit": unit(result),
                    "dimension": result.type_name,
                }
            )
    return sorted(found, key=lambda item: item["start"])


def unit(result):
    if result.type_name == "percentage":
        return "percent"
    name = result.resolution.get("unit")
    if result.type_name == "age" and name:
        return name + " of age"
    if result.type_name == "temperature":
        return TEMPERATURES.get(name, name)
    return name


serve(read, "recognizers-text-suite", "recognizers-text-number-with-unit")
