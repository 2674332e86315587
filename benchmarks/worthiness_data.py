"""The sentences that check-worthiness is trained and tested on, parsed once.

F. Arslan, N. Hassan, C. Li, M. Tremayne: A Benchmark Dataset of Check-worthy Factual Claims, ICWSM 2020 (the crowdsourced part), and
this project's labels of Wikinews sentences. Neither text is copied here: both come from the shared data folder.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

from factcheck.extraction.english.parse import passages

_LABELS = Path(__file__).parent / "news_labels"
_FIELDS = ("low", "tag", "dep", "head", "ent")


@dataclass(slots=True)
class Example:
    """A sentence: its tokens, whether it is worth checking, and the debate or article it is from.

    verdict: the debates' 1, 0 (factual, unimportant), -1 (not factual); None for news.
    split: train for the debates; dev or test for the labels that are scored; more and written for training only.
    number: the debate sentence's id in the crowd's file.
    """

    passage: SimpleNamespace
    positive: bool
    verdict: int | None
    group: str
    split: str
    number: int | None = None

    @property
    def length(self) -> int:
        return len(self.passage.low)


class DataMissing(RuntimeError):
    """The shared data folder does not hold the file that is needed."""


def load(folder: Path, cache: Path | None = None) -> list[Example]:
    """Debates (in the file's order), then news (in the labels' order, only where the labellers agree).

    `cache` is a file that keeps the parses; it is used again while the texts are the same.
    """
    rows = _debates(folder) + _news(folder)
    texts = [text for text, *_ in rows]
    parses = _parsed(texts, cache)
    return [
        Example(SimpleNamespace(**dict(zip(_FIELDS, parse, strict=True))), *rest)
        for parse, (_, *rest) in zip(parses, rows, strict=True)
    ]


def _open(folder: Path, name: str):
    path = folder / name
    if not path.is_file():
        raise DataMissing(f"{name} is not in {folder}: give the shared data folder with --data.")
    return path.open(encoding="utf-8", newline="")


def _debates(folder: Path) -> list[tuple]:
    with _open(folder, "claimbuster-crowdsourced.csv") as lines:
        return [
            (
                row["Text"],
                row["Verdict"] == "1",
                int(row["Verdict"]),
                row["File_id"].removesuffix(".txt"),
                "train",
                int(row.get("Sentence_id") or -1),
            )
            for row in csv.DictReader(lines)
        ]


def _news(folder: Path) -> list[tuple]:
    """The scored labels, then those for training only: one labeller's on other articles, and sentences written for it."""
    with _open(folder, "wikinews.jsonl") as lines:
        articles = {row["url"]: row["text"] for row in map(json.loads, lines)}
    rows = [
        (articles[row["url"]][row["start"] : row["end"]], row["label"] == 1, None, row["url"], row["split"])
        for row in _labels("labels.jsonl")
        if row["label"] is not None
    ]
    rows += [
        (articles[row["url"]][row["start"] : row["end"]], row["label"] == 1, None, row["url"], "more")
        for row in _labels("more.jsonl")
    ]
    rows += [
        (row["text"], row["label"] == 1, None, f"written {number % 10}", "written")
        for number, row in enumerate(_labels("written.jsonl"))
    ]
    return rows


def own_labels() -> dict[int, int]:
    """The debate sentences that one reader labelled again, by their id: 1 worth checking, 0 not. Never trained on."""
    return {row["sentence"]: row["label"] for row in _labels("debates.jsonl")}


def _labels(name: str) -> list[dict]:
    with (_LABELS / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _parsed(texts: list[str], cache: Path | None) -> list[list]:
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    if cache is not None and cache.is_file():
        with gzip.open(cache, "rt", encoding="utf-8") as lines:
            if next(lines).strip() == digest:
                return [json.loads(line) for line in lines]
    step = 1000
    with get_context("spawn").Pool(2) as pool:
        pieces = pool.map(_parse, [texts[at : at + step] for at in range(0, len(texts), step)], chunksize=1)
    parses = [parse for piece in pieces for parse in piece]
    if cache is not None:
        with gzip.open(cache, "wt", encoding="utf-8", compresslevel=3) as out:
            out.write(digest + "\n")
            out.writelines(json.dumps(parse) + "\n" for parse in parses)
    return parses


def _parse(texts: list[str]) -> list[list]:
    joined = "\n".join(texts)
    spans, at = [], 0
    for text in texts:
        spans.append([(at, at + len(text))])
        at += len(text) + 1
    return [[getattr(passage, name) for name in _FIELDS] for passage in passages(joined, spans)]
