"""Merging two sources, and parting them again."""

import json
import threading

import pytest
from django.core import serializers
from django.db import connection
from django.urls import reverse

from factcheck.articles.models import Article
from factcheck.claims.models import Claimant
from factcheck.desk.errors import NotAllowed, Refused, Stale
from factcheck.feeds.models import Feed, Lookup, LookupRow
from factcheck.intake.models import Intake
from factcheck.sources import merging, services
from factcheck.sources.models import NotTheSame, Source, SourceAlias, SourceDomain, SourceMerge
from factcheck.verdicts.models import Exhibit
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory

pytestmark = pytest.mark.django_db

# How a row of each kind comes to refer to a source. A new foreign key to a source fails below until it is entered here.
REFER = {
    "articles.Article.carried_by": lambda source: ArticleFactory(carried_by=source),
    "articles.Article.written_by": lambda source: ArticleFactory(carried_by=None, written_by=source),
    "claims.Claimant.source": lambda source: Claimant.objects.create(
        claim=ClaimFactory(), name="X", source=source
    ),
    "feeds.Feed.source": lambda source: Feed.objects.create(
        source=source, url=f"https://f{source.pk}.example/rss"
    ),
    "feeds.LookupRow.source": lambda source: LookupRow.objects.create(
        lookup=Lookup.objects.create(), position=1, url="https://h.example", source=source
    ),
    "intake.Intake.source": lambda source: Intake.objects.create(
        via="url", url="https://h.example/a", source=source
    ),
    "sources.NotTheSame.source": lambda source: NotTheSame.objects.create(
        source=source, other=f"Not {source.pk}"
    ),
    "sources.Source.parent": lambda source: SourceFactory(parent=source),
    "sources.SourceAlias.source": lambda source: SourceAlias.objects.create(
        source=source, name=f"Also {source.pk}"
    ),
    "sources.SourceDomain.source": lambda source: SourceDomain.objects.create(
        source=source, domain=f"d{source.pk}.example"
    ),
    "sources.SourceMerge.into": lambda source: SourceMerge.objects.create(
        into=source, name="Earlier", was={"source": {"pk": 0}}, moved={}
    ),
    "verdicts.Exhibit.publisher": lambda source: Exhibit.objects.create(
        title="Map", publisher=source, sha256=f"{source.pk}"
    ),
}


@pytest.fixture
def two():
    """A source with everything on it, and the one that it turns out to be."""
    other = SourceFactory(
        name="The Pentagon", kind="organisation", notes="Theirs", country="US", interests="Arms"
    )
    into = SourceFactory(name="Department of Defense", kind="organisation", notes="Ours")
    for refer in REFER.values():
        refer(other)
    return into, other


def merge(actor, into, other, **take):
    return merging.merge_sources(
        actor=actor, into=into, other=other, revisions=(into.revision, other.revision), take=take
    )


def picture():
    """Every row of the desk that a merge may touch, as data. The record of the merge itself is left out."""
    rows = {}
    models = {key.model for key in merging.references().values()}
    for model in sorted(models, key=str):
        found = model._base_manager.all()
        if model is SourceMerge:
            found = found.filter(merged_by=None)
        for row in json.loads(serializers.serialize("json", found)):
            row["fields"].pop("revision", None)
            rows[row["model"], row["pk"]] = row["fields"]
    return rows


def test_every_foreign_key_to_a_source_is_known_to_these_tests():
    assert set(merging.references()) == set(REFER)


def test_all_that_refers_to_the_other_moves(admin, two):
    into, other = two
    record = merge(admin, into, other)
    for label, key in merging.references().items():
        if label != "sources.SourceMerge.into":
            assert key.model._base_manager.filter(**{key.name: into}).count() >= 1, label
            assert len(record.moved[label]) == 1, label
        assert not key.model._base_manager.filter(**{key.name: other.pk}).exists(), label
    assert not Source.objects.filter(pk=other.pk).exists()
    assert Source.objects.named("the pentagon").get() == into


def test_undo_restores_everything_as_it_was(admin, two):
    into, other = two
    before = picture()
    record = merge(admin, into, other, notes="both", country="take", interests="take")
    into.refresh_from_db()
    assert (into.notes, into.country, into.interests) == ("Ours\n\nTheirs", "US", "Arms")
    assert merging.undo_merge(actor=admin, merge=record) == []
    assert picture() == before


