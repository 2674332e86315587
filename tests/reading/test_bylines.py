"""Names out of bylines, and the agency that wrote a story."""

import pytest

from factcheck.reading import read_page
from factcheck.reading.names import agency_named, dateline_agency, writers
from tests.reading import pages


@pytest.mark.parametrize(
    ("line", "names", "agency"),
    [
        ("By Ada Byron and Tom Lee, Political editor", ["Ada Byron", "Tom Lee"], ""),
        ("ADA BYRON", ["Ada Byron"], ""),
        ("By ada byron", ["Ada Byron"], ""),
        ("MARY McDONALD", ["Mary McDonald"], ""),
        ("By Ada Byron in Ardley for the Norland Herald", ["Ada Byron"], ""),
        ("Ada Byron, Tom Lee & Ola Nordmann", ["Ada Byron", "Tom Lee", "Ola Nordmann"], ""),
        ("Political editor Tom Lee", ["Tom Lee"], ""),
        ("Tom Lee | Norland Herald", ["Tom Lee"], ""),
        ("Ada Byron @adabyron", ["Ada Byron"], ""),
        ("By Ada Byron • Oct 18, 2017", ["Ada Byron"], ""),
        ("Dr. Ada Byron, PhD", ["Ada Byron"], ""),
        ("Martin Luther Holt Jr.", ["Martin Luther Holt Jr."], ""),
        ("Von Jean-Luc de la Tour und Karl von Holt", ["Jean-Luc de la Tour", "Karl von Holt"], ""),
        ("李明", ["李明"], ""),
        ("Norland Press Agency", [], "Norland Press Agency"),
        ("Ada Byron (Reuters)", ["Ada Byron"], "Reuters"),
        ("By Ada Byron, AP", ["Ada Byron"], "Associated Press"),
        ("Tom Lee, Norland Press Agency", ["Tom Lee"], "Norland Press Agency"),
        ("By JOHN HOLT Associated Press", ["John Holt"], "Associated Press"),
        ("By Reuters Staff", [], "Reuters"),
        ("Norland Herald Staff", [], ""),
        ("Staff", [], ""),
        ("By Staff Writer", [], ""),
        ("admin", [], ""),
        ("https://www.facebook.com/adabyron", [], ""),
        ("", [], ""),
    ],
)
def test_a_byline(line, names, agency):
    found = writers(line, outlet="Norland Herald")
    assert (found.names, found.agency) == (names, agency)


def test_an_organisation_that_wrote_it_is_no_person():
    assert writers("Harbour Board", outlet="Norland Herald", organisation=True).agency == "Harbour Board"
    assert writers("The Norland Herald", outlet="Norland Herald", organisation=True).agency == ""


def test_a_first_name_is_no_agency():
    assert agency_named("EFE") == "EFE"
    assert agency_named("Efe") == ""


def test_the_agency_of_a_dateline():
    assert dateline_agency("ARDLEY, Norland, Oct 18 (Reuters) - The council said.") == "Reuters"
    assert dateline_agency("ARDLEY (AP) — The council said.") == "Associated Press"
    assert dateline_agency("The council (of Ardley) - said.") == ""


def test_an_agency_s_own_page_has_no_other_writer():
    page = pages.make("agency_story")
    source = page.html.replace(pages.OUTLET, "Reuters")
    reading = read_page(source.encode(), url=page.url)
    assert (reading.outlet, reading.agency) == ("Reuters", "")


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="byline">By <a href="/a">Ada Byron</a></div>',
        '<div class="article-byline"><span>Ada Byron</span><span>Political editor</span><span>18 Oct 2017</span></div>',
        '<p class="c-author__name">Ada Byron</p><p class="c-author__role">Reporter</p>',
        '<span itemprop="author">Ada Byron</span>',
        '<a rel="author" href="/ada">Ada Byron</a>',
        "<p>By Ada Byron, Norland Herald</p>",
    ],
)
def test_a_byline_in_the_page(markup):
    page = pages.make("semantic")
    content = f"<article><h1>{page.title}</h1>{markup}{pages.p(page.paragraphs)}</article>"
    source = f'<html><head><meta property="og:site_name" content="{pages.OUTLET}"></head><body>{content}</body></html>'
    reading = read_page(source.encode())
    assert reading.bylines == ["Ada Byron"]
    assert reading.text.split("\n\n") == page.paragraphs


def test_who_wrote_a_comment_did_not_write_the_article():
    page = pages.make("semantic")
    content = f"<article>{pages.p(page.paragraphs)}</article><div class='comments'><span class='comment-author'>Tom Lee</span><p>Well, well.</p></div>"
    assert read_page(f"<html><body>{content}</body></html>".encode()).bylines == []
