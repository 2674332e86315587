"""Host names: what a person typed as one, the one in an address, and those that are too wide to be anybody's."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from tld import is_tld


def host_of(domain: str) -> str:
    """The host name in what a person typed or pasted: an address, or a domain with or without www; empty for nothing.

    Raises ValidationError for what is no host name, and for one that many share (co.uk, github.io: the public suffix list).
    """
    text = domain.strip()
    if not text:
        return ""
    host = _host(text if "//" in text else f"//{text}").removeprefix("www.")
    if "." not in host or not re.fullmatch(r"[a-z0-9.-]{1,253}", host):
        raise ValidationError(
            _("“%(domain)s” is not a domain, such as herald.example."), params={"domain": text}
        )
    if is_tld(host):
        raise ValidationError(
            _("“%(domain)s” is too wide: many unrelated sites lie below it."), params={"domain": host}
        )
    return host


def hosts_above(url: str) -> list[str]:
    """The host of an address and what it lies below, longest first, without its top level: a.b.example, b.example."""
    labels = _host(url).split(".")
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


def spellings(domain: str) -> list[str]:
    """A stored domain, and the one that addresses may have it as, in its own script."""
    try:
        return list(dict.fromkeys([domain, domain.encode("ascii").decode("idna")]))
    except UnicodeError:
        return [domain]


def _host(url: str) -> str:
    """The host in the form in which domains are stored: lower case, ASCII, no dot at the end. Empty where there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host.encode("idna").decode("ascii").lower()
    except ValueError:
        return ""
