"""Whatever the bytes are, an answer comes, and soon. The limits of this file are on work done, not on the clock."""

import json
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.reading import Reading, Reason, Unreadable, limits, pdf, read_file, read_page
from tests.reading import documents, pages

SENTENCE = (
    "The council of Ardley said on Tuesday that 87 percent of all the wells had been sealed since last year. "
)
CLOSING = f"<p>{SENTENCE * 3}</p>"


def check(found):
    assert isinstance(found, Reading | Unreadable)
    if isinstance(found, Reading):
        assert found.text.strip()
        assert "\x00" not in found.text
        found.text.encode()
        assert found.canonical_url == "" or found.canonical_url.startswith(("http://", "https://"))
    else:
        assert found.words


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes(body):
    check(read_page(body))
    check(read_file(body))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"Content-Type: multipart/related\n\n"]
    ),
    st.binary(max_size=2000),
)
def test_any_bytes_after_a_known_beginning(start, body):
    check(read_file(start + body, filename="a.mhtml" if start.startswith(b"Content") else ""))


PIECES = [
    *"<p> </p> <b> <table><tr><td> </table> <article> <h1> <pre> <!-- --> </script> <br> <ul><li> </a> <title>".split(),
    *'& &#x0; &#150; <blockquote> ]]> {"@type": [] } " \''.split(),
    "<div class=byline>",
    "</div>",
    "<a href=x>",
    "<meta name=author content=x>",
    "<script type='application/ld+json'>",
    SENTENCE,
    "By Ada Byron",
    "18 October 2017",
    "\n\n",
    "é",
    "\ud800",
    "\x0b",
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=80)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP)
def test_any_markup(parts):
    check(
        read_page(" ".join(parts).encode("utf-8", "surrogatepass"), url="https://www.norlandherald.example/a")
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.just(SENTENCE),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "@type @graph @id name author publisher headline articleBody datePublished liveBlogUpdate isAccessibleForFree url inLanguage".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_data(value):
    value = {"@type": "NewsArticle", "headline": "Wells", **value} if isinstance(value, dict) else value
    source = f'<html><head><script type="application/ld+json">{json.dumps(value)}</script></head><body>{CLOSING}</body></html>'
    check(read_page(source.encode()))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["pdf", "docx", "page", "mhtml"]))
def test_a_good_file_with_wrong_bytes_in_it(seed, kind):
    draw = random.Random(seed)
    body = bytearray(
        {
            "pdf": documents.pdf([[SENTENCE] * 5, [SENTENCE] * 5]),
            "docx": documents.word([SENTENCE] * 3, title="Wells"),
            "page": pages.make("semantic").body,
            "mhtml": documents.mhtml(pages.make("semantic").body, "https://a.example/b"),
        }[kind]
    )
    for _ in range(draw.randint(1, 12)):
        body[draw.randrange(len(body))] = draw.randrange(256)
    check(read_file(bytes(body[: draw.randint(len(body) // 2, len(body))])))


@pytest.mark.parametrize(
    ("start", "unit", "count", "reason"),
    [
        ("", "<div></div>", limits.MAX_ELEMENTS + 10, Reason.TOO_COMPLEX),
        ("<div>" * 200, "<p>x</p>", 30_000, Reason.TOO_COMPLEX),
        ("<div ", "a b c d ", 5_000, Reason.TOO_COMPLEX),
        ("", "x", limits.MAX_PAGE_BYTES + 1, Reason.TOO_BIG),
        ("<p>", SENTENCE, limits.MAX_TEXT_CHARS // 80, Reason.TOO_BIG),
    ],
)
def test_a_page_of_too_much_is_refused(start, unit, count, reason):
    assert read_page((start + unit * count).encode()).reason == reason


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + SENTENCE,
        "<b>" * 50_000 + SENTENCE,
        "<" * 300_000,
        "&" * 300_000,
        "<!--" * 100_000,
        "<p>" + "&nbsp;\n" * 100_000,
        "<meta charset" * 50_000,
        '<script type="application/ld+json">' + '"\\' * 20_000,
        '<script type="application/ld+json">{' + "/*" * 50_000,
        '<script type="application/ld+json">' + "[" * 50_000,
        '<script type="application/ld+json">' + "[" * 50_000 + "]" * 50_000,
        "<title>" + "a | b - " * 20_000,
        "<!DOCTYPE x [" + "".join(f'<!ENTITY a{i + 1} "&a{i};&a{i};">' for i in range(60)) + "]>&a60;",
    ],
)
def test_a_page_made_to_cost_much_time_is_answered(source):
    check(read_page((source + CLOSING).encode()))


def test_a_docx_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = documents.repacked(
        documents.word(["One."]), {"word/document.xml": b" " * (limits.DOCX_XML_BYTES + 1)}
    )
    assert len(bomb) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert read_file(bomb).reason == Reason.TOO_BIG


def test_a_docx_of_pictures_that_unpack_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("factcheck.reading.docx.DOCX_TOTAL_BYTES", 100_000)
    assert (
        read_file(documents.repacked(documents.word(["One."]), {"word/a.png": bytes(100_001)})).reason
        == Reason.TOO_BIG
    )


def test_entities_of_a_docx_are_not_expanded():
    entities = "".join(f'<!ENTITY a{i + 1} "&a{i};&a{i};&a{i};">' for i in range(40))
    source = documents.document_xml(documents.word(["One."])).replace(b"One.", b"&a40;&out;")
    declared = source.replace(
        b"?>",
        f'?><!DOCTYPE x [<!ENTITY a0 "x"><!ENTITY out SYSTEM "file:///etc/passwd">{entities}]>'.encode(),
        1,
    )
    found = read_file(documents.repacked(documents.word(["One."]), {"word/document.xml": declared}))
    assert isinstance(found, Unreadable)


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "PDF_SECONDS", 0.0)
    assert read_file(documents.pdf([[SENTENCE] * 5])).reason == Reason.TOO_COMPLEX


def test_of_a_long_pdf_the_first_pages_are_read(monkeypatch):
    monkeypatch.setattr(pdf, "PDF_MAX_PAGES", 2)
    reading = read_file(
        documents.pdf([[f"{SENTENCE}Page number {word}."] for word in ("one", "two", "three")])
    )
    assert "two" in reading.text
    assert "three" not in reading.text


def test_a_pdf_whose_pages_are_too_much_work_is_refused():
    assert read_file(documents.pdf([[SENTENCE] * 130_000])).reason == Reason.TOO_COMPLEX


def test_a_file_too_big_is_refused():
    assert read_file(bytes(limits.MAX_FILE_BYTES + 1)).reason == Reason.TOO_BIG
