"""Lists of teasers: what a site puts beside an article to lead on to its others, each with a headline that is a link.

Beside a short article they are most of a page's text, and were taken for the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Fewer take no article's place.
_MANY = 5
# A headline and a sentence or two; what is longer may be a part of an article, such as an entry of a live blog.
_CARD_CHARS = 400
# A headline stands so deep in its teaser at the most.
_LEVELS = 5


def teasers(tree: HtmlElement, addresses: Iterable[str]) -> list[HtmlElement]:
    """The elements that are teasers in a list of them, outside of any `article`. `addresses` are the page's own.

    A teaser leads to another page of the same site: a list of things elsewhere, or of the parts of this page, is no such list.
    """
    own = [parts for address in addresses if (parts := _split(address))]
    # A dict for a set that is in order.
    lists: dict[HtmlElement, dict[HtmlElement, None]] = defaultdict(dict)
    for heading in tree.iter(*_HEADINGS[1:]):
        link = next(heading.iterancestors("a"), None)
        link = heading.find(".//a[@href]") if link is None else link
        if link is None or not _leads_on(link.get("href") or "", own):
            continue
        for card in islice(heading.iterancestors(), _LEVELS):
            if (parent := card.getparent()) is not None:
                lists[parent][card] = None
    return [
        card
        for parent, cards in lists.items()
        if len(cards) >= _MANY and not _is_in_article(parent)
        for card in _many(filter(_is_card, cards))
    ]


def _many(cards: Iterator[HtmlElement]) -> list[HtmlElement]:
    found = list(cards)
    return found if len(found) >= _MANY else []


def _is_card(element: HtmlElement) -> bool:
    """Whether all that the element holds is one headline and little text."""
    headings = list(islice(element.iter(*_HEADINGS), 2))
    return len(headings) == 1 and len(" ".join(element.text_content().split())) <= _CARD_CHARS


def _is_in_article(element: HtmlElement) -> bool:
    return element.tag == "article" or next(element.iterancestors("article"), None) is not None


def _leads_on(href: str, own: list[SplitResult]) -> bool:
    """Whether a link goes to another page of the site, and neither to a part of this page nor to a page below it."""
    there = _split(href, own[0].geturl() if own else "")
    if there is None or there.netloc not in ({page.netloc for page in own} or {""}):
        return False
    if there.scheme not in {"", "http", "https"} or not there.path:
        return False
    return not any(f"{there.path}/".startswith(f"{page.path.rstrip('/')}/") for page in own)


def _split(address: str, base: str = "") -> SplitResult | None:
    try:
        return urlsplit(urljoin(base, address.strip())) if address else None
    except ValueError:
        return None
