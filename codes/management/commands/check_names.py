"""`check_names PATH`: our own names of codes against CMS's descriptions and fields."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from codes.cms.archive import ArchiveError
from codes.cms.layout import LayoutError
from codes.loaders.descriptions import described
from codes.naming import findings, read_exceptions, read_names


class Command(BaseCommand):
    help = (
        "Check our names of codes against the descriptions and fields of CMS's relative value files, which are not "
        "kept. Exit code 1 if a name is wrong, or may be, and fixtures/texts/name_exceptions.csv does not say why."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="zip, folder or file; the newest last"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        texts = settings.BASE_DIR / "fixtures" / "texts"
        names = list(read_names(texts))
        try:
            cms = described(options["paths"])
        except (ArchiveError, LayoutError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if not cms:
            raise CommandError("No relative value file is there: name a zip such as rvu26c.zip.")
        found = findings(names, cms, read_exceptions(texts / "name_exceptions.csv"))
        for each in found:
            self.stdout.write(f"{each.code} ({each.check}) {each.name}: {each.why}")
        nameless = cms.keys() - {name.code for name in names}
        self.stdout.write(
            f"{len(names):,} names, {sum(name.has_summary for name in names):,} with a summary. "
            f"{len(nameless):,} CPT codes of CMS's files have no name."
        )
        if found:
            raise CommandError(f"{len(found):,} findings.")
        self.stdout.write("Nothing found.")
