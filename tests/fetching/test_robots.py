"""What a site asks of programs is done, and read once a day."""

import tracemalloc

import pytest

from factcheck.fetching import Fetched, Reason, Wishes, fetch
from tests.support.hostile import HostileSite, Page


@pytest.fixture
def ask(hostile_site):
    hostile_site.pages["/story"] = hostile_site.pages["/private/story"] = b"<p>A story.</p>"

    def ask(path="/story", **changes):
        return fetch(hostile_site.url(path), policy=hostile_site.policy(**({"robots": True} | changes)))

    return ask


def test_a_page_that_robots_txt_forbids_is_not_asked_for(hostile_site, ask):
    hostile_site.robots = "User-agent: *\nDisallow: /private/\n"
    assert isinstance(ask(), Fetched)
    answer = ask("/private/story")
    assert (answer.reason, answer.retry) == (Reason.ROBOTS, False)
    assert hostile_site.paths() == ["/robots.txt", "/story"]


def test_a_rule_can_be_for_us_by_name(hostile_site, ask):
    hostile_site.robots = "User-agent: *\nDisallow:\n\nUser-agent: FactDesk\nDisallow: /story\n"
    assert ask().reason == Reason.ROBOTS
    assert isinstance(ask("/private/story"), Fetched)


@pytest.mark.parametrize(
    "robots",
    [
        "User-agent: factdesk\nDisallow: /story",
        "user agent: FACTDESK/1.0 # that is us\nDisallow: /story",
        "\ufeffUser-agent: another\nUser-agent: FactDesk\nDisallow: /story",
        "User-agent: FactDesk\nAllow: /\n\nUser-agent: other\nDisallow:\n\nUseragent FactDesk\nDisallow: /story",
        "User-agent: *\r\nDisallow: /s*y$\r\n\r\nUser-agent: Another\r\nAllow: /",
    ],
)
def test_the_groups_that_are_for_us_count(hostile_site, ask, robots):
    hostile_site.robots = robots
    assert ask().reason == Reason.ROBOTS
    assert isinstance(ask("/private/story"), Fetched)


@pytest.mark.parametrize("name", ["FactDeskBot", "Fact", "NotFactDesk", "FactDesk-News", "another"])
def test_the_groups_of_others_do_not_count(hostile_site, ask, name):
    hostile_site.robots = f"User-agent: {name}\nDisallow: /\n"
    assert isinstance(ask(), Fetched)


def test_a_robots_txt_of_many_names_and_many_rules_is_read_within_its_means(hostile_site, ask):
    names = "".join(
        f"User-agent: program-{letter * 9}-{number}\n" for number in range(2_500) for letter in "abc"
    )
    hostile_site.robots = names + "User-agent: *\n" + "Disallow: /nothing/here\nDisallow: /story\n" * 6_000
    tracemalloc.start()
    try:
        assert ask().reason == Reason.ROBOTS
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_robots_txt_is_not_asked_for_where_the_source_says_so(hostile_site, ask):
    hostile_site.robots = "User-agent: *\nDisallow: /\n"
    assert isinstance(ask(robots=False), Fetched)
    assert hostile_site.paths() == ["/story"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_txt_means_no_rules(hostile_site, ask, status):
    hostile_site.robots = status
    assert isinstance(ask(), Fetched)


@pytest.mark.parametrize("status", [500, 503])
def test_a_robots_txt_that_cannot_be_read_closes_the_site_for_a_while(hostile_site, ask, status):
    hostile_site.robots = status
    answer = ask()
    assert (answer.reason, answer.retry) == (Reason.ROBOTS, True)
    assert answer.retry_after > 0
    assert hostile_site.paths() == ["/robots.txt"]


def test_a_site_that_wants_fewer_requests_is_not_asked_for_the_page(hostile_site, ask):
    hostile_site.robots = 429
    assert ask().reason == Reason.RATE_LIMITED
    assert hostile_site.paths() == ["/robots.txt"]


def test_the_rules_of_a_redirects_target_count_too(hostile_site, ask):
    hostile_site.robots = "User-agent: *\nDisallow: /private/\n"
    assert ask("/redirect?to=/private/story").reason == Reason.ROBOTS
    assert "/private/story" not in hostile_site.paths()


def test_a_robots_txt_may_be_elsewhere(hostile_site, ask):
    hostile_site.pages["/robots.txt"] = Page(b"", status=301, headers={"Location": "/rules"})
    hostile_site.pages["/rules"] = Page(b"User-agent: *\nDisallow: /story", type="text/plain")
    assert ask().reason == Reason.ROBOTS


def test_a_robots_txt_that_leads_inwards_is_none(hostile_site, ask):
    to = f"http://10.0.0.1:{hostile_site.port}/rules"
    hostile_site.pages["/robots.txt"] = Page(b"", status=301, headers={"Location": to})
    assert isinstance(ask(), Fetched)


def test_the_beginning_of_an_endless_robots_txt_is_read(hostile_site, ask):
    hostile_site.pages["/robots.txt"] = Page(
        b"User-agent: *\nDisallow: /private/\n" + b"# and so on\n" * 100_000, type="text/plain"
    )
    assert ask("/private/story").reason == Reason.ROBOTS
    assert isinstance(ask(), Fetched)


def test_a_slow_robots_txt_ends_with_the_deadline(hostile_site, ask):
    hostile_site.pages["/robots.txt"] = Page(b"", status=302, headers={"Location": "/drip-body"})
    assert ask(deadline=0.3).reason == Reason.TIMEOUT


def test_each_site_has_its_own_rules(hostile_site, ask):
    hostile_site.robots = "User-agent: *\nDisallow: /\n"
    assert ask().reason == Reason.ROBOTS
    with HostileSite() as other:
        other.pages["/story"] = b"<p>A story.</p>"
        assert isinstance(fetch(other.url("/story"), policy=other.policy(robots=True)), Fetched)


def test_each_site_on_the_way_is_asked_as_it_wishes(hostile_site, ask):
    hostile_site.robots = "User-agent: *\nDisallow: /\n"
    with HostileSite("127.0.0.2") as other:
        other.robots = hostile_site.robots
        more = {
            "robots": False,
            "ports": frozenset({hostile_site.port, other.port}),
            "wishes": lambda url: Wishes(robots=url.startswith(other.url())),
        }
        assert isinstance(ask(**more), Fetched)
        assert ask(f"/redirect?to={other.url('/story')}", **more).reason == Reason.ROBOTS
        assert other.paths() == ["/robots.txt"]
