"""Who said what, on invented news."""

from factcheck.extraction.cleanup import read_raw
from factcheck.extraction.english import sentences
from factcheck.extraction.english.attribution import attribute
from factcheck.extraction.english.parse import passages


def said(text):
    """[(speaker's full name or None, quotation)] of a text."""
    paragraphs = [sentences.split(text, start, end) for start, end in read_raw(text).paragraphs]
    quotations, speakers = attribute(text, list(passages(text, paragraphs)), paragraphs)
    for speaker in speakers:
        for start, end in speaker.mentions:
            assert text[start:end].strip() == text[start:end] != ""
    return [
        (None if item.speaker is None else speakers[item.speaker].name, text[item.start : item.end])
        for item in quotations
    ]


def test_split_quotation_is_two_entries_with_one_speaker():
    found = said("“The wells are safe,” said Ryan Holt, a spokesman for the ministry. “We tested them all.”")
    assert found == [("Ryan Holt", "“The wells are safe,”"), ("Ryan Holt", "“We tested them all.”")]


def test_reported_clause_begins_after_that():
    found = said("Ministry spokesman Ryan Holt told reporters that the wells would reopen soon.")
    assert found == [("Ryan Holt", "the wells would reopen soon")]


def test_according_to_a_short_name_gives_the_full_one():
    found = said("Ryan Holt came late.\n\nAccording to Holt, the pump failed twice in May.")
    assert found == [("Ryan Holt", "the pump failed twice in May")]


def test_paragraphs_of_a_long_quotation_have_the_speaker_named_at_its_end():
    found = said("“We began in May.\n\n“We finished in June,” Mary Jones said.")
    assert found == [("Mary Jones", "“We began in May."), ("Mary Jones", "“We finished in June,”")]
