"""Reads invented news for these tests."""

from factcheck.extraction.cleanup import read_raw
from factcheck.extraction.english import sentences
from factcheck.extraction.english.attribution import attribute
from factcheck.extraction.english.parse import passages


def read(text, title=None):
    """(quotations, speakers) of a text that is all body, every offset checked."""
    paragraphs = [sentences.split(text, start, end) for start, end in read_raw(text).paragraphs]
    quotations, speakers = attribute(text, list(passages(text, paragraphs)), paragraphs, title)
    last = 0
    for item in quotations:
        assert last <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == text[item.start : item.end].strip()
        assert item.kind in ("direct", "indirect", "mixed")
        assert item.speaker is None or 0 <= item.speaker < len(speakers)
        last = item.end
    for speaker in speakers:
        assert speaker.name
        for start, end in speaker.mentions:
            assert text[start:end].strip() == text[start:end] != ""
    return quotations, speakers


def said(text, title=None):
    """[(speaker's full name or None, quotation)] of a text."""
    quotations, speakers = read(text, title)
    return [
        (None if item.speaker is None else speakers[item.speaker].name, text[item.start : item.end])
        for item in quotations
    ]


def who(text, title=None):
    """The speakers' names, quotation by quotation."""
    return [name for name, _ in said(text, title)]
