"""`retire_release KEY`: take a release out of service."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.loaders.retire import retire
from codes.models import Release


class Command(BaseCommand):
    help = "Take a release out of service. The one before it is then in force again. Its rows go unless --keep-rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=int, help="the number that list_releases shows")
        parser.add_argument("--keep-rows", action="store_true", help="keep the rows for a look back")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        release = Release.objects.ready().filter(pk=options["key"]).first()
        if release is None:
            raise CommandError(
                f"No ready release has the key {options['key']}; list_releases shows the keys."
            )
        if options["dry_run"]:
            self.stdout.write(f"Would retire {release} with {release.row_count:,} rows.")
            return
        heir = retire(release, keep_rows=options["keep_rows"])
        after = f"{heir} is in force in its place." if heir else "Nothing is in force in its place."
        self.stdout.write(f"Retired {release}. {after}")
