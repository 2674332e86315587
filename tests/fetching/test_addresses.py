"""Only public addresses are asked, however the others are written."""

import ipaddress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.fetching import Reason, fetch, policy_for
from factcheck.fetching.addresses import FORBIDDEN, GLOBAL_UNICAST, NAT64, is_public, may_be_asked

REFUSED = {Reason.BAD_ADDRESS, Reason.FORBIDDEN_ADDRESS}

FORBIDDEN_HOSTS = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3",  # noqa: S104
    "10.1.2.3", "100.64.0.1", "100.127.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.0.0.192", "192.0.2.7", "192.88.99.1",
    "168.63.129.16", "198.18.0.1", "198.19.255.255", "198.51.100.9", "203.0.113.200", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255",
    "[::]", "[::1]", "[::127.0.0.1]", "[::7f00:1]", "[::8.8.8.8]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::ffff:8.8.8.8]", "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]",
    "[64:ff9b::169.254.169.254]", "[64:ff9b::168.63.129.16]", "[64:ff9b:1::1]", "[64:ff9b:1::808:808]", "[64:ff9b::1:808:808]", "[100::1]",
    "[2001::1]", "[2001:0:53aa:64c:0:fbff:80ff:fffe]", "[2001:10::1]", "[2001:db8::1]", "[2002:7f00:1::]",
    "[2002:808:808::1]", "[3fff::1]", "[5f00::1]", "[4000::1]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fec0::1]",
    "[ff02::1]",
]  # fmt: skip

OTHER_SPELLINGS = [
    "2130706433", "0x7f000001", "0x7F.0x0.0x0.0x1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "127.0.0.1.",
    "0127.0.0.1", "127.000.000.001", "00.0.0.0", "0", "0x", "１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1", "127.0.0.0x1",
    "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::FFFF:127.0.0.1]", "[::1%25lo]", "[fe80::1%eth0]",
    "[127.0.0.1]", "[v1.fe80::a]", "%31%32%37.0.0.1", "localhost", "LOCALHOST", "localhost.", "ⓛocalhost",
]  # fmt: skip


@pytest.mark.parametrize("host", FORBIDDEN_HOSTS)
def test_an_address_that_is_not_public_is_refused(host):
    answer = fetch(f"http://{host}/", policy=policy_for("page"))
    assert answer.reason == Reason.FORBIDDEN_ADDRESS
    assert not answer.retry


@pytest.mark.parametrize("host", OTHER_SPELLINGS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_loopback_is_asked(host, scheme):
    assert fetch(f"{scheme}://{host}/", policy=policy_for("page")).reason in REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "", "   ", "story", "//example.org/", "/story", "http:", "http://", "http:///story", "http:example.org", "http://[",
        "http://[]/", "http://[::1", "http://::1/", "http://.../", "http://a..example/", "http://-.example/",
        "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://exam\nple.org/", "http://example.org/\x00",
        "http://example.org:0/", "http://example.org:99999/", "http://example.org:x/", "http://example.org:80:80/",
        "http://[2606:4700::1]example.org/", "http://\ud800.example/", "http://example.org/\udfff", "http://☃.example/",
        "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/", "http://example.org/" + "a" * 10_000,
        "http://exa%6dple.org/",
    ],
)  # fmt: skip
def test_what_is_not_an_address_is_refused(url):
    answer = fetch(url, policy=policy_for("page"))
    assert answer.reason == Reason.BAD_ADDRESS
    assert answer.url == url


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:x", "data:,x"]
)
def test_only_http_and_https_are_asked(url):
    answer = fetch(url, policy=policy_for("page"))
    assert answer.reason == Reason.BAD_ADDRESS
    assert "http://" in answer.words


@pytest.mark.parametrize("userinfo", ["user:secret@", "user@", "@", ":@", "a@b@"])
def test_a_password_in_an_address_is_refused(userinfo):
    answer = fetch(f"http://{userinfo}example.org/", policy=policy_for("page"))
    assert answer.reason == Reason.BAD_ADDRESS
    assert "user name" in answer.words


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_setting_are_asked(port):
    answer = fetch(f"http://example.org:{port}/", policy=policy_for("page"))
    assert answer.reason == Reason.BAD_ADDRESS
    assert "port" in answer.words


def test_public_addresses_are_public():
    for text in [
        "8.8.8.8",
        "1.1.1.1",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8",
        "64:ff9b::101:101",
    ]:
        assert is_public(ipaddress.ip_address(text)), text


def addresses_in(network):
    return st.integers(int(network.network_address), int(network.broadcast_address)).map(
        lambda number: (ipaddress.IPv4Address if network.version == 4 else ipaddress.IPv6Address)(number)
    )


forbidden_addresses = st.sampled_from(sorted(FORBIDDEN, key=str)).flatmap(addresses_in)
outside_global_unicast = (
    st.integers(0, 2**128 - 1)
    .map(ipaddress.IPv6Address)
    .filter(lambda each: each not in GLOBAL_UNICAST and each not in NAT64)
)


def spellings(address):
    """What an address can be written as: whole, shortened, upper case, in octal, hexadecimal and decimal, in part or at once."""
    if address.version == 6:
        return st.sampled_from(
            [f"[{address.exploded}]", f"[{address.compressed}]", f"[{address.compressed.upper()}]"]
        )
    parts = list(address.packed)
    styles = [str, hex, lambda part: f"0{part:o}", lambda part: f"{part:03}", lambda part: f"0X{part:08X}"]
    mixed = st.lists(st.sampled_from(styles), min_size=4, max_size=4).map(
        lambda chosen: ".".join(style(part) for style, part in zip(chosen, parts, strict=True))
    )
    rest = {2: int.from_bytes(address.packed[1:]), 3: int.from_bytes(address.packed[2:])}
    whole = [str(int(address)), hex(int(address)), f"0{int(address):o}"]
    short = [f"{parts[0]}.{rest[2]}", f"{parts[0]}.{parts[1]}.{rest[3]}", f"{address}."]
    embedded = [f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]"]
    sixtofour = ipaddress.IPv6Address(0x2002 << 112 | int(address) << 80)
    return st.one_of(mixed, st.sampled_from([*whole, *short, *embedded, f"[{sixtofour}]"]))


@given(st.one_of(forbidden_addresses, outside_global_unicast).flatmap(spellings))
def test_no_address_of_a_forbidden_network_is_asked_in_any_spelling(host):
    assert fetch(f"http://{host}/", policy=policy_for("page")).reason in REFUSED


@given(st.one_of(forbidden_addresses, outside_global_unicast))
def test_only_the_opened_networks_are_open_in_a_test(address):
    assert not may_be_asked(address, ())
    other = "127.0.0.0/8" if address.version == 6 or not address.is_loopback else "10.0.0.0/8"
    assert not may_be_asked(address, (other,))
    assert may_be_asked(address, (str(ipaddress.ip_network(address)),))


@given(st.text(max_size=60))
def test_no_text_makes_it_raise(text):
    policy = replace(policy_for("page"), ports=frozenset())
    for url in (
        text,
        f"http://{text}",
        f"http://{text}.invalid/",
        f"http://x/{text}",
        f"//{text}@x",
        f"http://{text}@x",
    ):
        assert fetch(url, policy=policy).reason in REFUSED
