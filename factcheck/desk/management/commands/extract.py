"""`manage.py extract`: the extraction engine at the command line. Needs no database, broker or network."""

import sys

from django.core.management.base import BaseCommand

from factcheck.extraction import cli


class Command(BaseCommand):
    help = (
        "Find the figures, quotations and claims in a text file, standard input, a web page (--html), or lines of "
        "JSON (--jsonl)."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser):
        cli.add_arguments(parser)

    def handle(self, *args, **options):
        if self.stdout._out is sys.stdout and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        status = cli.run(options, self.stdout._out)
        if status:
            sys.exit(status)
