"""`reconcile PATH`: CMS's published amounts against ours."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.cms.archive import ArchiveError
from codes.cms.layout import LayoutError
from codes.loaders.errors import LoadRefused
from codes.loaders.reconcile import Comparison, reconcile


class Command(BaseCommand):
    help = (
        "Compare every amount of CMS's payment files (PFALL, PFREV) with ours. Exit code 1 on any difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="zip, folder or file")
        parser.add_argument("--dry-run", action="store_true", help="compare, and keep nothing for the page")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            compared = [each for path in options["paths"] for each in reconcile(path)]
        except (ArchiveError, LayoutError, LoadRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        for each in compared:
            self.report(each)
            if not options["dry_run"]:
                each.save()
        rows, matches = sum(c.rows for c in compared), sum(c.matches for c in compared)
        differences = sum(len(c.differences) for c in compared)
        self.stdout.write(
            f"In all {rows:,} rows: {matches:,} match in both settings, {differences:,} differences."
        )
        if differences:
            raise CommandError("Some amounts differ from those that CMS publishes.")

    def report(self, compared: Comparison) -> None:
        self.stdout.write(
            f"{compared.member.name} against {compared.release.name}: {compared.rows:,} rows, {compared.matches:,} "
            f"match, {len(compared.differences):,} differences."
        )
        for difference in compared.differences[:20]:
            self.stdout.write(
                "  {code} {locality} {setting}: CMS {published}, ours {ours}".format(**difference)
            )
        for reason, count in compared.reasons.items():
            self.stdout.write(f"  {count:,} not compared: {reason}")
