"""Every row of the contract's table of examples, all the fields it names."""

from decimal import Decimal

import pytest

from factcheck.extraction import extract

# For each sentence, its figures: (text, low, high, fields that differ from exact, level and null).
ROWS = [
    (
        "Roughly one in six pharmacies in Norland has closed since 2019.",
        [
            (
                "one in six",
                ".166666666667",
                None,
                {"unit": "fraction", "bound": "about", "measure": "pharmacies", "of": "Norland"},
            )
        ],
    ),
    (
        "The port handled 4.2 to 4.5 million tonnes of grain a year.",
        [
            (
                "4.2 to 4.5 million tonnes",
                "4200000",
                "4500000",
                {
                    "unit": "tonne",
                    "bound": "between",
                    "per": "year",
                    "role": "rate",
                    "measure": "grain",
                    "of": "port",
                },
            )
        ],
    ),
    (
        "Rents rose 3 % to £1,240 a month, up from £1,204.",
        [
            (
                "3 %",
                "3",
                None,
                {"unit": "percent", "role": "change", "change": "increase", "measure": "Rents"},
            ),
            (
                "£1,240",
                "1240",
                None,
                {
                    "unit": "pound sterling",
                    "per": "month",
                    "role": "to",
                    "change": "increase",
                    "measure": "Rents",
                },
            ),
            (
                "£1,204",
                "1204",
                None,
                {
                    "unit": "pound sterling",
                    "per": "month",
                    "role": "from",
                    "change": "increase",
                    "measure": "Rents",
                },
            ),
        ],
    ),
    (
        "Unemployment slipped half a point to 5.1 per cent.",
        [
            (
                "half a point",
                ".5",
                None,
                {"unit": "percentage point", "role": "change", "change": "decrease"},
            ),
            ("5.1 per cent", "5.1", None, {"unit": "percent", "role": "to", "change": "decrease"}),
        ],
    ),
    (
        "The council halved its fleet and tripled parking fees.",
        [
            (
                "halved",
                ".5",
                None,
                {"unit": "time", "role": "change", "change": "decrease", "measure": "fleet", "of": "council"},
            ),
            (
                "tripled",
                "3",
                None,
                {"unit": "time", "role": "change", "change": "increase", "measure": "parking fees"},
            ),
        ],
    ),
    ("Twice as many nurses left as in 2018.", [("Twice", "2", None, {"unit": "time", "measure": "nurses"})]),
    (
        "Tens of thousands of commuters and a few hundred cyclists were stranded.",
        [
            ("Tens of thousands", "10000", "100000", {"unit": "commuter", "bound": "between"}),
            ("a few hundred", "100", "1000", {"unit": "cyclist", "bound": "between"}),
        ],
    ),
    (
        "One of the three ferries, a 40-year-old vessel, was idle for the past two weeks.",
        [
            ("One", "1", None, {"unit": "ferry", "minor": True}),
            ("three", "3", None, {"unit": "ferry", "minor": True}),
            ("40-year-old", "40", None, {"unit": "year of age"}),
            ("two weeks", "2", None, {"unit": "week", "minor": True}),
        ],
    ),
    (
        "Just over two-thirds of members, some 8,100 people, voted no.",
        [
            (
                "two-thirds",
                ".666666666667",
                None,
                {"unit": "fraction", "bound": "over", "measure": "members"},
            ),
            ("8,100", "8100", None, {"unit": "person", "bound": "about"}),
        ],
    ),
    (
        "Kestrel Bank shed 900 jobs, or 4.5% of its staff; Orrin Bank lost 300.",
        [
            (
                "900",
                "900",
                None,
                {"unit": "job", "role": "change", "change": "decrease", "of": "Kestrel Bank"},
            ),
            (
                "4.5%",
                "4.5",
                None,
                {
                    "unit": "percent",
                    "role": "change",
                    "change": "decrease",
                    "measure": "staff",
                    "of": "Kestrel Bank",
                },
            ),
            ("300", "300", None, {"unit": "job", "role": "change", "change": "decrease", "of": "Orrin Bank"}),
        ],
    ),
    (
        "The bridge carries up to 60 tons, at least 15 more than the old one.",
        [
            ("60 tons", "60", None, {"unit": "ton", "bound": "at_most"}),
            ("15", "15", None, {"unit": "ton", "bound": "at_least"}),
        ],
    ),
    (
        "Output fell from about 345 to 325 barrels a day.",
        [
            (
                "345",
                "345",
                None,
                {
                    "unit": "barrel",
                    "per": "day",
                    "bound": "about",
                    "role": "from",
                    "change": "decrease",
                    "measure": "Output",
                },
            ),
            (
                "325 barrels",
                "325",
                None,
                {"unit": "barrel", "per": "day", "role": "to", "change": "decrease", "measure": "Output"},
            ),
        ],
    ),
    (
        "Tickets cost from $15 to $40, and 9 of the 12 shows sold out.",
        [
            ("$15 to $40", "15", "40", {"unit": "US dollar", "bound": "between", "measure": "Tickets"}),
            ("9", "9", None, {"unit": "show"}),
            ("12", "12", None, {"unit": "show"}),
        ],
    ),
    (
        "Infections ran at 12 cases per 100,000 people, a 20 percent drop.",
        [
            ("12", "12", None, {"unit": "case", "per": "100,000 people", "role": "rate", "of": "Infections"}),
            (
                "20 percent",
                "20",
                None,
                {"unit": "percent", "role": "change", "change": "decrease", "measure": "Infections"},
            ),
        ],
    ),
    (
        "Maria Holt, 34, ran 10 kilometres in under 40 minutes; Ardley won 3-1.",
        [
            ("34", "34", None, {"unit": "year of age"}),
            ("10 kilometres", "10", None, {"unit": "kilometre"}),
            ("40 minutes", "40", None, {"unit": "minute", "bound": "under"}),
            ("3-1", "1", "3", {"unit": None, "dimension": "score"}),
        ],
    ),
    (
        "The Model 7 tractor hit 62 mph (100 km/h) on Route 66 at 6:30 on May 2.",
        [
            ("62 mph", "62", None, {"unit": "mile per hour"}),
            ("100 km/h", "100", None, {"unit": "kilometre per hour", "same_as": 0}),
        ],
    ),
    (
        "Temperatures dropped to -12C, nearly 9 degrees below normal.",
        [
            ("-12C", "-12", None, {"unit": "celsius", "role": "to", "change": "decrease"}),
            ("9 degrees", "9", None, {"unit": "degree", "bound": "about"}),
        ],
    ),
    (
        "She seeks a dozen hires, 50 or more loans of £2.5m each and a half-hour wait.",
        [
            ("a dozen", "12", None, {"unit": "hire"}),
            ("50", "50", None, {"unit": "loan", "bound": "at_least"}),
            ("£2.5m", "2500000", None, {"unit": "pound sterling", "per": "loan", "role": "rate"}),
            ("half-hour", ".5", None, {"unit": "hour"}),
        ],
    ),
    (
        "Sales totalled 816 000 units in 2012–13, 25k short of forecast.",
        [("816 000", "816000", None, {"unit": "unit"}), ("25k", "25000", None, {"unit": "unit"})],
    ),
    (
        "The fund charges 40 basis points; the index closed up 12 points at 4,577.",
        [
            ("40 basis points", "40", None, {"unit": "basis point"}),
            ("12 points", "12", None, {"unit": "point", "role": "change", "change": "increase"}),
            ("4,577", "4577", None, {"unit": "point", "role": "to", "change": "increase"}),
        ],
    ),
]
DEFAULTS = {"bound": "exact", "role": "level", "change": None, "per": None, "same_as": None}


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[sentence[:40] for sentence, _ in ROWS])
def test_reads_the_figures_of_the_contracts_examples(sentence, expected):
    figures = extract(sentence, raw=True).figures
    assert [figure.text for figure in figures] == [text for text, *_ in expected]
    for figure, (_, low, high, fields) in zip(figures, expected, strict=True):
        assert (figure.low, figure.high) == (Decimal(low), Decimal(high or low))
        wanted = {**DEFAULTS, **fields}
        assert {name: getattr(figure, name) for name in wanted} == wanted
