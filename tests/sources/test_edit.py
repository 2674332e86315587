"""Adding, changing and deleting a source on its form."""

import pytest
from django.urls import reverse

from factcheck.sources import services
from factcheck.sources.forms import SourceForm
from factcheck.sources.models import NotTheSame, Source, SourceAlias, SourceDomain
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.django_db
ADD = "/sources/add/"


def typed(source=None, **changes):
    """The form as a browser sends it."""
    held = (
        SourceForm.of(source)
        if source
        else {"name": "Norland Herald", "kind": "outlet", "obeys_robots": True}
    )
    sent = {name: "" if value is None else value for name, value in held.items()} | changes
    if not sent["obeys_robots"]:
        del sent["obeys_robots"]
    return sent


def edit(browser, source, **changes):
    return browser.post(reverse("sources:edit", args=[source.pk]), typed(source, **changes))


def test_source_is_added_with_all_that_is_known_of_it(signed_in, admin):
    group = SourceFactory(name="Norland Media", kind="organisation")
    answer = signed_in(admin).post(
        ADD,
        typed(
            aliases="The Herald\n\n the  Old Lady ",
            domains="https://www.herald.example/news, herald.test",
            homepage="herald.example",
            parent="Norland Media (organisation)",
            country="no",
            reliability="mixed",
            reliability_reason="Corrects late.",
            interests="Owned by the ferry line.",
            notes="Reads well.",
            obeys_robots=False,
            fetch_delay="2.5",
        ),
    )
    source = Source.objects.exclude(pk=group.pk).get()
    assert answer.url == reverse("sources:show", args=[source.pk])
    assert [alias.name for alias in source.aliases.all()] == ["The Herald", "the Old Lady"]
    assert [domain.domain for domain in source.domains.all()] == ["herald.example", "herald.test"]
    assert (source.parent, source.country, source.reliability) == (group, "NO", "mixed")
    assert source.reliability_on is not None
    assert (source.obeys_robots, source.fetch_delay) == (False, 2.5)
    assert source.homepage == "https://herald.example"


def test_a_new_outlets_domain_is_that_of_its_homepage(signed_in, admin):
    signed_in(admin).post(ADD, typed(domains="", homepage="https://www.herald.example/news"))
    assert [domain.domain for domain in Source.objects.get().domains.all()] == ["herald.example"]


def test_a_persons_homepage_is_no_domain_of_theirs(signed_in, admin):
    signed_in(admin).post(ADD, typed(domains="", homepage="https://social.example/holt", kind="person"))
    assert not Source.objects.get().domains.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("kind", "pirate"),
        ("domains", "herald.example\nco.uk"),
        ("domains", "not a host"),
        ("aliases", "x" * 201),
        ("homepage", "javascript:alert(1)"),
        ("parent", "Nobody we know"),
        ("country", "N1"),
        ("reliability_on", "2999-01-01"),
        ("fetch_delay", "-1"),
    ],
)
def test_mistake_stands_at_its_field_and_nothing_typed_is_lost(signed_in, admin, field, value):
    sent = typed(notes="<b>kept</b> 🙂", reliability="low", reliability_reason="x") | {field: value}
    answer = signed_in(admin).post(ADD, sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "&lt;b&gt;kept&lt;/b&gt; 🙂" in answer.content.decode()
    assert not Source.objects.exists()


def test_rating_without_a_reason_is_told_at_the_reason(signed_in, admin):
    answer = signed_in(admin).post(ADD, typed(reliability="low"))
    assert list(answer.context["form"].errors) == ["reliability_reason"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "norland herald"), ("aliases", "the HERALD"), ("domains", "www.herald.example")],
)
def test_what_another_source_has_links_to_that_one(signed_in, admin, field, value):
    there = services.add_source(
        actor=admin, name="Norland Herald", kind="outlet", aliases=["The Herald"], domains=["herald.example"]
    )
    sent = typed(seen=str(there.pk)) | {"name": "Something Else", field: value}
    answer = signed_in(admin).post(ADD, sent)
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == [field]
    assert f'href="{reverse("sources:show", args=[there.pk])}"' in answer.content.decode()
    assert Source.objects.count() == 1


