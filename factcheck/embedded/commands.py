"""The commands of manage.py that come before Django: `run`, `test` and `setup`."""

from collections.abc import Sequence

from factcheck.embedded.problems import told_in_one_line

OURS = ("run", "setup", "test")


def main(argv: Sequence[str]) -> int:
    """Do the command in `argv[1]`, one of OURS, and give its exit status."""

    def do() -> int:
        if argv[1] == "test":
            from factcheck.embedded import testing

            return testing.run(argv[2:])
        if argv[1] == "run":
            from factcheck.embedded import run

            return run.run(argv[2:])
        print("Everything that the desk needs is installed in .venv.")
        return 0

    return told_in_one_line(do)
