#!/usr/bin/env python3
"""The desk's command line: `run`, `test`, `setup`, and every other command of a Django project."""

import sys


def main():
    # Written so that an older Python can read it.
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("The fact desk needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031

    from factcheck.embedded import commands, setup

    setup.ensure(sys.argv)
    sys.exit(commands.main(sys.argv))


if __name__ == "__main__":
    main()
