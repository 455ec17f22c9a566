"""`build_toolkit`: make the PDF and the workbook for the data as they are."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contributions.toolkit import build


class Command(BaseCommand):
    help = (
        "Make the toolkit's PDF and workbook for the data as they are. Nothing is done where they are there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say which files are wanted, make none")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            self.stdout.write(f"Wanted: {', '.join(build.names(today).values())}.")
            return
        made = build.build(today)
        sizes = ", ".join(f"{path.name} ({path.stat().st_size // 1024} KB)" for path in made)
        self.stdout.write(f"The toolkit is in place: {sizes}.")
