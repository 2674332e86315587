"""What reading a page costs beside extracting from it, in processor time: python -m benchmarks.intake [--rounds N]

Over the generated pages of the tests, as they are and in the dress of a heavy site (long menus, inline scripts, many
teasers). The goal is that the intake of a page takes at most 1.5 times its extraction.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections import defaultdict
from dataclasses import replace

from factcheck.extraction import extract
from factcheck.reading import Reading, read_page
from tests.reading import pages
from tests.reading.prose import Prose

# A function of the reader's, and the name of its part in the table.
_PARTS = {
    ("charsets.py", "decode"): "charset",
    ("tree.py", "parse"): "HTML to tree",
    ("marks.py", "collect"): "metadata: collected",
    ("core.py", "bare_extraction"): "body: trafilatura",
    ("core.py", "find_date"): "date: htmldate",
    ("metadata.py", "writers"): "bylines",
    ("wash.py", "wash"): "wash",
    ("page.py", "read_page"): "reading, all",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is taken")
    parser.add_argument("--seeds", type=int, default=2, help="pages of each make")
    options = parser.parse_args(arguments)
    light = [page for seed in range(1, options.seeds + 1) for page in pages.layouts(seed)]
    read_page(light[0].body)
    extract(Prose(0).paragraph())
    for name, made in (("as they are", light), ("in heavy dress", [heavy(page) for page in light])):
        _row(
            f"{len(made)} pages {name}",
            f"{sum(len(page.body) for page in made) / len(made) / 1000:.0f} kB a page",
        )
        reading, extraction = _times(made, options.rounds)
        _row("  reading", f"{reading / len(made) * 1000:.1f} ms a page")
        _row("  extraction", f"{extraction / len(made) * 1000:.1f} ms a page")
        _row("  (reading + extraction) / extraction", f"{1 + reading / extraction:.3f}")
        for part, share in _shares(made):
            _row(f"    {part}", f"{share:.0%} of reading")
    return 0


def heavy(page: pages.Page) -> pages.Page:
    """The same article on a page of the size that news sites serve."""
    prose = Prose(f"heavy-{page.name}")
    menu = "".join(
        f'<li class="menu-item item-{i}"><a href="/{i}" data-track="nav:{i}"><span>Topic {i}</span></a></li>'
        for i in range(250)
    )
    script = "<script>" + 'window.state = {"a": [1, 2, 3], "b": "<p>text</p>"};' * 2500 + "</script>"
    teasers = "".join(
        f'<div class="teaser t{i}"><a href="/n/{i}"><img src="/{i}.jpg"><h3>{pages.esc(prose.headline())}</h3></a><p>{pages.esc(prose.sentence())}</p></div>'
        for i in range(60)
    )
    around = f"<nav><ul>{menu}</ul></nav>{script}", f'<section class="teasers">{teasers}</section>'
    start, tag, rest = page.html.partition("<body")
    if not tag:
        return page
    inside, _, content = rest.partition(">")
    dressed = f"{start}{tag}{inside}>{around[0]}{content.replace('</body>', around[1] + '</body>')}"
    return replace(page, html=dressed)


def _times(made: list[pages.Page], rounds: int) -> tuple[float, float]:
    """Seconds of processor time for reading all pages, and for extracting from what was read."""
    reading, extraction = [], []
    for _ in range(rounds):
        begin = time.process_time()
        found = [read_page(page.body, url=page.url, content_type=page.content_type) for page in made]
        middle = time.process_time()
        for one in found:
            if isinstance(one, Reading):
                extract(one.text, raw=True, title=one.title)
        reading.append(middle - begin)
        extraction.append(time.process_time() - middle)
    return min(reading), min(extraction)


def _shares(made: list[pages.Page]) -> list[tuple[str, float]]:
    """Each part's share of the time that reading takes, from the profiler."""
    profile = cProfile.Profile()
    profile.enable()
    for page in made:
        read_page(page.body, url=page.url, content_type=page.content_type)
    profile.disable()
    spent: dict[str, float] = defaultdict(float)
    for (file, _, function), (_, _, _, cumulative, _) in pstats.Stats(profile).stats.items():
        part = _PARTS.get((file.rsplit("/", 1)[-1], function))
        if part:
            spent[part] += cumulative
    whole = spent.pop("reading, all")
    return [(part, seconds / whole) for part, seconds in sorted(spent.items(), key=lambda item: -item[1])]


def _row(name: str, value: str) -> None:
    print(f"{name:<50} {value}")


if __name__ == "__main__":
    sys.exit(main())
