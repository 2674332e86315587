"""The text is cut at every border of what is marked in it, and stays the text."""

import random
from itertools import pairwise

from factcheck.articles import marking
from factcheck.articles.marking import Span, blocks_of, cut, grouped, parts_of, shown_state


def whole(text, blocks, start=0):
    """The text again, from its blocks and what stands between them."""
    out = text[:0]
    for block in blocks:
        out += block.gap + "".join(piece.text for mark in block.marks for piece in mark.pieces)
    return out


def test_overlapping_claims_are_cut_where_one_begins_or_ends():
    first, second = Span(0, 10, "claim", "1", "open"), Span(5, 15, "claim", "2", "candidate")
    assert [(a, b, [span.key for span in over]) for a, b, over in cut(0, 20, [first, second])] == [
        (0, 5, ["1"]),
        (5, 10, ["1", "2"]),
        (10, 15, ["2"]),
        (15, 20, []),
    ]


def test_the_longest_span_is_the_outermost():
    inner, outer = Span(4, 8, "claim", "inner"), Span(0, 12, "claim", "outer")
    over = {first: [span.key for span in spans] for first, _, spans in cut(0, 12, [inner, outer])}
    assert over[4] == ["outer", "inner"]


def test_blocks_put_together_are_the_text():
    rolls = random.Random(7)
    for _ in range(60):
        text = "".join(
            rolls.choice(["a", "é", "😀", " ", "\n", "\n\n", "ש", "<b>", "\t"]) for _ in range(120)
        )
        spans = []
        for number in range(12):
            start = rolls.randrange(len(text))
            end = rolls.randrange(start + 1, len(text) + 1)
            kind = rolls.choice(["claim", "note", "figure", "body"])
            spans.append(Span(start, end, kind, str(number), "open" if kind == "claim" else ""))
        blocks = blocks_of(text, 0, len(text), spans, body_known=True)
        assert whole(text, blocks) == text.rstrip() or whole(text, blocks).rstrip() == text.rstrip()
        for block in blocks:
            for mark in block.marks:
                for piece in mark.pieces:
                    assert text[piece.start : piece.start + len(piece.text)] == piece.text


def test_each_piece_names_exactly_the_claims_over_it():
    text = "One two three four five."
    spans = [Span(0, 13, "claim", "1", "open"), Span(4, 18, "claim", "2", "open"), Span(8, 13, "figure")]
    (block,) = blocks_of(text, 0, len(text), spans, body_known=False)
    assert [(mark.keys, "".join(p.text for p in mark.pieces)) for mark in block.marks] == [
        ("1", "One "),
        ("2 1", "two three"),
        ("2", " four"),
        ("", " five."),
    ]
    assert [piece.text for piece in block.marks[1].pieces if piece.figure] == ["three"]


def test_what_no_body_covers_is_furniture_once_the_body_is_known():
    text = "Menu\n\nThe article.\n\nCopyright"
    body = [Span(6, 18, "body")]
    assert [b.furniture for b in blocks_of(text, 0, len(text), body, body_known=True)] == [True, False, True]
    assert not any(b.furniture for b in blocks_of(text, 0, len(text), [], body_known=False))


def test_long_furniture_is_folded_away_and_short_is_not():
    text = "\n".join(["Menu"] * 12) + "\n\nThe article.\n\nCopyright"
    start = text.index("The article")
    groups = grouped(blocks_of(text, 0, len(text), [Span(start, start + 12, "body")], body_known=True))
    assert [(group.folded, len(group.blocks)) for group in groups] == [(True, 12), (False, 1), (False, 1)]


def test_lines_are_close_where_paragraphs_have_blank_lines_between():
    blocks = blocks_of("a\nb\n\nc", 0, 6, [], body_known=False)
    assert [block.tight for block in blocks] == [False, True, False]
    assert not any(block.tight for block in blocks_of("a\nb\nc", 0, 5, [], body_known=False))


def test_a_claim_over_two_paragraphs_is_marked_in_both():
    text = "First part\n\nsecond part."
    blocks = blocks_of(text, 0, len(text), [Span(6, 18, "claim", "1", "open")], body_known=False)
    assert [[mark.keys for mark in block.marks] for block in blocks] == [["", "1"], ["1", ""]]


def test_a_long_text_is_parted_at_its_paragraphs(monkeypatch):
    monkeypatch.setattr(marking, "PART", 100)
    text = "\n".join(["word " * 9] * 20)
    parts = parts_of(text)
    assert parts[0][0] == 0
    assert parts[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(parts))
    assert all(text[end - 1] == "\n" for _, end in parts[:-1])


def test_a_line_without_an_end_is_parted_too(monkeypatch):
    monkeypatch.setattr(marking, "PART", 100)
    assert [end - start for start, end in parts_of("x" * 250)] == [100, 100, 50]


def test_what_was_set_aside_does_not_hide_what_stands():
    assert shown_state(["open", "dismissed"]) == "open"
    assert shown_state(["dismissed"]) == "dismissed"
    assert shown_state([]) == ""
