"""One text in, one Extraction out: clean-up, language, and then the reader for that language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

from factcheck.extraction import cleanup
from factcheck.extraction.document import Article, Extraction
from factcheck.extraction.language import detect

# What a progress bar shows, in order, with the share of the whole time each takes.
STAGES = ("reading", "sentences", "figures", "quotations", "claims")
_SHARE = {"reading": 0.02, "sentences": 0.02, "figures": 0.78, "quotations": 0.09, "claims": 0.09}

READERS = {"en": "factcheck.extraction.english.reader"}

_DOLLARS = {
    "US": "US dollar",
    "CA": "Canadian dollar",
    "AU": "Australian dollar",
    "NZ": "New Zealand dollar",
    "HK": "Hong Kong dollar",
    "SG": "Singapore dollar",
    "TW": "New Taiwan dollar",
    "JM": "Jamaican dollar",
    "FJ": "Fijian dollar",
    "MX": "Mexican peso",
    "AR": "Argentine peso",
    "CL": "Chilean peso",
    "CO": "Colombian peso",
}


def extract(
    text: str,
    *,
    raw: bool = False,
    published: date | None = None,
    doc_id: Any = None,
    on_stage: Callable[[str, float], None] | None = None,
    title: str | None = None,
    country: str | None = None,
    language: str | None = None,
) -> Extraction:
    """Everything the extractor finds in `text`.

    raw: all of the text is body, and it is not changed at all; otherwise it is taken as a pasted page.
    published: resolves "last year"; without it the date found on the page does, else periods stay open.
    on_stage(stage, whole): called as the work goes on, `whole` rising from 0 to 1 over all of it.
    title: the headline, where it is known from elsewhere. country: the outlet's, two letters, for a bare "$".
    language: the text's, where it is too short to tell.
    """
    progress = _Progress(on_stage)
    progress("reading", 0.0)
    if not raw:
        text = text.replace("\r\n", "\n").replace("\0", "")
    page = cleanup.read_raw(text) if raw else cleanup.read_page(text)
    day = published or page.published
    article = Article(
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=page.title or title,
        bylines=page.bylines,
        publisher=page.publisher,
        published=day.isoformat() if day else None,
        body=page.body,
    )
    sample = " ".join(text[a:b] for a, b in page.paragraphs[:40])[:6000]
    article.language = language or detect(sample)
    result = Extraction(article, id=doc_id)
    progress("reading", 1.0)
    reader = READERS.get(article.language)
    if reader is None:
        result.note = f"The text is in a language that is not read yet ({article.language}); claims can be marked by hand."
        progress("claims", 1.0)
        return result
    _module(reader).read(
        result, page.paragraphs, day, _DOLLARS.get((country or "US").upper(), "US dollar"), progress
    )
    return result


def _module(name: str) -> Any:
    from importlib import import_module

    return import_module(name)


class _Progress:
    """Turns a stage's own part into the part of the whole, which never goes back."""

    def __init__(self, tell: Callable[[str, float], None] | None) -> None:
        self.tell, self.whole = tell, 0.0

    def __call__(self, stage: str, part: float) -> None:
        if self.tell is None:
            return
        before = sum(_SHARE[name] for name in STAGES[: STAGES.index(stage)])
        last = stage == STAGES[-1] and part >= 1
        self.whole = 1.0 if last else max(self.whole, min(0.999, before + _SHARE[stage] * part))
        self.tell(stage, self.whole)
