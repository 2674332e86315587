"""Installing pinned requirements into an environment that has no pip of its own, with whatever pip there is.

No address of a package index stands here: pip knows its own, and the person's pip settings (mirror, proxy, certificate)
hold. Every package is checked against the hash in the requirements, so it does not matter who delivers it.
"""

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from factcheck.embedded.problems import Problem, last_line
from factcheck.embedded.progress import Progress

# Where Linux distributions keep the wheels that ensurepip would install.
WHEEL_FOLDERS = ("/usr/share/python-wheels", "/usr/share/python3-wheels", "/usr/share/ensurepip")
NO_PIP = (
    "This Python came without pip. Install it (Debian, Ubuntu: apt install python3-venv), then start again; "
    "nothing else is needed."
)
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|Max retries exceeded|Temporary failure in name resolution"
    r"|Network is unreachable|ConnectTimeout|ReadTimeout|ProxyError|Connection refused|Failed to establish",
)


def install(python: Path, requirements: Path, *, log: Path, progress: Progress, lock: int) -> None:
    """Install `requirements` into the environment of `python`. Raises Problem; pip's own words go to `log`.

    `lock` is the open file of the set-up's lock. pip inherits it: were we killed, the next set-up waits for its end.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    total = count(requirements.read_text())
    with pip_for(python) as command, log.open("w") as copy:
        child = subprocess.Popen(
            [
                *command,
                *("install", "--require-hashes", "--only-binary", ":all:", "--no-input", "--retries", "2"),
                *("--disable-pip-version-check", "--no-warn-script-location", "--progress-bar", "off"),
                *("--root-user-action", "ignore", "-r", str(requirements)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=_environment(),
            pass_fds=(lock,),
        )
        try:
            _follow(child, copy, total, progress)
        except BaseException:
            child.kill()
            child.wait()
            raise
    if child.returncode:
        raise Problem(reason(log.read_text(errors="replace"), log))


def _follow(child: subprocess.Popen[str], copy: object, total: int, progress: Progress) -> None:
    progress.phase(f"Fetching about {total} packages")
    fetched = 0
    for line in child.stdout or ():
        copy.write(line)  # type: ignore[attr-defined]
        copy.flush()  # type: ignore[attr-defined]
        said = line.strip()
        if said.startswith(("Collecting ", "Requirement already satisfied")):
            fetched += 1
            progress.step(f"Fetching packages: {fetched} of about {total}, {name_in(said)}")
        elif said.startswith("Installing collected packages"):
            progress.phase(f"Installing {said.count(',') + 1} packages (about half a minute)")
    child.wait()


def name_in(line: str) -> str:
    """The package's name in a line of pip's about it."""
    found = re.search(r"(?:Collecting|satisfied:) ([A-Za-z0-9._-]+)", line)
    return found[1] if found else ""


def count(requirements: str) -> int:
    """How many packages a requirements file pins for this platform; markers for Windows are the ones left out."""
    pins = [line for line in requirements.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return sum("sys_platform == 'win32'" not in pin and "os_name == 'nt'" not in pin for pin in pins)


def reason(output: str, log: Path) -> str:
    """One line for why pip failed."""
    if "No space left on device" in output:
        return "The disk is full. Free some space, then start again."
    if "DO NOT MATCH THE HASHES" in output:
        return f"A package is not the one that the requirements name (its hash differs); nothing of it was used. See {log}"
    if NO_NETWORK.search(output):
        return f"The package index cannot be reached. Check the network (or pip's settings), then start again. See {log}"
    wrong = re.findall(r"^ERROR: (.+)$", output, re.MULTILINE)
    return f"The packages could not be installed: {wrong[-1] if wrong else last_line(log)} See {log}"


@contextlib.contextmanager
def pip_for(python: Path) -> Iterator[list[str]]:
    """The command of a pip that installs into the environment of `python`."""
    own = importlib.util.find_spec("pip")
    # A folder called pip is not pip yet.
    if own is not None and own.origin:
        yield [sys.executable, "-m", "pip", "--python", str(python)]
        return
    wheel = bundled_wheel()
    if wheel is not None:
        yield as_zip(python, wheel)
        return
    with tempfile.TemporaryDirectory() as folder:
        wheel = from_the_distribution(Path(folder))
        if wheel is None:
            raise Problem(NO_PIP)
        yield as_zip(python, wheel)


def as_zip(python: Path, wheel: Path) -> list[str]:
    """A wheel of pip is a zip that Python can run without unpacking."""
    return [str(python), str(wheel / "pip")]


def bundled_wheel() -> Path | None:
    """The wheel of pip that came with this Python (ensurepip) or its distribution; None where there is none."""
    folders = [Path(folder) for folder in WHEEL_FOLDERS]
    ensurepip = importlib.util.find_spec("ensurepip")
    if ensurepip is not None and ensurepip.origin:
        folders.insert(0, Path(ensurepip.origin).parent / "_bundled")
    found = (wheel for folder in folders if folder.is_dir() for wheel in sorted(folder.glob("pip-*.whl")))
    return next(found, None)


def from_the_distribution(folder: Path) -> Path | None:
    """Debian's own package of that wheel, fetched (checked by apt) and unpacked into `folder`; needs no root."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    try:
        subprocess.run(
            ["apt-get", "download", "python3-pip-whl"],
            cwd=folder,
            capture_output=True,
            check=True,
            timeout=120,
        )
        package = next(folder.glob("*.deb"))
        subprocess.run(["dpkg-deb", "-x", package, folder / "unpacked"], capture_output=True, check=True)
    except (OSError, subprocess.SubprocessError, StopIteration):
        return None
    return next((folder / "unpacked").rglob("pip-*.whl"), None)


def _environment() -> dict[str, str]:
    # Where to install is ours to say; everything else of the person's pip settings holds.
    elsewhere = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**kept, "PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
