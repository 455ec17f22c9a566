"""What the site refuses to start with."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from contributions import anonymity, options

FEWEST = 5


@register()
def five_means_five(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """DENIAL_MINIMUM may be raised, never lowered: visitors were promised five."""
    if anonymity.DENIAL_MINIMUM >= FEWEST:
        return []
    return [
        Error(
            f"DENIAL_MINIMUM is {anonymity.DENIAL_MINIMUM}; it must be {FEWEST} or more.",
            id="contributions.E001",
        )
    ]


@register()
def local_mode_stays_local(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """In local mode each report counts as a reporter: on a public site that would break the rule of five."""
    if not options.forced_local_mode() or options.local_mode():
        return []
    text = (
        "REPORTS_LOCAL_MODE counts each report as a reporter of its own; a production site must not set it."
    )
    return [Error(text, id="contributions.E002")]
