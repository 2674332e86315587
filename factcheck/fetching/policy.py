"""What one fetch may do: how long, how much, where to, and how politely."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Self

from django.conf import settings

# The name that a robots.txt rule can address, the same for every desk (a product token, RFC 9309, section 2.2.1).
PRODUCT = "FactDesk"

PAGE_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
# What is asked for before anything else. Feeds come under many more names, so that any is taken: what is no feed shows when it
# is read.
FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
    "text/plain",
    "text/html",
    "",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How one site is to be asked: whether its robots.txt counts, and the seconds of rest. None leaves it to the settings."""

    robots: bool | None = None
    delay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The limits of one fetch.

    `max_bytes` counts the decompressed body. `deadline` is in seconds and covers everything: waiting for the host's turn,
    robots.txt, name, connection, redirects and body. `types` are the accepted content types, in lower case; an empty string
    among them accepts any. With `unpack_files` a body that is a gzip file by itself comes unpacked. `delay` is the number of seconds
    a host is left alone after a fetch. `wishes` gives, of each address on the way, those of the site that it is of, over `robots` and
    `delay`. `allowed_networks` opens networks that are not public, for tests with servers of their own.
    """

    user_agent: str
    ports: frozenset[int]
    max_bytes: int
    deadline: float
    redirects: int = 3
    types: tuple[str, ...]
    unpack_files: bool = False
    robots: bool = True
    delay: float
    wishes: Callable[[str], Wishes] | None = None
    allowed_networks: tuple[str, ...] = ()

    def at(self, url: str) -> Self:
        """The policy as it is for one address."""
        if self.wishes is None:
            return self
        own = self.wishes(url)
        return replace(
            self,
            robots=self.robots if own.robots is None else own.robots,
            delay=self.delay if own.delay is None else own.delay,
        )

    @property
    def accept(self) -> str:
        """The Accept header (RFC 9110, section 12.5.1): the first type rather than the next ones, and those than any other."""
        named = [each for each in self.types if each]
        return ", ".join([*named[:1], *(f"{each};q=0.9" for each in named[1:]), "*/*;q=0.1"])


def policy_for(
    kind: Literal["page", "feed", "file"],
    *,
    robots: bool | None = None,
    wishes: Callable[[str], Wishes] | None = None,
) -> Policy:
    """The settings' policy for a page (what a reader can read), a feed of any type, or a file of any type.

    `robots` is over the settings, and the `wishes` of the site of each address over both.
    """
    types = {"page": PAGE_TYPES, "feed": FEED_TYPES, "file": ("",)}
    return Policy(
        user_agent=settings.FETCH_USER_AGENT or _user_agent(),
        ports=frozenset(settings.FETCH_PORTS),
        max_bytes=settings.FETCH_MAX_FILE_BYTES if kind == "file" else settings.FETCH_MAX_BYTES,
        deadline=settings.FETCH_DEADLINE,
        types=types[kind],
        # Sitemaps lie packed on many a site.
        unpack_files=kind == "feed",
        robots=settings.FETCH_ROBOTS if robots is None else robots,
        delay=settings.FETCH_DELAY,
        wishes=wishes,
        # A web process runs no system checks, so the refusal of checks.py is repeated here.
        allowed_networks=tuple(settings.FETCH_ALLOWED_NETWORKS) if settings.FETCH_TESTING else (),
    )


def _user_agent() -> str:
    """Who asks, and where to ask back: `Product/version (address; name)`, as RFC 9110, section 10.1.5, has it."""
    name = settings.DESK_NAME.encode("ascii", "ignore").decode()
    who = [f"+{settings.DESK_URL}"] if settings.DESK_URL.isascii() and settings.DESK_URL else []
    comment = re.sub(r"[^ -~]|[()\\]", "", "; ".join([*who, name])).strip()
    return f"{PRODUCT}/1.0 ({comment})"
