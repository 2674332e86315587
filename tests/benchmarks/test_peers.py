"""The comparison with published extractors: its rules, and a run without data or installed peers."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal

import pytest

from benchmarks.peers import environments, reading, scoring
from benchmarks.peers.__main__ import main
from benchmarks.peers.table import Column, table


def quantity(text: str, low: float, **fields) -> dict:
    return {"start": 0, "end": len(text), "text": text, "low": low, "high": low, **fields}


def wanted(text: str, value: float, **fields) -> dict:
    plain = {"start": 0, "end": len(text), "text": text, "low": value, "high": value}
    return {**plain, "bound": "exact", "change": None, "unit": None, "measure": None, "of": None, **fields}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("percentage", "percent"),
        ("United States dollar", "US dollar"),
        ("Kilometer", "kilometre"),
        ("hospital beds", "hospital bed"),
        ("people", "person"),
    ],
)
def test_peers_unit_is_put_into_our_name(theirs, ours):
    assert reading.figure(quantity("5", 5, unit=theirs)).unit == ours


def test_peers_unit_with_a_divisor_is_parted():
    found = reading.figure(quantity("£5", 5, unit="pound sterling per month"))
    assert (found.unit, found.per) == ("pound sterling", "month")


def test_peers_range_that_runs_backwards_is_turned():
    found = reading.figure(quantity("345 to 325", 345) | {"high": 325})
    assert (found.low, found.high) == (Decimal(325), Decimal(345))


def test_at_least_and_over_are_one_sign():
    rows = [scoring.Row("50", 0, [wanted("50", 50, bound="at_least", unit="person")])]
    found = [[reading.figure(quantity("50", 50, bound="over", unit="people"))]]
    scores = scoring.news(rows, found)
    assert scores["value + bound or change"].f1 == 1
    assert scores["value + unit"].f1 == 1


@pytest.mark.parametrize(
    ("ours", "theirs"), [("fraction", None), ("fraction", "percentage"), ("year of age", "year")]
)
def test_a_name_of_the_contract_alone_costs_a_peer_nothing(ours, theirs):
    rows = [scoring.Row("half", 0, [wanted("half", 0.5, unit=ours)])]
    found = [[reading.figure(quantity("half", 0.5, unit=theirs))]]
    assert scoring.news(rows, found)["value + unit"].f1 == 1


def test_a_wrong_unit_costs():
    rows = [scoring.Row("5", 0, [wanted("5", 5, unit="mile")])]
    found = [[reading.figure(quantity("5", 5, unit="kilometer"))]]
    assert scoring.news(rows, found)["value + unit"].f1 == 0


def test_missed_hedge_and_invented_number_cost():
    rows = [scoring.Row("some 50 in 2019", 0, [wanted("50", 50, bound="about")])]
    found = [[reading.figure(quantity("50", 50)), reading.figure(quantity("2019", 2019))]]
    scores = scoring.news(rows, found)
    assert scores["value"].f1 == pytest.approx(2 / 3)
    assert scores["value + bound or change"].f1 == 0


def test_what_a_figure_is_of_is_compared_only_where_it_is_said():
    rows = [scoring.Row("x", 0, [wanted("50", 50), wanted("60", 60, of="the port")])]
    found = [[reading.figure(quantity("50", 50, of="dock")), reading.figure(quantity("60", 60, of="port"))]]
    tally = scoring.news(rows, found)["value + what it is of"]
    assert (tally.hit, tally.found, tally.wanted) == (1, 1, 1)


def test_a_case_lists_only_its_own_kind():
    case = {
        "spec": "Percent",
        "expected": [{"text": "5%", "low": 5, "high": 5, "unit": "percent", "type": "percentage"}],
    }
    found = [[reading.figure(quantity("5%", 5, unit="percentage")), reading.figure(quantity("7", 7))]]
    assert scoring.cases([case], found)["value + unit"].f1 == 1


def test_missing_data_is_said_in_a_line(tmp_path, capsys):
    assert main(["--data", str(tmp_path)]) == 2
    assert "Nothing was measured" in capsys.readouterr().err


def test_every_peer_has_pins_and_a_reader():
    for peer in environments.PEERS:
        assert peer.reader.is_file()
        lines = [line for line in peer.pins.read_text().splitlines() if line]
        assert lines
        assert all("==" in line for line in lines)


def test_smoke_run_reads_and_names_the_peers_that_are_not_installed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(environments, "FOLDER", tmp_path / "none")
    text = "The port handled 4,200 tonnes."
    row = {"url": "u", "start": 0, "end": len(text), "split": "dev", "figures": []}
    row["figures"] = [wanted("4,200 tonnes", 4200, unit="tonne") | {"start": 17, "end": 29}]
    monkeypatch.setattr(
        "benchmarks.extraction.gold.rows", lambda split: [row | {"split": split}] if split == "dev" else []
    )
    article = {"url": "u", "date": "2019-01-02", "text": text}
    case = {
        "input": "30%",
        "spec": "Percent",
        "expected": [{"text": "30%", "low": 30, "high": 30, "unit": "percent", "type": "percentage"}],
    }
    (tmp_path / "wikinews.jsonl").write_text(json.dumps(article) + "\n")
    (tmp_path / "recognizers-dev.jsonl").write_text(json.dumps(case) + "\n")
    out = tmp_path / "table.txt"
    assert main(["--data", str(tmp_path), "--no-install", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert printed == out.read_text()
    assert "quantulum3 is not installed" in printed
    assert "1.000" in printed


def test_what_a_reader_says_is_one_line_for_each_sentence():
    script = (
        "from lines import serve\n"
        "def read(text):\n"
        "    if text == 'bad': raise ValueError\n"
        "    print('noise'); return [{'text': text}]\n"
        "serve(read)\n"
    )
    sentences = [{"id": 0, "text": "five"}, {"id": 1, "text": "bad"}]
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="".join(json.dumps(item) + "\n" for item in sentences),
        cwd=environments.HERE / "readers",
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, last = map(json.loads, done.stdout.splitlines())
    assert first["figures"] == [{"text": "five"}]
    assert second["figures"] == []
    assert last["failures"] == 1


def test_what_an_extractor_does_not_tell_is_a_dash():
    scores = scoring.news([scoring.Row("x", 0, [wanted("50", 50)])], [[reading.figure(quantity("50", 50))]])
    column = Column("peer", news={"dev": scores}, silent={"value + what it is of"})
    lines = table([column], {"dev": 1}, 0, []).splitlines()
    assert next(line for line in lines if "what it is of" in line).rstrip().endswith("-")
