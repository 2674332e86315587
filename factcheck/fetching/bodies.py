"""Reading a body: by pieces, unpacked as it comes, and no further than the limit."""

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse
from itertools import chain

from .deadline import Deadline
from .results import Failed, Reason

ACCEPT_ENCODING = "gzip, deflate"
MAX_CODINGS = 2
PIECE = 64 * 1024  # bytes, coming in and unpacked: what a bomb can make of one piece at a time

_GZIP = zlib.MAX_WBITS | 16
_ZLIB = zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS


def read_body(
    response: HTTPResponse,
    *,
    max_bytes: int,
    deadline: Deadline,
    cut: bool = False,
    unpack_file: bool = False,
) -> bytes:
    """The decompressed body, of `max_bytes` at most. With `unpack_file` one that is a gzip file by itself is unpacked too.

    A longer one raises Failed (too_big), or is cut off there if `cut` says so. A body that ends early, is packed in another
    way than was asked for, or cannot be unpacked, raises Failed (broken).
    """
    declared = _declared(response)
    packed = _codings(response)
    if declared is not None and not packed and not cut and declared > max_bytes:
        raise Failed(Reason.TOO_BIG)
    pieces = _pieces(response)
    for coding in reversed(packed):
        pieces = _inflated(pieces, coding)
    if unpack_file:
        pieces = _unpacked(pieces)
    taken = bytearray()
    try:
        for piece in pieces:
            # What unpacks to nothing, again and again, takes time without a wait for the network.
            deadline.left()
            taken += piece
            if len(taken) > max_bytes:
                if not cut:
                    raise Failed(Reason.TOO_BIG)
                return bytes(taken[:max_bytes])
    except zlib.error as error:
        raise Failed(Reason.BROKEN) from error
    return bytes(taken)


def _codings(response: HTTPResponse) -> list[str]:
    """What the body was packed with, in the order in which it was done (RFC 9110, section 8.4)."""
    header = ",".join(response.headers.get_all("Content-Encoding", []))
    codings = [
        coding for each in header.split(",") if (coding := each.strip().lower()) not in ("", "identity")
    ]
    if len(codings) > MAX_CODINGS or not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        raise Failed(Reason.BROKEN, retry=False)
    return codings


def _declared(response: HTTPResponse) -> int | None:
    """The length that the head gives, once or several times over; None where there is none, or chunks say where the end is.

    That it is a number, and one alone, was checked when the head came (connection.py).
    """
    said = None if response.chunked else response.headers.get("Content-Length")
    return None if said is None else int(said)


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    declared, came = _declared(response), 0
    while piece := response.read(PIECE):
        came += len(piece)
        yield piece
    if declared is not None and came < declared:
        raise Failed(Reason.BROKEN)


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What is in a gzip file (RFC 1952, section 2.3.1, begins one with these two bytes), or the body as it is."""
    begin = _begin(pieces)
    pieces = chain([begin], pieces)
    yield from _inflated(pieces, "gzip") if begin.startswith(b"\x1f\x8b") else pieces


def _inflated(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Unpack gzip (RFC 1952, with its members one after the other) or deflate (RFC 1950, or 1951 as some servers send it)."""
    begin = _begin(pieces)
    if not begin:
        return
    window = _GZIP if coding != "deflate" else _ZLIB if _has_zlib_header(begin) else _RAW
    engine = zlib.decompressobj(window)
    for piece in chain([begin], pieces):
        while piece:
            if engine.eof:
                # Some servers pad what they have packed; only another gzip member belongs to the body.
                if window != _GZIP or not piece.startswith(b"\x1f"):
                    return
                engine = zlib.decompressobj(window)
            yield engine.decompress(piece, PIECE)
            piece = engine.unused_data if engine.eof else engine.unconsumed_tail
    # Of raw deflate the last bytes may still be inside; of a stream that was cut off the end never comes.
    if not engine.eof:
        yield engine.flush()
    if not engine.eof:
        raise Failed(Reason.BROKEN)


def _begin(pieces: Iterator[bytes]) -> bytes:
    """The first pieces, taken off: two bytes at least where there are so many."""
    begin = b""
    for piece in pieces:
        begin += piece
        if len(begin) >= 2:
            break
    return begin


def _has_zlib_header(begin: bytes) -> bool:
    """RFC 1950, section 2.2: method 8 in the low bits, and the two bytes a multiple of 31."""
    return begin[0] & 0x0F == 8 and int.from_bytes(begin[:2]) % 31 == 0
