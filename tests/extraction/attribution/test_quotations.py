"""Which words are a quotation, on invented news."""

import pytest

from tests.extraction.attribution.reading import read, said


def test_split_quotation_is_two_entries_with_one_speaker():
    found = said("“The wells are safe,” said Ryan Holt, a spokesman for the ministry. “We tested them all.”")
    assert found == [("Ryan Holt", "“The wells are safe,”"), ("Ryan Holt", "“We tested them all.”")]


def test_sentence_split_by_its_cue_is_two_entries():
    found = said('"The wells," Ryan Holt said, "are as safe as they ever were."')
    assert found == [("Ryan Holt", '"The wells,"'), ("Ryan Holt", '"are as safe as they ever were."')]


def test_reported_clause_begins_after_that():
    found = said("Ministry spokesman Ryan Holt told reporters that the wells would reopen soon.")
    assert found == [("Ryan Holt", "the wells would reopen soon")]


def test_reported_clause_without_that():
    found = said("Ryan Holt said the wells would reopen soon.")
    assert found == [("Ryan Holt", "the wells would reopen soon")]


def test_reported_clause_before_its_cue():
    found = said("The wells would reopen within a week, Ryan Holt said.")
    assert found == [("Ryan Holt", "The wells would reopen within a week")]


def test_according_to_leads_and_follows():
    assert said("According to Ryan Holt, the pump failed twice in May.") == [
        ("Ryan Holt", "the pump failed twice in May")
    ]
    assert said("The pump failed twice in May, according to Ryan Holt.") == [
        ("Ryan Holt", "The pump failed twice in May")
    ]


def test_clause_with_quoted_words_is_one_mixed_quotation():
    quotations, _ = read("Ryan Holt said the wells were “perfectly safe” and would reopen soon.")
    assert [item.kind for item in quotations] == ["mixed"]


def test_clause_that_runs_into_a_quotation_at_its_end_is_mixed():
    text = "The bill is “bad for everyone,” Ryan Holt said."
    quotations, _ = read(text)
    assert [(item.kind, text[item.start : item.end]) for item in quotations] == [
        ("mixed", "The bill is “bad for everyone,”")
    ]


def test_two_words_in_marks_with_a_cue_are_a_quotation():
    assert said("Mary Jones called the plan “a disaster”.") == [("Mary Jones", "“a disaster”")]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “ghost road” was closed in May.",
        "Mary Jones starred in “The Long Winter of Ardley” for two years.",
        'The plant is known as "the kettle" by those who live there.',
        "The council closed the road in May.",
    ],
)
def test_scare_quotes_and_titles_are_no_quotations(text):
    assert said(text) == []


def test_paragraphs_of_a_long_quotation_have_the_speaker_named_at_its_end():
    found = said("“We began in May.\n\n“We finished in June,” Mary Jones said.")
    assert found == [
        ("Mary Jones", "“We began in May.”".rstrip("”")),
        ("Mary Jones", "“We finished in June,”"),
    ]


def test_paragraphs_of_a_long_quotation_have_the_speaker_named_at_its_beginning():
    found = said(
        '"We began in May," Mary Jones said. "It was cold.\n\n"Nobody had a coat.\n\n"We finished in June."'
    )
    assert [name for name, _ in found] == ["Mary Jones"] * 4


def test_a_run_of_quoted_paragraphs_keeps_its_last_speaker():
    found = said(
        'Coach Mike Barber was blunt.\n\n"We were awful," he said.\n\n"We have to be better than that."\n\n'
        '"I have to be better than that."'
    )
    assert [name for name, _ in found] == ["Mike Barber"] * 3


def test_single_marks_and_apostrophes():
    found = said("'It wasn't the workers' fault,' Carol Webb said. 'They'd been told it was safe.'")
    assert found == [
        ("Carol Webb", "'It wasn't the workers' fault,'"),
        ("Carol Webb", "'They'd been told it was safe.'"),
    ]