def test_one_that_resembles_others_is_stored_once_these_were_seen(signed_in, admin):
    there = SourceFactory(name="Norland Herold")
    browser = signed_in(admin)
    first = browser.post(ADD, typed())
    assert first.status_code == 422
    assert "is nearly the same as Norland Herold" in first.content.decode()
    page = " ".join(first.content.decode().split())
    assert f'name="seen" form="source-form" value="{there.pk}"' in page
    assert browser.post(ADD, typed(seen=str(there.pk))).status_code == 302
    assert Source.objects.filter(name="Norland Herald").exists()


def test_resembling_ones_are_listed_while_typing(signed_in, admin):
    SourceDomain.objects.create(source=SourceFactory(name="Elsewhere"), domain="herald.example")
    found = signed_in(admin).get(
        reverse("sources:likely"), {"name": "x", "homepage": "https://herald.example/a"}
    )
    assert "has the domain herald.example" in found.content.decode()
    assert "<html" not in found.content.decode()


def test_not_the_same_is_remembered_and_the_form_goes_on(signed_in, admin):
    there = SourceFactory(name="Norland Herold")
    browser = signed_in(admin)
    answer = browser.post(
        reverse("sources:not_same", args=[there.pk]), typed(notes="Kept.", obeys_robots=False)
    )
    assert answer.status_code == 200
    assert "Kept." in answer.content.decode()
    assert "is nearly the same" not in answer.content.decode()
    assert answer.context["form"]["obeys_robots"].value() is False
    assert browser.post(reverse("sources:not_same", args=[there.pk]), typed()).status_code == 200
    assert NotTheSame.objects.get().said_by == admin
    assert browser.post(ADD, typed()).status_code == 302


def test_not_the_same_answers_htmx_with_the_list(signed_in, admin):
    there = SourceFactory(name="Norland Herold")
    answer = signed_in(admin).post(
        reverse("sources:not_same", args=[there.pk]), typed(), headers={"HX-Request": "true"}
    )
    assert answer.content.decode().split() == ["<div", 'id="likely"', 'role="status">', "</div>"]


def test_it_is_this_one_gives_it_the_name_and_the_domains(signed_in, admin):
    there = services.add_source(actor=admin, name="Norland Herold", kind="outlet", aliases=["Old Lady"])
    answer = signed_in(admin).post(
        reverse("sources:same", args=[there.pk]), typed(domains="herald.example", aliases="old lady")
    )
    assert answer.url == reverse("sources:show", args=[there.pk])
    assert {alias.name for alias in there.aliases.all()} == {"Norland Herald", "Old Lady"}
    assert Source.objects.for_url("https://herald.example/") == there
    assert Source.objects.count() == 1


def test_it_is_this_one_is_refused_where_the_domain_is_anothers(signed_in, admin):
    there, other = SourceFactory(name="Norland Herold"), SourceFactory()
    SourceDomain.objects.create(source=other, domain="herald.example")
    answer = signed_in(admin).post(reverse("sources:same", args=[there.pk]), typed(domains="herald.example"))
    assert answer.status_code == 409
    assert not there.aliases.exists()


def test_edit_changes_fields_names_and_domains_as_one(signed_in, admin):
    source = services.add_source(actor=admin, name="Norland Herald", kind="outlet", aliases=["Old Lady"])
    assert (
        edit(signed_in(admin), source, aliases="Young Lady", domains="herald.example", notes="N.").status_code
        == 302
    )
    source.refresh_from_db()
    assert (source.notes, source.revision) == ("N.", 2)
    assert [alias.name for alias in source.aliases.all()] == ["Young Lady"]


