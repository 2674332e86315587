"""`fetch`: from an address to what is there, each step checked before the next is taken."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse

from django.utils import timezone

from . import answers, robots
from .bodies import ACCEPT_ENCODING, read_body
from .connection import asked
from .deadline import Deadline
from .location import Location
from .policy import Policy
from .resolving import addresses_of
from .results import Failed, Fetched, NotFetched, NotModified, Reason
from .turns import Turn, turn

REDIRECTS = {301, 302, 303, 307, 308}  # RFC 9110, section 15.4
PERMANENT = {301, 308}


def fetch(
    url: str, *, policy: Policy, etag: str = "", last_modified: str = ""
) -> Fetched | NotModified | NotFetched:
    """Fetch what is at an address, under a policy. Raises for nothing that the network or the address does.

    `etag` and `last_modified` are those of an earlier `Fetched`, for a conditional request (RFC 9110, section 13).
    """
    way = _Way()
    try:
        with ExitStack() as turns:
            visit = _Visit(deadline=Deadline(policy.deadline), turns=turns)
            return _page(url, policy=policy, visit=visit, way=way, etag=etag, last_modified=last_modified)
    except Failed as failed:
        return NotFetched(
            url=url,
            final_url=way.hops[-1] if way.hops else url,
            reason=failed.reason,
            words=failed.words,
            status=failed.status,
            retry=failed.retry,
            retry_after=failed.retry_after,
        )


@dataclass(slots=True)
class _Visit:
    """What one fetch holds from its first request to its last: the clock, and the turn of every host on its way.

    Robots.txt, redirects and the page itself are one visit: its hosts rest after it, not between its requests.
    """

    deadline: Deadline
    turns: ExitStack
    held: dict[str, Turn] = field(default_factory=dict)

    def turn_of(self, host: str, *, rest: float) -> Turn:
        if host not in self.held:
            self.held[host] = self.turns.enter_context(turn(host, rest=rest, deadline=self.deadline))
        return self.held[host]


@dataclass(slots=True)
class _Way:
    """From the address that was asked for to the one that answers: `hops` are all of them, in order.

    `moved_to` is the last of those that permanent redirects alone lead to (RFC 9110, sections 15.4.2 and 15.4.9).
    """

    hops: list[str] = field(default_factory=list)
    moved_to: str = ""
    for_good: bool = True

    def leads_to(self, url: str, status: int) -> None:
        self.for_good = self.for_good and status in PERMANENT
        if self.for_good:
            self.moved_to = url


def _page(
    url: str, *, policy: Policy, visit: _Visit, way: _Way, etag: str, last_modified: str
) -> Fetched | NotModified:
    validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    conditions = {
        name: value for name, value in validators.items() if value.isascii() and value.isprintable() and value
    }
    with _answer(url, policy=policy, visit=visit, way=way, headers=conditions) as (location, response):
        if response.status == 304 and conditions:
            return NotModified(
                url=url,
                fetched_at=timezone.now(),
                etag=answers.validator(response, "ETag") or etag,
                last_modified=answers.validator(response, "Last-Modified") or last_modified,
                hops=way.hops,
                moved_to=way.moved_to,
            )
        try:
            answers.check_status(response)
        except Failed as failed:
            # A site that asks for patience gets it from all of our workers.
            visit.held[location.host].leave_alone(failed.retry_after or 0)
            raise
        content_type = answers.content_type(response)
        if content_type and "" not in policy.types and content_type not in policy.types:
            raise Failed(Reason.WRONG_TYPE, status=response.status)
        if answers.is_sign_in(location.url) and not answers.is_sign_in(way.hops[0]):
            raise Failed(Reason.LOGIN, status=response.status)
        body = read_body(
            response,
            max_bytes=policy.max_bytes,
            deadline=visit.deadline,
            unpack_file=policy.unpack_files,
        )
        return Fetched(
            url=url,
            final_url=location.url,
            status=response.status,
            headers=answers.headers(response),
            body=body,
            content_type=content_type,
            charset=answers.charset(response),
            fetched_at=timezone.now(),
            sha256=hashlib.sha256(body).hexdigest(),
            etag=answers.validator(response, "ETag"),
            last_modified=answers.validator(response, "Last-Modified"),
            hops=way.hops,
            moved_to=way.moved_to,
        )


@contextmanager
def _answer(
    url: str, *, policy: Policy, visit: _Visit, way: _Way, headers: dict[str, str]
) -> Iterator[tuple[Location, HTTPResponse]]:
    """Ask for an address and for those it redirects to, each checked like the first; give the last with its answer.

    `way` is filled with every address asked. Raises Failed.
    """

    def rules(url: str, policy: Policy) -> bytes:
        with _answer(url, policy=policy, visit=visit, way=_Way(), headers={}) as (_, response):
            answers.check_status(response)
            return read_body(response, max_bytes=policy.max_bytes, deadline=visit.deadline, cut=True)

    accepted = {
        "User-Agent": policy.user_agent,
        "Accept": policy.accept,
        "Accept-Encoding": ACCEPT_ENCODING,
    }
    location = Location.parse(url, ports=policy.ports)
    while True:
        if len(way.hops) > policy.redirects or location.url in way.hops:
            raise Failed(Reason.TOO_MANY_REDIRECTS)
        way.hops.append(location.url)
        addresses = addresses_of(location, policy=policy, deadline=visit.deadline)
        here = policy.at(location.url)
        held = visit.turn_of(location.host, rest=here.delay)
        if here.robots:
            held.leave_alone(robots.delay_asked_for(location, policy=here, ask=rules))
        with asked(
            location,
            addresses,
            headers={**accepted, **headers},
            deadline=visit.deadline,
            max_bytes=policy.max_bytes,
        ) as response:
            if response.status not in REDIRECTS:
                yield location, response
                return
            to = response.headers.get("Location")
        if not to:
            raise Failed(Reason.BROKEN, status=response.status)
        location = location.redirected(to, ports=policy.ports)
        way.leads_to(location.url, response.status)
