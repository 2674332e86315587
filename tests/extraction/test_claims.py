"""Claims: what of a sentence can be checked on its own, who says it, and why it ranks where it does."""

import pytest

from factcheck.extraction import extract
from factcheck.extraction.english import worthiness


@pytest.fixture
def every_statement(monkeypatch):
    """Takes what scores low as well, so that only the spans are looked at."""
    monkeypatch.setattr(worthiness, "threshold", lambda: 0.0)


def said(text):
    """(claim, speaker) of each claim in the text."""
    result = extract(text, raw=True)
    names = [None if c.speaker is None else result.speakers[c.speaker].name for c in result.claims]
    return list(zip([claim.quote for claim in result.claims], names, strict=True))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Half of the wells have been sealed, but an estimated 40 still leak.",
            ["Half of the wells have been sealed", "an estimated 40 still leak"],
        ),
        (
            "Rents rose 3 percent; wages fell by 2 percent.",
            ["Rents rose 3 percent", "wages fell by 2 percent"],
        ),
        (
            "Two men were critically hurt, while 40 people were treated in Ardley.",
            ["Two men were critically hurt", "40 people were treated in Ardley"],
        ),
        (
            "Rents rose by 3 percent and fell by 2 percent in May.",
            ["Rents rose by 3 percent and fell by 2 percent in May"],
        ),
        (
            "The dam broke on Monday because 12 gates failed.",
            ["The dam broke on Monday because 12 gates failed"],
        ),
        (
            "The council, which has 40 members; the mayor; and two aides met on Monday.",
            ["The council, which has 40 members; the mayor; and two aides met on Monday"],
        ),
    ],
)
@pytest.mark.usefixtures("every_statement")
def test_a_sentence_holds_as_many_claims_as_main_clauses(text, claims):
    assert [quote for quote, _ in said(text)] == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Ryan Holt said that half of the wells had been sealed, and that he had ordered checks on 40 others.",
            [
                ("half of the wells had been sealed", "Ryan Holt"),
                ("he had ordered checks on 40 others", "Ryan Holt"),
            ],
        ),
        (
            'Ryan Holt said on Tuesday, "We have sealed half of the wells. We will seal 40 more by June."',
            [
                ("We have sealed half of the wells", "Ryan Holt"),
                ("We will seal 40 more by June", "Ryan Holt"),
            ],
        ),
        (
            "Ann Marlow said the bridge had cost £40m and added that it would close for 12 weeks.",
            [("the bridge had cost £40m", "Ann Marlow"), ("it would close for 12 weeks", "Ann Marlow")],
        ),
        (
            "The council closed 40 wells last year, saying it had found lead in 12 of them.",
            [
                ("The council closed 40 wells last year", None),
                ("it had found lead in 12 of them", "the council"),
            ],
        ),
        (
            'The report said: "The council has lost £12m since 2014."',
            [("The council has lost £12m since 2014", "the report")],
        ),
        (
            "The ministry says the council lost £12m in May.",
            [("the council lost £12m in May", "the ministry")],
        ),
    ],
)
@pytest.mark.usefixtures("every_statement")
def test_who_says_it_is_the_claims_speaker_and_not_in_its_words(text, claims):
    assert said(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "More than 95% of the residents said they would use the wells again.",
        "Police arrested 12 people after Ann Marlow said the bridge was closed.",
        "The ministry denies the two explosions are related.",
        'The ministry called the loss of 40 jobs "a disaster".',
    ],
    ids=["counts who says so", "not the main clause", "denies it", "only a word is quoted"],
)
@pytest.mark.usefixtures("every_statement")
def test_a_cue_that_the_statement_needs_stays(text):
    assert [quote for quote, _ in said(text)] == [text.rstrip(".")]


