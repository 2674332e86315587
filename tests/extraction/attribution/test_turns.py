"""Interviews and transcripts, on invented ones."""

from tests.extraction.attribution.reading import said

INTERVIEW = """The nets were counted by Nora Finch of Ardley University.

((Herald)) How did it begin?

Nora Finch It began with a letter from a fisherman in 2009.

((H)) What did you find?

NF Half of the nets had never been counted.

((H)) What comes next?

NF We will count again in May."""


def test_answers_marked_by_initials_are_the_persons_and_questions_nobodys():
    assert said(INTERVIEW) == [
        ("Nora Finch", "It began with a letter from a fisherman in 2009."),
        ("Nora Finch", "Half of the nets had never been counted."),
        ("Nora Finch", "We will count again in May."),
    ]


def test_questions_and_answers_with_colons():
    text = (
        "Q: How did it begin?\n\nDr Nora Finch: It began with a letter.\n\nQ: What did you find?\n\n"
        "Finch: Half of the nets had never been counted."
    )
    assert said(text) == [
        ("Nora Finch", "It began with a letter."),
        ("Nora Finch", "Half of the nets had never been counted."),
    ]


def test_answer_goes_on_in_the_next_paragraph():
    text = "Q: Why?\n\nNora Finch: It was late.\n\nNobody came.\n\nQ: And then?\n\nNora Finch: We left."
    assert said(text)[1] == ("Nora Finch", "Nobody came.")


def test_two_in_a_transcript():
    text = "Ada Byron: The wells are safe.\n\nRyan Holt: They are not.\n\nAda Byron: They were tested."
    assert [name for name, _ in said(text)] == ["Ada Byron", "Ryan Holt", "Ada Byron"]


def test_paragraphs_that_open_with_an_acronym_are_no_interview():
    text = "NHA Stadium was full.\n\nNHA Radio was on the air.\n\nNHA House was closed."
    assert said(text) == []
