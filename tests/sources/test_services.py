"""Adding, editing and deleting sources."""

import pytest
from django.core.exceptions import ValidationError

from factcheck.desk.audit import Job
from factcheck.desk.errors import AlreadyThere, NotAllowed, Refused, Stale
from factcheck.sources import services
from factcheck.sources.models import Source
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.django_db


def add(actor, name="Norland Herald", kind="outlet", **more):
    return services.add_source(actor=actor, name=name, kind=kind, **more)


def test_source_comes_with_its_names_and_domains(admin):
    source = add(
        admin,
        "  Norland   Herald ",
        aliases=["The Herald", "the herald", "Norland Herald", " "],
        domains=["https://www.Herald.example/news?x=1", "herald.example", "blog.herald.example."],
        country="NO",
    )
    assert source.name == "Norland Herald"
    assert [alias.name for alias in source.aliases.all()] == ["the herald"]
    assert [domain.domain for domain in source.domains.all()] == ["blog.herald.example", "herald.example"]
    assert Source.objects.for_url("https://www.herald.example/a") == source


def test_same_name_and_kind_is_the_one_that_is_there(admin):
    source = add(admin)
    with pytest.raises(AlreadyThere) as refused:
        add(admin, "NORLAND HERALD")
    assert refused.value.existing == source
    assert "Norland Herald" in str(refused.value.message)
    add(admin, "Norland Herald", kind="organisation")


@pytest.mark.parametrize("given", [{"aliases": ["THE HERALD"]}, {"domains": ["www.herald.example"]}])
def test_name_or_domain_of_another_source_is_refused_and_nothing_is_stored(admin, given):
    first = add(admin, aliases=["The Herald"], domains=["herald.example"])
    with pytest.raises(AlreadyThere) as refused:
        add(admin, "Southland Herald", **given)
    assert refused.value.existing == first
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    "domain", ["herald", "http://", "no spaces.example", "[::1", "x" * 80 + ".example", "a..example"]
)
def test_what_is_no_domain_is_refused(admin, domain):
    with pytest.raises(ValidationError):
        add(admin, domains=[domain])
    assert not Source.objects.exists()


@pytest.mark.parametrize("domain", ["co.uk", "www.co.uk", "https://com.au/", "github.io", "com"])
def test_domain_that_many_share_is_refused(admin, domain):
    with pytest.raises(ValidationError):
        add(admin, domains=[domain])


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.herald.example/a", "Herald"),
        ("https://HERALD.example./a", "Herald"),
        ("http://news.herald.example:8080/a?b=c", "Herald"),
        ("https://sport.herald.example/", "Sport"),
        ("https://live.sport.herald.example/", "Sport"),
        ("https://notherald.example/", None),
        ("https://herald.example.org/", None),
        ("https://bücher.example/", "Books"),
        ("https://[::1", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_outlet_is_found_from_an_address_by_the_longest_domain_above_it(admin, url, name):
    add(admin, "Herald", domains=["herald.example", "herald.test"])
    add(admin, "Sport", domains=["sport.herald.example"])
    add(admin, "Books", domains=["bücher.example"])
    found = Source.objects.for_url(url)
    assert (found and found.name) == name


def test_domain_in_another_script_is_kept_as_it_is_asked_for(admin):
    source = add(admin, domains=["bücher.example"])
    assert source.domains.get().domain == "xn--bcher-kva.example"


def test_rating_of_reliability_needs_its_reason_and_gets_its_date(admin):
    source = add(admin)
    with pytest.raises(ValidationError):
        services.edit_source(actor=admin, source=source, revision=1, reliability="low")
    source = services.edit_source(
        actor=admin, source=source, revision=1, reliability="low", reliability_reason="Made up quotes."
    )
    assert source.reliability_on is not None


def test_edit_over_somebody_elses_is_stale(admin):
    source = add(admin)
    services.edit_source(actor=admin, source=source, revision=1, notes="First.")
    with pytest.raises(Stale) as stale:
        services.edit_source(actor=admin, source=source, revision=1, notes="Second.")
    assert stale.value.current.notes == "First."


def test_saving_the_same_twice_is_one_change(admin):
    source = add(admin)
    for _ in range(2):
        source = services.edit_source(actor=admin, source=source, revision=1, notes="First.")
    assert source.revision == 2


def test_sources_do_not_belong_to_each_other_in_a_circle(admin):
    top = add(admin, "Group", kind="organisation")
    middle = add(admin, "House", kind="organisation", parent=top)
    with pytest.raises(Refused):
        services.edit_source(actor=admin, source=top, revision=1, parent=middle)


def test_source_that_articles_use_is_not_deleted(admin):
    article = ArticleFactory()
    with pytest.raises(Refused) as refused:
        services.delete_source(actor=admin, source=article.carried_by)
    assert "1 article" in str(refused.value.message)


def test_unused_source_is_deleted(admin):
    source = add(admin, aliases=["The Herald"], domains=["herald.example"])
    services.delete_source(actor=admin, source=source)
    assert not Source.objects.exists()


@pytest.mark.parametrize("who", ["viewer", "editor", "reviewer", "head"])
def test_others_change_nothing(request, who):
    person, source = request.getfixturevalue(who), SourceFactory()
    with pytest.raises(NotAllowed):
        add(person)
    with pytest.raises(NotAllowed):
        services.edit_source(actor=person, source=source, revision=1, notes="x")
    with pytest.raises(NotAllowed):
        services.set_aliases(actor=person, source=source, names=["x"])
    with pytest.raises(NotAllowed):
        services.set_domains(actor=person, source=source, domains=["x.example"])
    with pytest.raises(NotAllowed):
        services.delete_source(actor=person, source=source)


def test_desk_itself_may_add(db):
    assert add(Job("demonstration"), is_demo=True).is_demo
