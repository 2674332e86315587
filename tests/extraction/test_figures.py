"""Figures as news writes them, beyond the contract's own examples."""

from datetime import date
from decimal import Decimal

import pytest

from factcheck.extraction import extract


def read(sentence, **options):
    return extract(sentence, raw=True, **options).figures


@pytest.mark.parametrize(
    ("sentence", "low", "high", "unit"),
    [
        ("Some 1.2m people fled.", "1200000", None, "person"),
        ("The tower is 5m tall.", "5", None, "metre"),
        ("It hit a low of $2-3 million.", "2000000", "3000000", "US dollar"),
        ("A quarter of a million people left.", "250000", None, "person"),
        ("The bridge cost $2.1bn to $2.4bn.", "2100000000", "2400000000", "US dollar"),
        ("She is in her 30s.", "30", "39", "year of age"),
        ("He is in his mid-20s.", "24", "26", "year of age"),
        ("Sales were two and a half times the average.", "2.5", None, "time"),
        ("He is 5 ft 2 in.", "5.16666666667", None, "foot"),
        ("His time was 1 hour 59 minutes 40.2 seconds.", "1.9945", None, "hour"),
        ("A magnitude 5.2 earthquake hit the island.", "5.2", None, "magnitude"),
        ("The number of deaths surpassed 100,000.", "100000", None, "death"),
        ("The party won 25 of the 60 seats.", "25", None, "seat"),
        ("At least 17 were killed in the blast.", "17", None, "person"),
        ("Two dozen officers searched the house.", "24", None, "officer"),
        ("He paid 3 dollars 50 cents for it.", "3.5", None, "US dollar"),
        ("It grew by ⅓ last year.", "0.333333333333", None, "fraction"),
    ],
)
def test_value_and_unit(sentence, low, high, unit):
    figure = read(sentence)[0]
    assert (figure.low, figure.high, figure.unit) == (Decimal(low), Decimal(high or low), unit)


@pytest.mark.parametrize(
    "sentence",
    [
        "The vote is on May 2 at 6:30.",
        "Call 020 7946 0018 or dial 999.",
        "The Boeing 737 left Gate 5 as Flight 610.",
        "Covid-19 and the B52 were on Route 66.",
        "It happened in the 1990s, not in 2012–13.",
        "No one knows this one, and that one is good.",
        "The six-speed, two-way radio of the G7.",
        "The Five Star Movement met at 10 Downing Street.",
        "The FTSE 100 and the S&P 500 were closed.",
        "It was the third of its kind.",
    ],
)
def test_what_is_no_figure(sentence):
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("It lost about 300 jobs.", "about"),
        ("It lost just over 300 jobs.", "over"),
        ("It lost 300 or more jobs.", "at_least"),
        ("It lost as many as 300 jobs.", "at_most"),
        ("It lost nearly 300 jobs.", "about"),
        ("It lost fewer than 300 jobs.", "under"),
        ("It lost no fewer than 300 jobs.", "at_least"),
        ("It lost 300+ jobs.", "at_least"),
        ("It lost an average of 300 jobs.", "exact"),
        ("It lost between 300 and 400 jobs.", "between"),
        ("It lost more than 300 but fewer than 400 jobs.", "between"),
    ],
)
def test_the_hedge_governs_the_number(sentence, bound):
    assert [figure.bound for figure in read(sentence)] == [bound]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Output rose 3 percent.", [("change", "increase")]),
        ("Output rose to 300 barrels from 280 barrels.", [("to", "increase"), ("from", "increase")]),
        ("The firm cut 300 jobs.", [("change", "decrease")]),
        ("The team lost 3 games.", [("level", None)]),
        ("The army lost 300 soldiers.", [("level", None)]),
        ("Support is down six points to 34 percent.", [("change", "decrease"), ("to", "decrease")]),
        ("A kilo costs 40 pesos, up from 35 pesos.", [("to", "increase"), ("from", "increase")]),
        ("The plant makes 300 cars a year.", [("rate", None)]),
        ("There was a 20 percent drop in crime.", [("change", "decrease")]),
        ("The bridge carries up to 60 tons.", [("level", None)]),
    ],
)
def test_role_and_direction(sentence, expected):
    assert [(figure.role, figure.change) for figure in read(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Output rose 3 percent.", "asserted"),
        ("Output will rise 3 percent.", "predicted"),
        ("Output did not rise 3 percent.", "denied"),
        ("The council plans to build 300 homes.", "target"),
        ("Output could rise 3 percent.", "conditional"),
    ],
)
def test_modality(sentence, modality):
    assert read(sentence)[0].modality == modality


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("last year", "2018-01-01", "2018-12-31"),
        ("in March", "2019-03-01", "2019-03-31"),
        ("since 2014", "2014-01-01", "2019-05-10"),
        ("since 2023", "2023-01-01", None),
        ("in the third quarter of 2018", "2018-07-01", "2018-09-30"),
        ("on Monday", "2019-05-06", "2019-05-06"),
        ("over the past five years", "2014-05-10", "2019-05-10"),
        ("in 2012–13", "2012-01-01", "2013-12-31"),
        ("by 2030", None, "2030-12-31"),
        ("on 4 January 2019", "2019-01-04", "2019-01-04"),
        ("yesterday", "2019-05-09", "2019-05-09"),
    ],
)
def test_periods_are_resolved_against_the_day_of_publication(words, first, last):
    figure = read(f"Output rose 3 percent {words}.", published=date(2019, 5, 10))[0]
    assert (figure.period.text, figure.period.first, figure.period.last) == (words, first, last)


def test_pronouns_are_resolved_to_who_is_meant():
    figures = extract("Maria Holt runs Orrin Bank. She sold 300 houses last year.", raw=True).figures
    assert figures[0].of == "Maria Holt"


def test_a_quoted_figure_is_its_speakers():
    figures = extract('"We have sealed 40 wells," Ryan Holt said.', raw=True).figures
    assert (figures[0].of, figures[0].origin) == ("Ryan Holt", "Ryan Holt")
