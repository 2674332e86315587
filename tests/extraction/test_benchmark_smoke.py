"""The extraction benchmark runs: on a few lines in the shape of the development data."""

import json

import pytest

from benchmarks.extraction import __main__ as command
from benchmarks.extraction import gold, recognizers


@pytest.fixture
def data(tmp_path):
    case = {
        "input": "It costs $5.",
        "spec": "Currency",
        "expected": [{"text": "$5", "low": 5, "high": 5, "unit": "Dollar", "type": "c"}],
    }
    (tmp_path / "recognizers-dev.jsonl").write_text(json.dumps(case) + "\n", encoding="utf-8")
    return tmp_path


def test_a_case_is_judged(data):
    right, cases, tally = recognizers.score(data)["Currency"]
    assert (right, cases, tally.f1) == (1, 1, 1.0)


def test_our_own_figures_are_well_formed():
    rows = [row for split in gold.SPLITS for row in gold.rows(split)]
    assert {row["split"] for row in rows} == set(gold.SPLITS)
    assert all(figure["low"] <= figure["high"] for row in rows for figure in row["figures"])


def test_without_the_data_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["extraction", "--data", str(tmp_path / "none")])
    assert command.main() == 2
    assert "nothing measured" in capsys.readouterr().err
