"""What goes off a body's ends, and what stays."""

import pytest

from factcheck.reading.walls import without_wall
from factcheck.reading.wash import wash

BODY = ["The council said on Tuesday that 87 percent of the wells had been sealed.", "Another 40 leak."]


@pytest.mark.parametrize(
    "line",
    [
        "Share this article on Facebook",
        "Facebook Twitter WhatsApp Email",
        "Sign up for our newsletter and get the news in your inbox every morning.",
        "Follow Ada Byron on Twitter: @adabyron",
        "© 2017 Norland Herald. All rights reserved.",
        "This article was originally published by the Norland Herald.",
        "(Reporting by Ada Byron; Editing by Tom Lee)",
        "Photo: Ines Marrow / Norland Press Agency",
        "Tags: wells, water, Ardley",
        "Do you have a story for us? Write to news@norlandherald.example.",
        "Read more: Why the wells leak",
        "Updated at 5:30 p.m.",
        "Advertisement",
        "By Ada Byron",
        "18 October 2017, 14:05 GMT",
        "Monday, 2 May at 14:05 GMT",
        "May 2",
        "3 hours ago",
    ],
)
def test_a_line_that_is_no_body_goes_off_the_end(line):
    assert wash([*BODY, line], title="Wells leak", bylines=["Ada Byron"]) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Save the post office, they said.",
        "The report was published by the ministry on Monday.",
        "Published on Monday, the audit names nine towns.",
        "Support for the party fell to 12 percent.",
        "He urged children to keep reading.",
        "The offer is only for members.",
        "(c) any person who breaks the rule.",
        "Watch next week’s vote closely, he said.",
        "Share prices on the exchange fell.",
        "Print runs were halved.",
        "Already a member of the council, she wants to lead it.",
        "“No comment.”",
        "May 2 was the day",
        "3 hours ago, nobody knew.",
        "Ada Byron did not reply.",
    ],
)
def test_a_sentence_that_begins_like_one_stays(line):
    assert wash([*BODY, line], title="Wells leak", bylines=["Ada Byron"]) == [*BODY, line]
    assert without_wall([*BODY, line]) == ([*BODY, line], False)


def test_labels_go_from_the_middle_too():
    assert (
        wash([BODY[0], "ADVERTISEMENT", "Read more: Why wells leak", BODY[1]], title="", bylines=[]) == BODY
    )


def test_the_repeated_title_goes_off_the_start():
    assert wash(["Wells leak!", *BODY], title="Wells leak", bylines=[]) == BODY


def test_a_text_of_nothing_else_stays_whole():
    assert wash(["Advertisement"], title="", bylines=[]) == ["Advertisement"]
