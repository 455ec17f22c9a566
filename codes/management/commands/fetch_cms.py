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
from codes.fetching.links import FileLink, NothingFound, look
from codes.fetching.targets import BY_NAME, CMS, TARGETS, Target
from codes.management.progress import at_work


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
            "--agree-to-cms-license",
            "--agree-to-cms-licence",
            action="store_true",
            help="you have read the license that CMS shows before some files and agree to it: without this, those "
            "files are not downloaded",
        )
        parser.add_argument(
            "--accept-ama-license",
            action="store_true",
            help="with --load: store the AMA's descriptions of CPT codes too; say this only if your own license with "
            "the AMA allows it",
        )
        parser.add_argument("--into", type=Path, help="the folder for the files (VAR_DIR/cms)")
        parser.add_argument("--base", default=CMS, help="the site to ask, instead of CMS's")

    def handle(self, *args: Any, **options: Any) -> None:
        if unknown := set(options["names"]) - set(BY_NAME):
            raise CommandError(f"No such file: {', '.join(sorted(unknown))}. There are {', '.join(BY_NAME)}.")
        wanted = [BY_NAME[name] for name in options["names"]] or list(TARGETS)
        self.fetcher, self.options = Fetcher(), options
        self.folder = options["into"] or settings.VAR_DIR / "cms"
        problems = [target.name for target in wanted if list(self.take(target))]
        if problems:
            raise CommandError(f"{len(problems)} of {len(wanted)} kinds of file have a problem; see above.")

    def take(self, target: Target) -> Iterator[str]:
        """Show one kind of file, and fetch and load it if that was asked for; yields what went wrong."""
        try:
            seen = look(target, self.options["base"], self.fetcher.page, timezone.localdate())
            links = seen.links
            self.show(target, links)
            if seen.due:
                self.stdout.write(f"  {seen.due}")
            for problem in seen.problems:
                self.stdout.write(f"  {problem}")
            yield from seen.problems[:1]
            if self.options["download"] or self.options["load"]:
                paths = [self.download(link) for link in links]
                self.load(target, paths)
        except (NothingFound, FetchRefused, CommandError, OSError) as fault:
            self.stdout.write(f"{target.name}: {fault}")
            yield str(fault)

    def show(self, target: Target, links: list[FileLink]) -> None:
        self.stdout.write(f"{target.name}: {target.why}")
        for link in links:
            here = ", here already" if (self.folder / link.file_name).exists() else ""
            gate = ", behind CMS's license page" if link.gated else ""
            self.stdout.write(f"  {link.period}  {link.address}{gate}{here}")
        for period in sorted({link.period for link in links}):
            linked = sum(link.period == period for link in links)
            if linked < target.parts:
                self.stdout.write(f"  {period}: {linked} of {target.parts} files are linked.")

    def download(self, link: FileLink) -> Path:
        if link.gated and not self.options["agree_to_cms_license"]:
            raise FetchRefused(
                f"{link.address} is behind CMS's license page. Read the license there, and if you agree to it, "
                "say --agree-to-cms-license."
            )
        address = f"{link.address}?agree=yes" if link.gated else link.address
        with at_work(link.file_name, self.stdout.write):
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
