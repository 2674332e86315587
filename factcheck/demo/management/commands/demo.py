"""Remove the demonstration from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from factcheck.demo.people import SETUP
from factcheck.demo.removing import remove


class Command(BaseCommand):
    help = "Remove the demonstration: exactly what it brought, with its history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["remove"])

    def handle(self, **options: Any) -> None:
        counts = remove(actor=SETUP)
        self.stdout.write(
            "Removed: " + ", ".join(f"{number} {what}" for what, number in counts.items()) + "."
        )
