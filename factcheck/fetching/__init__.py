"""The one door outwards: the guarded HTTP client that every fetch of the desk goes through.

    answer = fetch("https://example.org/story", policy=policy_for("page"))

`fetch` gives a `Fetched`, a `NotModified` or a `NotFetched` with its reason; it raises for nothing that the network or the
address does. Nothing else in the desk opens a connection to an address that a person or a page wrote.
"""

from .client import fetch
from .policy import Policy, Wishes, policy_for
from .results import Fetched, NotFetched, NotModified, Reason
from .turns import host_to_ask, rest_of

__all__ = [
    "Fetched",
    "NotFetched",
    "NotModified",
    "Policy",
    "Reason",
    "Wishes",
    "fetch",
    "host_to_ask",
    "policy_for",
    "rest_of",
]
