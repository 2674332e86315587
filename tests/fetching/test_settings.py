"""The settings make the policies, and mistakes in them are found at the start."""

import pytest
from django.core.checks import run_checks

from factcheck.fetching import Reason, Wishes, fetch, policy_for
from factcheck.fetching.checks import FETCHING


def found():
    return {message.id for message in run_checks(tags=[FETCHING])}


def test_the_settings_as_they_come_are_in_order():
    assert found() == set()


def test_no_desk_opens_its_own_network(settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    assert found() == set(), "the tests may"
    settings.FETCH_TESTING = False
    assert found() == {"fetching.E001"}
    assert policy_for("page").allowed_networks == ()
    assert fetch("http://127.0.0.1/", policy=policy_for("page")).reason == Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("FETCH_ALLOWED_NETWORKS", ["loopback"], "fetching.E002"),
        ("FETCH_PORTS", [], "fetching.E003"),
        ("FETCH_PORTS", [80, 70000], "fetching.E003"),
        ("FETCH_MAX_BYTES", 0, "fetching.E004"),
        ("FETCH_DEADLINE", -1.0, "fetching.E004"),
        ("FETCH_DELAY", -1.0, "fetching.E005"),
        ("FETCH_USER_AGENT", "Müller\r\nX: y", "fetching.E006"),
    ],
)
def test_a_setting_that_makes_no_sense_is_found(settings, name, value, error):
    setattr(settings, name, value)
    assert found() == {error}


def test_a_source_may_have_wishes_of_its_own(settings):
    settings.FETCH_ROBOTS, settings.FETCH_DELAY = True, 1.0
    assert (policy_for("page").robots, policy_for("page").delay) == (True, 1.0)
    policy = policy_for("feed", wishes=lambda url: Wishes(robots=False, delay=5.0)).at("https://a.example/")
    assert (policy.robots, policy.delay) == (False, 5.0)


def test_each_kind_has_its_types_and_size(settings):
    settings.FETCH_MAX_BYTES, settings.FETCH_MAX_FILE_BYTES = 100, 200
    page, feed, file = (policy_for(kind) for kind in ("page", "feed", "file"))
    assert "text/html" in page.types
    assert "application/rss+xml" in feed.types
    assert "application/rss+xml" not in page.types
    assert "" in feed.types
    assert file.types == ("",)
    assert [each.max_bytes for each in (page, feed, file)] == [100, 100, 200]


def test_the_user_agent_can_be_set(settings):
    settings.FETCH_USER_AGENT = "OurPaper/2.0 (+https://paper.example/robots)"
    assert policy_for("page").user_agent == settings.FETCH_USER_AGENT


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason):
    assert reason.words[0].isupper()
    assert reason.words.endswith(".")
