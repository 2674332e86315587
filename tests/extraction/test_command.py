"""`manage.py extract`: files, lines of JSON, and what it says of bad input."""

import io
import json
from datetime import date

from factcheck.extraction import cli


def run(tmp_path, content, **options):
    path = tmp_path / "in"
    path.write_bytes(content)
    out = io.StringIO()
    given = {"file": str(path), "format": "json", "published": None, "jsonl": None, **options}
    if given["jsonl"]:
        given.update(jsonl=str(path), file=None)
    return cli.run(given, out), out.getvalue()


def test_a_file_as_json(tmp_path):
    status, out = run(tmp_path, "Rents rose 3 % to £1,240 a month.".encode())
    result = json.loads(out)
    assert status == 0
    assert result["schema"] == "factcheck.extraction/1"
    assert [figure["text"] for figure in result["figures"]] == ["3 %", "£1,240"]


def test_a_table_for_people(tmp_path):
    status, out = run(tmp_path, b"Rents rose 3 percent in Norland last year.", format="table")
    assert status == 0
    assert "1 sentences, 1 claims, 1 figures" in out


def test_lines_keep_their_order_and_a_bad_one_does_not_end_the_run(tmp_path):
    lines = [
        json.dumps({"id": "a", "text": "Rents rose 3 percent.", "raw": True, "published": "2019-05-10"}),
        "not json",
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "text": "x", "published": "soon"}),
        json.dumps({"id": 5, "text": "Two.", "raw": False}),
    ]
    status, out = run(tmp_path, "\n".join(lines).encode(), jsonl=True)
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [answer["id"] for answer in answers] == ["a", None, "c", "d", 5]
    assert [("error" in answer) for answer in answers] == [False, True, True, True, False]


def test_a_missing_file_is_said(capsys):
    assert (
        cli.run({"file": "/nowhere/x", "format": "json", "published": None, "jsonl": None}, io.StringIO())
        == 2
    )
    assert "/nowhere/x" in capsys.readouterr().err


PAGE = """<html lang="en"><head><title>Half of the wells in Ardley leak | Norland Herald</title>
<meta property="og:site_name" content="Norland Herald"><meta name="author" content="By Ada Byron, Political editor">
<meta property="article:published_time" content="2017-10-18T23:30:00-05:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>Half of the wells in Ardley leak</h1><p>The council said that 87 percent of the wells had been sealed since last year, at a cost of £4m.</p>
<p>Another 40 wells leak, the ministry said, and nobody could say when they would be repaired or who would pay.</p></article>
<footer>© 2017 Norland Herald. All rights reserved.</footer></body></html>"""
BODY = (
    "The council said that 87 percent of the wells had been sealed since last year, at a cost of £4m.\n\n"
    "Another 40 wells leak, the ministry said, and nobody could say when they would be repaired or who would pay."
)


def test_a_web_page(tmp_path):
    status, out = run(tmp_path, PAGE.encode("cp1252"), html=str(tmp_path / "in"), file=None)
    article = json.loads(out)["article"]
    assert status == 0
    assert article["text"] == BODY
    assert article["body"] == [[0, len(BODY)]]
    assert article["title"] == "Half of the wells in Ardley leak"
    assert article["bylines"] == ["Ada Byron"]
    assert article["publisher"] == "Norland Herald"
    assert article["published"] == "2017-10-18"
    assert {figure["text"] for figure in json.loads(out)["figures"]} == {"87 percent", "£4m", "40"}


def test_a_given_day_wins_over_the_page_s(tmp_path):
    _, out = run(tmp_path, PAGE.encode(), html=str(tmp_path / "in"), file=None, published=date(2019, 5, 10))
    assert json.loads(out)["article"]["published"] == "2019-05-10"


def test_a_page_without_an_article_is_said(tmp_path, capsys):
    page = b"<html><head><title>404</title></head><body><h1>Page not found</h1></body></html>"
    status, out = run(tmp_path, page, html=str(tmp_path / "in"), file=None)
    assert (status, out) == (1, "")
    assert "was not found" in capsys.readouterr().err


def test_lines_of_pages(tmp_path):
    lines = [
        json.dumps({"id": "a", "html": PAGE, "url": "https://www.norlandherald.example/wells"}),
        json.dumps({"id": "b", "html": "<p></p>"}),
        json.dumps({"id": "c", "html": PAGE, "text": "Both."}),
        json.dumps({"id": "d", "html": 7}),
        json.dumps({"id": "e", "html": PAGE, "url": 7}),
        json.dumps({"id": "f", "html": PAGE, "published": "2019-05-10"}),
    ]
    status, out = run(tmp_path, "\n".join(lines).encode(), jsonl=True)
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [answer["id"] for answer in answers] == list("abcdef")
    assert [("error" in answer) for answer in answers] == [False, True, True, True, True, False]
    assert answers[0]["article"]["text"] == BODY
    assert answers[5]["article"]["published"] == "2019-05-10"
