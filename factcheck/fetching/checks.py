"""System checks of the fetching settings: a mistake there would open the inside of a network, or stop every fetch."""

import ipaddress
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

FETCHING = "fetching"


@register(Tags.security, FETCHING)
def networks_are_for_tests(app_configs: Any, **kwargs: Any) -> list[Error]:
    """FETCH_ALLOWED_NETWORKS opens networks that no desk may ask; only the tests, with servers of their own, may."""
    networks = settings.FETCH_ALLOWED_NETWORKS
    if networks and not settings.FETCH_TESTING:
        return [
            Error(
                "FETCH_ALLOWED_NETWORKS is set, which is for the desk's own tests only.",
                hint="Remove it: with it, an address that a person types could reach the inside of your network.",
                id="fetching.E001",
            )
        ]
    return [
        Error(f"FETCH_ALLOWED_NETWORKS: {network!r} is not a network.", id="fetching.E002")
        for network in networks
        if not _is_network(network)
    ]


@register(FETCHING)
def limits_make_sense(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Ports, sizes and times must be ones that a fetch can end with, and the user agent one that a header can hold."""
    found = []
    ports = settings.FETCH_PORTS
    if not ports or not all(0 < port < 65536 for port in ports):
        found.append(Error("FETCH_PORTS must name ports from 1 to 65535.", id="fetching.E003"))
    for name in ("FETCH_MAX_BYTES", "FETCH_MAX_FILE_BYTES", "FETCH_DEADLINE"):
        if getattr(settings, name) <= 0:
            found.append(Error(f"{name} must be above 0.", id="fetching.E004"))
    if settings.FETCH_DELAY < 0:
        found.append(Error("FETCH_DELAY must not be below 0.", id="fetching.E005"))
    agent = settings.FETCH_USER_AGENT
    if not (agent.isascii() and agent.isprintable()):
        found.append(Error("FETCH_USER_AGENT must be of printable ASCII characters.", id="fetching.E006"))
    return found


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True
