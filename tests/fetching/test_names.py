"""The address that was checked is the one that is connected to; the name is what the certificate must be for."""

import ipaddress
import socket
import ssl
from pathlib import Path

import pytest

from factcheck.fetching import Reason, connection, fetch, resolving
from tests.support.hostile import ORDINARY, HostileSite, Page

CERTIFICATES = Path(__file__).parent / "certificates"
PUBLIC = "93.184.216.34"


@pytest.fixture
def names(monkeypatch):
    """The resolver: name → a list of answers, one a lookup, the last one repeated; each a list of addresses."""
    table: dict[str, list[list[str]]] = {}

    def lookup(host, port):
        answers = table[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [ipaddress.ip_address(each) for each in found]

    monkeypatch.setattr(resolving, "lookup", lookup)
    return table


@pytest.fixture
def connected(monkeypatch, hostile_site):
    """The addresses connected to; behind every one of them stands the hostile site."""
    found: list[str] = []

    def connect(address, port, seconds):
        found.append(str(address))
        return socket.create_connection((hostile_site.host, hostile_site.port), timeout=seconds)

    monkeypatch.setattr(connection, "connect", connect)
    return found


def outside(site, **changes):
    """A policy with nothing but public networks open."""
    return site.policy(**({"allowed_networks": ()} | changes))


def test_a_name_that_changes_its_address_is_asked_at_the_checked_one(hostile_site, names, connected):
    hostile_site.pages["/"] = ORDINARY
    names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    page = fetch(hostile_site.url(host="rebinding.example"), policy=outside(hostile_site))
    assert page.body == ORDINARY
    assert connected == [PUBLIC]
    assert len(names["rebinding.example"]) == 1, "the name was looked up once"


def test_a_name_with_its_address_behind_nat64_beside_it_is_asked(hostile_site, names, connected):
    hostile_site.pages["/"] = ORDINARY
    names["herald.example"] = [[f"64:ff9b::{PUBLIC}", PUBLIC]]
    assert fetch(hostile_site.url(host="herald.example"), policy=outside(hostile_site)).body == ORDINARY


def test_a_name_that_changes_its_address_before_a_redirect_is_refused(hostile_site, names, connected):
    names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    answer = fetch(hostile_site.url("/redirect?to=/", host="rebinding.example"), policy=outside(hostile_site))
    assert answer.reason == Reason.FORBIDDEN_ADDRESS
    assert connected == [PUBLIC]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        [PUBLIC, "127.0.0.1"],
        [PUBLIC, "::1"],
        ["2606:4700::1111", "::ffff:10.0.0.1"],
        [PUBLIC, "169.254.169.254"],
        ["fe80::1%eth0"],
        ["2606:4700::1111%1"],
    ],
)
def test_a_name_with_one_forbidden_address_is_not_asked_at_all(hostile_site, names, connected, addresses):
    names["mixed.example"] = [addresses]
    answer = fetch(hostile_site.url(host="mixed.example"), policy=outside(hostile_site))
    assert answer.reason == Reason.FORBIDDEN_ADDRESS
    assert not connected


def test_the_next_address_is_tried_when_one_does_not_answer(hostile_site, names, monkeypatch):
    hostile_site.pages["/"] = ORDINARY
    tried = []

    def connect(address, port, seconds):
        tried.append(str(address))
        if address.version == 6:
            raise OSError("no route")
        return socket.create_connection((hostile_site.host, hostile_site.port), timeout=seconds)

    monkeypatch.setattr(connection, "connect", connect)
    names["two.example"] = [["2606:4700::1111", PUBLIC]]
    assert fetch(hostile_site.url(host="two.example"), policy=outside(hostile_site)).body == ORDINARY
    assert tried == ["2606:4700::1111", PUBLIC]


@pytest.mark.parametrize(("number", "retry"), [(socket.EAI_NONAME, False), (socket.EAI_AGAIN, True)])
def test_a_name_that_nobody_knows_is_said_to_be_unknown(hostile_site, monkeypatch, number, retry):
    def lookup(host, port):
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(resolving, "lookup", lookup)
    answer = fetch(hostile_site.url(host="nowhere.example"), policy=outside(hostile_site))
    assert (answer.reason, answer.retry) == (Reason.UNKNOWN_HOST, retry)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Bücher.Example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("EXAMPLE.org.", "example.org"),
        ("under_score.example", "under_score.example"),
    ],
)
def test_a_name_is_asked_in_its_one_spelling(hostile_site, names, connected, written, asked):
    hostile_site.pages["/"] = ORDINARY
    names[asked] = [[PUBLIC]]
    page = fetch(hostile_site.url(host=written), policy=outside(hostile_site))
    assert page.final_url == hostile_site.url(host=asked)
    assert hostile_site.requests[0].headers["Host"] == f"{asked}:{hostile_site.port}"


@pytest.fixture
def secure_site():
    pair = str(CERTIFICATES / "news.test.pem")
    with HostileSite(certificate=(pair, pair)) as site:
        site.pages["/"] = ORDINARY
        yield site


@pytest.fixture
def trusting(monkeypatch):
    """Trust the tests' own authority."""
    context = ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))
    monkeypatch.setattr(connection, "trust", lambda: context)


def test_a_certificate_is_checked_against_the_name(secure_site, names, trusting):
    names["news.test"] = names["other.test"] = [["127.0.0.1"]]
    assert fetch(secure_site.url(host="news.test"), policy=secure_site.policy()).body == ORDINARY
    answer = fetch(secure_site.url(host="other.test"), policy=secure_site.policy())
    assert (answer.reason, answer.retry) == (Reason.TLS, False)
    assert fetch(secure_site.url(), policy=secure_site.policy()).reason == Reason.TLS


def test_a_certificate_of_nobody_known_is_not_trusted(secure_site, names):
    names["news.test"] = [["127.0.0.1"]]
    assert fetch(secure_site.url(host="news.test"), policy=secure_site.policy()).reason == Reason.TLS
    assert not secure_site.requests


def test_a_site_without_tls_is_not_asked_in_the_clear_instead(hostile_site):
    hostile_site.pages["/"] = ORDINARY
    assert fetch(hostile_site.url(scheme="https"), policy=hostile_site.policy()).reason == Reason.TLS
    assert not hostile_site.requests or all(
        b"GET" not in asked.path.encode() for asked in hostile_site.requests
    )


def test_a_redirect_from_https_to_http_is_followed(secure_site, hostile_site, names, trusting):
    hostile_site.pages["/plain"] = ORDINARY
    names["news.test"] = [["127.0.0.1"]]
    secure_site.pages["/"] = Page(b"", status=301, headers={"Location": hostile_site.url("/plain")})
    policy = secure_site.policy(ports=frozenset({secure_site.port, hostile_site.port}))
    page = fetch(secure_site.url(host="news.test"), policy=policy)
    assert page.hops == [secure_site.url("/", host="news.test"), hostile_site.url("/plain")]
