"""Reading what stands in an answer before its body: the status, the type, the validators, and whether it is a sign-in page."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from urllib.parse import urlsplit

from django.utils import timezone

from .results import Failed, Reason

LONGEST_RETRY_AFTER = 24 * 60 * 60.0  # seconds
LONGEST_VALIDATOR = 500  # characters; what is longer is not worth keeping

_OK = {200, 203}
_REASONS = {
    401: Reason.LOGIN,
    402: Reason.LOGIN,
    404: Reason.NOT_FOUND,
    407: Reason.LOGIN,
    408: Reason.TIMEOUT,
    410: Reason.GONE,
    429: Reason.RATE_LIMITED,
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}")  # RFC 6838, section 4.2
_CHARSET = re.compile(r"[a-z0-9][a-z0-9!#$%&'+^_`{}~:.-]{0,39}")  # RFC 2978, section 2.3
_SIGN_IN = re.compile(
    r"(?:(?:user|member|account|wp)[-_]?)?(?:log|sign)[-_]?(?:in|on)(?:\.\w+)?"
    r"|sso|oauth2?|auth|authenticate|authorize|register|subscribe|paywall"
)
_SIGN_IN_HOST = re.compile(r"(?:log|sign)-?in|sso|auth|accounts?")


def check_status(response: HTTPResponse) -> None:
    """Raises Failed for every status but the two that come with what was asked for (RFC 9110, section 15)."""
    status = response.status
    if status in _OK:
        return
    if status in _REASONS:
        reason = _REASONS[status]
    elif 400 <= status < 500:
        reason = Reason.FORBIDDEN
    else:
        reason = Reason.SERVER_ERROR if 500 <= status < 600 else Reason.BROKEN
    raise Failed(reason, status=status, retry_after=_retry_after(response))


def headers(response: HTTPResponse) -> list[tuple[str, str]]:
    """The headers as they came, without control characters, which no database column takes."""
    return [(_clean(name), _clean(value)) for name, value in response.getheaders()]


def content_type(response: HTTPResponse) -> str:
    """The type without its parameters, in lower case; empty where there is none or it is not one."""
    found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return found if _TYPE.fullmatch(found) else ""


def charset(response: HTTPResponse) -> str:
    """The charset that the Content-Type header names, in lower case and unchecked; empty where it names none."""
    found = response.headers.get_content_charset("") if "Content-Type" in response.headers else ""
    return found if _CHARSET.fullmatch(found) else ""


def validator(response: HTTPResponse, name: str) -> str:
    """An ETag or Last-Modified to send along the next time; empty where there is none that is worth keeping."""
    found = _clean(response.headers.get(name, "")).strip()
    return found if len(found) <= LONGEST_VALIDATOR else ""


def is_sign_in(url: str) -> bool:
    """Whether the address, by one of its path's parts or the first of its host's, is that of a page to sign in or subscribe."""
    parts = urlsplit(url.lower())
    return bool(_SIGN_IN_HOST.fullmatch((parts.hostname or "").partition(".")[0])) or any(
        _SIGN_IN.fullmatch(part) for part in parts.path.split("/")
    )


def _retry_after(response: HTTPResponse) -> float | None:
    """Retry-After in seconds, a day at most (RFC 9110, section 10.2.3: a number of seconds, or a date)."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_RETRY_AFTER)
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    seconds = ((when if when.tzinfo else when.replace(tzinfo=UTC)) - timezone.now()).total_seconds()
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)
