"""`check_correctness`: examples that CMS and its contractors worked out, and the cases of the claim rules."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.loaders.rule_cases import compare_rule_cases
from codes.loaders.worked import compare_worked_examples
from codes.models import Reconciliation


class Command(BaseCommand):
    help = (
        "Work through published examples and the cases of the claim rules, and keep the outcome for /correctness/. "
        "Exit code 1 on any difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="compare, and keep nothing for the page")

    def handle(self, *args: Any, **options: Any) -> None:
        keep = not options["dry_run"]
        examples, cases = compare_worked_examples(keep=keep), compare_rule_cases(keep=keep)
        self._report(examples, "worked examples")
        self._report(cases, "cases of claim rules")
        if examples.differences or cases.differences:
            raise CommandError("Some differ.")

    def _report(self, run: Reconciliation, what: str) -> None:
        self.stdout.write(f"{run.matches} of {run.rows} {what} agree.")
        for each in run.differences:
            self.stdout.write(f"  {each['code']}: expected {each['published']}, ours {each['ours']}")
