"""Lists of feeds as other programs keep them: OPML 2.0 (opml.org/spec2.opml), read and written.

A list comes from anywhere, so it is read by a parser that knows no document types: no entity is expanded and none is fetched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _

from factcheck.articles.canonical import canonical_url
from factcheck.desk.errors import Refused

MAX_BYTES = 2_000_000
MOST_FEEDS = 500  # of one list: each is asked once
HEAD = b"<?xml", b"<opml"


@dataclass(slots=True)
class Listed:
    """One site of a list: its homepage, its name where given, and the feeds that the list has of it.

    Where the list has a feed and no homepage, `url` is the feed's: what lies on one host may be of many outlets.
    """

    url: str
    name: str = ""
    feeds: list[str] = field(default_factory=list)


class _Enough(Exception):
    """There is more in the file than is read."""


def looks_like(body: bytes) -> bool:
    """Whether bytes are meant as OPML rather than as lines of addresses."""
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(HEAD) or body[:2] in (b"\xff\xfe", b"\xfe\xff")


def read(body: bytes | str, *, limit: int) -> list[Listed]:
    """The sites of an OPML file, each once, at most `limit`, with all feeds that it names. Of a text, which is decoded already,
    the encoding that it declares is passed over. Raises Refused, in words, for what cannot be read or is more."""
    if len(body) > MAX_BYTES:
        raise Refused(_("This file is larger than %(n)s MB.") % {"n": MAX_BYTES // 1_000_000})
    sites: dict[str, Listed] = {}
    feeds: set[str] = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.lower().rpartition(":")[2] != "outline":
            return
        given = {key.lower(): value.strip() for key, value in attributes.items()}
        feed = given.get("xmlurl", "")
        home = given.get("htmlurl", "") if canonical_url(given.get("htmlurl", "")) else ""
        url = home or (feed if canonical_url(feed) else "")
        if not url or len(url) > 2000 or len(feed) > 2000:
            return
        site = sites.setdefault(canonical_url(url), Listed(url))
        site.name = site.name or " ".join((given.get("text") or given.get("title") or "").split())[:200]
        if canonical_url(feed) and feed not in site.feeds:
            site.feeds.append(feed)
            feeds.add(feed)
        if len(sites) > limit or len(feeds) > MOST_FEEDS:
            raise _Enough

    reading = expat.ParserCreate()
    reading.StartElementHandler = start
    reading.EntityDeclHandler = _refuse_entities
    try:
        # Expat, given a text, takes no declared encoding for its own.
        reading.Parse(body, True)
    except _Enough:
        if len(sites) > limit:
            more, n = _("There are more than %(n)s sites in this file. Take it in parts."), limit
        else:
            more, n = _("There are more than %(n)s feeds in this file. Take it in parts."), MOST_FEEDS
        raise Refused(more % {"n": n}) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        where = getattr(error, "lineno", None)
        said = (
            _("This is no OPML that can be read: line %(n)s is broken.") if where else _("This is no OPML.")
        )
        raise Refused(said % {"n": where} if where else said) from None
    if not sites:
        raise Refused(_("No site is named in this file."))
    return list(sites.values())


def _refuse_entities(*_declaration: object) -> None:
    raise Refused(_("This file declares entities of its own, which the desk does not read."))


def written(title: str, feeds: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    """An OPML document, line by line, of (name, feed's title, feed's address, homepage)."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield f"<head><title>{_text(title)}</title></head>\n<body>\n"
    for name, own, url, home in feeds:
        about = {"type": "rss", "text": name, "title": own or name, "xmlUrl": url, "htmlUrl": home}
        said = " ".join(f"{key}={quoteattr(_clean(value))}" for key, value in about.items() if value)
        yield f"<outline {said}/>\n"
    yield "</body>\n</opml>\n"


def _text(words: str) -> str:
    return _clean(words).replace("&", "&amp;").replace("<", "&lt;")


def _clean(words: str) -> str:
    """Without the characters that no XML 1.0 document may hold."""
    return "".join(c for c in words if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
