"""quantulum3 with its unit classifier; a range is its value give or take its uncertainty."""

import warnings

warnings.simplefilter("ignore")

from lines import serve  # noqa: E402
from quantulum3 import parser  # noqa: E402


def read(text):
    return [
        {
            # A range may claim to begin one place before the text.
            "start": max(0, found.span[0]),
            "end": found.span[1],
            "text": found.surface,
            "low": found.value - (found.uncertainty or 0),
            "high": found.value + (found.uncertainty or 0),
            "unit": None if found.unit.name == "dimensionless" else found.unit.name,
            "dimension": found.unit.entity.name,
        }
        for found in parser.parse(text)
    ]


serve(read, "quantulum3", "scikit-learn")
