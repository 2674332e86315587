"""Numbers, units and hedges in the many ways that newsrooms write them."""

from datetime import date
from decimal import Decimal

import pytest

from factcheck.extraction import extract

VALUES = [
    ("The firm made EUR 1.2 mln.", "EUR 1.2 mln", "1200000", "euro"),
    ("The state spent Rs 500 crore.", "Rs 500 crore", "5000000000", "Indian rupee"),
    ("The mine sold for C$45 million.", "C$45 million", "45000000", "Canadian dollar"),
    ("The fund holds US$1.3 tn.", "US$1.3 tn", "1300000000000", "US dollar"),
    ("The 1,200-strong crew walked out.", "1,200", "1200", "member"),
    ("The fish weighed 1½ pounds.", "1½ pounds", "1.5", "pound"),
    ("The risk rose 10-fold.", "10-fold", "10", "time"),
    ("The suspect is 5ft 10in tall.", "5ft 10in", "5.83333333333", "foot"),
    ("A couple of hundred fans came.", "A couple of hundred", "200", "fan"),
    ("Nine out of ten dentists agree.", "Nine out of ten", "0.9", "fraction"),
    ("The spread widened to 140bps.", "140bps", "140", "basis point"),
    ("The forest covers 1.2m sq km.", "1.2m sq km", "1200000", "square kilometre"),
    ("The field measured .0605 square km.", ".0605 square km", "0.0605", "square kilometre"),
    ("Some 1.2 m barrels were lost.", "1.2 m barrels", "1200000", "barrel"),
    ("The wind reached 78 knots.", "78 knots", "78", "knot"),
    ("It was 102°F in Phoenix.", "102°F", "102", "fahrenheit"),
    ("It weighed ten lbs (five kg).", "five kg", "5", "kilogram"),
    ("She won the race in 2:14:04.", "2:14:04", "2.23444444444", "hour"),
    ("He ran the mile in 3:43.13.", "3:43.13", "3.71883333333", "minute"),
    ("He served 15 years, 8 months in jail.", "15 years, 8 months", "15.6666666667", "year"),
    ("A 5.3-magnitude quake hit Manay.", "5.3", "5.3", "magnitude"),
    ("An additional million-and-a-half joined.", "million-and-a-half", "1500000", "person"),
    ("He paid for three-quarters of a mile.", "three-quarters of a mile", "0.75", "mile"),
]


@pytest.mark.parametrize(("sentence", "words", "value", "unit"), VALUES, ids=[row[1] for row in VALUES])
def test_value_and_unit(sentence, words, value, unit):
    figure = next(f for f in extract(sentence, raw=True).figures if f.text == words)
    assert (figure.low, figure.high, figure.unit) == (Decimal(value), Decimal(value), unit)


@pytest.mark.parametrize(
    "sentence",
    [
        "He has 20/20 vision and a 9-to-5 job.",
        "The board approved a 3-for-1 stock split.",
        "They had chances in the 22.",
        "A five eighth played well.",
        "They studied PM2.5 particles.",
        "He reached a career high of number 16 in May.",
        "The blast was heard at 10:23:45 on Monday.",
        "The 2020 census was late.",
        "A fourth from Germany came.",
    ],
)
def test_what_only_looks_like_a_figure(sentence):
    assert extract(sentence, raw=True).figures == []


@pytest.mark.parametrize(
    ("sentence", "words", "unit"),
    [
        ("The death toll has risen to 118.", "118", "death"),
        ("Hospital admissions doubled to 1,840 last week.", "1,840", "hospital admission"),
        ("The number of polling stations fell to 5.", "5", "polling station"),
        ("Half of the wells have been sealed, but an estimated 40 still leak.", "40", "well"),
        ("Fewer than two hundred showed up.", "two hundred", "person"),
        ("Over a thousand were reported to have fled.", "a thousand", "person"),
        ("The factory, 60 miles from Oslo, employs some 350.", "350", "person"),
        ("He won by a 149 vote margin.", "149", "vote"),
        ("They have lost five of their last seven matches.", "five", "match"),
        ("It covers 6.05 hectares (14.95 acres), up from 2.48.", "2.48", "hectare"),
    ],
)
def test_a_unit_that_stands_elsewhere_is_found(sentence, words, unit):
    figure = next(f for f in extract(sentence, raw=True).figures if f.text == words)
    assert (figure.unit or "").lower() == unit


@pytest.mark.parametrize(
    ("sentence", "words", "per"),
    [
        ("The rate is six deaths per 100,000.", "six", "100,000"),
        ("Each soldier received a bonus of $5,000.", "$5,000", "soldier"),
        ("They have annual incomes of $10,000.", "$10,000", "year"),
        ("The fish have five gills on each side.", "five", "side"),
        ("Profit was 12 cents a share vs 10 cents.", "10 cents", "share"),
        ("The site has 240 million daily users.", "240 million", None),
    ],
)
def test_the_divisor_is_found(sentence, words, per):
    figure = next(f for f in extract(sentence, raw=True).figures if f.text == words)
    assert figure.per == per


@pytest.mark.parametrize(
    ("sentence", "words", "role", "change"),
    [
        ("Women make up 16% of the army.", "16%", "level", None),
        ("The storm knocked out power to 2.3 million customers.", "2.3 million", "level", None),
        ("The index ended 45 points higher at 7,204.", "45 points", "change", "increase"),
        ("The index ended 45 points higher at 7,204.", "7,204", "to", "increase"),
        ("The pound was trading at $1.27, up 0.3 percent.", "$1.27", "to", "increase"),
        ("Its market value fell below $2 trillion.", "$2 trillion", "to", "decrease"),
        ("It will grow 2.3 percent this year and 1.9 percent in 2025.", "1.9 percent", "change", "increase"),
    ],
)
def test_the_movement_a_figure_belongs_to(sentence, words, role, change):
    figure = next(f for f in extract(sentence, raw=True).figures if f.text == words)
    assert (figure.role, figure.change) == (role, change)


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Reuters estimated around 200 people came.", "about"),
        ("He has a fortune estimated at $4.7 billion.", "about"),
        ("The agency estimated 200 people came.", "exact"),
        ("They get 5.5 percent plus a lump sum.", "exact"),
    ],
)
def test_a_hedge_is_told_from_a_report(sentence, bound):
    assert extract(sentence, raw=True).figures[0].bound == bound


def test_a_restatement_keeps_a_hedge_of_its_own():
    figures = extract("It cost 100,000 lari (about $30,000).", raw=True).figures
    assert [(figure.same_as, figure.bound) for figure in figures] == [(None, "exact"), (0, "about")]


def test_failing_to_reach_a_figure_denies_it():
    assert extract("The firm failed to reach 3 percent.", raw=True).figures[0].modality == "denied"


def test_a_score_in_points_is_one_figure():
    figure = extract("It was a 22 points to 10 win.", raw=True).figures[0]
    assert (figure.text, figure.low, figure.high, figure.dimension) == (
        "22 points to 10",
        Decimal(10),
        Decimal(22),
        "score",
    )


def test_a_stretch_between_two_months_is_one_period():
    text = "The crisis claimed 15,393 lives between January 2016 and December 2019."
    period = extract(text, raw=True, published=date(2020, 6, 1)).figures[0].period
    assert (period.first, period.last) == ("2016-01-01", "2019-12-31")
