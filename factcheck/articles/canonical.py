"""One address for one article."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "cmpid", "ref_src", "ocid"}
LONGEST = 2000  # bytes in UTF-8: what the column and its index hold
_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """The address without what does not name the article: scheme and www, default port, tracking parameters, fragment.

    Empty for what is not an http(s) address, and for a longer one than `LONGEST`: half of it would name another article.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.")
    if port and port != _PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
    ]
    found = urlunsplit(("https", host, parts.path.rstrip("/") or "/", urlencode(sorted(query)), ""))
    return found if len(found.encode("utf-8", "surrogatepass")) <= LONGEST else ""
