"""What a figure is of, in the constructions that news is written in: measure and owner by the extraction contract."""

import pytest

from factcheck.extraction import extract

SENTENCES = [
    # Subjects, objects and the nouns beside the figure
    ("Shares in Halden Oil closed down 4.2% at 318p.", "4.2%", "Shares", "Halden Oil"),
    ("Pre-tax profit slumped to £18.4m from £31m a year earlier.", "£31m", "Pre-tax profit", None),
    ("The company, which employs 1,400 people, plans to move.", "1,400", None, "company"),
    ("The ECB left its deposit rate unchanged at 3.75%.", "3.75%", "deposit rate", "ECB"),
    ("Solar farms generated 14 GWh of electricity in June.", "14 GWh", "electricity", "Solar farms"),
    ("Police seized 1.2 tonnes of cocaine worth $80 million.", "$80 million", "cocaine", "Police"),
    ("A crowd of 52,000 watched the match.", "52,000", "crowd", "match"),
    ("The drug cut the risk in a trial of 4,800 patients.", "4,800", None, "trial"),
    ("Tesla shares have lost 40 percent of their value.", "40 percent", "value", "Tesla shares"),
    ("The storm packed winds of 140 kph.", "140 kph", "winds", "storm"),
    ("It was hit by an 18 to 23 foot (5.5 to 7 meter) storm surge.", "18 to 23 foot", "storm surge", None),
    ("G7 is an informal group of seven countries.", "seven", None, "G7"),
    ("His time was 1 hour 59 minutes.", "1 hour 59 minutes", "time", None),
    # Counted subjects: who did it to them, to what they did it, where, in what event
    ("The blaze was fought by 120 firefighters.", "120", None, "blaze"),
    ("All five deaths were caused by carbon monoxide.", "five", None, "carbon monoxide"),
    ("Three teenagers were arrested after the robbery.", "Three", None, "robbery"),
    ("At least 43 people were killed when a ferry capsized.", "43", None, "ferry"),
    ("About 6,500 refugees live in the camp.", "6,500", None, "camp"),
    ("Thirteen of the 27 countries have ratified the treaty.", "Thirteen", None, "treaty"),
    # Clauses within clauses
    ("The fire killed five girls, all aged fifteen, in a flat.", "fifteen", None, "girls"),
    ("The silver medal went to Rai Benjamin, who ran 47.66 seconds.", "47.66 seconds", None, "Rai Benjamin"),
    ("The party netted 66 seats, totaling 365 seats.", "365", None, "party"),
    ("The gang attacked the port using ten drones.", "ten", None, "gang"),
    ("Floodwaters rose, forcing 12,000 residents to flee.", "12,000", None, "Floodwaters"),
    ("This is the scandal in which 50 million profiles were harvested.", "50 million", None, "scandal"),
    ("The SNP gained 13 seats and Liberal Democrats lost 10.", "10", None, "Liberal Democrats"),
    ("A quake struck, causing eleven deaths.", "eleven", None, "quake"),
    ("Labour lost all five of its seats.", "five", None, "Labour"),
    # Figures that share what is said once
    ("The rates were 49% for adults and 53% for children.", "53%", "rates", "children"),
    ("One dose costs $3, against $20 for the older drug.", "$20", "dose", "older drug"),
    ("It found 21 cases in Lund, 36 in Malmo.", "36", None, "Malmo"),
    ("Growth was 2 percent, compared with 3 percent last year.", "3 percent", "Growth", None),
    ("The site has 240 million users, two thirds of them in Asia.", "two thirds", "users", "site"),
    # Without a verb
    ("Conservative Party - 365 seats", "365", None, "Conservative Party"),
    ("Net income of $200 million, up 12%.", "12%", "Net income", None),
]


@pytest.mark.parametrize(
    ("sentence", "words", "measure", "of"), SENTENCES, ids=[row[0][:50] for row in SENTENCES]
)
def test_measure_and_owner_are_the_texts_own_words(sentence, words, measure, of):
    figure = next(f for f in extract(sentence, raw=True).figures if f.text == words)
    assert (figure.measure, figure.of) == (measure, of)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry reported 40 cases.",
        "Officials said 18 people died.",
        "Analysts had expected earnings of $1.10 a share.",
        "The report indicates 82% of deaths involved a gun.",
    ],
)
def test_who_only_reports_a_figure_does_not_have_it(sentence):
    for figure in extract(sentence, raw=True).figures:
        assert not {"ministry", "officials", "analysts", "report"} & set((figure.of or "").lower().split())


@pytest.mark.parametrize(
    ("text", "words", "of"),
    [
        ("Carmaker Vextra said it sold 312,000 vehicles in March.", "312,000", "Carmaker Vextra"),
        ("A spokesman for Orrin Bank said it had 300 branches.", "300", "Orrin Bank"),
        ("Maria Holt leads the bank. She owns 11 houses.", "11", "Maria Holt"),
    ],
)
def test_a_pronoun_stands_for_who_or_what_is_meant(text, words, of):
    figure = next(f for f in extract(text, raw=True).figures if f.text == words)
    assert figure.of == of


def test_no_answer_is_longer_than_eight_words():
    text = (
        "The long and winding road of very many old brown stone bridges in the far north of the country near the sea "
        "cost the people of the small town of Ardley on the river some $40 million in the years of the great war."
    )
    for figure in extract(text, raw=True).figures:
        assert all(len(words.split()) <= 8 for words in (figure.measure, figure.of) if words)


@pytest.mark.parametrize("ending", ["5%", "5% (3 km)", "5 per", "5 of 3%", "$5 (", "five", "5 (5 km)"])
def test_a_text_may_end_anywhere(ending):
    for lead in ("Sales rose", "The firm of", "Half of the wells closed and", "A quake of"):
        text = f"{lead} {ending}"
        assert all(text[f.start : f.end] == f.text for f in extract(text, raw=True).figures)
