"""`fetch_cms`: the newest files from CMS's landing pages."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.fetching.download import Fetcher, FetchRefused
from codes.fetching.links import Link, NothingFound, newest
from codes.fetching.targets import BY_NAME, CMS, TARGETS, Target


class Command(BaseCommand):
    help = (
        "Read CMS's landing pages and show the newest files. Nothing is downloaded without --download, nothing is "
        "loaded without --load. A download that broke off goes on where it stopped. Getting the files by hand and "
        "giving them to load_cms is just as good."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of {', '.join(BY_NAME)}")
        parser.add_argument("--download", action="store_true", help="download what is shown")
        parser.add_argument("--load", action="store_true", help="download, then load (payments: reconcile)")
        parser.add_argument(
            "--accept-ama-license",
            action="store_true",
            help="you have read the AMA's licence on CMS's page and accept it: without this, files behind it are "
            "not fetched, and no description of a CPT code is stored",
        )
        parser.add_argument("--into", type=Path, help="the folder for the files (VAR_DIR/cms)")
        parser.add_argument("--base", default=CMS, help="the site to ask, instead of CMS's")

    def handle(self, *args: Any, **options: Any) -> None:
        if unknown := set(options["names"]) - set(BY_NAME):
            raise CommandError(f"No such file: {', '.join(sorted(unknown))}. There are {', '.join(BY_NAME)}.")
        wanted = [BY_NAME[name] for name in options["names"]] or list(TARGETS)
        self.fetcher, self.options = Fetcher(), options
        self.folder = options["into"] or settings.VAR_DIR / "cms"
        problems = [problem for target in wanted for problem in self.take(target)]
        if problems:
            raise CommandError(f"{len(problems)} of {len(wanted)} kinds of file have a problem; see above.")

    def take(self, target: Target) -> Iterator[str]:
        """Show one kind of file, and fetch and load it if that was asked for; yields what went wrong."""
        try:
            links = newest(target, self.options["base"], self.fetcher.page, timezone.localdate())
            self.show(target, links)
            if self.options["download"] or self.options["load"]:
                paths = [self.download(link) for link in links]
                self.load(target, paths)
        except (NothingFound, FetchRefused, CommandError, OSError) as problem:
            self.stdout.write(f"{target.name}: {problem}")
            yield str(problem)

    def show(self, target: Target, links: list[Link]) -> None:
        self.stdout.write(f"{target.name}: {target.why}")
        for link in links:
            here = ", here already" if (self.folder / link.file_name).exists() else ""
            gate = ", behind the AMA's licence" if link.gated else ""
            self.stdout.write(f"  {link.period}  {link.address}{gate}{here}")
        for period in sorted({link.period for link in links}):
            linked = sum(link.period == period for link in links)
            if linked < target.parts:
                self.stdout.write(f"  {period}: {linked} of {target.parts} files are linked.")

    def download(self, link: Link) -> Path:
        if link.gated and not self.options["accept_ama_license"]:
            raise FetchRefused(
                f"{link.address} stands behind the AMA's licence. Read it on CMS's page, and if you accept it, "
                "say --accept-ama-license."
            )
        address = f"{link.address}?agree=yes" if link.gated else link.address
        got = self.fetcher.file(address, self.folder / link.file_name)
        word = "got" if got.fresh else "had"
        self.stdout.write(f"  {word} {got.path.name}: {got.size:,} bytes, sha256 {got.sha256}")
        return got.path

    def load(self, target: Target, paths: list[Path]) -> None:
        if not self.options["load"]:
            return
        if target.name == "payments":
            call_command("reconcile", *map(str, paths), stdout=self.stdout)
        else:
            accepted = self.options["accept_ama_license"]
            call_command("load_cms", *map(str, paths), accept_ama_license=accepted, stdout=self.stdout)
