"""Waiting until another thread waits, without guessing how long that takes."""

import time

from django.db import connection

LONGEST = 30  # seconds; then the test has found nobody waiting, and fails


def waits_for_a_lock() -> None:
    """Return as soon as another session waits for a lock that the caller's transaction holds."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
    raise AssertionError("nobody waits for a lock of ours")
