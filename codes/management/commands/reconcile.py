"""`reconcile PATH`: CMS's published amounts against ours."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.cms.archive import ArchiveError, Member
from codes.cms.layout import LayoutError
from codes.loaders.errors import LoadRefused
from codes.loaders.reconcile import FileComparison, compare, payment_files
from codes.management.progress import at_work
from codes.queries.releases import Calendar, calendar


class Command(BaseCommand):
    help = (
        "Compare every amount of CMS's payment files (PFALL, PFREV) with ours. Exit code 1 on any difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="zip, folder or file")
        parser.add_argument("--dry-run", action="store_true", help="compare, and keep nothing for the page")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            dates = calendar()
            members = [member for path in options["paths"] for member in payment_files(path)]
            compared = [self.compare(member, dates) for member in members]
        except (ArchiveError, LayoutError, LoadRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        for each in compared:
            self.report(each)
            if not options["dry_run"]:
                each.save()
        rows, matches = sum(c.rows for c in compared), sum(c.matches for c in compared)
        differences = sum(c.different for c in compared)
        self.stdout.write(
            f"In all {rows:,} rows: {matches:,} match in both settings, {differences:,} differences."
        )
        if differences:
            raise CommandError("Some amounts differ from those that CMS publishes.")
        if not matches:
            raise CommandError("Not one row could be compared: the reasons stand above.")

    def compare(self, member: Member, dates: Calendar) -> FileComparison:
        """Compare one file, and name it while that lasts."""
        with at_work(f"{member.name} ({member.archive})", self.stdout.write):
            return compare(member, dates)

    def report(self, compared: FileComparison) -> None:
        self.stdout.write(
            f"{compared.name} against {compared.release.name}: {compared.rows:,} rows, {compared.matches:,} "
            f"match, {compared.different:,} differences."
        )
        for difference in compared.differences[:20]:
            self.stdout.write(
                "  {code} {locality} {setting}: CMS {published}, ours {ours}".format(**difference)
            )
        for reason, count in compared.reasons.items():
            self.stdout.write(f"  {count:,} not compared: {reason}")
