"""Two versions side by side: nothing of either is lost, and no text makes the page work long."""

from hypothesis import given
from hypothesis import strategies as st

from factcheck.articles.comparing import LONGEST, MOST, side_by_side

paragraphs = st.lists(
    st.sampled_from(["More follows.", "The militia has lost 87 percent.", "The militia has lost 78 percent.", "*"]),
    max_size=12,
)  # fmt: skip


def pairs_of(old, new):
    return [pair for stretch in side_by_side("\n\n".join(old), "\n\n".join(new)) for pair in stretch.pairs]


def words(runs):
    return "".join(run.text for run in runs)


@given(paragraphs, paragraphs)
def test_each_side_shows_all_of_its_paragraphs_in_order(old, new):
    pairs = pairs_of(old, new)
    assert [words(pair.old) for pair in pairs if pair.old] == old
    assert [words(pair.new) for pair in pairs if pair.new] == new
    assert all(words(pair.old) == words(pair.new) for pair in pairs if pair.same)


def test_a_paragraph_that_went_in_between_leaves_its_neighbours_as_they_were():
    pairs = pairs_of(["One.", "Two.", "Three."], ["One.", "Two.", "Between.", "Three."])
    assert [(words(pair.old), words(pair.new)) for pair in pairs if not pair.same] == [("", "Between.")]


def test_of_very_many_paragraphs_those_between_a_common_beginning_and_end_are_replaced_together():
    ours, theirs = ([f"{side} {n}" for n in range(MOST + 1)] for side in ("Ours", "Theirs"))

    pairs = pairs_of(["First.", *ours, "Last."], ["First.", *theirs, "Last."])

    assert [pair.same for pair in pairs] == [True, False, False, True]
    assert words(pairs[1].old) == "\n".join(ours)
    assert words(pairs[2].new) == "\n".join(theirs)


def test_the_words_of_a_very_long_paragraph_are_not_compared():
    long = "word " * (LONGEST // 5 + 1)
    removed, added = pairs_of([f"{long}87"], [f"{long}78"])
    assert (len(removed.old), removed.new, added.old, len(added.new)) == (1, [], [], 1)
