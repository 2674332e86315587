"""What happens to claims, figures and notes when an article's text changes, and what the desk says of a changed figure."""

import re
from decimal import Decimal
from html import unescape

import pgtrigger
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from factcheck import extraction
from factcheck.articles.alignment import Alignment
from factcheck.articles.models import Article, ExtractionRun
from factcheck.articles.services import add_version, annotate, ask_for_extraction
from factcheck.claims.models import Claim
from factcheck.claims.services import triage
from factcheck.claims.services.carrying import carry_over
from factcheck.claims.services.changes import mark_seen
from factcheck.claims.services.editing import correct_figure
from factcheck.claims.services.extraction import run_extraction
from factcheck.claims.views.page import figure_form
from factcheck.desk.audit import Job
from factcheck.desk.errors import NotAllowed
from factcheck.figures.models import Figure, FigureChange
from tests.factories import ArticleFactory, ClaimFactory, UserFactory

OLD = (
    "The militia has lost 87 percent of its territory, the ministry said on Monday.\n\n"
    "Engineers have sealed 40 wells in the valley since the campaign began in the spring.\n\n"
    "The government wants to spend $1.5 billion on roads over the next five years."
)
NOTICE = "\n\nCorrection: an earlier version of this article gave a wrong share."
READER = Job("test")
words = st.lists(
    st.sampled_from(["the", "wells", "87", "percent", "🙂", "שלום", "leak", "."]), max_size=30
).map(" ".join)


def newer(article, text):
    """The article's next version, with what stood in the text carried over."""
    old = article.current_version
    version = add_version(actor=READER, article=article, text=text)
    carry_over(old=old, new=version)
    return version


def extracted(version):
    run_extraction(run_id=version.runs.get().pk)


@pytest.fixture
def article(db):
    return ArticleFactory(text=OLD)


@given(words, words)
def test_words_that_did_not_change_are_found_where_they_stand_now(old, new):
    alignment = Alignment(old, new)
    for piece in alignment.pieces:
        if piece.kind == "equal":
            start, end = alignment.exactly(*piece.old)
            assert new[start:end].split() == old[slice(*piece.old)].split()


@given(words)
def test_in_the_same_text_every_span_stays_in_its_place(text):
    alignment = Alignment(text, text)
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 12) + 1):
            if not text[start].isspace() and not text[end - 1].isspace():
                assert alignment.exactly(start, end) == (start, end)


@given(words, words, st.data())
def test_a_region_lies_in_the_newer_text(old, new, data):
    alignment = Alignment(old, new)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    low, high = alignment.region(start, end)
    assert 0 <= low <= high <= len(new)


def test_a_claim_moves_along_with_its_words(article):
    claim = ClaimFactory(article=article, quote="Engineers have sealed 40 wells in the valley", figure="40")

    version = newer(article, "A new first paragraph.\n\n" + OLD)

    place = claim.appearances.get()
    assert place.version == version
    assert version.text[place.start : place.end] == place.exact == claim.quote
    figure = place.figures.get()
    assert (figure.version, version.text[figure.start : figure.end]) == (version, "40")


def test_a_slightly_changed_quote_is_found_and_the_claim_marked(article, editor):
    claim = ClaimFactory(article=article, quote="Engineers have sealed 40 wells in the valley", figure=None)
    triage.accept(actor=editor, claim=claim, take=True)

    version = newer(article, OLD.replace("have sealed 40 wells", "sealed some 40 wells"))

    claim.refresh_from_db()
    assert claim.appearances.get().exact == "Engineers sealed some 40 wells in the valley"
    assert claim.appearances.get().version == version
    assert claim.quote == "Engineers have sealed 40 wells in the valley"
    assert "changed" in claim.needs_look


def test_a_claim_whose_words_are_gone_is_an_orphan_and_marked(article, editor):
    old = article.current_version
    claim = ClaimFactory(article=article, quote="Engineers have sealed 40 wells in the valley", figure=None)
    triage.accept(actor=editor, claim=claim, take=True)

    newer(article, OLD.split("\n\n")[0])

    claim.refresh_from_db()
    assert claim.appearances.get().version == old
    assert "no longer" in claim.needs_look
    assert claim.state == Claim.State.OPEN


