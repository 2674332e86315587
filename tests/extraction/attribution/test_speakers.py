"""Who is meant, on invented news."""

import pytest

from tests.extraction.attribution.reading import read, said, who


@pytest.mark.parametrize(
    ("second", "name"),
    [
        ("“We tested them,” he said.", "Ryan Holt"),
        ("“We tested them,” she said.", "Mary Jones"),
        ("“We tested them,” Holt said.", "Ryan Holt"),
        ("“We tested them,” Mr Holt told the inquiry.", "Ryan Holt"),
        ("“We tested them,” said Ms Jones.", "Mary Jones"),
        ("“We tested them,” the spokesman said.", "Ryan Holt"),
        ("“We tested them,” said the mayor.", "Mary Jones"),
    ],
)
def test_pronouns_short_names_and_roles_give_the_full_name(second, name):
    first = "Ministry spokesman Ryan Holt met Mary Jones, the mayor of Ardley, on Monday."
    assert who(f"{first}\n\n{second}") == [name]


def test_name_that_comes_after_the_quotation():
    found = said("“It was dark,” she said.\n\nCarol Webb, 47, had walked home alone.")
    assert found == [("Carol Webb", "“It was dark,”")]


def test_full_name_far_from_the_quotation():
    text = "Premier John Hale opened the bridge.\n\nThe road was closed.\n\nIt rained.\n\n“It is done,” Hale said."
    assert who(text) == ["John Hale"]


def test_said_somebody_who():
    found = said("“It was very loud,” said Sukhi Gill, who called the police. “I knew something was wrong.”")
    assert [name for name, _ in found] == ["Sukhi Gill", "Sukhi Gill"]


def test_name_between_commas_about_the_speaker():
    found = said(
        "Alan Reed, who has lived in Ardley for 20 years and runs a shop, said the road was never safe."
    )
    assert found == [("Alan Reed", "the road was never safe")]


def test_two_women_in_turn():
    text = (
        "Nurse Lucy Chen left her job in May. “I cried every day,” she said.\n\n"
        "Aisha Rahman stayed. “I could not leave,” she said.\n\n“It was not easy,” Rahman added."
    )
    assert who(text) == ["Lucy Chen", "Aisha Rahman", "Aisha Rahman"]


def test_subject_of_the_sentence_before_speaks():
    text = "“He is special,” coach Mike Barber said.\n\nGoalie Tom Finch was not so sure. “I was lucky,” he said."
    assert who(text) == ["Mike Barber", "Tom Finch"]


def test_body_and_what_it_is_called_later():
    text = (
        "The Norland Farmers Association said it was disappointed.\n\n"
        "“We have been clear,” the association said. “It must be reconsidered.”"
    )
    assert set(who(text)) == {"Norland Farmers Association"}


def test_acronym_means_the_body():
    text = "The Norland Health Agency (NHA) met on Monday.\n\nThe NHA said the wells were safe."
    assert who(text) == ["Norland Health Agency"]


def test_statement_of_a_body():
    found = said("“We are looking into it,” the ministry said in a statement.")
    assert found == [("the ministry", "“We are looking into it,”")]


def test_statement_has_the_one_who_gave_it():
    text = (
        "Ryan Holt confirmed the leak in a statement on Monday.\n\n“The leak is small,” his statement read."
    )
    assert who(text)[-1] == "Ryan Holt"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Officials said the road was closed.", "officials"),
        ("A source close to the talks said a deal was near.", "a source close to the talks"),
        ("Two residents said the road was never safe.", "two residents"),
        ("One senior official, who asked not to be named, said cabinet was divided.", "one senior official"),
    ],
)
def test_sources_without_a_name_are_kept_as_said(text, name):
    assert who(text) == [name]


def test_unnamed_official_speaks_again():
    text = "One senior official said cabinet was divided. The official said four ministers oppose the plan."
    assert who(text) == ["one senior official", "one senior official"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ministry spokesman Ryan Holt said the wells were safe.", "Ministry spokesman"),
        ("Ryan Holt, a spokesman for the ministry, said the wells were safe.", "spokesman for the ministry"),
        ("A spokesman for the ministry, Ryan Holt, said the wells were safe.", "spokesman for the ministry"),
        ("Ryan Holt is the mayor of Ardley. “The wells are safe,” he said.", "mayor of Ardley"),
        ("Ryan Holt, 43, a farmer from Ardley, said the wells were safe.", "farmer from Ardley"),
    ],
)
def test_role_of_a_speaker(text, role):
    _, speakers = read(text)
    assert [(speaker.name, speaker.role, speaker.kind) for speaker in speakers] == [
        ("Ryan Holt", role, "person")
    ]


def test_kinds_of_speakers():
    text = "Ryan Holt said it was late. The Norland Bank said it was closed. Officials said it was over."
    _, speakers = read(text)
    assert [speaker.kind for speaker in speakers] == ["person", "organisation", "other"]


def test_mentions_hold_every_name_and_the_pronouns_that_speak():
    text = "Ryan Holt came late. “I am sorry,” he said. Holt said the train was full."
    _, speakers = read(text)
    assert [text[start:end] for start, end in speakers[0].mentions] == ["Ryan Holt", "he", "Holt"]


def test_accents_do_not_part_a_person():
    text = "President Cem Yılmazoğlu spoke on Monday. Yilmazoglu said the talks would go on."
    assert who(text) == ["Cem Yılmazoğlu"]