@pytest.mark.usefixtures("every_statement")
def test_a_semicolon_within_marks_parts_statements():
    text = "Ann Marlow said, “The bridge is 40 years old; thus it will cost £12m to mend.”"
    assert said(text) == [
        ("The bridge is 40 years old", "Ann Marlow"),
        ("thus it will cost £12m to mend", "Ann Marlow"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"The council has closed 40 of its 120 libraries since 2014.',
        "“The council has closed 40 of its 120 libraries since 2014.”",
        '"The council has closed 40 of its 120 libraries since 2014," Ann Marlow said. "It is a shame."',
    ],
)
def test_a_claim_has_no_half_of_a_pair_of_marks(text):
    assert said(text)[0][0] == "The council has closed 40 of its 120 libraries since 2014"


TWICE = """The council has closed 40 of its 120 libraries since 2014, Ann Marlow said.

Rents rose in May.

"{again}," Ryan Holt said."""


@pytest.mark.parametrize(
    "again",
    [
        "The council has closed 40 of its 120 libraries since 2014",
        "The  Council has closed 40 of its 120 libraries, since 2014",
        "The council has now closed 40 of its 120 libraries since 2014",
    ],
    ids=["same", "other case, marks and spaces", "nearly the same words"],
)
def test_the_same_statement_again_is_one_claim_in_two_places(again):
    text = TWICE.format(again=again)
    result = extract(text, raw=True)
    claims = [claim for claim in result.claims if "libraries" in claim.quote]
    assert len(claims) == 1
    (place,) = claims[0].also
    assert text[place.start : place.end] == place.quote == again
    assert result.speakers[place.speaker].name == "Ryan Holt"
    assert [result.figures[n].text for n in place.figures] == ["40", "120"]


@pytest.mark.parametrize(
    "again",
    [
        "The council has closed 41 of its 120 libraries since 2014",
        "The council has closed about 40 of its 120 libraries since 2014",
        "The ministry wants 40 of its 120 people in every school by May",
    ],
    ids=["another figure", "another bound", "other words"],
)
def test_another_statement_is_a_claim_of_its_own(again, monkeypatch):
    monkeypatch.setattr(worthiness, "threshold", lambda: 0.0)
    assert not any(claim.also for claim in extract(TWICE.format(again=again), raw=True).claims)


def reasons(text):
    return [reason for claim in extract(text, raw=True).claims for reason in claim.reasons]


@pytest.mark.parametrize(
    "text",
    [
        "Norland left the treaty after its 2016 referendum on October 31, 2019.",
        "The Bell 206 came down near Interstate 80 around 13:30 on Tuesday in Norland.",
        "The company filed for Chapter 11 bankruptcy protection in Norland in 2014.",
    ],
    ids=["dates", "names and times", "a name"],
)
@pytest.mark.usefixtures("every_statement")
def test_digits_that_are_no_figures_are_no_reason(text):
    given = set(reasons(text))
    assert given
    assert not given & {"figure", "several figures", "large number", "rise or fall"}


@pytest.mark.usefixtures("every_statement")
def test_many_figures_are_one_reason():
    given = reasons("The fire destroyed 40 homes, 12 shops and 30 barns in Norland on Tuesday.")
    assert "several figures" in given
    assert "figure" not in given


def test_a_sentence_in_another_script_is_no_claim():
    english = "The council closed 40 of its 120 libraries in 2014, Ann Marlow said."
    text = f"{english} It was a mistake that the city has to pay for.\n\nपरिषद ने 40 पुस्तकालय बंद किए। यह 120 में से है।"
    result = extract(text, raw=True)
    assert len(result.sentences) == 4
    assert [claim.sentence for claim in result.claims] == [0]


@pytest.mark.usefixtures("every_statement")
def test_the_label_of_a_turn_is_not_in_the_claim():
    text = "((Herald)) The council closed 40 of its 120 libraries in 2014."
    assert said(text)[0][0] == "The council closed 40 of its 120 libraries in 2014"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The fire destroyed more than 40 homes in Orrin on Monday, the ministry said.", "statistic"),
        ("Less than a third of the wells in the valley were sealed last year.", "statistic"),
        ("The port of Orrin handled more grain than any other port in Norland.", "comparison"),
        ("Rents in Orrin rose more than in any other town, by 12 percent.", "comparison"),
    ],
)
def test_a_hedge_is_no_comparison(text, kind):
    assert [claim.kind for claim in extract(text, raw=True).claims][:1] == [kind]
