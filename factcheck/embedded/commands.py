"""The commands of manage.py that come before Django, and the way into Django for all others."""

import os
import traceback
from collections.abc import Sequence

from factcheck.embedded.problems import Problem, told_in_one_line

OURS = {
    "run": "start the whole desk on this machine",
    "setup": "make .venv and install what the desk needs (--tools: what tests need too)",
    "screenshots": "write every page in light, dark and phone width to screenshots/",
    "test": "run the tests on servers of their own; takes pytest's arguments",
}


def main(argv: Sequence[str]) -> int:
    """Do the command in `argv[1]` and give its exit status."""
    return told_in_one_line(lambda: _do(list(argv)))


def _do(argv: list[str]) -> int:
    command = argv[1] if len(argv) > 1 else ""
    # Imported one by one: each brings what the others do not need.
    if command == "run":
        from factcheck.embedded import run

        return run.run(argv[2:])
    if command == "test":
        from factcheck.embedded import testing

        return testing.run(argv[2:])
    if command == "screenshots":
        from factcheck.embedded import testing

        return testing.run(["-s", "tests/e2e/screenshots.py", *argv[2:]])
    if command == "setup":
        print("Everything that the desk needs is installed in .venv.")
        return 0
    if argv[1:] in ([], ["help"], ["--help"], ["-h"]):
        print("Before Django's own:\n")
        print("\n".join(f"    {name:<12}{what}" for name, what in OURS.items()))
    return _django(argv)


def _django(argv: list[str]) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from factcheck.embedded.attached import database_for

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    with database_for(argv):
        try:
            execute_from_command_line(argv)
        except ImproperlyConfigured as error:
            raise Problem(str(error)) from None
        except OSError as error:
            # A command's own trouble with a file is its bug to show, not ours to shorten.
            traceback.print_exception(error)
            return 1
    return 0
