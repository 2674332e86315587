"""How the upkeep of the desk grows with what it holds: python -m benchmarks.upkeep

Each is done for a number of rows and for ten times as many, on a PostgreSQL of its own: ten times the rows should take about ten
times the processor time of the worker's or web server's thread, and hardly more statements. PostgreSQL's own time is in the
seconds that are given for orientation.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from factcheck.embedded import ROOT, testing

FEW, MANY = 500, 5_000


def main() -> int:
    var = ROOT / "var"
    var.mkdir(mode=0o700, exist_ok=True)
    with testing.own_folder(var) as folder, testing.servers(folder) as addresses:
        os.environ |= addresses | {
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "FACTCHECK_LOCAL": "1",
            "FACTCHECK_TESTING": "1",
            "SECRET_KEY": "for-a-benchmark-only",
            "MEDIA_ROOT": str(folder / "media"),
            "LOG_LEVEL": "ERROR",
        }
        _measure()
    return 0


def _measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(f"{'':<44}{'rows':>8}{'statements':>12}{'seconds':>10}{'ten times the rows cost':>26}")
    for name, prepare in (
        ("import sources that are new", _new_sources),
        ("import sources that changed", _changed_sources),
        ("find the outlets of earlier articles", _earlier_articles),
        ("compare two versions, by paragraphs", _two_versions),
    ):
        before = None
        for rows in (FEW, MANY):
            statements, seconds, processor = _spent(prepare(rows))
            ratio = f"{processor / before:.1f} times" if before else ""
            print(f"{name:<44}{rows:>8,}{statements:>12}{seconds:>10.2f}{ratio:>26}")
            name, before = "", processor


def _spent(do: Callable[[], Any]) -> tuple[int, float, float]:
    """Statements, seconds, and seconds of this thread's processor time."""
    from django.db import connection

    statements = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        began, clock = time.thread_time(), time.monotonic()
        do()
        return statements, time.monotonic() - clock, time.thread_time() - began


def _admin() -> Any:
    from tests.factories import UserFactory

    return UserFactory(can="admin")


def _import(lines: list[str]) -> Callable[[], Any]:
    from factcheck.sources import importing, planning
    from factcheck.sources.exchange import read

    admin, head = _admin(), "name,kind,country,domains,aliases,notes\n"
    table = read((head + "".join(lines)).encode())

    def do() -> None:
        importing.apply(actor=admin, table=table, digest=planning.plan(table, admin).digest)

    return do


def _lines(rows: int, note: str) -> list[str]:
    return [
        f"Herald of town {rows} {n},outlet,NO,town-{rows}-{n}.example,The town {rows} {n} paper,{note}\n"
        for n in range(rows)
    ]


def _new_sources(rows: int) -> Callable[[], Any]:
    return _import(_lines(rows, "new"))


def _changed_sources(rows: int) -> Callable[[], Any]:
    return _import(_lines(rows, "seen again"))


def _earlier_articles(rows: int) -> Callable[[], Any]:
    """Of twenty outlets, whose domains the desk learns of after the articles."""
    from django.db import transaction

    from factcheck.articles.models import Article
    from factcheck.articles.outlets import link_to_outlets
    from tests.factories import SourceFactory

    sites = [f"site-{rows}-{n}.example" for n in range(20)]
    Article.objects.bulk_create(
        Article(title=f"Story {n}", url=(url := f"https://{sites[n % 20]}/{n}"), canonical_url=url)
        for n in range(rows)
    )
    outlets = [SourceFactory() for _site in sites]
    for outlet, site in zip(outlets, sites, strict=True):
        outlet.domains.create(domain=site)
    return transaction.atomic(lambda: link_to_outlets([outlet.pk for outlet in outlets]))


def _two_versions(rows: int) -> Callable[[], Any]:
    """Short paragraphs, most of them alike, as in a table or a live report: the hard case of any comparison."""
    from factcheck.articles.comparing import side_by_side

    chance = random.Random(1)

    def text() -> str:
        return "\n\n".join(
            f"Ward {chance.randint(1, 40)} reported {chance.randint(1, 9)} cases." for _ in range(rows)
        )

    old, new = text(), text()
    return lambda: side_by_side(old, new)


if __name__ == "__main__":
    sys.exit(main())
