"""Text in, findings out: the figures, quotations and checkable claims of an article.

Pure Python: no Django, no database, no network. `extract` is all that the rest of the desk calls.
"""

from factcheck.extraction.document import (
    SCHEMA,
    Article,
    Claim,
    Extraction,
    Figure,
    Period,
    Quotation,
    Sentence,
    Speaker,
)
from factcheck.extraction.exact import dumps
from factcheck.extraction.pipeline import STAGES, extract

VERSION = "1.0.0"

__all__ = [
    "SCHEMA",
    "STAGES",
    "VERSION",
    "Article",
    "Claim",
    "Extraction",
    "Figure",
    "Period",
    "Quotation",
    "Sentence",
    "Speaker",
    "dumps",
    "extract",
]