def test_undo_twice_is_undo_once(admin, two):
    record = merge(admin, *two)
    merging.undo_merge(actor=admin, merge=record)
    after = picture()
    assert merging.undo_merge(actor=admin, merge=record) == []
    assert picture() == after


def test_undo_leaves_alone_and_tells_what_was_changed_since(admin, two):
    into, other = two
    article = other.carried.get()
    record = merge(admin, into, other, country="take")
    third = SourceFactory()
    Article.objects.filter(pk=article.pk).update(carried_by=third)
    into.refresh_from_db()
    services.edit_source(actor=admin, source=into, revision=into.revision, country="GB")
    told = merging.undo_merge(actor=admin, merge=record)
    assert len(told) == 2
    assert "1 of 1" in told[0]
    assert "Country" in told[1]
    article.refresh_from_db()
    into.refresh_from_db()
    assert (article.carried_by, into.country) == (third, "GB")
    assert Source.objects.get(pk=other.pk).feeds.count() == 1


def test_undo_is_refused_while_another_has_the_name(admin, two):
    into, other = two
    record = merge(admin, into, other)
    SourceFactory(name="the pentagon", kind="organisation")
    with pytest.raises(Refused):
        merging.undo_merge(actor=admin, merge=record)
    assert not Source.objects.filter(pk=other.pk).exists()


def test_undo_without_the_parent_that_is_gone_tells_so(admin):
    parent = SourceFactory(name="Ministry")
    into, other = SourceFactory(name="A"), SourceFactory(name="B", parent=parent)
    record = merge(admin, into, other)
    parent.delete()
    assert len(merging.undo_merge(actor=admin, merge=record)) == 1
    assert Source.objects.get(pk=other.pk).parent is None


def test_three_that_became_one_are_parted_in_either_order(admin):
    for first, second in ((0, 1), (1, 0)):
        a, b, c = (SourceFactory(name=f"{name}{first}") for name in "ABC")
        article = ArticleFactory(carried_by=a)
        records = [merge(admin, b, a)]
        b.refresh_from_db()
        records.append(merge(admin, c, b))
        merging.undo_merge(actor=admin, merge=SourceMerge.objects.get(pk=records[first].pk))
        merging.undo_merge(actor=admin, merge=SourceMerge.objects.get(pk=records[second].pk))
        article.refresh_from_db()
        assert article.carried_by == a
        assert {a, b, c} <= set(Source.objects.all())
        assert not SourceAlias.objects.exists()


@pytest.mark.parametrize("depth", [1, 2])
def test_source_that_belongs_to_the_one_that_goes_does_not_belong_to_itself(admin, depth):
    top = SourceFactory(name="Top")
    other = SourceFactory(name="Other", parent=top)
    middle = SourceFactory(name="Middle", parent=other)
    into = SourceFactory(name="Into", parent=other if depth == 1 else middle)
    before = picture()
    record = merge(admin, into, other)
    into.refresh_from_db()
    middle.refresh_from_db()
    assert (into.parent, middle.parent) == (top, into)
    assert merging.undo_merge(actor=admin, merge=record) == []
    assert picture() == before


def test_parent_that_is_the_survivor_itself_is_not_taken(admin):
    into = SourceFactory(name="Into")
    other = SourceFactory(name="Other", parent=SourceFactory(name="Between", parent=into))
    merge(admin, into, other, parent="take")
    into.refresh_from_db()
    assert into.parent is None


def test_what_both_were_told_apart_from_is_kept_once_and_comes_back(admin):
    into, other = SourceFactory(name="Into"), SourceFactory(name="Other")
    for source, name in ((into, "Third"), (other, "third"), (other, "Into"), (other, "Fourth")):
        NotTheSame.objects.create(source=source, other=name)
    before = picture()
    record = merge(admin, into, other)
    assert {row.other for row in into.not_the_same.all()} == {"Third", "Fourth"}
    assert merging.undo_merge(actor=admin, merge=record) == []
    assert picture() == before


def test_rating_is_taken_with_its_reason_and_date(admin):
    other = SourceFactory(
        name="Other", reliability="low", reliability_reason="Invents.", reliability_on="2026-01-02"
    )
    into = SourceFactory(name="Into")
    merge(admin, into, other, reliability="take")
    into.refresh_from_db()
    assert (into.reliability, into.reliability_reason, f"{into.reliability_on}") == (
        "low",
        "Invents.",
        "2026-01-02",
    )


