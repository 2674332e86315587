"""Figures in words and numbers, and numbers as editors type them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from factcheck.figures.formatting import in_words, number, parse_number, period
from factcheck.figures.models import Figure


def figure(low, high=None, **reading):
    return Figure(low=Decimal(low), high=Decimal(high or low), **reading)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (
            figure(
                "87", unit="percent", dimension="ratio", whole="territory", measure="territory", bound="about"
            ),
            "about 87 percent of territory",
        ),
        (
            figure("5.1", unit="percent", dimension="ratio", whole="labour force", measure="unemployment"),
            "5.1 percent of labour force · unemployment",
        ),
        (
            figure("7.2", unit="percent", dimension="ratio", measure="Unemployment"),
            "7.2 percent · Unemployment",
        ),
        (
            figure("46", unit="theft", dimension="count", of="police", place="Brack"),
            "46 thefts · police in Brack",
        ),
        (figure("46", unit="theft", dimension="count", place="Brack"), "46 thefts in Brack"),
        (
            figure("46", unit="theft", dimension="count", of="police in Brack", place="Brack"),
            "46 thefts · police in Brack",
        ),
        (figure("12000", unit="home", dimension="count", of="homes"), "12,000 homes"),
        (
            figure("3000", unit="ton", dimension="mass", measure="grain", of="Port Sellen"),
            "3,000 tons · grain · Port Sellen",
        ),
        (
            figure(
                "6.3", unit="magnitude", dimension="other", measure="magnitude", of="the quake", bound="about"
            ),
            "about magnitude 6.3 · the quake",
        ),
        (
            figure("6500000", unit="person", dimension="count", bound="over"),
            "more than 6.5 million people",
        ),
        (
            figure("4200000", "4500000", unit="tonne", dimension="mass", bound="between", per="year"),
            "4.2–4.5 million tonnes per year",
        ),
        (
            figure("1240", unit="pound sterling", dimension="currency", per="month", measure="Rents"),
            "£1,240 per month · Rents",
        ),
        (figure("5000000000", unit="US dollar", dimension="currency"), "$5 billion"),
        (figure("40", unit="Swiss franc", dimension="currency"), "40 Swiss francs"),
        (figure("1", unit="ferry", dimension="count"), "1 ferry"),
        (figure("3", unit="ferry", dimension="count"), "3 ferries"),
        (figure("45", unit="אחוז", dimension="count"), "45 אחוז"),
        (figure("62", unit="mile per hour", dimension="speed"), "62 miles per hour"),
        (figure("34", unit="year of age", dimension="age"), "34 years of age"),
        (figure("-12", unit="celsius", dimension="temperature"), "−12 °C"),
        (figure("-5", "3", unit="celsius", dimension="temperature"), "−5 to 3 °C"),
        (figure("3", "1", dimension="score"), "3–1"),
        (figure("0.166666666667", unit="fraction", dimension="ratio", bound="about"), "about 1 in 6"),
        (figure("0.6667", unit="fraction", dimension="ratio"), "⅔"),
        (figure("0.9", unit="fraction", dimension="ratio"), "90 %"),
        (figure("1234567", unit="vote", dimension="count"), "1,234,567 votes"),
        (figure("10000", "100000", unit="commuter", dimension="count"), "10,000–100,000 commuters"),
        (figure("0.5", unit="time", dimension="multiple"), "0.5 times"),
    ],
    ids=str,
)
def test_a_figure_reads_as_a_phrase(read, words):
    assert str(in_words(read)) == words


@pytest.mark.parametrize("value", ["1E+3", "100000000000000000000", "0.000000000001", "87.000000000000"])
def test_a_number_never_shows_an_exponent_or_the_columns_zeros(value):
    shown = number(Decimal(value))
    assert "E" not in shown
    assert not shown.endswith(".000000000000")


def test_a_period_shows_its_words_and_its_days():
    read = figure("1", period_text="in March", period_from=date(2017, 3, 1), period_to=date(2017, 3, 31))
    assert period(read) == "in March (2017-03-01 to 2017-03-31)"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("87", "87"),
        (" 1,240 ", "1240"),
        ("1 240 000", "1240000"),
        ("6.5 million", "6500000"),
        ("3bn", "3000000000"),
        ("2½", "2.5"),
        ("½", "0.5"),
        ("-12", "-12"),
        ("−0.2", "-0.2"),
        ("87 %", "87"),
        ("0.1667", "0.1667"),
        (".5", "0.5"),
    ],
)
def test_numbers_are_taken_as_editors_type_them(typed, value):
    assert parse_number(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["", "many", "5,1", "1,24", "1.2.3", "12 tons", "9" * 40, "0.1234567890123", "--1", "1e5"]
)
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(ValidationError) as refused:
        parse_number(typed)
    assert refused.value.message