def test_a_bare_candidate_whose_words_are_gone_is_superseded(article):
    claim = ClaimFactory(article=article, quote="Engineers have sealed 40 wells in the valley", figure=None)

    newer(article, OLD.split("\n\n")[0])

    claim.refresh_from_db()
    assert claim.state == Claim.State.SUPERSEDED


def test_a_note_moves_along(article, editor):
    at = OLD.index("in the spring")
    note = annotate(actor=editor, version=article.current_version, start=at, end=at + 13, note="Which?")

    version = newer(article, "First.\n\n" + OLD)

    note.refresh_from_db()
    assert (note.version, version.text[note.start : note.end]) == (version, "in the spring")


def test_the_same_words_are_no_new_version(article):
    assert add_version(actor=READER, article=article, text=OLD.replace("\n\n", "\n")) is None
    assert article.versions.count() == 1


def test_a_changed_figure_raises_an_alert_and_marks_its_claim(article, editor):
    first = add_version(actor=READER, article=article, text=OLD + " It is so.")
    extracted(first)
    article = Article.objects.get(pk=article.pk)
    claim = Claim.objects.get(appearances__version=first, quote__contains="87 percent")
    triage.accept(actor=editor, claim=claim, take=True)

    second = newer(article, first.text.replace("87", "78"))
    extracted(second)

    change = FigureChange.objects.get()
    assert (change.old.text, change.new.text, change.noticed) == ("87 percent", "78 percent", False)
    claim.refresh_from_db()
    assert claim.needs_look == "87 percent became 78 percent without a notice."


def test_reading_the_newer_text_again_raises_no_second_alert(article):
    first = add_version(actor=READER, article=article, text=OLD + " It is so.")
    extracted(first)
    second = newer(Article.objects.get(pk=article.pk), first.text.replace("87", "78") + NOTICE)
    extracted(second)
    run_extraction(run_id=ask_for_extraction(actor=READER, version=second).pk)

    change = FigureChange.objects.get()
    assert change.noticed
    assert change.notice.startswith("Correction:")


def test_reading_the_newer_text_again_leaves_a_claim_that_was_looked_at_alone(article):
    first = add_version(actor=READER, article=article, text=OLD + " It is so.")
    extracted(first)
    second = newer(Article.objects.get(pk=article.pk), first.text.replace("87", "78"))
    extracted(second)
    marked = Claim.objects.exclude(needs_look="")
    assert marked.update(needs_look="") > 0

    run_extraction(run_id=ask_for_extraction(actor=READER, version=second).pk)

    assert not marked.exists()


def test_a_text_that_a_newer_one_followed_before_it_was_read_gives_no_second_claims(article):
    first = add_version(actor=READER, article=article, text=OLD + " It is so.")
    second = newer(Article.objects.get(pk=article.pk), first.text + " Nobody was hurt.")
    extracted(second)
    found = Claim.objects.count()
    assert found

    extracted(first)

    assert Claim.objects.count() == found
    assert first.runs.get().status == "finished"


@pytest.mark.parametrize("first_run", ["never", "failed", "later"])
def test_a_changed_figure_is_told_though_the_first_text_was_never_read(article, first_run):
    run = ask_for_extraction(actor=READER, version=article.current_version)
    if first_run == "failed":
        ExtractionRun.objects.filter(pk=run.pk).update(status="failed", error="No.")
    second = newer(article, in_78(OLD))
    if first_run == "later":
        run_extraction(run_id=run.pk)
    extracted(second)

    change = FigureChange.objects.get()
    assert (change.old.text, change.new.text, change.version) == ("87 percent", "78 percent", second)
    claim = Claim.objects.get(quote__contains="78 percent")
    assert (figures_of(claim), bool(claim.needs_look)) == (["78 percent"], True)
    # What did not change stands once, in the newer text.
    assert Figure.objects.filter(text="40 wells").count() <= 1
    assert list(article.versions.get(number=1).figures.all()) == [change.old]

    run_extraction(run_id=ask_for_extraction(actor=READER, version=second).pk)
    assert FigureChange.objects.count() == 1


