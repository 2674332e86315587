"""Files that an editor hands in: text, saved pages, PDF, DOCX."""

from datetime import date, datetime, timedelta, timezone

import pytest

from factcheck.reading import Reading, Reason, Unreadable, read_file
from tests.reading import documents, pages
from tests.reading.prose import Prose
from tests.reading.scoring import f1

LINES = Prose("files").paragraphs(12)
HEADER, FOOT = "Norland Herald, 18 October 2017", "Page {} of 9"


def printed(lines, per_page=10):
    return [
        [HEADER, *lines[start : start + per_page], FOOT.format(number)]
        for number, start in enumerate(range(0, len(lines), per_page), 1)
    ]


def test_a_pdf_with_its_lines_joined_and_running_heads_out():
    body = documents.pdf(
        printed(documents.set_in_lines(LINES)),
        title="Wells leak",
        author="Ada Byron",
        created="D:20171018140500+02'00'",
    )
    reading = read_file(body, filename="wells.pdf")
    assert isinstance(reading, Reading)
    assert f1(reading.text, "\n\n".join(LINES)) >= 0.99
    assert "Page" not in reading.text
    assert HEADER not in reading.text
    assert (reading.title, reading.bylines, reading.language, reading.medium) == (
        "Wells leak",
        ["Ada Byron"],
        "en",
        "pdf",
    )
    assert reading.published == datetime(2017, 10, 18, 14, 5, tzinfo=timezone(timedelta(hours=2)))


def test_a_word_broken_at_a_line_s_end_is_whole_again():
    lines = [
        "The council said on Tuesday that it would not only pay for the re-",
        "pairs but also for the inspection of all wells in the north of the",
        "town, where some ninety families had been without any wa-",
        "ter for more than a week. It named no day for the first visit.",
    ]
    text = read_file(documents.pdf([lines])).text
    assert "for the repairs but also" in text
    assert "without any water for more" in text


def test_a_title_that_is_a_file_s_name_is_none():
    body = documents.pdf([documents.set_in_lines(LINES)], title="Microsoft Word - wells_final2.docx")
    assert read_file(body).title == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (documents.scan(), Reason.SCAN),
        (documents.encrypted(documents.pdf([LINES]), "secret"), Reason.ENCRYPTED),
        (documents.encrypted(documents.pdf([LINES]), "secret", "AES-256"), Reason.ENCRYPTED),
        (documents.pdf([LINES])[:900], Reason.BROKEN),
        (b"%PDF-1.7\n" + b"\x00\xff" * 500, Reason.BROKEN),
    ],
)
def test_a_pdf_that_cannot_be_read(body, reason):
    assert read_file(body).reason == reason


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_with_an_empty_password_is_read(algorithm):
    body = documents.encrypted(documents.pdf([documents.set_in_lines(LINES)]), "", algorithm)
    assert f1(read_file(body).text, "\n\n".join(LINES)) >= 0.99


def test_bytes_of_a_pdf_that_look_like_markup_make_it_no_page():
    version, _, rest = documents.pdf([documents.set_in_lines(LINES)]).partition(b"\n")
    body = version + b"\n%<p \xff\xfe\x01\x02\n" + rest
    assert f1(read_file(body).text, "\n\n".join(LINES)) >= 0.99


def test_a_docx():
    rows = (("Town", "Wells"), ("Ardley", "412"))
    body = documents.word(LINES, title="Wells leak", author="Ada Byron", heading="What next", rows=rows)
    reading = read_file(body, filename="wells.docx")
    assert reading.text.split("\n\n") == [*LINES, "What next", "Town | Wells", "Ardley | 412"]
    assert (reading.title, reading.bylines, reading.language, reading.medium) == (
        "Wells leak",
        ["Ada Byron"],
        "en",
        "docx",
    )


def test_a_change_that_a_docx_strikes_out_is_left_out():
    body = documents.word(["One two."])
    changed = documents.document_xml(body).replace(
        b"<w:t>One two.</w:t></w:r>",
        b'<w:t xml:space="preserve">One </w:t></w:r><w:del w:id="1"><w:r><w:t>not </w:t></w:r></w:del><w:r><w:tab/><w:t>two.</w:t></w:r>',
    )
    assert read_file(documents.repacked(body, {"word/document.xml": changed})).text == "One two."


