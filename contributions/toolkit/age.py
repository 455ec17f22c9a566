"""What a toolkit says of a file that is older than it should be."""

from datetime import date

from codes.formatting import long_day
from codes.models import Release
from codes.queries.data_health import EXPECTED, is_stale


def warning(release: Release, at: date) -> str:
    """The sentence to print where CMS should have published a newer file than `release` by `at`; else ""."""
    cadence = EXPECTED[release.source].cadence  # type: ignore[index]
    if not is_stale(release, cadence, at):
        return ""
    return (
        f"Older than this toolkit: {release.get_source_display()} {release.name} is from "
        f"{long_day(release.effective_from)}, and CMS publishes this file {cadence.value}. Check CMS's current file "
        "before you act on a line from it."
    )
