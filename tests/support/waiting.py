"""Waiting until another session waits, or is done, without guessing how long that takes."""

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


def others_are_done() -> None:
    """Return as soon as no other session of this database has a transaction under way."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend' AND xact_start IS NOT NULL"
            )
            if not cursor.fetchone():
                return
