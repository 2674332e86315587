"""Prints one table of our figures and the peers': python -m benchmarks.peers --data DIR [--out FILE] [--no-install]

`--splits` names the parts of our gold that are scored: dev and test when it is left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.extraction import gold, recognizers, speed
from benchmarks.peers import reading, scoring
from benchmarks.peers.environments import PEERS, Peer, PeerMissing, build, ready
from benchmarks.peers.table import Column, table
from factcheck.extraction import VERSION, extract

OUT = Path(__file__).parents[1] / "peers.txt"
FILES = ("wikinews.jsonl", "recognizers-dev.jsonl")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the shared development data")
    parser.add_argument("--out", type=Path, default=OUT, help="where the table is written too")
    parser.add_argument(
        "--no-install", action="store_true", help="leave out peers that are not installed yet"
    )
    parser.add_argument(
        "--splits", nargs="+", default=["dev", "test"], choices=gold.SPLITS, help="parts of our own gold"
    )
    parser.add_argument("--only", type=int, help="a smoke run: so many sentences and cases of each set")
    options = parser.parse_args(arguments)
    absent = [name for name in FILES if not (options.data / name).is_file()]
    if absent:
        sys.stderr.write(f"Not in {options.data}: {', '.join(absent)}. Nothing was measured.\n")
        return 2
    sets = {split: _rows(options.data, split)[: options.only] for split in options.splits}
    items = recognizers.cases(options.data)[: options.only]
    sentences = [row.text for rows in sets.values() for row in rows] + [item["input"] for item in items]

    columns = [
        _column("this engine", reading.by_us(sentences), sets, items, {"factcheck.extraction": VERSION})
    ]
    if not options.only:
        columns.append(_in_articles(options.data, sets))
    missing = []
    for peer in PEERS:
        try:
            found = _ask(peer, sentences, install=not options.no_install)
        except PeerMissing as reason:
            missing.append(str(reason))
            continue
        columns.append(_column(peer.name, found, sets, items, found.versions, peer))
    text = table(columns, {name: len(rows) for name, rows in sets.items()}, len(items), missing)
    print(text, end="")
    if not options.only:
        options.out.write_text(text, encoding="utf-8")
    return 0


def _ask(peer: Peer, sentences: list[str], *, install: bool) -> reading.Reading:
    if not install and not ready(peer):
        raise PeerMissing(f"{peer.name} is not installed: left out")
    build(peer)
    return reading.by_peer(peer, sentences)


def _rows(data: Path, split: str) -> list[scoring.Row]:
    known = gold.articles(data)
    return [
        scoring.Row(known[row["url"]]["text"][row["start"] : row["end"]], row["start"], row["figures"])
        for row in gold.rows(split)
    ]


def _column(
    name: str,
    found: reading.Reading,
    sets: dict[str, list[scoring.Row]],
    items: list[dict],
    versions: dict[str, str],
    peer: Peer | None = None,
) -> Column:
    column = Column(name, versions=versions, failures=found.failures)
    at = 0
    for split, rows in sets.items():
        column.news[split] = scoring.news(rows, found.figures[at : at + len(rows)])
        at += len(rows)
    column.rate = at / sum(found.seconds[:at])
    column.cases = scoring.cases(items, found.figures[at:], ages_as_time=bool(peer and peer.ages_as_time))
    if peer and not peer.tells_bound:
        column.silent.add("value + bound or change")
    if peer and not peer.tells_about:
        column.silent.add("value + what it is of")
    return column


def _in_articles(data: Path, sets: dict[str, list[scoring.Row]]) -> Column:
    """Our engine as it is used: the whole article is read, so that names and dates from elsewhere in it help."""
    column = Column("in its article")
    known = gold.articles(data)
    read, seconds, count = {}, 0.0, 0
    for split, rows in sets.items():
        found = []
        for row in gold.rows(split):
            url = row["url"]
            if url not in read:
                begin = time.process_time()
                day = date.fromisoformat(known[url]["date"])
                read[url] = extract(known[url]["text"], raw=True, published=day)
                seconds += time.process_time() - begin
                count += len(read[url].sentences)
            found.append([f for f in read[url].figures if row["start"] <= f.start and f.end <= row["end"]])
        column.news[split] = scoring.news(rows, found, offsets=True)
    column.rate = count / seconds
    column.ratio, _ = speed.score(data, articles=40, rounds=2)
    return column


if __name__ == "__main__":
    sys.exit(main())
