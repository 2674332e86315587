"""Which sources a name or a site may already be, and why."""

import pytest

from factcheck.sources.likeness import Register, acronym, plain
from factcheck.sources.models import NotTheSame, Source, SourceAlias, SourceDomain
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def like(name="", *domains, but=None):
    return Register(Source.objects.all()).like([name], domains, but=but)


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("The U.S. Department of Defense", "us department of defense"),
        ("Café Société, Inc.", "cafe societe"),
        ("Mr Holt", "holt"),
        ("The The", "the the"),
        ("Reader’s Digest", "reader digest"),
        ("אתר חדשות", "אתר חדשות"),
        ("🙂", ""),
    ],
)
def test_names_are_compared_without_what_does_not_tell_them_apart(name, compared):
    assert plain(name) == compared


def test_acronym_is_of_the_words_that_count():
    assert acronym("The Ministry of Foreign Affairs") == "MFA"
    assert acronym("Reuters") == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("norland HERALD", "has the same name"),
        ("Norland Harald", "is nearly the same as Norland Herald"),
        ("Herald Norland", "is nearly the same as Norland Herald"),
        ("The Old Lady", "is also called Old Lady"),
        ("NH", "NH may be short for Norland Herald"),
        ("The Norland Herald on Sunday", "shares its words with Norland Herald"),
    ],
)
def test_name_in_other_words_is_found_with_its_reason(name, reason):
    herald = SourceFactory(name="Norland Herald")
    SourceFactory(name="Southland Gazette")
    SourceAlias.objects.create(source=herald, name="Old Lady")
    found = like(name)
    assert [one.source for one in found] == [herald]
    assert reason in found[0].reasons[0]


def test_long_name_finds_the_one_that_is_known_by_its_letters():
    short = SourceFactory(name="NBC")
    assert [one.source for one in like("Norland Broadcasting Company")] == [short]


@pytest.mark.parametrize("name", ["Southland Times", "Norland", "xyz", "🙂", "", "of the"])
def test_other_names_are_not_taken_for_it(name):
    SourceFactory(name="Eastern Herald")
    SourceFactory(name="The Weekly")
    assert like(name) == []


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("herald.example", "has the domain herald.example"),
        ("sport.herald.example", "lies below its herald.example"),
        ("example.test", ""),
    ],
)
def test_site_is_found_by_its_domain(host, reason):
    herald = SourceFactory(name="Norland Herald")
    SourceDomain.objects.create(source=herald, domain="herald.example")
    found = like("Something else", host)
    assert [reason in one.reasons[0] for one in found] == ([True] if reason else [])


def test_what_somebody_told_apart_is_not_suggested_again():
    herald, other = SourceFactory(name="Norland Herald"), SourceFactory(name="Norland Herold")
    NotTheSame.objects.create(source=herald, other="norland heralds")
    assert [one.source for one in like("Norland Heralds")] == [other]


def test_source_is_not_like_itself():
    herald = SourceFactory(name="Norland Herald")
    assert like("Norland Herald", but=herald.pk) == []


def test_likeliest_comes_first():
    SourceFactory(name="Norland Herald Tribune")
    same = SourceFactory(name="Norland Herald")
    assert like("Norland Herald")[0].source == same
    assert like("Norland Herald")[0].is_same


def test_many_names_are_looked_up_in_the_same_four_queries(django_assert_num_queries):
    for _ in range(5):
        SourceFactory()
    with django_assert_num_queries(4):
        register = Register(Source.objects.all())
        for n in range(20):
            register.like([f"Outlet {n}"], ["herald.example"])
