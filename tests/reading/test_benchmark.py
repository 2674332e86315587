"""The benchmark of intake runs; what it measures is for a quiet machine."""

from benchmarks import intake
from tests.reading import pages


def test_the_benchmark_of_intake_prints_its_ratio(monkeypatch, capsys):
    monkeypatch.setattr(intake.pages, "layouts", lambda seed: [pages.make("news_flash", seed)])
    assert intake.main(["--rounds", "1", "--seeds", "1"]) == 0
    out = capsys.readouterr().out
    assert out.count("(reading + extraction) / extraction") == 2
    assert "body: trafilatura" in out
