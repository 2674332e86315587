"""Sources in the administration."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts.models import Role
from factcheck.sources import services
from factcheck.sources.models import Source
from tests.factories import ArticleFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db

ADD = "admin:sources_source_add"
CHANGE = "admin:sources_source_change"


@pytest.fixture
def keeper(db):
    """May manage sources, and nothing else."""
    role = Role.objects.create(key="keeper", name="Keeper", capabilities=["read", "manage"])
    return UserFactory(username="kim", role=role)


def typed(source=None, aliases=(), domains=(), **changes):
    """The administration's form as a browser sends it."""
    held = {name: getattr(source, name, "") or "" for name in services.EDITABLE}
    sent = held | {"name": "Norland Herald", "kind": "outlet", "parent": ""} if source is None else held
    sent |= {"opened_at": source.revision if source else "", "parent": getattr(source, "parent_id", "") or ""}
    for prefix, field, rows, new in (
        ("aliases", "name", source.aliases.all() if source else [], aliases),
        ("domains", "domain", source.domains.all() if source else [], domains),
    ):
        forms = [{"id": row.pk, "source": source.pk, field: getattr(row, field)} for row in rows]
        forms += [{"id": "", "source": source.pk if source else "", field: value} for value in new]
        sent |= {
            f"{prefix}-TOTAL_FORMS": len(forms),
            f"{prefix}-INITIAL_FORMS": len(list(rows)),
            f"{prefix}-MIN_NUM_FORMS": 0,
            f"{prefix}-MAX_NUM_FORMS": 1000,
        }
        for n, form in enumerate(forms):
            sent |= {f"{prefix}-{n}-{name}": value for name, value in form.items()}
    return sent | changes


def test_source_is_added_with_names_and_domains(signed_in, keeper):
    answer = signed_in(keeper).post(
        reverse(ADD), typed(aliases=["The Herald"], domains=["https://www.herald.example/news"])
    )
    assert answer.status_code == 302
    source = Source.objects.get()
    assert [alias.name for alias in source.aliases.all()] == ["The Herald"]
    assert [domain.domain for domain in source.domains.all()] == ["herald.example"]


def test_change_is_saved_and_its_history_shown(signed_in, keeper):
    source = services.add_source(actor=keeper, name="Norland Herald", kind="outlet", aliases=["The Herald"])
    browser = signed_in(keeper)
    answer = browser.post(reverse(CHANGE, args=[source.pk]), typed(source, notes="Owned by a bank."))
    assert answer.status_code == 302
    source.refresh_from_db()
    assert (source.notes, source.revision) == ("Owned by a bank.", 2)
    history = browser.get(reverse("admin:sources_source_history", args=[source.pk])).content.decode()
    assert "Owned by a bank." in history
    assert "The Herald" in history
    assert "kim" in history


def test_names_are_taken_away(signed_in, keeper):
    source = services.add_source(actor=keeper, name="Norland Herald", kind="outlet", aliases=["The Herald"])
    sent = typed(source) | {"aliases-0-DELETE": "on"}
    assert signed_in(keeper).post(reverse(CHANGE, args=[source.pk]), sent).status_code == 302
    assert not source.aliases.exists()


def test_stale_change_is_answered_with_both_and_the_second_save_goes_through(signed_in, keeper):
    source = services.add_source(actor=keeper, name="Norland Herald", kind="outlet")
    sent = typed(source, notes="Mine.")
    services.edit_source(actor=keeper, source=source, revision=1, notes="Theirs.")
    browser, address = signed_in(keeper), reverse(CHANGE, args=[source.pk])
    answer = browser.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert 'name="opened_at" value="2"' in page
    source.refresh_from_db()
    assert source.notes == "Theirs."
    assert browser.post(address, sent | {"opened_at": "2"}).status_code == 302
    source.refresh_from_db()
    assert source.notes == "Mine."


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"aliases": ["THE HERALD"]}, "Norland Herald has this name already"),
        ({"domains": ["www.herald.example"]}, "Norland Herald has this domain already"),
        ({"domains": ["nothing"]}, "is not a domain"),
        ({"name": "norland herald"}, "of this name and kind already"),
        ({"reliability": "low"}, "needs its reason"),
        ({"homepage": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_what_will_not_do_is_told_on_the_form(signed_in, keeper, given, told):
    services.add_source(
        actor=keeper, name="Norland Herald", kind="outlet", aliases=["The Herald"], domains=["herald.example"]
    )
    answer = signed_in(keeper).post(reverse(ADD), typed(**{"name": "Southland Herald", **given}))
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert Source.objects.count() == 1


def test_delete_is_refused_while_articles_use_it(signed_in, keeper):
    source = ArticleFactory().carried_by
    browser, address = signed_in(keeper), reverse("admin:sources_source_delete", args=[source.pk])
    for answer in (browser.get(address, follow=True), browser.post(address, {"post": "yes"}, follow=True)):
        assert "cannot be deleted" in answer.content.decode()
    assert Source.objects.filter(pk=source.pk).exists()


def test_unused_source_is_deleted(signed_in, keeper):
    source = SourceFactory()
    address = reverse("admin:sources_source_delete", args=[source.pk])
    assert signed_in(keeper).post(address, {"post": "yes"}).status_code == 302
    assert not Source.objects.exists()


def test_list_is_searched_and_filtered(signed_in, keeper):
    services.add_source(actor=keeper, name="Norland Herald", kind="outlet", domains=["herald.example"])
    SourceFactory(name="Ryan Holt", kind="person")
    browser, address = signed_in(keeper), reverse("admin:sources_source_changelist")
    for query in ({"q": "herald.example"}, {"kind__exact": "outlet"}):
        page = browser.get(address, query).content.decode()
        assert "Norland Herald" in page
        assert "Ryan Holt" not in page


def test_list_takes_the_same_queries_for_two_and_twelve(signed_in, keeper, django_assert_num_queries):
    browser, address = signed_in(keeper), reverse("admin:sources_source_changelist")
    SourceFactory.create_batch(2)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    SourceFactory.create_batch(10)
    with django_assert_num_queries(len(few)):
        browser.get(address)


def test_parent_is_found_by_typing(signed_in, keeper):
    SourceFactory(name="Norland Herald")
    query = {"term": "norl", "app_label": "sources", "model_name": "source", "field_name": "parent"}
    found = signed_in(keeper).get(reverse("admin:autocomplete"), query).json()
    assert [row["text"] for row in found["results"]] == ["Norland Herald"]


@pytest.mark.parametrize("who", ["viewer", "editor", "reviewer", "head"])
def test_others_stay_outside(request, signed_in, who):
    browser, source = signed_in(request.getfixturevalue(who)), SourceFactory()
    for name, args in ((ADD, []), (CHANGE, [source.pk]), ("admin:index", [])):
        answer = browser.get(reverse(name, args=args), follow=True)
        assert answer.status_code == 403
        assert "does not open the administration" in answer.content.decode()


def test_keeper_of_sources_sees_no_people(signed_in, keeper):
    browser = signed_in(keeper)
    assert browser.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert "accounts/user" not in browser.get(reverse("admin:index")).content.decode()
