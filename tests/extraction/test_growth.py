"""Work grows with the text: counted in function calls, which are the same on every machine."""

import cProfile

import pytest

from benchmarks.extraction import growth
from factcheck.extraction import extract
from factcheck.extraction.cleanup import read_page
from factcheck.extraction.english.parse import LONGEST, MOST_TOKENS, shorten
from factcheck.extraction.english.sentences import split

STORY = """Rents in Norland rose {n} percent to £1,240 a month last year, the housing ministry said on Tuesday.

"We have lost {n} of our 120 libraries since 2014," Ann Marlow{n} told the council, and about 40 more may close. She added that
half of the wells had been sealed, but an estimated {n} still leak.

"""


def calls(text):
    profile = cProfile.Profile()
    profile.enable()
    extract(text)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda words: "".join(STORY.format(n=n) for n in range(words // 60)), id="news"),
        pytest.param(lambda words: " ".join(["5"] * words), id="numbers without a full stop"),
        pytest.param(lambda words: " ".join(['"yes"'] * words), id="quotation marks"),
    ],
)
def test_ten_times_the_words_are_ten_times_the_work(make):
    calls(make(60))  # loads the models
    small, large = calls(make(1_000)), calls(make(10_000))
    assert large < 11.5 * small


@pytest.mark.parametrize(
    "text",
    ["5 " * 4000, "(" * 4000, "x" * 9000, "one, " * 2000, "a long walk; " * 900, "5,5," * 2000],
    ids=lambda text: repr(text[:6]),
)
def test_a_sentence_without_an_end_is_cut_into_parts_that_cover_it(text):
    whole = (0, len(text.rstrip()))
    parts = shorten(text, [whole])
    assert "".join(text[a:b] for a, b in parts).replace(" ", "") == text.replace(" ", "")
    assert all(b - a <= LONGEST and len(text[a:b].split()) <= MOST_TOKENS for a, b in parts)


def test_an_overlong_sentence_is_cut_at_a_pause():
    text = "the council closed the wells that leaked, " * 60
    assert all(text[a:b].endswith("leaked,") for a, b in shorten(text, [(0, len(text) - 1)]))


def test_a_sentence_of_usual_length_stays_whole():
    text = "The council, which has " + "sealed wells and " * 60 + "closed roads, meets on Monday."
    assert shorten(text, [(0, len(text))]) == [(0, len(text))]


@pytest.mark.parametrize(
    "text", ["." * 200_000, "?!" * 100_000, ". " * 5_000], ids=lambda text: repr(text[:4])
)
def test_marks_without_words_are_read_once(text):
    assert split(text, 0, len(text))


@pytest.mark.parametrize("line", [" /  / " * 20 + "/!", "a / " * 38 + ".", "Home > " * 20 + "> !"])
def test_a_line_of_separators_is_read_at_once(line):
    assert read_page(line).title is None


def test_the_growth_table_is_printed(tmp_path, monkeypatch, capsys):
    (tmp_path / "wikinews.jsonl").write_text('{"text": "Rents rose 3 percent."}\n', encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["growth", "--data", str(tmp_path), "--quick"])
    assert growth.main() == 0
    assert "| news |" in capsys.readouterr().out
