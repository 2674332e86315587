"""Attribution of texts that nobody wrote: it must not fall over, and take time in proportion."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.extraction.english.attribution import marks
from tests.extraction.attribution.reading import read

WORDS = st.sampled_from(
    "Ryan Holt Mary Jones said told that according to the ministry , . : ; “ ” \" ' ‘ ’ ( ) - — he she they it who "
    'wells are safe “We "I ok.” ok." and but while \n\n Mr Dr. spokesman 12 % U.S. called “x” ʼ 👍 École'.split(
        " "
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_run_of_words_is_read_and_offsets_hold(text):
    assert read(text) == read(text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_read(text):
    read(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="a “”‘’\"'.,\n", max_size=120))
def test_marks_are_found_in_order_and_do_not_overlap(text):
    found = marks.find(text, [(0, len(text))])
    for before, after in pairwise(found):
        assert before.end <= after.start
    assert all(0 <= item.start < item.end <= len(text) for item in found)
