"""An address taken apart once, strictly, so that what is checked, connected to and asked for is the same.

Lenient readings differ from one program to the next (RFC 3986 against the URL Standard), and differences are what an attacker
lives on. What is not plainly an http or https address is refused.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urljoin, urlsplit

import idna
from django.utils.translation import gettext_lazy as _

from .addresses import Address
from .results import Failed, Reason

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 8_000  # characters; RFC 9110, section 4.1, asks for 8000 octets at least

_AUTHORITY = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\[\]:@%]+))(?::(?P<port>[0-9]{0,5}))?")
# Control characters, half characters, and the backslash, which browsers take for a slash and RFC 3986 does not know.
_NEVER = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
# Letters, digits and hyphens (RFC 1123, section 2.1), and the underscores that real sites use.
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# The URL Standard reads a host as a number when its last label is one; so does inet_aton.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What a path or query may hold as it stands: RFC 3986, section 3.3, and a percent sign, for what is quoted already.
_KEPT = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Location:
    """Where to ask for what. `host` is lower-case ASCII, an IPv6 address without brackets; `path` is with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str, *, ports: frozenset[int]) -> Self:
        """Read an address. Raises Failed (bad_address) with words that say what is wrong with it."""
        url = url.strip()
        if not url or len(url) > MAX_LENGTH or _NEVER.search(url):
            raise Failed(Reason.BAD_ADDRESS)
        try:
            parts = urlsplit(url)
        except ValueError:
            raise Failed(Reason.BAD_ADDRESS) from None
        scheme = parts.scheme.lower()
        if scheme not in DEFAULT_PORTS:
            raise Failed(
                Reason.BAD_ADDRESS,
                words=_("Only addresses that begin with http:// or https:// can be fetched."),
            )
        if "@" in parts.netloc:
            raise Failed(
                Reason.BAD_ADDRESS,
                words=_("The address holds a user name or password; take it out and try again."),
            )
        authority = _AUTHORITY.fullmatch(parts.netloc)
        if not authority:
            raise Failed(Reason.BAD_ADDRESS)
        host = _six(authority["six"]) if authority["six"] else _name(authority["name"])
        port = int(authority["port"] or DEFAULT_PORTS[scheme])
        if port not in ports:
            raise Failed(
                Reason.BAD_ADDRESS,
                words=_("The desk does not fetch from this port; use the site's ordinary address."),
            )
        path = quote(parts.path or "/", safe=_KEPT)
        if parts.query:
            path += "?" + quote(parts.query, safe=_KEPT + "?")
        return cls(scheme=scheme, host=host, port=port, path=path)

    def redirected(self, to: str, *, ports: frozenset[int]) -> Self:
        """Where a Location header leads. Raises Failed (bad_address)."""
        try:
            # http.client reads headers as Latin-1; sites that do not quote their addresses write UTF-8.
            to = to.encode("latin-1").decode("utf-8")
        except UnicodeError:
            pass
        try:
            return self.parse(urljoin(self.url, to.strip()), ports=ports)
        except ValueError:
            raise Failed(Reason.BAD_ADDRESS) from None

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them: without the scheme's own port, IPv6 in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path

    @property
    def address(self) -> Address | None:
        """The host as an address, where it is written as one."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None


def _six(text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        raise Failed(Reason.BAD_ADDRESS) from None


def _name(name: str) -> str:
    """A host name in ASCII (IDNA 2008 after the mapping of UTS 46), or a dotted IPv4 address in its one plain spelling."""
    try:
        host = name.lower() if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise Failed(Reason.BAD_ADDRESS) from None
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Failed(Reason.BAD_ADDRESS)
    if _NUMBER.fullmatch(labels[-1]):
        # 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to a resolver and nothing to a reader.
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise Failed(
                Reason.FORBIDDEN_ADDRESS,
                words=_("The address hides a number; write the site's name instead."),
            ) from None
    return host
