"""One address for one article."""

import re
from string import ascii_letters, digits
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import idna

_TRACKING = {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "cmpid", "ref_src", "ocid"}
LONGEST = 2000  # bytes in UTF-8: what the column and its index hold
_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(f"{ascii_letters}{digits}-._~")  # RFC 3986, section 2.3
# An escape, or what may not stand in a path as it is (RFC 3986, section 3.3), a percent sign that escapes nothing among it.
_TO_SPELL = re.compile(r"%([0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/-]")


def canonical_url(url: str) -> str:
    """The address without what does not name the article: scheme and www, default port, tracking parameters, fragment.

    Of several spellings it has one, in ASCII: the host by IDNA 2008, without a dot at its end; escapes by RFC 3986, section
    6.2.2, all else that must be escaped as UTF-8. The canonical address of a canonical address is that address.
    Empty for what is not an http(s) address, and for a longer one than `LONGEST`: half of it would name another article.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = _host(parts.hostname or "")
        if parts.scheme.lower() not in _PORTS or not host:
            return ""
        if port and port != _PORTS[parts.scheme.lower()]:
            host = f"{host}:{port}"
        # Some sites escape in another charset than UTF-8. Such bytes are kept: one sign for all of them would make one
        # article of several.
        query = [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
            if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
        ]
        found = urlunsplit(
            (
                "https",
                host,
                _TO_SPELL.sub(_spelled, parts.path).rstrip("/") or "/",
                urlencode(sorted(query), errors="surrogateescape"),
                "",
            )
        )
    except ValueError:
        return ""
    return found if len(found) <= LONGEST else ""


def _host(name: str) -> str:
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode()
        except idna.IDNAError:
            # Nothing can be fetched from there, but a text may be handed in as one from there.
            pass
    name = name.removesuffix(".").removeprefix("www.")
    return f"[{name}]" if ":" in name else name


def _spelled(found: re.Match[str]) -> str:
    """An escape, or characters that must be escaped, in their one spelling. Raises ValueError for half a character."""
    if not found[1]:
        return quote(found[0], safe="")
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
