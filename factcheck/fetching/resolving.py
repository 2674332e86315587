"""From a name to the addresses that may be asked."""

import ipaddress
import queue
import socket
import threading

from .addresses import Address, may_be_asked
from .deadline import Deadline
from .location import Location
from .policy import Policy
from .results import Failed, Reason

MAX_ADDRESSES = 64


def addresses_of(location: Location, *, policy: Policy, deadline: Deadline) -> list[Address]:
    """Every address of the location's host, all of them checked, in the order to try them.

    Raises Failed: forbidden_address if a single one must not be asked (a name that leads both outwards and inwards is one
    that somebody has laid out), unknown_host, timeout.
    """
    address = location.address
    found = [address] if address else _lookup_in_time(location.host, location.port, deadline)
    if not all(may_be_asked(each, policy.allowed_networks) for each in found):
        raise Failed(Reason.FORBIDDEN_ADDRESS)
    return found


def lookup(host: str, port: int) -> list[Address]:
    """Ask the system's resolver for A and AAAA. Raises OSError; it may take as long as the resolver likes."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    # A scope of a link-local address stays with it as `%scope`, and makes it one that is never asked.
    found = dict.fromkeys(ipaddress.ip_address(row[4][0]) for row in rows)
    return list(found)[:MAX_ADDRESSES]


def _lookup_in_time(host: str, port: int, deadline: Deadline) -> list[Address]:
    answers: queue.SimpleQueue[list[Address] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(lookup(host, port))
        except (OSError, ValueError) as error:
            answers.put(error)

    # getaddrinfo knows no timeout. A thread left behind ends with the resolver's own, and does not keep the worker alive.
    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise Failed(Reason.TIMEOUT) from None
    if isinstance(answer, socket.gaierror):
        raise Failed(Reason.UNKNOWN_HOST, retry=answer.errno == socket.EAI_AGAIN) from answer
    if isinstance(answer, Exception) or not answer:
        raise Failed(Reason.UNKNOWN_HOST)
    return answer
