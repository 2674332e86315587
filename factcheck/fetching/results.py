"""What a fetch ends with: a body, the news that nothing changed, or the reason why there is nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Why nothing was fetched. The values are stored; they do not change."""

    BAD_ADDRESS = "bad_address"
    FORBIDDEN_ADDRESS = "forbidden_address"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_BIG = "too_big"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ROBOTS = "robots"
    NOT_FOUND = "not_found"
    GONE = "gone"
    LOGIN = "login"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    WRONG_TYPE = "wrong_type"
    BROKEN = "broken"
    BUSY = "busy"

    @property
    def words(self) -> str:
        """One short sentence for an editor, in the language of the moment: what happened and what to do."""
        return str(WORDS[self])


WORDS: dict[Reason, Promise] = {
    Reason.BAD_ADDRESS: _("This is not an address that can be fetched; check how it is written."),
    Reason.FORBIDDEN_ADDRESS: _("The address leads to a private network, which the desk never asks."),
    Reason.UNKNOWN_HOST: _("No site of this name was found; check the address."),
    Reason.UNREACHABLE: _("The site cannot be reached; try again later."),
    Reason.TLS: _(
        "The site's certificate cannot be trusted; paste the text if you know the page to be genuine."
    ),
    Reason.TIMEOUT: _("The site took too long to answer; try again later."),
    Reason.TOO_BIG: _("The page is larger than the desk takes in; paste the part that matters."),
    Reason.TOO_MANY_REDIRECTS: _(
        "The site redirects again and again; open the page in a browser and use its final address."
    ),
    Reason.ROBOTS: _("The site asks programs not to fetch this page; paste the text or save the page."),
    Reason.NOT_FOUND: _("The site has no page at this address; check the address."),
    Reason.GONE: _("The site says that this page has been removed."),
    Reason.LOGIN: _(
        "The page is only for people who are signed in; sign in with a browser and paste the text."
    ),
    Reason.FORBIDDEN: _("The site refuses to give this page to the desk; paste the text or save the page."),
    Reason.RATE_LIMITED: _("The site asks for fewer requests; it is asked again later."),
    Reason.SERVER_ERROR: _("The site answered with an error of its own; try again later."),
    Reason.WRONG_TYPE: _("There is no text at this address but another kind of file; add the page itself."),
    Reason.BROKEN: _("The site's answer was damaged or incomplete; try again later."),
    Reason.BUSY: _("Another page of this site is just being fetched; this one follows in a moment."),
}

# What may be otherwise the next time. The rest stays as it is until a person changes something.
PASSING = frozenset(
    {
        Reason.UNREACHABLE,
        Reason.TIMEOUT,
        Reason.RATE_LIMITED,
        Reason.SERVER_ERROR,
        Reason.BROKEN,
        Reason.BUSY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as it came. `headers` and `body` are what an archive keeps; `sha256` is of the decompressed body.

    `url` is the address that was asked for, `final_url` the one that answered, `hops` every address asked, in order, the
    first and the last included. `moved_to` is where the first of them have moved for good, empty where the one asked for still
    holds. `content_type` is without parameters, in lower case, and may be empty, as may `charset`.
    """

    url: str
    final_url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    content_type: str
    charset: str
    fetched_at: datetime
    sha256: str
    etag: str
    last_modified: str
    hops: list[str]
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The site says that what it gave with these validators is still current (RFC 9110, section 15.4.5).

    `hops` and `moved_to` are as those of a `Fetched`.
    """

    url: str
    fetched_at: datetime
    etag: str
    last_modified: str
    hops: list[str]
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFetched:
    """Why there is nothing: `words` for an editor, `retry` if a later try may do better, after `retry_after` seconds if known.

    `final_url` is the address that failed, or the last one asked when it leads to what is no address to fetch.
    """

    url: str
    final_url: str
    reason: Reason
    words: str
    status: int | None
    retry: bool
    retry_after: float | None


class Failed(Exception):
    """Ends a fetch from within; `client.fetch` turns it into a `NotFetched` and lets none of these out."""

    def __init__(
        self,
        reason: Reason,
        *,
        words: Promise | None = None,
        status: int | None = None,
        retry: bool | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.words = str(words or WORDS[reason])
        self.status = status
        self.retry = reason in PASSING if retry is None else retry
        self.retry_after = retry_after
