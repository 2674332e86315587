"""What a site asks of programs: robots.txt, the Robots Exclusion Protocol (RFC 9309), read by protego and kept for a day."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from protego import Protego
from redis.exceptions import RedisError

from .location import Location
from .policy import Policy
from .results import Failed, Reason

KEPT = 24 * 60 * 60  # seconds; RFC 9309, section 2.4, allows a day
KEPT_UNREADABLE = 5 * 60  # seconds
MAX_BYTES = 500 * 1024  # RFC 9309, section 2.5: what is behind it need not be read
REDIRECTS = 5  # RFC 9309, section 2.3.1.2

# As generous as protego is about the spelling. The name is a product token (RFC 9309, section 2.2.1) or a star.
_USER_AGENT = re.compile(r"(?i)^\s*user[- ]?agent(?:\s*:\s*|\s+)(?P<name>[a-z_-]*\*?)[^#]*")

# Failures of the network, which the page would meet as well: they are its own reason.
_OF_THE_SITE = {
    Reason.UNKNOWN_HOST,
    Reason.UNREACHABLE,
    Reason.TLS,
    Reason.TIMEOUT,
    Reason.RATE_LIMITED,
    Reason.BUSY,
}
_UNREADABLE = {Reason.SERVER_ERROR, Reason.BROKEN}


@dataclass(frozen=True, slots=True)
class Rules:
    """A site's robots.txt as it was read: its text, or that it could not be read."""

    text: str
    readable: bool


def delay_asked_for(location: Location, *, policy: Policy, ask: Callable[[str, Policy], bytes]) -> float:
    """Check that the site lets us ask for this location, and give the seconds it wants between two requests (0 if none).

    `ask` fetches an address under a policy within the same visit, or raises Failed. Raises Failed (robots) where the rules
    forbid it, and while they cannot be read (a 5xx, section 2.3.1.4); a 4xx means that there are none (2.3.1.3).
    """
    rules = _rules(location.origin, policy, ask)
    if not rules.readable:
        raise Failed(
            Reason.ROBOTS,
            words=_("The site's rules for programs (robots.txt) could not be read; try again later."),
            retry=True,
            retry_after=KEPT_UNREADABLE,
        )
    product = policy.user_agent.partition("/")[0]
    parsed = _parsed(rules.text, product)
    if not parsed.can_fetch(location.url, product):
        raise Failed(Reason.ROBOTS)
    return parsed.crawl_delay(product) or 0.0


def _rules(origin: str, policy: Policy, ask: Callable[[str, Policy], bytes]) -> Rules:
    key = f"fetching:robots:{hashlib.sha256(origin.encode()).hexdigest()}"
    try:
        kept = cache.get(key)
        if kept is None:
            kept = _read(origin, policy, ask)
            cache.set(key, (kept.text, kept.readable), KEPT if kept.readable else KEPT_UNREADABLE)
            return kept
    except RedisError as error:
        raise Failed(Reason.BUSY) from error
    return Rules(*kept)


def _read(origin: str, policy: Policy, ask: Callable[[str, Policy], bytes]) -> Rules:
    own = replace(policy, robots=False, wishes=None, redirects=REDIRECTS, types=("",), max_bytes=MAX_BYTES)
    try:
        return Rules(ask(f"{origin}/robots.txt", own).decode("utf-8", "replace"), readable=True)
    except Failed as failed:
        if failed.reason in _OF_THE_SITE:
            raise
        return Rules("", readable=failed.reason not in _UNREADABLE)


@lru_cache(maxsize=16)
def _parsed(text: str, product: str) -> Protego:
    lines = text.removeprefix("\ufeff").splitlines()
    return Protego.parse(
        "\n".join(_USER_AGENT.sub(partial(_group, product), line, count=1) for line in lines)
    )


def _group(product: str, line: re.Match[str]) -> str:
    """The head of a group of rules, with one name for all that are not ours.

    Protego keeps each rule once for every program it is for: ten thousand names over ten thousand rules would fill a worker.
    """
    name = line["name"].casefold()
    return f"User-agent: {'*' if name == '*' else product if name == product.casefold() else 'another'}"
