"""`retire_release KEY`: take a release out of service."""

from argparse import ArgumentParser, ArgumentTypeError
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.caching.rolling import MOST_SECONDS_BEHIND
from codes.caching.versions import SECONDS_BETWEEN_READS
from codes.loaders.retire import drop_rows, replaced_by, retire
from codes.management import after_load
from codes.models import Release

# Processes may answer with a release so long after it was retired.
SECONDS_IN_USE = MOST_SECONDS_BEHIND + SECONDS_BETWEEN_READS


class Command(BaseCommand):
    help = (
        "Take a release out of service. What it had replaced on the same day is then in force again, else the one "
        "before it. Its rows go unless --keep-rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=_key, help="the number that list_releases shows")
        parser.add_argument("--keep-rows", action="store_true", help="keep the rows for a look back")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        release = Release.objects.ready().filter(pk=options["key"]).first()
        if release is None:
            raise CommandError(
                f"No ready release has the key {options['key']}; list_releases shows the keys."
            )
        if options["dry_run"]:
            replaced = replaced_by(release)
            after = f" {replaced}, which it had replaced, would be in force again." if replaced else ""
            self.stdout.write(f"Would retire {release} with {release.row_count:,} rows.{after}")
            return
        heir = retire(release, keep_rows=True)
        self.stdout.write(f"Retired {release}. {_what_follows(release, heir)}")
        after_load.prepare(self.stdout.write)
        if not options["keep_rows"]:
            sleep(SECONDS_IN_USE)
            drop_rows(release)


def _key(typed: str) -> int:
    if not typed.isdecimal():
        raise ArgumentTypeError(f'"{typed}" is not a number; list_releases shows the number of each release')
    return int(typed)


def _what_follows(release: Release, heir: Release | None) -> str:
    """What is in force on the first day of a release that was retired, and what to load."""
    load = f"Load the right file for {release.effective_from}, if there is one."
    if heir is None:
        return f"Nothing is in force in its place. {load}"
    if heir.effective_from < release.effective_from:
        return f"{heir} is in force in its place. {load}"
    return f"{heir}, which it had replaced, is in force again."
