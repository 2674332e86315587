"""Pasted pages: what is the article and what stands around it."""

from datetime import date

from factcheck.extraction import extract
from factcheck.extraction.cleanup import read_page, read_raw

PAGE = """Skip to content
Home > News > Norland
Militia has lost 87 percent of its territory, says coalition | Norland Herald
Militia has lost 87 percent of its territory, says coalition
By Ada Byron and Tom Reed, Norland Herald
Published: 18 October 2017 at 14:05 GMT
Share on Facebook Tweet Email

The militia has lost 87 percent of its territory, a coalition spokesman said on Tuesday.
A tank near the town of Ardley. (Photo: Agency/Getty Images)
"We are winning," Ryan Holt said.
READ MORE: Why the front has not moved since spring
What happens next
Another 40 wells leak, he added, and the city council will vote on repairs next week.

Related stories
Ten things to know about Norland
© 2017 Norland Herald. All rights reserved."""


def body(text):
    return [text[a:b] for a, b in read_page(text).paragraphs]


def test_a_page_is_reduced_to_its_article():
    page = read_page(PAGE)
    assert page.title == "Militia has lost 87 percent of its territory, says coalition"
    assert page.bylines == ["Ada Byron", "Tom Reed"]
    assert page.publisher == "Norland Herald"
    assert page.published == date(2017, 10, 18)
    assert [line[:12] for line in body(PAGE)] == ["The militia ", '"We are winn', "Another 40 w"]


def test_findings_lie_in_the_body_only():
    result = extract(PAGE)
    assert {figure.text for figure in result.figures} == {"87 percent", "40"}
    assert all(any(a <= f.start and f.end <= b for a, b in result.article.body) for f in result.figures)


def test_raw_text_is_body_whole():
    page = read_raw(PAGE)
    assert page.body == [(0, len(PAGE))]
    assert page.title is None


def test_a_date_line_is_the_date():
    page = read_page(
        "Friday, January 4, 2019 \n\n\nAn apartment building collapsed on Monday in Ardley, officials said."
    )
    assert page.published == date(2019, 1, 4)


def test_a_single_headline_is_read_whole():
    assert body("Rents rise by 3 percent in Ardley") == ["Rents rise by 3 percent in Ardley"]


def test_lines_broken_to_a_width_are_one_paragraph():
    text = (
        "The council said on Tuesday that it had sealed half of the wells that\n"
        "were found to be leaking last year, and that the remaining ones would be\n"
        "closed by the end of the month.\n\nResidents want to see it done."
    )
    assert len(body(text)) == 2


def test_text_is_never_changed_but_for_line_ends_and_nul():
    text = "One\r\ntwo\0 three  \t four.\r\n"
    assert extract(text).article.text == "One\ntwo three  \t four.\n"
    assert extract(text, raw=True).article.text == text
