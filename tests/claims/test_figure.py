"""Correcting a claim's figures; what the machine read stays beside them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from factcheck.claims.reads import read_fields
from factcheck.claims.services import editing
from factcheck.figures.models import READING_FIELDS, Figure
from tests.factories import ClaimFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def figure(claim):
    return Figure.objects.get()


def typed(figure, **changes):
    """The form of the figure as the browser sends it, with some fields changed."""
    data = {name: getattr(figure, name) for name in READING_FIELDS}
    data = {name: "" if value is None else str(value) for name, value in data.items()}
    return {**data, "revision": figure.revision, **changes}


def correct(claim, figure):
    return reverse("claims:correct_figure", args=[claim.pk, figure.pk])


def test_a_corrected_field_shows_what_the_machine_read(claim, figure, editor, signed_in):
    answer = signed_in(editor).post(
        correct(claim, figure), typed(figure, low="85", high="", whole="territory held in 2014"), headers=HTMX
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    figure.refresh_from_db()
    assert (figure.low, figure.high, figure.whole) == (Decimal(85), Decimal(85), "territory held in 2014")
    assert set(figure.set_by_editor) == {"low", "high", "whole"}
    assert figure.machine_reading["low"] == "87"
    assert '<span class="machine">' in html
    assert html.count("87") >= 1


def test_a_field_goes_back_to_the_machines_reading(claim, figure, editor, signed_in):
    browser = signed_in(editor)
    browser.post(correct(claim, figure), typed(figure, unit="per mille"))
    figure.refresh_from_db()
    assert figure.set_by_editor == ["unit"]
    answer = browser.post(
        reverse("claims:figure_back", args=[claim.pk, figure.pk]),
        {"field": "unit", "revision": figure.revision},
        headers=HTMX,
    )
    assert answer.status_code == 200
    figure.refresh_from_db()
    assert (figure.unit, figure.set_by_editor) == ("percent", [])


def test_numbers_are_taken_as_people_write_them(claim, figure, editor, signed_in):
    signed_in(editor).post(
        correct(claim, figure), typed(figure, low="6.5 million", high="7 million", bound="between")
    )
    figure.refresh_from_db()
    assert (figure.low, figure.high) == (Decimal(6_500_000), Decimal(7_000_000))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"low": "many"}, "Write a number, like 87"),
        ({"low": "5,1"}, "Write decimals with a point: 5.1"),
        ({"low": ""}, "Give the value."),
        ({"low": "9", "high": "3"}, "The low value is above the high value."),
        ({"period_from": "2026-05-02", "period_to": "2026-05-01"}, "The period ends before it starts."),
        ({"unit": "x" * 200}, "at most 120 characters"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_with_everything_kept(
    claim, figure, editor, signed_in, changes, said
):
    answer = signed_in(editor).post(correct(claim, figure), typed(figure, place="typed place", **changes))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "typed place" in html
    figure.refresh_from_db()
    assert figure.revision == 1


def test_the_second_of_two_who_correct_a_figure_sees_both_readings(
    claim, figure, editor, colleague, signed_in
):
    mine = typed(figure, place="the north")
    editing.correct_figure(
        actor=colleague,
        claim=claim,
        figure=Figure.objects.get(),
        revision=1,
        changes={"place": "the coast"},
    )
    for headers in ({}, HTMX):
        answer = signed_in(editor).post(correct(claim, figure), mine, headers=headers)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "the coast" in html
        assert html.count("the north") >= 2
        assert "Ben Oduya" in html
        assert 'name="revision" value="2"' in html
    figure.refresh_from_db()
    assert figure.place == "the coast"


def test_a_figure_that_the_machine_missed_is_added_on_its_words(article, editor, signed_in):
    claim = ClaimFactory(article=article, quote="The militia has lost 87 percent", figure="")
    appearance = claim.appearances.get()
    data = {"exact": "87 percent", "appearance": appearance.pk, "low": "87", "unit": "percent"}
    data |= {"bound": "exact", "dimension": "ratio", "role": "change", "change": "decrease"}
    answer = signed_in(editor).post(reverse("claims:add_figure", args=[claim.pk]), data, headers=HTMX)
    assert answer.status_code == 200
    figure = appearance.figures.get()
    text = appearance.version.text
    assert text[figure.start : figure.end] == "87 percent"
    assert (figure.low, figure.added_by, figure.machine_reading) == (Decimal(87), editor, None)


def test_a_figure_whose_words_are_not_in_the_quote_is_refused_with_the_form_kept(claim, editor, signed_in):
    data = {"exact": "88 percent", "appearance": claim.appearances.get().pk, "low": "88", "unit": "kept unit"}
    data |= {"bound": "exact", "dimension": "ratio", "role": "level"}
    answer = signed_in(editor).post(reverse("claims:add_figure", args=[claim.pk]), data)
    assert answer.status_code == 422
    assert "These words are not in the quote" in answer.content.decode()
    assert "kept unit" in answer.content.decode()


def test_a_figure_of_another_claim_is_not_there(claim, figure, editor, signed_in):
    other = ClaimFactory(quote="Nobody was hurt.", figure="")
    answer = signed_in(editor).post(correct(other, figure), typed(figure, low="1"))
    assert answer.status_code == 404


def test_a_viewer_corrects_nothing(claim, figure, viewer, signed_in):
    assert signed_in(viewer).post(correct(claim, figure), typed(figure, low="1")).status_code == 403
    figure.refresh_from_db()
    assert figure.low == 87


def test_a_figure_is_fixed_while_in_review(in_review, editor, signed_in):
    figure = Figure.objects.get()
    answer = signed_in(editor).post(correct(in_review.claim, figure), typed(figure, place="typed anyway"))
    assert answer.status_code == 409
    assert "typed anyway" in answer.content.decode()


def test_both_ends_of_a_value_go_back_together(claim, figure, editor, signed_in):
    browser = signed_in(editor)
    browser.post(correct(claim, figure), typed(figure, low="90", high="95"))
    figure.refresh_from_db()
    browser.post(
        reverse("claims:figure_back", args=[claim.pk, figure.pk]),
        {"field": "high", "revision": figure.revision},
    )
    figure.refresh_from_db()
    assert (figure.low, figure.high, figure.set_by_editor) == (Decimal(87), Decimal(87), [])


def test_a_stale_way_back_shows_what_stands_now(claim, figure, editor, signed_in):
    browser = signed_in(editor)
    browser.post(correct(claim, figure), typed(figure, unit="per mille"))
    address = reverse("claims:figure_back", args=[claim.pk, figure.pk])
    answer = browser.post(address, {"field": "unit", "revision": 1}, headers=HTMX)
    assert answer.status_code == 409
    assert "per mille" in answer.content.decode()


def test_a_range_shows_both_its_ends_and_a_single_value_one():
    ends = Figure(low=Decimal(18), high=Decimal(23), bound="between", unit="foot")
    shown = {field.label: field.value for field in read_fields(ends)}
    assert (shown["low"], shown["high"]) == ("18", "23")
    shown = {field.label: field.value for field in read_fields(Figure(low=Decimal(5), high=Decimal(5)))}
    assert shown["value"] == "5"
    assert "high" not in shown
