"""The first people of a new desk and, if wanted, the demonstration."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.accounts.models import User
from factcheck.demo import loading
from factcheck.demo.people import ADMIN, DEMO, make_people


class Command(BaseCommand):
    help = "Create the first admin and, with --demo, load the demonstration. Run again it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--credentials",
            type=Path,
            required=True,
            help="file for the sign-ins, made readable by its owner only",
        )
        parser.add_argument(
            "--demo", action="store_true", help="load the demonstration articles, sources and claims"
        )

    def handle(self, *, credentials: Path, demo: bool, **options: Any) -> None:
        try:
            make_people(
                credentials,
                [] if User.objects.filter(is_superuser=False, is_demo=False).exists() else [ADMIN],
                is_demo=False,
            )
            if demo and not loading.is_loaded():
                make_people(credentials, DEMO, is_demo=True)
                people = {name: User.objects.get(username=name) for name in ("editor", "colleague")}
                loading.load(people=people, say=lambda line: self.stdout.write(f"Demonstration: {line}"))
        except OSError as error:
            raise CommandError(
                f"The sign-ins could not be written to {credentials}: {error.strerror}."
            ) from None