def test_a_figure_is_compared_with_the_last_text_that_was_read(article):
    extracted_first = ask_for_extraction(actor=READER, version=article.current_version)
    run_extraction(run_id=extracted_first.pk)
    second = newer(article, in_78(OLD))
    third = newer(Article.objects.get(pk=article.pk), second.text.replace("40 wells", "45 wells"))
    extracted(third)

    changes = FigureChange.objects.filter(version=third).order_by("old__start")
    assert [(change.old.text[:2], change.new.text[:2]) for change in changes] == [("87", "78"), ("40", "45")]


def test_an_older_text_that_cannot_be_read_costs_no_findings(article, monkeypatch):
    read = extraction.extract

    def fails_on_the_older(text, **how):
        if "87" in text:
            raise RuntimeError
        return read(text, **how)

    second = newer(article, in_78(OLD))
    monkeypatch.setattr("factcheck.extraction.extract", fails_on_the_older)
    extracted(second)

    assert second.runs.get().status == "finished"
    assert Claim.objects.filter(quote__contains="78 percent").exists()


def test_who_may_triage_marks_an_alert_as_seen(article, editor):
    first = add_version(actor=READER, article=article, text=OLD + " It is so.")
    extracted(first)
    extracted(newer(Article.objects.get(pk=article.pk), first.text.replace("87", "78")))
    change = FigureChange.objects.get()

    with pytest.raises(NotAllowed):
        mark_seen(actor=UserFactory(can="viewer"), change=change)
    mark_seen(actor=editor, change=change)

    assert change.seen_by == editor


@pytest.fixture
def browsing(signed_in, editor):
    return signed_in(editor)


@pytest.fixture
def changed(article):
    """An article of which an outlet changed a figure, and a claim whose words are gone."""
    first = add_version(actor=READER, article=article, text=OLD + " It is so.")
    extracted(first)
    orphan = Claim.objects.get(quote__contains="40 wells")
    triage.accept(actor=UserFactory(can="editor"), claim=orphan, take=True)
    cut = first.text.replace("87", "78").replace(OLD.split("\n\n")[1], "")
    extracted(newer(Article.objects.get(pk=article.pk), cut))
    return Article.objects.get(pk=article.pk)


def test_the_versions_stand_side_by_side_with_what_changed(browsing, changed):
    answer = browsing.get(f"/articles/{changed.pk}/versions/").content.decode()

    assert "<del>87</del>" in answer
    assert "<ins>78</ins>" in answer
    assert "without a notice" in answer
    assert "Engineers have sealed 40 wells" in answer


def test_the_article_tells_of_the_changed_figure_until_somebody_saw_it(browsing, changed):
    change = FigureChange.objects.get()
    assert "without a notice" in browsing.get(f"/articles/{changed.pk}/").content.decode()

    answer = browsing.post(f"/articles/changed-figures/{change.pk}/seen/", {"next": "article"})

    assert answer.headers["Location"] == f"/articles/{changed.pk}/versions/"
    assert "without a notice" not in browsing.get(f"/articles/{changed.pk}/").content.decode()


def test_the_list_of_changed_figures_asks_as_often_for_many_as_for_few(
    browsing, changed, django_assert_max_num_queries
):
    change = FigureChange.objects.get()
    for figure in change.new.version.figures.exclude(pk=change.new_id)[:2]:
        FigureChange.objects.create(
            article=changed, version=changed.current_version, old=figure, new=change.new
        )
    with django_assert_max_num_queries(12):
        answer = browsing.get("/articles/changed-figures/")
    assert "87" in answer.content.decode()


def test_what_is_markup_in_a_text_stays_text(browsing, article):
    newer(article, OLD + "\n\n<script>alert(1)</script>")

    answer = browsing.get(f"/articles/{article.pk}/versions/").content.decode()

    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer


# --- A changed figure in a claim that is worked on -------------------------------------------------------------------


@pytest.fixture
def worked_on(article, editor):
    """`worked_on(text, **corrections)`: a claim with "87 percent" that an editor took, its figure corrected, after the outlet
    replaced the text."""

    def make(replaced, **corrections):
        first = add_version(actor=READER, article=article, text=OLD + " It is so.")
        extracted(first)
        claim = Claim.objects.get(appearances__version=first, quote__contains="87 percent")
        claim = triage.accept(actor=editor, claim=claim, take=True)
        if corrections:
            figure = claim.appearances.get().figures.get()
            correct_figure(
                actor=editor, claim=claim, figure=figure, revision=figure.revision, changes=corrections
            )
        extracted(newer(Article.objects.get(pk=article.pk), replaced(first.text)))
        return Claim.objects.get(pk=claim.pk)

    return make


