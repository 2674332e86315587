"""A virtual environment for each peer, built from its pinned packages."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDER = ROOT / "var" / "peers"


class PeerMissing(RuntimeError):
    """The peer's environment could not be built; the message says why in a line."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A published extractor: its name, the reader that speaks for it, and what it can tell beside value and unit."""

    name: str
    tells_bound: bool = False
    tells_about: bool = False
    # A peer without ages gives a person's age as a time, which is accepted as one.
    ages_as_time: bool = False

    @property
    def pins(self) -> Path:
        return HERE / "pins" / f"{self.name}.txt"

    @property
    def reader(self) -> Path:
        return HERE / "readers" / f"{self.name}_reader.py"

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"


PEERS = (
    Peer("cqe", tells_bound=True, tells_about=True),
    Peer("quantulum3", ages_as_time=True),
    Peer("recognizers"),
)


def ready(peer: Peer) -> bool:
    """Whether the environment holds exactly the packages that are pinned now."""
    mark = peer.folder / "built"
    return mark.is_file() and peer.python.exists() and mark.read_text() == _digest(peer)


def build(peer: Peer) -> None:
    """Installs the peer's pinned packages into an environment of its own, unless it is there. Raises PeerMissing."""
    if ready(peer):
        return
    shutil.rmtree(peer.folder, ignore_errors=True)
    venv.create(peer.folder, with_pip=True)
    # The pins name everything that is used. CQE also asks for a deep-learning framework that nothing in it calls.
    install = [peer.python, "-m", "pip", "install", "--quiet", "--no-deps", "--requirement", peer.pins]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise PeerMissing(f"{peer.name} could not be installed: {reason}")
    (peer.folder / "built").write_text(_digest(peer))


def _digest(peer: Peer) -> str:
    made_of = peer.pins.read_bytes() + sys.version.encode()
    return hashlib.sha256(made_of).hexdigest()
