"""What bringing a page in costs beside extracting from it, in processor time: python -m benchmarks.intake_whole [--rounds N]

Every step that a worker takes, on a PostgreSQL and a broker of its own: asking a local server for the page with the guarded
client, keeping the bytes, reading, looking for near-identical texts, storing. The times are those of the worker's thread;
what PostgreSQL, the broker and the local server use is not in them, nor is what a worker does once in its life (loading the
models, the list of public suffixes, the stop words). The goal is a ratio of at most 1.5. It is given against the extractor
alone, and against the extraction as a job, which stores what it finds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from benchmarks.intake import heavy
from factcheck.embedded import ROOT, testing

STEPS = {
    "taking.fetch": "fetch",
    "taking.captures.keep_fetched": "keep the bytes",
    "taking.reading.read_page": "read the page",
    "storing.add_article": "find copies, store",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is taken")
    parser.add_argument("--seeds", type=int, default=2, help="pages of each make")
    options = parser.parse_args(arguments)
    var = ROOT / "var"
    var.mkdir(mode=0o700, exist_ok=True)
    with testing.own_folder(var) as folder, testing.servers(folder) as addresses:
        os.environ |= addresses | {
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "FACTCHECK_LOCAL": "1",
            "FACTCHECK_TESTING": "1",
            "SECRET_KEY": "for-a-benchmark-only",
            "MEDIA_ROOT": str(folder / "media"),
            "FETCH_ALLOWED_NETWORKS": "127.0.0.0/8",
            "FETCH_DELAY": "0",
            "LOG_LEVEL": "ERROR",
        }
        _measure(options.rounds, options.seeds)
    return 0


def _measure(rounds: int, seeds: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.reading import pages
    from tests.support.hostile import HostileSite

    _warm_up()
    light = [page for seed in range(1, seeds + 1) for page in pages.layouts(seed)]
    with HostileSite() as site:
        settings.FETCH_PORTS = [site.port]
        for name, made in (("as they are", light), ("in heavy dress", [heavy(page) for page in light])):
            best = min((_round(site, made) for _ in range(rounds)), key=lambda found: found["whole"])
            extraction, job = best.pop("extraction"), best.pop("job")
            whole = best.pop("whole")
            print(f"{len(made)} pages {name}")
            print(f"  {'extraction alone':<44} {extraction / len(made) * 1000:.1f} ms a page")
            print(f"  {'extraction as a job':<44} {job / len(made) * 1000:.1f} ms a page")
            print(f"  {'intake without extraction':<44} {whole / len(made) * 1000:.1f} ms a page")
            print(f"  {'(intake + extraction) / extraction':<44} {1 + whole / extraction:.3f}")
            print(f"  {'(intake + job) / job':<44} {1 + whole / job:.3f}")
            rest = whole - sum(best.values())
            for step, seconds in sorted({**best, "rows, locks, the rest": rest}.items(), key=lambda s: -s[1]):
                print(f"    {step:<42} {seconds / whole:.0%} of the intake")


def _warm_up() -> None:
    """Load what a worker loads once, before anything is timed."""
    from factcheck.extraction import extract
    from factcheck.reading import read_page
    from tests.reading import pages

    extract("The port handled 4.2 million tonnes of grain in 2019, the ministry said on Monday.")
    # By an address that is not the page's own, so that the two are compared by the list of public suffixes.
    for page in pages.layouts(1):
        read_page(page.body, url="http://127.0.0.1/story")


def _round(site: Any, made: list[Any]) -> dict[str, float]:
    """Seconds of processor time of each step, of all (`whole`), of extracting from what came in (`extraction`), and of
    doing so as a worker does (`job`)."""
    from factcheck.articles.models import Article, ExtractionRun
    from factcheck.claims.services.extraction import run_extraction
    from factcheck.desk.audit import Job
    from factcheck.extraction import extract
    from factcheck.intake import services
    from factcheck.intake.models import Capture, Intake
    from factcheck.intake.services import hand_in_url, take_in
    from tests.support.hostile import Page

    for model in (Intake, Capture, Article):
        model.objects.all().delete()
    spent: dict[str, float] = defaultdict(float)
    steps = [(*_owner(services, path), label) for path, label in STEPS.items()]
    kept = [(owner, name, getattr(owner, name)) for owner, name, _label in steps]
    for owner, name, label in steps:
        setattr(owner, name, _timed(getattr(owner, name), label, spent))
    try:
        for number, page in enumerate(made):
            path = f"/{number}/story"
            site.pages[path] = Page(body=page.body, type=page.content_type or "text/html")
            began = time.thread_time()
            intake = hand_in_url(actor=Job("benchmark"), url=site.url(path))
            take_in(intake_id=intake.pk)
            spent["whole"] += time.thread_time() - began
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)
    began = time.thread_time()
    for article in Article.objects.select_related("current_version"):
        extract(article.current_version.text, title=article.title)
    spent["extraction"] = time.thread_time() - began
    began = time.thread_time()
    for run in ExtractionRun.objects.values_list("pk", flat=True):
        run_extraction(run_id=run)
    spent["job"] = time.thread_time() - began
    return dict(spent)


def _owner(module: Any, path: str) -> tuple[Any, str]:
    *owners, name = path.split(".")
    for owner in owners:
        module = getattr(module, owner)
    return module, name


def _timed(function: Callable[..., Any], label: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **more: Any) -> Any:
        began = time.thread_time()
        try:
            return function(*args, **more)
        finally:
            spent[label] += time.thread_time() - began

    return timed


if __name__ == "__main__":
    sys.exit(main())
