"""A worker's soft time limit, heard inside of code that keeps every exception for itself."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from billiard.pool import SIG_SOFT_TIMEOUT, soft_timeout_sighandler
from celery.exceptions import SoftTimeLimitExceeded


class _OutOfTime(BaseException):
    """No `except Exception` on the way stops this one."""


@contextmanager
def time_limit_heard() -> Iterator[None]:
    """Raise SoftTimeLimitExceeded out of the block when the worker's soft time limit passes in it.

    The limit is a signal, and SoftTimeLimitExceeded an Exception: readers of pages and files, ours and those of the libraries
    below them, take that for a fault of the page and go on. Outside of a worker's pool process the block is left as it is.
    """
    if signal.getsignal(SIG_SOFT_TIMEOUT) is not soft_timeout_sighandler:
        yield
        return

    def out_of_time(_number: int, _frame: FrameType | None) -> None:
        # Here too, since the signal may come between the end of the block and the line that puts the handler back.
        signal.signal(SIG_SOFT_TIMEOUT, soft_timeout_sighandler)
        raise _OutOfTime

    try:
        signal.signal(SIG_SOFT_TIMEOUT, out_of_time)
        yield
    except _OutOfTime:
        raise SoftTimeLimitExceeded from None
    finally:
        signal.signal(SIG_SOFT_TIMEOUT, soft_timeout_sighandler)