def test_real_source_keeps_a_demonstration_that_becomes_it(admin):
    into, other = SourceFactory(name="Into", is_demo=True), SourceFactory(name="Other")
    record = merge(admin, into, other)
    into.refresh_from_db()
    assert not into.is_demo
    merging.undo_merge(actor=admin, merge=record)
    into.refresh_from_db()
    assert into.is_demo


def test_merge_of_what_changed_since_the_preview_is_stale(admin, two):
    into, other = two
    services.edit_source(actor=admin, source=other, revision=other.revision, notes="New")
    with pytest.raises(Stale):
        merge(admin, into, other)
    assert Source.objects.filter(pk=other.pk).exists()


def test_source_is_not_merged_into_itself(admin, two):
    with pytest.raises(Refused):
        merge(admin, two[0], two[0])


def test_merge_is_in_the_audit_trail_by_whom(admin, two):
    into, other = two
    merge(admin, into, other)
    event = other.carried.model.pgh_event_model.objects.filter(carried_by=into).latest("pgh_id")
    assert event.pgh_context.metadata["user"] == admin.pk
    assert event.pgh_context.metadata["action"] == "merge sources"


@pytest.mark.parametrize("who", ["viewer", "editor", "head"])
def test_others_merge_and_part_nothing(request, admin, two, who):
    person = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        merge(person, *two)
    record = merge(admin, *two)
    with pytest.raises(NotAllowed):
        merging.undo_merge(actor=person, merge=record)


def test_preview_says_what_would_move_and_lets_choose(signed_in, admin, two):
    into, other = two
    page = signed_in(admin).get(reverse("sources:merge", args=[into.pk, other.pk])).content.decode()
    for words in (
        "Article (carried by)",
        "Article (written by)",
        "Claimant",
        "Feed",
        "Other name",
        "Domain",
        "Exhibit",
    ):
        assert f">{words}" in page, words
    assert 'name="take_notes" value="both" checked' in page
    assert 'name="take_country" value="take" checked' in page
    assert Source.objects.filter(pk=other.pk).exists()


def test_confirmed_merge_leads_the_old_address_on_and_a_second_click_too(signed_in, admin, two):
    into, other = two
    browser, address = signed_in(admin), reverse("sources:merge", args=[into.pk, other.pk])
    for _ in range(2):
        answer = browser.post(address, {"revision": 1, "other_revision": 1, "take_notes": "take"})
        assert answer.url == reverse("sources:show", args=[into.pk])
    assert SourceMerge.objects.filter(name="The Pentagon").count() == 1
    assert browser.get(reverse("sources:show", args=[other.pk])).url == reverse(
        "sources:show", args=[into.pk]
    )
    page = browser.get(reverse("sources:show", args=[into.pk])).content.decode()
    record = SourceMerge.objects.get(name="The Pentagon")
    assert reverse("sources:undo_merge", args=[record.pk]) in page
    answer = browser.post(reverse("sources:undo_merge", args=[record.pk]))
    assert answer.url == reverse("sources:show", args=[other.pk])
    assert browser.get(answer.url).status_code == 200


def test_stale_confirmation_shows_the_preview_again(signed_in, admin, two):
    into, other = two
    answer = signed_in(admin).post(
        reverse("sources:merge", args=[into.pk, other.pk]), {"revision": 1, "other_revision": 7}
    )
    assert answer.status_code == 409
    assert "What moves" in answer.content.decode()


def test_other_is_chosen_from_what_resembles_it_or_by_name(signed_in, admin):
    into, near = SourceFactory(name="Norland Herald"), SourceFactory(name="Norland Herold")
    browser, address = signed_in(admin), reverse("sources:merge_choose", args=[into.pk])
    assert reverse("sources:merge", args=[into.pk, near.pk]) in browser.get(address).content.decode()
    assert browser.get(address, {"other": "norland herold"}).url == reverse(
        "sources:merge", args=[into.pk, near.pk]
    )
    assert browser.get(address, {"other": "Nobody"}).status_code == 422
    assert browser.get(address, {"other": "Norland Herald"}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_a_pair_either_way_one_is_told(admin):
    a, b = SourceFactory(name="A"), SourceFactory(name="B")
    ArticleFactory(carried_by=a)
    ArticleFactory(carried_by=b)
    outcomes, start = [], threading.Barrier(2)

    def work(into, other):
        try:
            start.wait()
            merge(admin, into, other)
            outcomes.append("merged")
        except Refused:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in ((a, b), (b, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["merged", "told"]
    assert Source.objects.get().carried.count() == 2
