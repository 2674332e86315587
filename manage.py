#!/usr/bin/env python3
"""The desk's command line: `run`, `test`, `setup`, and every other command of a Django project."""

import os
import sys


def main() -> None:
    from factcheck.embedded import setup

    setup.ensure(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
