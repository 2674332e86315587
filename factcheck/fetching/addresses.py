"""Which addresses of the internet may be asked: the public ones alone.

The table is our own, because the standard library's `is_private` and `is_global` differ from one Python to the next (3.11.7 takes
100.64.0.1, 64:ff9b::7f00:1, 2002:7f00:1:: and fec0::1 for public ones). Sources: the IANA registries of special-purpose IPv4
and IPv6 addresses (RFC 6890, RFC 8190) and the RFC named beside each network.
"""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FORBIDDEN: dict[Network, str] = {
    ipaddress.ip_network(network): source
    for network, source in {
        "0.0.0.0/8": "this network and the unspecified address, RFC 1122, 3.2.1.3",
        "10.0.0.0/8": "private, RFC 1918",
        "100.64.0.0/10": "shared by carriers (CGNAT), RFC 6598",
        "127.0.0.0/8": "loopback, RFC 1122, 3.2.1.3",
        "168.63.129.16/32": "the host of a virtual machine in Azure, a public address by its number; Microsoft's documentation",
        "169.254.0.0/16": "link-local, RFC 3927; clouds give metadata and keys at 169.254.169.254",
        "172.16.0.0/12": "private, RFC 1918",
        "192.0.0.0/24": "protocol assignments, RFC 6890",
        "192.0.2.0/24": "documentation, RFC 5737",
        "192.31.196.0/24": "AS112, answers of the nearest host, RFC 7535",
        "192.52.193.0/24": "automatic multicast tunnels, RFC 7450",
        "192.88.99.0/24": "6to4 relays, RFC 7526",
        "192.168.0.0/16": "private, RFC 1918",
        "192.175.48.0/24": "AS112, answers of the nearest host, RFC 7534",
        "198.18.0.0/15": "benchmarks, RFC 2544",
        "198.51.100.0/24": "documentation, RFC 5737",
        "203.0.113.0/24": "documentation, RFC 5737",
        "224.0.0.0/4": "multicast, RFC 5771",
        "240.0.0.0/4": "reserved, RFC 1112, 4; and broadcast, RFC 919",
        "::/96": "unspecified, loopback and IPv4-compatible, RFC 4291, 2.5",
        "::ffff:0:0/96": "IPv4-mapped, RFC 4291, 2.5.5.2",
        "::ffff:0:0:0/96": "IPv4-translated, RFC 2765",
        "64:ff9b:1::/48": "NAT64 for local use, RFC 8215",
        "100::/64": "discarded, RFC 6666",
        "100:0:0:1::/64": "dummy prefix, RFC 9780",
        "2001::/23": "protocol assignments, RFC 2928; among them Teredo 2001::/32, RFC 4380, and ORCHID, RFC 7343",
        "2001:db8::/32": "documentation, RFC 3849",
        "2002::/16": "6to4, RFC 3056",
        "2620:4f:8000::/48": "AS112, answers of the nearest host, RFC 7534",
        "3ffe::/16": "the 6bone, given back, RFC 3701",
        "3fff::/20": "documentation, RFC 9637",
        "5f00::/16": "segment routing, RFC 9602",
        "fc00::/7": "unique local, RFC 4193",
        "fe80::/10": "link-local, RFC 4291, 2.5.6",
        "fec0::/10": "site-local, RFC 3879",
        "ff00::/8": "multicast, RFC 4291, 2.7",
    }.items()
}
# All that has been given out for public use so far, RFC 4291, 2.4, and IANA's registry of the IPv6 address space.
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# An IPv4 address as a desk behind NAT64 is told it (DNS64, RFC 6147): the prefix, and the address in the last 32 bits, RFC 6052.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether this address may be asked: it is in none of the forbidden networks and, in IPv6, in global unicast.

    An address of NAT64 is public where the IPv4 address in it is, which is what is asked in the end.
    """
    if address in NAT64 and not address.scope_id:
        address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.version == 6 and (address.scope_id or address not in GLOBAL_UNICAST):
        return False
    return not any(address in network for network in FORBIDDEN)


def may_be_asked(address: Address, allowed_networks: Iterable[str]) -> bool:
    """Whether it is public, or in one of the networks that a test has opened."""
    return is_public(address) or any(address in ipaddress.ip_network(network) for network in allowed_networks)
