"""A web page: bytes in, article out."""

from __future__ import annotations

from factcheck.reading import body as bodies
from factcheck.reading import charsets, metadata, refusals, walls
from factcheck.reading import marks as marked
from factcheck.reading.document import Reading, Reason, Unreadable
from factcheck.reading.limits import MAX_PAGE_BYTES, MAX_TEXT_CHARS
from factcheck.reading.names import dateline_agency, same_body
from factcheck.reading.tree import TooComplex, parse
from factcheck.reading.wash import signature, wash

# Less than this of an article behind a wall is a teaser that is not worth reading.
_USABLE_CHARS = 200


def read_page(
    body: bytes, *, url: str = "", content_type: str = "", charset: str = ""
) -> Reading | Unreadable:
    """The article of an HTML page.

    url: where the page was fetched from, for its canonical address. content_type, charset: as the server declared
    them; the bytes have the last word. Never raises.
    """
    if len(body) > MAX_PAGE_BYTES:
        return Unreadable(Reason.TOO_BIG)
    if not body.strip():
        return Unreadable(Reason.EMPTY)
    if is_binary(body):
        return Unreadable(Reason.BINARY)
    try:
        return _read(charsets.decode(body, charset=charset, content_type=content_type), url)
    except (TooComplex, RecursionError, MemoryError):
        return Unreadable(Reason.TOO_COMPLEX)
    except Exception:
        # Four libraries parse what anybody may have written; one page must not end the work on the others.
        return Unreadable(Reason.BROKEN)


def is_binary(body: bytes) -> bool:
    """Pictures, archives, programs: many control characters, where UTF-16 has NULs only."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    if body.startswith(
        (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"RIFF", b"\x7fELF")
    ):
        return True
    sample = body[:4000]
    controls = sum(sample.count(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls * 50 > len(sample)


def _read(text: str, url: str) -> Reading | Unreadable:
    tree = parse(text)
    if tree is None:
        return Unreadable(Reason.EMPTY if not text.strip() else Reason.NO_ARTICLE)
    marks = marked.collect(tree)
    outlet = metadata.outlet(marks, url)
    title = metadata.title(marks, outlet)
    found = bodies.paragraphs(tree, marks, url)
    writers = metadata.writers(marks, outlet, signature(found))
    lines = wash(found, title=title, bylines=writers.names, outlet=outlet)
    lines, invited = walls.without_wall(lines)
    chars = sum(map(len, lines))
    paywalled = walls.locked(marks) or walls.asks_to_subscribe(tree, chars, invited)
    if paywalled and chars < _USABLE_CHARS:
        return Unreadable(Reason.PAYWALL)
    refusal = refusals.refused(tree, marks, lines)
    if refusal is not None:
        return refusal
    body = "\n\n".join(lines)
    if len(body) > MAX_TEXT_CHARS:
        return Unreadable(Reason.TOO_BIG, "The text is too long.")
    agency = writers.agency or dateline_agency(body)
    return Reading(
        text=body,
        title=title,
        bylines=writers.names,
        outlet=outlet,
        agency="" if same_body(agency, outlet) else agency,
        published=metadata.published(marks, tree, url),
        modified=metadata.modified(marks),
        language=metadata.language_of(marks, body),
        canonical_url=metadata.canonical_url(marks, url),
        paywalled=paywalled,
        medium="page",
        description=metadata.description(marks),
    )
