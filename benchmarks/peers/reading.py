"""What each extractor finds in the same sentences, in the shape of our own figures."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from benchmarks.peers.environments import Peer, PeerMissing
from factcheck.extraction import Figure, extract
from factcheck.extraction.english.figures.units import BY_WORD, DIMENSIONS

# Names that peers give to what the contract calls otherwise: no peer is marked down for a name.
_NAMES = {
    "percentage": "percent",
    "percentage points": "percentage point",
    "dollar": "US dollar",
    "united states dollar": "US dollar",
    "british pound": "pound sterling",
    "metric ton": "tonne",
    "degree angle": "degree",
    "degree celsius": "celsius",
    "degree fahrenheit": "fahrenheit",
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
}
_KINDS = {"percentage": "ratio", "dimension": "length", "data storage": "data", "angle": "other"}


@dataclass(slots=True)
class Reading:
    """Figures of each sentence in order, the processor seconds each took, and the versions of what read them."""

    figures: list[list[Figure]]
    seconds: list[float]
    versions: dict[str, str] = field(default_factory=dict)
    failures: int = 0


def by_us(sentences: list[str]) -> Reading:
    """Our own engine, which is given each sentence alone, as the peers are."""
    extract("About 3,400 people paid $12 for 5 km on Monday.", raw=True)
    figures, seconds = [], []
    for text in sentences:
        begin = time.process_time()
        figures.append(extract(text, raw=True).figures)
        seconds.append(time.process_time() - begin)
    return Reading(figures, seconds)


def by_peer(peer: Peer, sentences: list[str]) -> Reading:
    """The peer, in its own environment and process. Raises PeerMissing where it cannot be run."""
    if not peer.python.exists():
        raise PeerMissing(f"{peer.name} is not installed")
    lines = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(sentences))
    command = [peer.python, "-W", "ignore", peer.reader]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise PeerMissing(f"{peer.name} did not run: {reason}")
    *answers, last = map(json.loads, done.stdout.splitlines())
    if [answer["id"] for answer in answers] != list(range(len(sentences))):
        raise PeerMissing(f"{peer.name} did not answer every sentence")
    return Reading(
        [[figure(item) for item in answer["figures"]] for answer in answers],
        [answer["seconds"] for answer in answers],
        last["versions"],
        last["failures"],
    )


def figure(item: dict[str, Any]) -> Figure:
    """A peer's quantity as a figure, its unit and dimension by our names where it has others."""
    unit, per = _unit(item.get("unit"))
    low, high = sorted((Decimal(repr(float(item["low"]))), Decimal(repr(float(item["high"])))))
    kind = item.get("dimension")
    return Figure(
        start=item["start"],
        end=item["end"],
        text=item["text"],
        sentence=0,
        low=low,
        high=high,
        bound=item.get("bound") or "exact",
        change=item.get("change"),
        unit=unit,
        per=per,
        dimension=_KINDS.get(kind, kind) or DIMENSIONS.get(unit or "", "count"),
        of=item.get("of"),
    )


def _unit(name: str | None) -> tuple[str | None, str | None]:
    if not name:
        return None, None
    name = name.lower()
    whole = BY_WORD.get(name)
    if whole is None and " per " in name:
        unit, per = name.split(" per ", 1)
        return _named(unit), per
    return _named(name), None


def _named(name: str) -> str:
    known = BY_WORD.get(name)
    if name in _NAMES:
        return _NAMES[name]
    if known is not None:
        return known.name
    first, _, last = name.rpartition(" ")
    if last in _NAMES:
        last = _NAMES[last]
    elif last.endswith("s") and not last.endswith("ss"):
        last = last[:-1]
    return f"{first} {last}".strip()
