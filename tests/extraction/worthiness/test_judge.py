"""How sentences are judged: what adds up, what ranks above what, and what an editor is told."""

import math

import pytest

from factcheck.extraction.document import Figure
from factcheck.extraction.english.parse import passages
from factcheck.extraction.english.worthiness import judge, model, reasons, threshold
from factcheck.extraction.english.worthiness.features import features


def judged(text, figures=()):
    (passage,) = passages(text, [[(0, len(text))]])
    i, j, _ = passage.sentences[0]
    return judge(passage, i, j, figures)


def features_of(text):
    (passage,) = passages(text, [[(0, len(text))]])
    i, j, _ = passage.sentences[0]
    return features(passage, i, j)


FACTS = [
    "Unemployment fell by 3.2 percent last year, the lowest rate since 1998.",
    "The senator voted against the tax bill four times.",
    "More than 40,000 people have died in the war since 2014.",
    "We have lost 600,000 manufacturing jobs in three years.",
]
REMARKS = [
    "Thank you very much for having me tonight.",
    "I think we should all work together.",
    "What would you do about it?",
    "We must never give up hope.",
]


@pytest.mark.parametrize("text", FACTS)
def test_a_checkable_statement_is_a_claim(text):
    assert judged(text).score >= threshold()


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_is_none(text):
    assert judged(text).score < threshold()


@pytest.mark.parametrize("text", FACTS + REMARKS)
def test_contributions_add_up_to_the_log_odds_behind_the_score(text):
    judgement = judged(text)
    trained = model.trained()
    assert judgement.bias + sum(value for _, value in judgement.contributions) == pytest.approx(
        judgement.logit
    )
    odds = math.log(judgement.score / (1 - judgement.score))
    assert odds == pytest.approx(trained.slope * judgement.logit + trained.shift)


def test_contributions_have_names_and_come_weightiest_first():
    contributions = judged(FACTS[0]).contributions
    sizes = [abs(value) for _, value in contributions]
    assert sizes == sorted(sizes, reverse=True)
    assert all(isinstance(name, str) and name for name, _ in contributions)


def test_the_same_sentence_is_judged_the_same_to_the_last_digit():
    assert judged(FACTS[1]) == judged(FACTS[1])


@pytest.mark.parametrize("text", ["!", "…", "5", "\u200b", "\U0001f600", "Yes", "a" * 500, "- - -"])
def test_odd_sentences_are_judged_too(text):
    assert 0 <= judged(text).score <= 1


def test_an_empty_range_is_judged_by_the_bias_alone():
    (passage,) = passages("Yes.", [[(0, 4)]])
    judgement = judge(passage, 0, 0)
    assert judgement.logit == judgement.bias


@pytest.mark.parametrize("text", FACTS + REMARKS)
def test_reasons_are_few_short_and_different(text):
    given = reasons(judged(text))
    assert 1 <= len(given) <= 4
    assert len(set(given)) == len(given)
    assert all(len(reason.split()) <= 4 for reason in given)


def test_reasons_name_what_the_figures_say_first():
    figure = Figure(
        0, 1, "3.2 percent", 0, 3, 3, unit="percent", dimension="ratio", role="change", change="decrease"
    )
    assert reasons(judged(FACTS[0]), [figure])[:2] == ["percentage", "completed change"]


def test_minor_figures_give_no_reason():
    figure = Figure(0, 1, "four", 0, 4, 4, unit="time", minor=True)
    assert "figure" not in reasons(judged(FACTS[1]), [figure])[:1]


def test_digits_of_a_date_are_no_figure_to_an_editor():
    given = reasons(judged("The court ruled on October 31, 2019 that the order was void."))
    assert not {"figure", "several figures"} & set(given)


def test_more_than_two_figures_are_several():
    figures = [Figure(0, 1, "40", 0, 40, 40, unit="person")] * 3
    assert "several figures" in reasons(judged(FACTS[2]), figures)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Number one, we must be honest.", "numbered"),
        ("He is one of them.", "one of"),
        ("It was signed in 1994.", "year"),
        ("He waited three months.", "time span"),
        ("Wages rose by 4 percent.", "figure"),
        ("The debt has tripled.", "figure"),
        ("A black child is four times as likely to be poor.", "multiple"),
    ],
)
def test_numbers_are_told_apart_by_what_they_are(text, cue):
    assert ("C", cue) in features_of(text)


def test_lists_and_years_are_no_figures():
    for text in ("Number one, we must be honest.", "It was signed in 1994.", "He is one of them."):
        assert ("C", "figure") not in features_of(text)


def test_a_question_is_called_one():
    assert "question" in reasons(judged("What would you do about it?"))


def test_weights_that_are_written_are_read_back(tmp_path):
    path = tmp_path / "weights.txt"
    model.write(
        path,
        bias=-1.0,
        step=0.5,
        slope=1.1,
        shift=0.1,
        threshold=0.4,
        steps={"tax": 3, ("C", "asks"): -2, "the": 0},
        about={},
    )
    assert model.read(path) == model.Model(-1.0, 1.1, 0.1, 0.4, {"tax": 1.5, ("C", "asks"): -1.0})
