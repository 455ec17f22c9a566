"""What an operator is warned of."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register(deploy=True)
def second_factor_is_required(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """On a public site a stolen password alone must not publish a tip."""
    if settings.STAFF_SECOND_FACTOR:
        return []
    return [Warning("STAFF_SECOND_FACTOR is off: a stolen password is enough to publish.", id="staff.W001")]
