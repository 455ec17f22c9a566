"""`load_sample`: the data that come with the project."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from codes.cms.archive import ArchiveError
from codes.cms.layout import LayoutError
from codes.loaders.errors import LoadRefused
from codes.loaders.sample import load_sample
from codes.management import after_load
from codes.models import CodeText


class Command(BaseCommand):
    help = "Load the sample: our texts, and CMS's figures for the codes that are billed most. Twice does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """No arguments: the sample is the sample."""

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            outcomes = list(load_sample(settings.BASE_DIR / "fixtures"))
        except (ArchiveError, LayoutError, LoadRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        except (DatabaseError, OSError) as fault:
            raise CommandError(f"The database or disk said: {fault}. Is there room? Run it again.") from fault
        loaded = sum(outcome.word == "loaded" for outcome in outcomes)
        took = time.monotonic() - began
        self.stdout.write(
            f"The sample is in place: {CodeText.objects.count():,} codes with names, {len(outcomes)} releases "
            f"({loaded} newly loaded) in {took:.1f} s."
        )
        after_load.prepare(self.stdout.write)
