"""What a command does when it has changed which releases are in force, so that no visitor waits for it."""

from collections.abc import Callable

from django.conf import settings

from codes.management.apart import run_apart

FILES = ("build_search_index", "build_downloads", "build_toolkit")


def prepare(tell: Callable[[str], object], *, warm: bool = True) -> None:
    """Build what the new data need, and where processes share a cache, the pages that are asked for most: each in a
    process of its own, beside which a load of everything would take 100 MB more. A failure is reported and leaves the
    releases as they are: they are in force."""
    if settings.BUILD_DOWNLOADS_ON_REQUEST:
        return
    for command in (*FILES, *(("warm_pages",) if warm else ())):
        if not run_apart(command, tell):
            tell(f"The release is in force; run {command} again.")