def test_quotation_inside_a_quotation_stays_inside():
    found = said("“He told me, ‘You must leave the house now,’ and I did,” Carol Webb said.")
    assert found == [("Carol Webb", "“He told me, ‘You must leave the house now,’ and I did,”")]


def test_mark_that_is_never_closed_does_not_swallow_the_article():
    found = said(
        "“We begin in May, said Mary Jones.\n\nThe road was closed.\n\n“It is shut,” Ryan Holt said."
    )
    assert found[-1] == ("Ryan Holt", "“It is shut,”")
    assert all("The road" not in words for _, words in found)


def test_joined_verbs_of_saying_are_apart():
    found = said("Ryan Holt said the road was closed and added that it would reopen on Monday.")
    assert found == [("Ryan Holt", "the road was closed"), ("Ryan Holt", "it would reopen on Monday")]


def test_what_nobody_said_is_no_quotation():
    assert said("Ryan Holt did not say whether the road would reopen.") == []


def test_dateline_is_no_part_of_what_was_said():
    found = said("ARDLEY, Norland (NP) — The wells are safe again, Ryan Holt said on Monday.")
    assert found == [("Ryan Holt", "The wells are safe again")]


def test_tweet_after_a_colon():
    found = said("Environment Minister Simone Lavoie tweeted: “A strong economy needs clean air. Full stop.”")
    assert found == [("Simone Lavoie", "“A strong economy needs clean air. Full stop.”")]


def test_headline_with_a_colon():
    found = said(
        "Ryan Holt: Wells are safe after a year of tests\n\nSpokesman Ryan Holt met the press on Monday."
    )
    assert found == [("Ryan Holt", "Wells are safe after a year of tests")]


def test_text_without_words_has_no_quotations():
    assert read("") == ([], [])
    assert read("\n\n") == ([], [])


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("The court found that it could rule on the matter.", "it could rule on the matter"),
        ("The ministry's argument was that the sale was legal.", "the sale was legal"),
        ("The ministry's counter-argument was that the sale is legal.", "the sale is legal"),
        (
            "The wells should be closed, argued the ministry's lawyer, Ryan Holt.",
            "The wells should be closed",
        ),
        ("Ryan Holt was ill and according to his office he died in the morning.", "he died in the morning"),
        ("Mary Jones said people changed and several said they wanted peace.", "people changed"),
    ],
)
def test_reported_clause_is_found_where(text, quotation):
    assert said(text)[0][1] == quotation


@pytest.mark.parametrize(
    "text",
    [
        "Police found that the door was open.",
        "To meet demand, Ardley Foods increased deliveries, Norland Foods ordered extra stock.",
        "Not everyone agreed there should be another vote.",
        "That year's flu was commonly called “swine flu.”",
        "Ryan Holt said nothing as he was led away.",
    ],
)
def test_what_reports_nothing(text):
    assert said(text) == []


def test_report_ends_where_another_cue_begins_a_quotation():
    found = said("Police confirmed they seized the drug, stating “This has been an emergency since April.”")
    assert [words for _, words in found] == [
        "they seized the drug",
        "“This has been an emergency since April.”",
    ]


@pytest.mark.parametrize(
    "lead", ["Ryan Holt said the wells were safe", "According to Ryan Holt, the wells were safe"]
)
def test_quotation_after_a_colon_stands_beside_the_report_before_it(lead):
    found = said(f"{lead}: “We tested them twice in May.”")
    assert found == [
        ("Ryan Holt", "the wells were safe"),
        ("Ryan Holt", "“We tested them twice in May.”"),
    ]


def test_finite_verb_behind_a_phrase_is_the_first_subjects():
    found = said(
        'Premier Ryan Holt speaking to the Norland Council think tank called the border deal "null and void".'
    )
    assert found == [("Ryan Holt", '"null and void"')]
