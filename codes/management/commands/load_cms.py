"""`load_cms PATH...`: load CMS's files as published."""

import os
import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from codes.cms.archive import ArchiveError
from codes.cms.layout import LayoutError
from codes.loaders.candidate import Candidate
from codes.loaders.errors import LoadRefused
from codes.loaders.load_release import LoadResult, load_together
from codes.loaders.plan import plan
from codes.loaders.rows import Options
from codes.management import after_load
from codes.management.apart import lower_priority
from codes.management.days import day
from codes.management.progress import at_work

LESS_URGENT = 10  # of 19
NOTHING_KEPT = "Nothing of this file, or of what came with it for the same day, was kept."


class Command(BaseCommand):
    help = (
        "Load CMS files as CMS publishes them: zips (nested too), folders or single files. Each file becomes one "
        "release, whole or not at all. What is not recognized is listed with the reason."
    )
    # Those of pages and templates read them all, for which a load would take 20 MB.
    requires_system_checks = (Tags.models, Tags.database)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="zip, folder or file")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then keep nothing")
        parser.add_argument(
            "--effective-from",
            type=day,
            metavar="DATE",
            help="first day in force, for a file that does not say (YYYY-MM-DD)",
        )
        parser.add_argument(
            "--accept-ama-license",
            action="store_true",
            help="store the AMA's descriptions of CPT codes too: say this only if your license with the AMA allows it",
        )

        parser.add_argument(
            "--no-warm",
            action="store_true",
            help="end without making the pages that are asked for most, which takes two minutes at most",
        )

    def run_from_argv(self, argv: list[str]) -> None:
        """From a shell a load takes the processor that visitors leave; called by a program it is as urgent as that."""
        lower_priority(os.getpid(), LESS_URGENT)
        super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        loading = Options(accept_ama_license=options["accept_ama_license"])
        try:
            with at_work("looking at what the files are", self.tell):
                made = plan(options["paths"], options["effective_from"])
            for name, reason in made.skipped:
                self.stdout.write(f"skipped {name}: {reason}")
            if not made.candidates:
                raise CommandError("Nothing was loaded: no file of a kind that MedPayIQ reads.")
            words = set()
            for together in made.sets():
                try:
                    for outcome in load_together(
                        together, loading, dry_run=options["dry_run"], around=self.at_work
                    ):
                        self.report(outcome)
                        words.add(outcome.word)
                except (LayoutError, LoadRefused) as refusal:
                    made.refused.append(str(refusal))
        except (ArchiveError, LayoutError, LoadRefused) as refusal:
            raise CommandError(f"{refusal}\n{NOTHING_KEPT}") from refusal
        except (DatabaseError, OSError) as fault:
            raise CommandError(f"The database or disk said: {fault}. {NOTHING_KEPT}") from fault

        if "loaded" in words:
            after_load.prepare(self.tell, warm=not options["no_warm"])
        if made.refused:
            raise CommandError("\n".join(["Not loaded:", *made.refused, NOTHING_KEPT]))

    def at_work(self, candidate: Candidate) -> AbstractContextManager[None]:
        """Names a file whose load lasts."""
        what = f"{candidate.name}, {candidate.source.label} ({candidate.member.name})"
        return at_work(what, self.tell)

    def tell(self, line: str) -> None:
        """Beside the progress bar on a terminal, with the rest in a pipe."""
        if sys.stderr.isatty():
            tqdm.write(line, file=sys.stderr)
        else:
            self.stdout.write(line)

    def report(self, outcome: LoadResult) -> None:
        candidate = outcome.candidate
        what = f"{candidate.name}, {candidate.source.label} ({candidate.member.name})"
        messages = "; ".join(outcome.messages) or "these very bytes are in force from that day already"
        replaced = f" It replaces {outcome.replaced} for that day." if outcome.replaced else ""
        self.stdout.write(
            f"{outcome.word} {what}, in force from {candidate.effective_from}: {messages}.{replaced}"
        )