def in_78(text):
    return text.replace("87", "78")


def figures_of(claim):
    return [figure.text for figure in Figure.objects.filter(appearances__claim=claim).order_by("pk")]


def test_a_claim_that_is_worked_on_has_the_newer_figure_and_says_what_it_was(browsing, worked_on):
    claim = worked_on(in_78)

    assert figures_of(claim) == ["78 percent"]
    page = browsing.get(claim.get_absolute_url()).content.decode()
    assert "was 87 percent until version 3" in page
    assert claim.needs_look == "87 percent became 78 percent without a notice."


def test_what_an_editor_set_goes_along_to_the_newer_figure_or_is_shown_beside_it(browsing, worked_on):
    claim = worked_on(in_78, whole="the valley", low=Decimal(86), high=Decimal(86))

    figure = Figure.objects.get(appearances__claim=claim)
    assert (figure.whole, figure.set_by_editor, figure.low) == ("the valley", ["whole"], 78)
    page = unescape(browsing.get(claim.get_absolute_url()).content.decode())
    assert "an editor had set:" in page
    assert FigureChange.objects.get().old.low == 86


def test_what_the_newer_text_says_otherwise_is_not_overruled_by_an_older_correction(worked_on):
    claim = worked_on(
        lambda text: in_78(text).replace("of its territory", "of its fighters"), whole="the valley"
    )

    figure = Figure.objects.get(appearances__claim=claim)
    assert (figure.text, figure.set_by_editor) == ("78 percent", [])


def test_figures_that_changed_twice_are_told_one_after_the_other(browsing, worked_on):
    claim = worked_on(in_78)
    article = Article.objects.get(pk=claim.lead_article_id)
    extracted(newer(article, article.current_version.text.replace("78", "75")))

    assert figures_of(claim) == ["75 percent"]
    page = browsing.get(claim.get_absolute_url()).content.decode()
    assert page.index("was 78 percent until version 4") < page.index("was 87 percent until version 3")


@pytest.mark.parametrize("state", ["in_review", "verified"])
def test_a_checked_claim_keeps_the_figure_that_it_was_checked_with(article, state):
    first = add_version(actor=READER, article=article, text=OLD + " It is so.")
    extracted(first)
    claim = Claim.objects.get(appearances__version=first, quote__contains="87 percent")
    with pgtrigger.ignore("claims.Claim:verified_only_after_approval"):
        Claim.objects.filter(pk=claim.pk).update(state=state)

    extracted(newer(Article.objects.get(pk=article.pk), in_78(first.text)))

    claim.refresh_from_db()
    assert figures_of(claim) == ["87 percent"]
    assert claim.needs_look == "87 percent became 78 percent without a notice."


