"""What holds for every text: offsets, repeatability, no crash, open ends, and a language that is not read."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.extraction import STAGES, dumps, extract

PIECES = st.sampled_from(
    [
        "5", "87 percent", "£1.2m", "$", "one in six", "half a million", "tens of thousands", "3-1", "2012–13", "-12C", "mid-20s", "½", "1/2",
        " to ", " and ", ", ", ". ", "? ", "\n", "\n\n", "\r\n", "“", "”", '"', "'", "(", ")", "said ", "according to ", "Ryan Holt ", "He ",
        "rose ", "fell by ", "from ", "about ", "at least ", "of the ", "people ", "per day ", "each", "May 2", "6:30", "%", "👩‍👩‍👧", "שלום", "\u202e", "\0", "é",
        "the council ", "jobs ", "tonnes of grain ", "last year", "in 2018", "twice as many ", "halved ", "By Ada Byron", "© 2017",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=120))
QUIET = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)


def every_span(result):
    """(start, end, what is said to stand there or None) for all that a result points at."""
    for figure in result.figures:
        yield figure.start, figure.end, figure.text
        if figure.period:
            yield figure.period.start, figure.period.end, figure.period.text
    for claim in result.claims:
        for place in (claim, *claim.also):
            yield place.start, place.end, place.quote
    for item in [*result.sentences, *result.quotations]:
        yield item.start, item.end, None
    for speaker in result.speakers:
        for start, end in speaker.mentions:
            yield start, end, None


@QUIET
@given(TEXTS, st.booleans())
def test_every_offset_slices_to_its_quote(text, raw):
    result = extract(text, raw=raw, published=date(2019, 5, 10))
    whole = result.article.text
    assert whole == (text if raw else text.replace("\r\n", "\n").replace("\0", ""))
    for start, end, quote in every_span(result):
        assert 0 <= start < end <= len(whole)
        assert quote is None or whole[start:end] == quote
    assert result.article.sha256 == hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


@QUIET
@given(TEXTS, st.booleans())
def test_what_is_found_hangs_together(text, raw):
    result = extract(text, raw=raw)
    ends = [0]
    for sentence in result.sentences:
        assert sentence.start >= ends[-1]
        ends.append(sentence.end)
        assert 0 <= sentence.score <= 1
        assert raw or any(a <= sentence.start and sentence.end <= b for a, b in result.article.body)
    for index, figure in enumerate(result.figures):
        sentence = result.sentences[figure.sentence]
        assert sentence.start <= figure.start < figure.end <= sentence.end
        assert figure.low <= figure.high
        assert figure.same_as is None or 0 <= figure.same_as < index
        assert all(len((words or "").split()) <= 8 for words in (figure.measure, figure.of))
    for claim in result.claims:
        sentence = result.sentences[claim.sentence]
        assert sentence.start <= claim.start < claim.end <= sentence.end
        assert all(p.start < p.end <= result.sentences[p.sentence].end for p in claim.also)
        assert claim.score <= sentence.score
        assert claim.reasons
        assert all(index < len(result.figures) for index in claim.figures)
    for item in [*result.claims, *result.quotations]:
        assert item.speaker is None or 0 <= item.speaker < len(result.speakers)


@settings(QUIET, max_examples=25)
@given(TEXTS)
def test_the_same_text_gives_the_same_result(text):
    assert dumps(extract(text).to_dict()) == dumps(extract(text).to_dict())


@settings(QUIET, max_examples=30)
@given(TEXTS)
def test_json_gives_back_exact_numbers(text):
    result = extract(text)
    read = json.loads(dumps(result.to_dict()), parse_float=Decimal)
    assert [Decimal(item["low"]) for item in read["figures"]] == [figure.low for figure in result.figures]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\0\0",
        "5",
        "$",
        "1" * 5000,
        "(" * 3000,
        '"' * 999,
        "one " * 900,
        "1," * 1500,
        "\ud800 5",
        "x" * 60_000,
        "10^99 1e-99",
    ],
    ids=lambda text: repr(text[:8]),
)
@pytest.mark.parametrize("raw", [True, False])
def test_nothing_crashes_it(text, raw):
    dumps(extract(text, raw=raw).to_dict())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Minister sagte am Montag, dass die Zahl der Arbeitslosen um drei Prozent gestiegen sei.", "de"),
        (
            "Le président a déclaré que les impôts augmenteraient de trois pour cent cette année en France.",
            "fr",
        ),
    ],
)
def test_a_language_it_does_not_read_is_said_plainly(text, language):
    result = extract(text)
    assert result.article.language == language
    assert language in result.note
    assert result.article.body
    assert [result.sentences, result.figures, result.quotations, result.claims] == [[]] * 4


@pytest.mark.parametrize("text", ["Rents rose 3 % to £1,240.", "5 million", "TV: 3D"])
def test_a_short_english_line_is_read_as_english(text):
    assert extract(text).article.language == "en"


def test_progress_names_each_stage_and_only_rises():
    told = []
    extract(
        "Rents rose 3 % last year. He said so.\n\nProfits fell by £5m.",
        on_stage=lambda *step: told.append(step),
    )
    assert list(dict.fromkeys(stage for stage, _ in told)) == list(STAGES)
    parts = [part for _, part in told]
    assert parts == sorted(parts)
    assert parts[-1] == 1


def test_long_texts_report_as_they_go_on():
    told = []
    extract(
        "Rents rose 3 % last year, and about 40 shops closed.\n\n" * 200,
        on_stage=lambda *step: told.append(step),
    )
    assert len([step for step in told if step[0] == "figures"]) > 50


def test_a_bare_dollar_is_the_outlets_countrys():
    assert extract("It costs $5.", raw=True, country="AU").figures[0].unit == "Australian dollar"
    assert extract("It costs $5.", raw=True).figures[0].unit == "US dollar"


def test_periods_stay_open_without_a_date():
    period = extract("Rents rose 3 % last year.", raw=True).figures[0].period
    assert (period.text, period.first, period.last) == ("last year", None, None)
