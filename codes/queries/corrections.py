"""The public log of what was corrected."""

from typing import Any

from codes.models import Correction, CorrectionState

MOST_SHOWN = 200


def published_corrections() -> list[dict[str, Any]]:
    """The page, the statement and the day of each published correction, the latest first."""
    log = Correction.objects.filter(state=CorrectionState.PUBLISHED).order_by("-published_on", "-pk")
    return [dict(row) for row in log.values("page", "statement", "published_on")[:MOST_SHOWN]]
