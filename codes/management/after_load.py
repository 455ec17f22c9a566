"""What a command does when it has changed which releases are in force, so that no visitor waits for it."""

from collections.abc import Callable

from django.conf import settings

from codes.management import warming
from codes.management.commands.build_downloads import built_in_words


def prepare(tell: Callable[[str], object], *, warm: bool = True) -> None:
    """Build what the new data need, and where processes share a cache, the pages that are asked for most. A failure is
    reported and leaves the releases as they are: they are in force."""
    if settings.BUILD_DOWNLOADS_ON_REQUEST:
        return
    try:
        tell(built_in_words(tell))
    except OSError as fault:
        tell(f"The store of downloads said: {fault}. The release is in force; run build_downloads again.")
    if warm:
        warming.warm(tell)