def test_epithet_means_the_one_just_named():
    text = "Carol Webb left in May.\n\n“I was afraid,” the mother of two said."
    assert who(text) == ["Carol Webb"]


def test_same_text_gives_the_same_speakers():
    text = "Mary Jones said it was late. Ryan Holt said it was early. “No,” she said."
    assert read(text) == read(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Doris Day lived in Ardley. “I sang for years,” Day said.", "Doris Day"),
        ("“I was there,” tweeted Mayor of Ardley Sarah Byron.", "Sarah Byron"),
        ("Pope Francis said the law would change.", "Pope Francis"),
        ("The mayor of Ardley, Sarah Byron, said the bridge was safe.", "Sarah Byron"),
        ("Prime Minister of Norland Peter Marsh said the bridge was safe.", "Peter Marsh"),
    ],
)
def test_names_that_are_easily_taken_for_something_else(text, name):
    assert set(who(text)) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ryan Holt and Mary Jones told reporters the strike was over.", "Ryan Holt and Mary Jones"),
        (
            "ARDLEY, March 3 (Wire) - The Norland Rail Union and the city said in a joint statement that they had a deal.",
            "Norland Rail Union and the city",
        ),
    ],
)
def test_those_who_speak_together_are_one_speaker(text, name):
    assert who(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The High Court of England and Wales ruled that the order was void.",
            "High Court of England and Wales",
        ),
        ("The Ministry of Health and Welfare said four people had died.", "Ministry of Health and Welfare"),
        ("The University of Norland said the data were wrong.", "University of Norland"),
    ],
)
def test_offices_keep_their_whole_name(text, name):
    assert who(text) == [name]


@pytest.mark.parametrize(
    "report",
    [
        "According to the NHA's weekly report, four people had died.",
        "A report by the NHA said four people had died.",
        "The report, by the NHA, said four people had died.",
        "A new survey by the NHA suggests one in six wells is leaking.",
    ],
)
def test_report_speaks_for_the_one_who_made_it(report):
    assert who(f"The Norland Health Agency (NHA) met on Monday.\n\n{report}") == ["Norland Health Agency"]


def test_survey_without_an_author_only_shows():
    assert who("A survey suggests one in six wells is leaking.") == []


def test_share_of_people_is_no_speaker():
    assert (
        who("More than 95% of the participants in her study indicated they would use the kits again.") == []
    )


def test_what_was_passed_on_is_its_first_speakers():
    assert who("Ryan Holt said — as reported by the Ardley Herald — “We will call it a museum.”") == [
        "Ryan Holt"
    ]


def test_rank_with_a_full_stop_of_its_own():
    assert who("Const. Mary Jones said the thieves took tools.") == ["Mary Jones"]


def test_former_something_is_who_was_spoken_of():
    text = (
        "Mary Jones said she had never seen the contract.\n\n“I was told to sign,” the former treasurer said."
    )
    assert who(text) == ["Mary Jones", "Mary Jones"]


def test_minister_is_the_secretary():
    text = "Foreign Secretary Ryan Holt met the envoy.\n\nThe foreign minister said the talks had failed."
    assert who(text) == ["Ryan Holt"]


def test_subject_of_what_was_reported_is_not_who_goes_on():
    text = (
        "Labour's spokeswoman, Mary Jones, said the minister should resign. “He has lost control,” she said."
    )
    assert who(text) == ["Mary Jones", "Mary Jones"]


def test_they_are_those_who_act_in_the_sentence():
    text = "Police said he ran.\n\nState prosecutors charged the man with murder, they said Sunday."
    assert who(text)[-1] == "state prosecutors"


def test_who_after_a_comma_stands_for_the_noun_before():
    text = "The shooting began at 10:39 a.m. local time, according to police, who said officers arrived six minutes later."
    assert who(text)[-1] == "police"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chinese authorities have said the virus came from animals.", "Chinese authorities"),
        ("Actor Dean Calloway said he was wrong.", "Dean Calloway"),
        ("Co-star Emma Vance said she felt betrayed.", "Emma Vance"),
        ("The summary of the decision read in part: “The order is void and of no effect.”", "the decision"),
        (
            "Researchers at Norland College posted findings estimating the number may exceed 1,000.",
            "Norland College",
        ),
    ],
)
def test_speakers_are_named_as_the_text_names_them(text, name):
    assert name in who(text)[0]


def test_short_name_in_brackets_is_no_second_speaker():
    text = "The Norland Department of Forestry and Fire Protection (NorFire) said 40 acres of land had burned.\n\nNorFire said the injuries were minor."
    assert who(text) == ["Norland Department of Forestry and Fire Protection"] * 2


def test_long_quotation_without_a_cue_goes_on_from_the_one_before():
    text = (
        "“When I saw the smoke I ran,” said Mike Petrie.\n\n“I got to the door and I couldn't see my hand.\n\n"
        "“So I shouted.”\n\nPetrie pulled two children from the house.\n\n“Anybody would have done it.”"
    )
    assert who(text) == ["Mike Petrie"] * 4


@pytest.mark.parametrize("called", ["the Ohio Republican", "the Canadian", "the Ardley native"])
def test_party_or_people_stands_for_who_was_named(called):
    text = (
        f"Rep. Joe Lutz said several members were undecided. “I wouldn't bet my house on it,” {called} said."
    )
    assert who(text) == ["Joe Lutz", "Joe Lutz"]
