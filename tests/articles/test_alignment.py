"""Where words of an older text stand in a newer one."""

import re

import pytest

from factcheck.articles.alignment import Alignment


@pytest.mark.parametrize(
    ("old", "new", "figure", "now"),
    [
        ("It will cost 87 million dollars, they said.", "It will cost 78 million dollars, they said.", "87 million dollars", "78 million dollars"),
        ("They lost ground (87 percent) by May.", "They lost ground (78 percent) by May.", "87 percent", "78 percent"),
        ("They lost ground (87 percent) by May.", "They lost ground (87 kilometres) by May.", "87 percent", "87 kilometres"),
        ("Those are “87 percent”.", "Those are “78 percent”.", "87 percent", "78 percent"),
        ("87 percent.", "78 percent.", "87 percent", "78 percent"),
    ],
)  # fmt: skip
def test_the_region_of_a_figure_holds_the_changed_one_whatever_marks_touch_it(old, new, figure, now):
    at = old.index(figure)
    start, end = Alignment(old, new).region(at, at + len(figure))
    assert now in new[start:end]


def test_a_region_ends_before_the_next_unchanged_word():
    old, new = "Some 87 percent, they said.", "Some 78 percent, they said."
    start, end = Alignment(old, new).region(5, 15)
    assert new[start:end].strip() == "78 percent,"


def test_a_figure_is_placed_without_going_through_all_of_the_text():
    class Counted(list):
        looks = 0

        def __getitem__(self, at):
            Counted.looks += 1
            return super().__getitem__(at)

        def __iter__(self):
            for at in range(len(self)):
                yield self[at]

    old = " ".join(f"word{n} {n}" for n in range(2000))
    alignment = Alignment(old, " ".join(f"word{n} {n + 1}" for n in range(2000)))
    alignment.pieces = Counted(alignment.pieces)
    figures = [(match.start(), match.end()) for match in re.finditer(r"\b\d+", old)]

    for figure in figures:
        alignment.exactly(*figure)
        alignment.region(*figure)

    assert Counted.looks < 20 * len(figures)