@pytest.mark.parametrize(
    ("filename", "encoding"), [("wells.txt", "utf-8"), ("wells.TXT", "cp1252"), ("", "utf-16")]
)
def test_a_text(filename, encoding):
    text = "Half of the wells leak\nBy Ada Byron\n18 October 2017\n\n" + "\r\n\r\n".join(
        [*LINES, "“It’s over.”"]
    )
    reading = read_file(text.encode(encoding), filename=filename)
    assert reading.text.split("\n\n") == [*LINES, "“It’s over.”"]
    assert (reading.title, reading.bylines, reading.published) == (
        "Half of the wells leak",
        ["Ada Byron"],
        date(2017, 10, 18),
    )
    assert (reading.language, reading.medium) == ("en", "text")


def test_a_text_broken_to_a_width_has_whole_paragraphs():
    text = "\n\n".join("\n".join(documents.set_in_lines([line], 72)) for line in LINES)
    assert read_file(text.encode(), filename="wells.txt").text.split("\n\n") == LINES


@pytest.mark.parametrize("filename", ["wells.html", "wells.htm", "wells", ""])
def test_a_saved_page(filename):
    page = pages.make("semantic")
    reading = read_file(page.body, filename=filename)
    assert reading.text.split("\n\n") == page.paragraphs
    assert (reading.title, reading.canonical_url, reading.medium) == (page.title, page.canonical_url, "page")


def test_a_page_saved_in_one_file():
    page = pages.make("semantic")
    body = documents.mhtml(page.body, page.url)
    for filename in ("wells.mhtml", "wells.bin", ""):
        reading = read_file(body, filename=filename)
        assert reading.text.split("\n\n") == page.paragraphs
        assert reading.canonical_url == page.canonical_url


def test_a_saved_page_is_where_the_browser_wrote_down_that_it_was():
    url = "https://herald.example/wells"
    page = "".join(f"<p>{line}</p>" for line in LINES).encode()
    assert read_file(page, filename="wells.html").canonical_url == ""

    noted = f"<!-- saved from url=(0028){url} -->\n".encode() + page
    packed = documents.mhtml(page, url)
    framed = packed.replace(
        f"\r\nContent-Location: {url}".encode(), b"\r\nContent-Location: cid:frame-1@mhtml.blink"
    )
    for saved in (noted, packed, framed):
        assert read_file(saved, filename="").canonical_url == url
        assert read_file(saved, filename="", url="https://planet.example/a").canonical_url == ""


@pytest.mark.parametrize(
    ("body", "filename", "reason"),
    [
        (b"", "a.txt", Reason.EMPTY),
        (b" \n ", "a.html", Reason.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a.png", Reason.BINARY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a.txt", Reason.BINARY),
        (b"{\\rtf1\\ansi One two.}", "a.rtf", Reason.WRONG_TYPE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", Reason.WRONG_TYPE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx", Reason.ENCRYPTED),
        (b"name,wells\nArdley,412\n", "a.csv", Reason.WRONG_TYPE),
        (documents.archive({"a.txt": b"One two."}), "a.zip", Reason.WRONG_TYPE),
        (
            documents.archive({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}),
            "a.xlsx",
            Reason.WRONG_TYPE,
        ),
        (documents.word(["One two."])[:-200], "a.docx", Reason.BROKEN),
        (b"PK\x03\x04" + b"x" * 200, "a.docx", Reason.BROKEN),
        (documents.word([]), "a.docx", Reason.EMPTY),
    ],
)
def test_a_file_that_cannot_be_read(body, filename, reason):
    found = read_file(body, filename=filename)
    assert isinstance(found, Unreadable)
    assert found.reason == reason
    assert found.words.endswith(".")


def test_paragraphs_with_room_between_them_stay_apart():
    lines = ["A heading of some words", ""]
    for line in LINES[:4]:
        lines += [*documents.set_in_lines([line]), ""]
    assert read_file(documents.pdf([lines])).text.split("\n\n") == ["A heading of some words", *LINES[:4]]


def test_the_day_of_a_template_is_no_documents_day():
    import io

    import docx

    made, body = docx.Document(), io.BytesIO()
    made.add_paragraph("The port handled 4.2 million tonnes of grain, the ministry said on Monday.")
    made.save(body)

    assert read_file(body.getvalue(), filename="grain.docx").published is None