def test_a_checked_claim_that_is_open_again_gets_the_newer_figure_when_the_text_is_read_again(worked_on):
    claim = worked_on(in_78)
    change = FigureChange.objects.get()
    claim.appearances.get().figures.set([change.old])

    run_extraction(run_id=ask_for_extraction(actor=READER, version=change.version).pk)

    assert figures_of(claim) == ["78 percent"]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_correction_typed_before_the_figure_was_replaced_stands_in_the_newer_ones_form(
    browsing, worked_on, headers
):
    claim = worked_on(in_78)
    change = FigureChange.objects.get()
    opened = figure_form(change.old)
    typed = {name: opened[name].value() or "" for name in opened.fields} | {"whole": "the valley"}
    url = reverse("claims:correct_figure", args=[claim.pk, change.old_id])

    answer = browsing.post(url, typed, headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "it is “78 percent” now" in page
    assert reverse("claims:correct_figure", args=[claim.pk, change.new_id]) in page
    values = dict(
        re.findall(r'<input[^>]* name="(low|whole|revision)" value="([^"]*)"[^>]* id="figure-', page)
    )
    assert values == {"low": "78", "whole": "the valley", "revision": str(change.new.revision)}
    assert figures_of(claim) == ["78 percent"]


# --- Words that moved ---------------------------------------------------------------------------------------------------


def test_a_figure_goes_with_its_claim_to_another_place_and_keeps_what_an_editor_set(worked_on):
    claim = worked_on(lambda text: "\n\n".join(reversed(text.split("\n\n"))), place="Norland")

    place = claim.appearances.get()
    figure = place.figures.get()
    assert (figure.text, figure.place, figure.version) == ("87 percent", "Norland", place.version)
    assert place.version.text[figure.start : figure.end] == "87 percent"
    assert Figure.objects.filter(text="87 percent").count() == 1


# --- Words that come back -----------------------------------------------------------------------------------------------


@pytest.fixture
def read(article):
    """`read(text)`: the article's next text, carried over and read; None for its first."""

    def make(text=None):
        now = Article.objects.get(pk=article.pk)
        if text is None:
            run_extraction(run_id=ask_for_extraction(actor=READER, version=now.current_version).pk)
        else:
            extracted(newer(now, text))
        return Claim.objects.get(quote__contains="sealed 40 wells")

    return make


def without_wells(text):
    return text.replace(text.split("\n\n")[1], "")


def test_a_claim_whose_words_come_back_stands_there_again_with_its_figure_and_is_not_marked(read, editor):
    claim = triage.accept(actor=editor, claim=read(), take=True)
    figure = claim.appearances.get().figures.get()
    correct_figure(
        actor=editor, claim=claim, figure=figure, revision=figure.revision, changes={"place": "Norland"}
    )
    assert "no longer" in read(without_wells(OLD)).needs_look
    read(without_wells(OLD) + "\n\nNobody was hurt.")

    claim = read("A new first paragraph.\n\n" + OLD)

    place = claim.appearances.get()
    figure = place.figures.get()
    assert (claim.state, claim.needs_look) == (Claim.State.OPEN, "")
    assert place.version == place.version.article.current_version
    assert place.version.text[place.start : place.end] == place.exact
    assert place.version.text[figure.start : figure.end] == figure.text
    assert (figure.version, figure.place) == (place.version, "Norland")


def test_a_candidate_whose_words_come_back_is_one_again(read):
    first = read()
    assert read(without_wells(OLD)).state == Claim.State.SUPERSEDED

    assert (read(OLD).pk, read().state) == (first.pk, Claim.State.CANDIDATE)


def test_what_was_dismissed_stays_dismissed_when_its_words_come_back(read, editor):
    triage.dismiss(actor=editor, claim=read(), reason=Claim.Dismissal.NOT_WORTH)
    read(without_wells(OLD))

    assert read(OLD).state == Claim.State.DISMISSED


def test_a_claim_whose_words_come_back_wants_the_look_that_it_wanted_before(read, editor):
    claim = triage.accept(actor=editor, claim=read(), take=True)
    Claim.objects.filter(pk=claim.pk).update(needs_look="40 wells became 45 wells without a notice.")
    read(without_wells(OLD))

    assert read(OLD).needs_look == "40 wells became 45 wells without a notice."


def test_a_mark_that_was_set_while_the_words_were_gone_stays(read, editor):
    claim = triage.accept(actor=editor, claim=read(), take=True)
    read(without_wells(OLD))
    Claim.objects.filter(pk=claim.pk).update(needs_look="A figure of this claim was corrected elsewhere.")

    assert read(OLD).needs_look == "A figure of this claim was corrected elsewhere."


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("First.\n\n" + OLD, True),
        (OLD.replace("have sealed", "sealed"), True),
        (OLD.split("\n\n")[0] + "\n\nIn Norland too leaks are sealed in the spring of each year.", False),
    ],
)
def test_a_brief_note_comes_back_only_among_the_words_that_stood_around_it(article, editor, text, back):
    at = OLD.index("in the spring")
    note = annotate(actor=editor, version=article.current_version, start=at, end=at + 13, note="Which?")
    newer(article, without_wells(OLD))

    version = newer(Article.objects.get(pk=article.pk), text)

    note.refresh_from_db()
    assert (note.version == version) == back
    assert note.version.text[note.start : note.end] == "in the spring"
