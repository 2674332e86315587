"""The set-up: when it thinks `.venv` is stale, what it does about it, and how it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.embedded import ROOT, installer, setup
from factcheck.embedded.problems import Problem
from factcheck.embedded.progress import Progress


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that needs nothing, so that its set-up needs no network."""
    for name in (setup.RUNTIME, setup.TOOLS):
        (tmp_path / name).write_text("# nothing\n")
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requirements files that were installed, in order; pip itself stays out of it."""
    names: list[str] = []
    monkeypatch.setattr(installer, "install", lambda python, file, **_: names.append(file.name))
    return names


def test_fresh_clone_does_not_fit(project) -> None:
    assert not setup.Environment(project).fits(tools=False)


def test_after_the_set_up_it_fits_until_the_requirements_change(project, installed) -> None:
    environment = setup.Environment(project)
    environment.set_up(tools=False)
    assert environment.fits(tools=False)
    assert not environment.fits(tools=True)

    (project / setup.RUNTIME).write_text("# something\n")
    assert not environment.fits(tools=False)


def test_tools_are_set_up_on_top_and_kept_up_to_date_from_then_on(project, installed) -> None:
    environment = setup.Environment(project)
    environment.set_up(tools=False)
    environment.set_up(tools=True)
    (project / setup.RUNTIME).write_text("# something\n")
    environment.set_up(tools=False)
    assert installed == [setup.RUNTIME, setup.TOOLS, setup.TOOLS]
    assert environment.fits(tools=True)


def test_second_set_up_does_nothing(project, installed) -> None:
    setup.Environment(project).set_up(tools=False)
    setup.Environment(project).set_up(tools=False)
    assert installed == [setup.RUNTIME]


def test_interrupted_set_up_is_begun_anew(project, monkeypatch) -> None:
    def breaks_off(python: Path, file: Path, **_: object) -> None:
        (python.parent / "half-installed").touch()
        raise KeyboardInterrupt

    environment = setup.Environment(project)
    monkeypatch.setattr(installer, "install", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        environment.set_up(tools=False)
    assert not environment.fits(tools=False)

    monkeypatch.setattr(installer, "install", lambda *_, **__: None)
    environment.set_up(tools=False)
    assert environment.fits(tools=False)
    assert not (environment.python.parent / "half-installed").exists()


def test_failed_update_is_not_believed(project, installed, monkeypatch) -> None:
    environment = setup.Environment(project)
    environment.set_up(tools=False)
    old = (project / setup.RUNTIME).read_text()
    (project / setup.RUNTIME).write_text("# something\n")

    def fails(*_: object, **__: object) -> None:
        raise Problem("no network")

    monkeypatch.setattr(installer, "install", fails)
    with pytest.raises(Problem):
        environment.set_up(tools=False)
    (project / setup.RUNTIME).write_text(old)
    assert not environment.fits(tools=False)


def test_environment_of_another_python_is_made_anew(project, installed) -> None:
    environment = setup.Environment(project)
    environment.set_up(tools=False)
    known = json.loads(environment.stamp.read_text())
    environment.stamp.write_text(json.dumps(known | {"python": "cpython 3.1"}))
    (environment.folder / "old").touch()
    assert not environment.made_by_this_python()

    (project / setup.RUNTIME).write_text("# something\n")
    environment.set_up(tools=False)
    assert environment.made_by_this_python()
    assert not (environment.folder / "old").exists()


def test_environment_made_by_hand_is_kept(project, installed) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", project / ".venv"], check=True)
    (project / ".venv" / "mine").touch()
    environment = setup.Environment(project)
    environment.set_up(tools=False)
    assert environment.fits(tools=False)
    assert (project / ".venv" / "mine").exists()


def test_two_at_once_install_once(project) -> None:
    script = (
        "import sys, pathlib; from factcheck.embedded import installer, setup\n"
        "root = pathlib.Path(sys.argv[1])\n"
        "def install(python, file, **_):\n"
        "    with (root / 'installs').open('a') as log: log.write('once\\n')\n"
        "installer.install = install\n"
        "setup.Environment(root).set_up(tools=False)\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(project)], cwd=ROOT, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [child.wait(60) for child in both] == [0, 0]
    assert (project / "installs").read_text() == "once\n"


def test_progress_is_a_line_a_phase_where_nobody_watches(capsys) -> None:
    with Progress() as progress:
        progress.phase("Fetching")
        progress.step("Fetching: 1 of 2")
        progress.phase("Installing")
        progress.done("Done")
    said = capsys.readouterr()
    assert [line.split(" (")[0] for line in said.err.splitlines()] == ["Fetching", "Installing", "Done"]
    assert said.out == ""


def test_windows_only_packages_are_not_counted() -> None:
    pins = "one==1 \\\n    --hash=sha256:00\n# via x\ntwo==2 ; sys_platform == 'win32' \\\nthree==3 ; sys_platform != 'win32'\n"
    assert installer.count(pins) == 2


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("... NewConnectionError ... Failed to establish a new connection", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hash differs"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for x==1\n", "No matching distribution found for x==1"),
    ],
)
def test_failed_install_is_told_in_one_line(output: str, words: str, tmp_path) -> None:
    said = installer.reason(output, tmp_path / "setup.log")
    assert words in said
    assert "\n" not in said


def test_python_without_any_pip_is_told_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(installer.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(installer, "bundled_wheel", lambda: None)
    monkeypatch.setattr(installer, "from_the_distribution", lambda _: None)
    with pytest.raises(Problem, match="python3-venv"), installer.pip_for(Path("python")):
        pass


def test_older_python_reads_manage_py_and_says_so() -> None:
    script = (
        "import sys, runpy; sys.version_info = (3, 9, 0, 'final', 0)\n"
        f"runpy.run_path({str(ROOT / 'manage.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "The fact desk needs Python 3.11 or newer; this is 3.9.\n"


def test_set_up_imports_nothing_that_must_be_installed_first() -> None:
    names = "setup, installer, progress, problems"
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from factcheck.embedded import {names}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
