"""The training and the benchmark, in seconds on a handful of sentences."""

import csv
import json

import numpy as np
import pytest

from benchmarks import train_worthiness, worthiness, worthiness_data
from benchmarks.worthiness_fit import platt
from factcheck.extraction.english.worthiness import model

FACT = "Taxes rose by {} percent in {}."
REMARK = "I think we {} do better, {}."
WORDS = ["should", "must", "can", "may", "could"]
NAMES = ["Jim", "Bob", "friends", "folks", "sir"]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with ten made-up debates and an article, and labels that point into it."""
    folder = tmp_path / "data"
    labels = tmp_path / "labels"
    folder.mkdir()
    labels.mkdir()
    with (folder / "claimbuster-crowdsourced.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, ["Sentence_id", "Text", "Verdict", "File_id"])
        rows.writeheader()
        for debate in range(10):
            for at in range(5):
                name = f"{1992 + debate * 2 + debate % 2 * 2}-10-01.txt"
                number = debate * 10 + at * 2
                for text, verdict in (
                    (FACT.format(at + 2, 1990 + debate), "1"),
                    (REMARK.format(WORDS[at], NAMES[debate % 5]), "-1"),
                ):
                    number += 1
                    rows.writerow({"Sentence_id": number, "Text": text, "Verdict": verdict, "File_id": name})
    texts = [FACT.format(3, 2001), REMARK.format("must", "Jim")]
    article = {"url": "https://example.org/a", "text": "\n\n".join(texts)}
    (folder / "wikinews.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    rows, at = [], 0
    for label, text in zip((1, 0), texts, strict=True):
        span = {"url": article["url"], "start": at, "end": at + len(text), "label": label}
        rows += [{**span, "split": "dev"}, {**span, "split": "test"}, {**span, "label": None, "split": "dev"}]
        at += len(text) + 2
    (labels / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (labels / "more.jsonl").write_text("", encoding="utf-8")
    (labels / "debates.jsonl").write_text('{"sentence": 3, "label": 1}\n', encoding="utf-8")
    (labels / "written.jsonl").write_text(
        json.dumps({"text": "What a waste.", "label": 0}) + "\n", encoding="utf-8"
    )
    monkeypatch.setattr(worthiness_data, "_LABELS", labels)
    # The pool would start two more interpreters for a hundred sentences.
    monkeypatch.setattr(worthiness_data, "get_context", lambda _: _OneProcess())
    return folder


class _OneProcess:
    def Pool(self, _):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def map(self, work, pieces, chunksize):
        return [work(piece) for piece in pieces]


def test_training_twice_writes_the_same_weights(data, tmp_path, capsys):
    for name in ("a", "b"):
        arguments = [
            "--data",
            str(data),
            "--cache",
            str(tmp_path / "parses.gz"),
            "--out",
            str(tmp_path / name),
        ]
        assert train_worthiness.main(arguments) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    trained = model.read(tmp_path / "a")
    assert trained.weights["percent"] > 0 > trained.weights["i"]
    assert all(trained.weights["C", cue] > 0.3 for cue in ("number", "figure"))
    assert 0 < trained.threshold < 1
    assert "103 sentences" in capsys.readouterr().out


def test_the_test_half_is_not_trained_on(data):
    splits = [example.split for example in worthiness_data.load(data)]
    assert splits.count("test") == splits.count("dev") == 2
    assert None not in [example.positive for example in worthiness_data.load(data)]


def test_the_benchmark_prints_its_tables(data, capsys):
    assert worthiness.main(["--data", str(data), "--test-half"]) == 0
    printed = capsys.readouterr().out
    for row in (
        "debates, CV",
        "debates of 2012 and 2016",
        "one reader's own labels",
        "news, test half",
        "| 0.9-1.0 |",
        "processor time",
    ):
        assert row in printed


@pytest.mark.parametrize("command", [train_worthiness.main, worthiness.main])
def test_absent_data_is_said_in_one_line(command, tmp_path, capsys):
    assert command(["--data", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "claimbuster-crowdsourced.csv is not in" in said
    assert said.count("\n") == 1


def test_calibration_finds_the_slope_and_shift_that_made_the_labels():
    logits = np.linspace(-4, 4, 4001)
    share = 1 / (1 + np.exp(-(0.5 * logits + 1)))
    assert platt(logits, share, np.ones(len(logits))) == pytest.approx((0.5, 1), abs=1e-4)
