"""Locks by name: one that lives as long as the worker that holds it, and one that lives as long as the transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def session_lock(key: str) -> Iterator[bool]:
    """Whether this process holds `key` now; it does not wait for it.

    The lock belongs to the database session: it goes when the worker dies, however it dies, so a message delivered again
    takes over a dead worker's job and leaves a living one's alone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def hold(*keys: str) -> None:
    """Wait for each of the keys, always in one order, and hold them until the transaction ends."""
    if keys:
        # PostgreSQL works through a list from left to right.
        locks = ", ".join(["pg_advisory_xact_lock(hashtextextended(%s, 0))"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {locks}", sorted(keys))
