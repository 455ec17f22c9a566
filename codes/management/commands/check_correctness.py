"""`check_correctness`: examples that CMS and its contractors worked out, against ours."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.loaders.worked import compare_worked_examples


class Command(BaseCommand):
    help = "Work through published examples, and keep the outcome for /correctness/. Exit code 1 on any difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="compare, and keep nothing for the page")

    def handle(self, *args: Any, **options: Any) -> None:
        run = compare_worked_examples(keep=not options["dry_run"])
        self.stdout.write(f"{run.matches} of {run.rows} worked examples agree.")
        for each in run.differences:
            self.stdout.write(f"  {each['code']}: published {each['published']}, ours {each['ours']}")
        if run.differences:
            raise CommandError("Some worked examples differ.")
