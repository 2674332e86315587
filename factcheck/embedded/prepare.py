"""What must be done before the desk's processes start, in one process: migrate, first accounts, static files.

    python -m factcheck.embedded.prepare --credentials FILE [--demo] [--static]

When a step fails it exits with 1, and the last line of its output says which and why.
"""

import argparse
import sys
import traceback
from pathlib import Path

import django
from django.core.management import call_command


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--credentials", type=Path, required=True)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--static", action="store_true")
    options = parser.parse_args()
    step = "The settings are not right"
    try:
        django.setup()
        step = "The database could not be brought up to date"
        call_command("migrate", interactive=False, verbosity=0)
        step = "The first accounts could not be made"
        call_command("bootstrap", credentials=options.credentials, demo=options.demo, verbosity=0)
        if options.static:
            step = "The style sheets and scripts could not be gathered"
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    except Exception as error:
        traceback.print_exc()
        print(f"{step}: {next(iter(str(error).splitlines()), type(error).__name__)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