def test_what_somebody_saved_meanwhile_stands_beside_mine_and_saving_again_is_a_decision(signed_in, admin):
    source = services.add_source(actor=admin, name="Norland Herald", kind="outlet", aliases=["Old Lady"])
    mine = typed(source, notes="Mine <b>", aliases="Mine too")
    services.edit_source(actor=admin, source=source, revision=1, notes="Theirs", aliases=["Grand Lady"])
    browser, address = signed_in(admin), reverse("sources:edit", args=[source.pk])
    answer = browser.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert {both["theirs"] for both in answer.context["conflicts"]} == {"Theirs", "Grand Lady"}
    assert "Mine &lt;b&gt;" in page
    assert Source.objects.get().notes == "Theirs"
    again = mine | {"revision": answer.context["form"]["revision"].value()}
    assert browser.post(address, again).status_code == 302
    assert Source.objects.get().notes == "Mine <b>"


def test_another_name_given_meanwhile_is_not_taken_off_by_an_older_page(signed_in, admin):
    source = services.add_source(actor=admin, name="Norland Herald", kind="outlet")
    older = typed(source, notes="Mine")
    services.set_aliases(actor=admin, source=source, names=["Old Lady"])
    answer = signed_in(admin).post(reverse("sources:edit", args=[source.pk]), older)
    assert answer.status_code == 409
    assert source.aliases.get().name == "Old Lady"


def test_second_click_on_save_is_no_conflict(signed_in, admin):
    source = SourceFactory()
    browser = signed_in(admin)
    sent = typed(source, notes="Once")
    for _ in range(2):
        assert browser.post(reverse("sources:edit", args=[source.pk]), sent).status_code == 302
    assert Source.objects.get().revision == 2


def test_circle_of_parents_is_told_at_the_field(signed_in, admin):
    top = SourceFactory(name="Group", kind="organisation")
    SourceFactory(name="House", parent=top)
    answer = edit(signed_in(admin), top, parent="House (outlet)")
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["parent"]


def test_parent_of_several_with_the_name_is_asked_for(signed_in, admin):
    source = SourceFactory()
    SourceFactory(name="Herald", kind="outlet")
    house = SourceFactory(name="Herald", kind="organisation")
    browser = signed_in(admin)
    answer = edit(browser, source, parent="Herald")
    assert "Herald (outlet); Herald (organisation)" in str(answer.context["form"].errors["parent"])
    assert edit(browser, source, parent="Herald (organisation)").status_code == 302
    assert Source.objects.get(pk=source.pk).parent == house


def test_names_are_offered_with_their_kind(signed_in, viewer):
    herald = SourceFactory(name='Herald "<b>"')
    SourceAlias.objects.create(source=herald, name="Old Lady")
    found = signed_in(viewer).get(reverse("sources:options"), {"parent": "old la"}).content.decode()
    assert 'value="Herald &quot;&lt;b&gt;&quot; (outlet)"' in found


def test_unused_source_is_deleted_and_a_second_click_finds_it_gone(signed_in, admin):
    source = SourceFactory()
    browser = signed_in(admin)
    for _ in range(2):
        assert browser.post(reverse("sources:delete", args=[source.pk])).url == reverse("sources:list")
    assert not Source.objects.exists()


def test_source_that_is_used_stays_and_says_by_what(signed_in, admin):
    source = ArticleFactory().carried_by
    browser = signed_in(admin)
    page = browser.get(reverse("sources:edit", args=[source.pk])).content.decode()
    assert "1 article refer" in page
    assert reverse("sources:delete", args=[source.pk]) not in page
    answer = browser.post(reverse("sources:delete", args=[source.pk]), follow=True)
    assert "1 article refer" in answer.content.decode()
    assert Source.objects.exists()


def test_edit_of_a_source_that_is_gone_is_a_404(signed_in, admin):
    assert signed_in(admin).get(reverse("sources:edit", args=[999_999])).status_code == 404
