"""`manage.py extract`: files, lines of JSON, and what it says of bad input."""

import io
import json

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
